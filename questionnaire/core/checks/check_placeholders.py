"""Checks of the placeholders in a text: they have a name, and a value or a fallback."""

from __future__ import annotations

from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.checks.calculated_inputs import needs_score, optional_values
from questionnaire.core.checks.findings import Notes
from questionnaire.core.survey.calculated_value import PREFIX
from questionnaire.core.survey.survey import Survey


def check_placeholders(notes: Notes, where: Where, survey: Survey, text: LocalizedText, early: frozenset[str]) -> None:
    names = [*(field.name for field in survey.contact_fields), *survey.items, *survey.calculated_by_name]
    for found in dict.fromkeys(text.placeholders()):
        name = found.name
        if name not in names:
            notes.error("unknown_placeholder", where, f"`{{{{{name}}}}}` is no contact field and no question",
                        did_you_mean(name.removeprefix(PREFIX), names,
                                     "use the name of a contact field or a question"))  # fmt: skip
        elif found.fallback:
            continue
        elif name in early:
            notes.warning("early_placeholder", where, f"`{{{{{name}}}}}` is still empty here",
                          f"use what was asked before, or add a fallback: `{{{{{name}|…}}}}`")  # fmt: skip
        elif name in survey.optional_names or name in optional_values(survey):
            notes.warning("optional_placeholder", where, f"`{{{{{name}}}}}` is empty for people who aren’t asked or "
                          "don’t answer", f"add a fallback: `{{{{{name}|…}}}}`")  # fmt: skip


def check_scores(notes: Notes, where: Where, survey: Survey, text: LocalizedText) -> None:
    """Texts of the form are filled in the browser, which knows no score."""
    for name in dict.fromkeys(found.name for found in text.placeholders()):
        if name in survey.calculated_by_name and needs_score(survey, name):
            notes.error("score_in_browser", where, f"`{{{{{name}}}}}` needs a score, and scores are known at the end",
                        "use it in the report, or a value of answers alone")  # fmt: skip
