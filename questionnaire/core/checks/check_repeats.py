"""Checks of what stands twice: pages, consents, questions of one criterion; and of languages without texts."""

from __future__ import annotations

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.respondents import Respondents
from questionnaire.core.survey.survey import Survey


def check_repeats(notes: Notes, survey: Survey) -> None:
    _check_pages(notes, survey)
    _check_consents(notes, survey)
    _check_languages(notes, survey)


def _check_pages(notes: Notes, survey: Survey) -> None:
    names = [page.name for page in survey.pages]
    for index, name in enumerate(names):
        if name in names[:index]:
            notes.error("duplicate_name", ("pages", index, "name"), f"the name `{name}` stands twice",
                        "give each page a name of its own")  # fmt: skip


def _check_consents(notes: Notes, survey: Survey) -> None:
    seen: dict[object, str] = {}
    for index, consent in enumerate(survey.contact.consents if survey.contact else ()):
        if consent.text in seen:
            notes.warning("same_consent", ("contact", "consents", index, "text"),
                          f"`{consent.name}` has the text of `{seen[consent.text]}`",
                          "say what each is for, or keep one of them")  # fmt: skip
        seen.setdefault(consent.text, consent.name)


def _check_languages(notes: Notes, survey: Survey) -> None:
    for index, language in enumerate(survey.languages):
        if language in survey.languages[:index]:
            notes.error("duplicate_name", ("languages", index), f"the language `{language}` stands twice",
                        "keep one of them")  # fmt: skip
        elif index and language not in survey.written_languages:
            notes.warning("language_empty", ("languages", index), f"no text is written in `{language}`",
                          f"write the texts as `{{{survey.languages[0]}: …, {language}: …}}`, "
                          "or remove the language")  # fmt: skip


def check_one_criterion(notes: Notes, survey: Survey, people: Respondents) -> None:
    """Reports a question that some people answer besides another one of the same criterion: only one can count."""
    reported: set[Where] = set()
    asked = [(where, question) for where, question in places(survey) if question.criterion is not None]
    for one in people.sample:
        first: dict[str, str] = {}
        for where, question in asked:
            option = one.options.get(question.name)
            if option is None or option.level is None or question.criterion is None:
                continue
            earlier = first.setdefault(question.criterion, question.name)
            if earlier != question.name and where not in reported:
                reported.add(where)
                notes.warning("criterion_twice", (*where, "criterion"),
                              f"some people answer both `{earlier}` and `{question.name}` for `{question.criterion}`: "
                              f"only `{question.name}` counts, which stands later",
                              "show one of them at a time, or take `criterion` off one")  # fmt: skip
