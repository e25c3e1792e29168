"""Checks of `wording`: known languages and keys, the values and plural forms of a phrase, and how many are missing."""

from __future__ import annotations

from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.translation import LANGUAGES
from questionnaire.core.checks.findings import Notes
from questionnaire.core.survey.phrases import PHRASES
from questionnaire.core.survey.survey import Survey
from questionnaire.core.survey.wording import authored_values, values_in

FORMS = ("zero", "one", "two", "few", "many", "other")
"""The plural forms that languages have."""


def check_wording(notes: Notes, survey: Survey) -> None:
    for language, phrases in survey.wording.items():
        where: Where = ("wording", language)
        if language not in survey.languages:
            notes.warning("text_unused", where, f"`{language}` is not a language of this survey",
                          f"add it to `languages`, or remove `{language}`")  # fmt: skip
        for key, said in phrases.items():
            _check_phrase(notes, (*where, key), key, said)
        missing = len(PHRASES) - len(PHRASES.keys() & phrases.keys())
        if language.split("-")[0] not in LANGUAGES and missing:
            notes.warning("phrases_missing", where,
                          f"{missing} of {len(PHRASES)} phrases of the product are missing and said in English",
                          "add them; docs/phrases.md lists every key")  # fmt: skip


def _check_phrase(notes: Notes, where: Where, key: str, said: str | dict[str, str]) -> None:
    sentence = PHRASES.get(key)
    if sentence is None:
        hint = did_you_mean(key, PHRASES, "docs/phrases.md lists every key")
        notes.error("unknown_phrase", where, f"`{key}` is no phrase of the product", hint)
        return
    forms = {"": said} if isinstance(said, str) else said
    if isinstance(sentence, str) and not isinstance(said, str):
        notes.error("phrase_forms", where, f"`{key}` has no plural", "write one text")
    strange = [form for form in forms if form and form not in FORMS]
    for form in strange:
        notes.error("phrase_forms", (*where, form), f"`{form}` is no plural form", did_you_mean(form, FORMS))
    known = values_in(sentence)
    for form, words in forms.items():
        at = (*where, form) if form else where
        for name in sorted(authored_values(words) - known):
            listed = ", ".join(f"`{{{{{one}}}}}`" for one in sorted(known))
            notes.error("unknown_placeholder", at, f"`{{{{{name}}}}}` is no value of this phrase",
                        f"it has {listed}" if known else "it has none")  # fmt: skip
