"""Checks of what a policy's conditions say about survey, language, campaigns, hidden fields, scores and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from questionnaire.core.base.conditions import Condition, Test, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, place
from questionnaire.core.scoring.context_facts import CAMPAIGN_PARTS
from questionnaire.core.survey.survey import Survey

CAMPAIGNS = ("campaign", "first_campaign")
PREFIXES: Mapping[str, tuple[str, str]] = {
    "hidden": ("no survey has the hidden field `{}`", "use a name under `hidden_fields`"),
    "claim": ("no survey has the hidden field `{}`", "use a name under `hidden_fields`"),
    "calculated": ("no survey calculates `{}`", "use a name under `calculated`"),
    "score": ("no survey has the dimension `{}`", "use the name of a dimension"),
    **dict.fromkeys(CAMPAIGNS, ("a campaign has no `{}`", "write source, medium, name, term or content")),
}
"""The first part of a name with a point -> what to say when the second part is unknown."""


def context_scope(surveys: Sequence[Survey]) -> dict[str, NameType]:
    """The names and types of the facts that responses bring along (core/scoring/context_facts)."""
    fields = {field.name for survey in surveys for field in survey.hidden_fields}
    dimensions = {name for survey in surveys for name in survey.dimensions_by_name}
    calculated = {value.name for survey in surveys for value in survey.calculated}
    return {
        "language": NameType("text"),
        "survey": NameType("text"),
        **{f"{prefix}.{name}": NameType("text") for prefix in ("hidden", "claim") for name in fields},
        **{f"{prefix}.{part}": NameType("text") for prefix in CAMPAIGNS for part in CAMPAIGN_PARTS},
        **{f"score.{name}": NameType("number") for name in dimensions},
        **{f"calculated.{name}": NameType("number") for name in calculated},
    }


def is_context(name: str) -> bool:
    """Whether the name is one of a response, not of a criterion, field or fact."""
    return name.partition(".")[0] in PREFIXES and "." in name


def check_unknown_context(notes: Notes, at: Where, name: str, scope: Mapping[str, NameType], complete: bool) -> None:
    """Reports a name that no survey has. Without a survey (`complete` is False) only campaigns are known in full."""
    prefix, _, rest = name.partition(".")
    message, advice = PREFIXES[prefix]
    known = [other.removeprefix(f"{prefix}.") for other in scope if other.startswith(f"{prefix}.")]
    hint = did_you_mean(rest, known, advice)
    if prefix in CAMPAIGNS:
        notes.error("unknown_name", at, message.format(rest), hint)
    elif complete:
        notes.warning("unknown_name", at, message.format(rest), hint)


def check_context(
    notes: Notes,
    conditions: Sequence[tuple[Where, Condition]],
    surveys: Sequence[Survey],
    names: Mapping[str, NameType],
) -> None:
    """Checks the values that conditions compare with. `names`: all others that a condition may use; they win."""
    for where, condition in conditions:
        for test in tests(condition):
            if test.name not in names:
                _check_values(notes, place(where, test), test, surveys)


def _check_values(notes: Notes, at: Where, test: Test, surveys: Sequence[Survey]) -> None:
    """Reports values that a fact never has: a campaign in capitals, a language or survey that none of these is."""
    values = [str(value) for value in (test.value if isinstance(test.value, tuple) else (test.value,))]
    if test.operator == "known":
        return
    if test.name.partition(".")[0] in CAMPAIGNS:
        for value in values:
            if value != value.casefold():
                message = f"campaigns are compared in small letters, so `{value}` never fits"
                notes.error("unknown_comparison", at, message, f"write `{value.casefold()}`")
        return
    languages = {tag for survey in surveys for tag in survey.languages}
    known = {"language": languages, "survey": {survey.id for survey in surveys}}.get(test.name)
    what = {"language": "no survey is in `{}`", "survey": "there is no survey `{}` among those read"}.get(test.name, "")
    for value in values if known else ():
        if known and value not in known:
            notes.warning("unknown_comparison", at, what.format(value), did_you_mean(value, known))
