"""A condition of a policy as rows of a form: criteria with their levels, and the facts that a policy knows."""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.conditions import parse
from questionnaire.core.base.labels import FACT_VALUES
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.documents.agreement.policy_condition import YES, PolicyCondition
from questionnaire.core.editing.condition_rows import ConditionRow, rows_of
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.web.builder.condition_form import NUMBERS, ConditionForm, ConditionLine
from questionnaire.web.builder.form_fields import field_id
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.policy_fields import PolicyFields

FIGURES = ("fit", "intent", "timing", "total", "strong_signals")
GRADES = ("A", "B", "C")
OFFERED = ("country", "language", "hand_raise", "fit_grade", "fit", "intent", "timing", "total", "signal", "icp",
           "flag", "domain_in", "email_kind", "account_owner", "negative_signal", "customer", "not_now")  # fmt: skip
DECIDED_LATER = frozenset({"fit_grade", "fit", "intent", "timing", "total"})
"""Facts that no condition of a segment may use."""


def policy_condition_form(policy: Policy | None, fields: PolicyFields, path: Path) -> ConditionForm:
    raw = value_at(fields.document, path)
    found = rows_of(raw) if raw is not None else ("all", ())
    maker, words = fields.maker, fields.words
    if policy is None:
        return ConditionForm(write_path(path), field_id("rule", path), str(raw or ""), "all", None, (), ())
    said = PolicyCondition(policy, words)
    lines = None if found is None else tuple(_line(policy, said, number, row) for number, row in enumerate(found[1]))
    return ConditionForm(
        write_path(path), field_id("rule", path), condition_sentence(said, raw),
        found[0] if found is not None else "all", lines, _offered(policy, said, path), maker.problems_at(path),
    )  # fmt: skip


def condition_sentence(said: PolicyCondition, raw: Any) -> str:
    """What cannot be read is shown as it stands; “Every lead” without a condition."""
    condition, problems = parse(raw) if raw is not None else (None, ())
    return str(raw) if problems else said.sentence(condition)


def _offered(policy: Policy, said: PolicyCondition, path: Path) -> Options:
    criteria = tuple((name, criterion_title(policy, name, said.words)) for name in policy.criteria)
    late = DECIDED_LATER if path[:1] == ("segments",) and path[2:] == ("when",) else frozenset()
    facts = ((name, said.name(name)) for name in OFFERED if name not in late)
    return (*criteria, *((name, label[:1].upper() + label[1:]) for name, label in facts))


def _line(policy: Policy, said: PolicyCondition, number: int, row: ConditionRow) -> ConditionLine:
    words = said.words
    chosen = {_written(value) for value in row.values}
    choices = tuple((value, text, value in chosen) for value, text in _choices(policy, said, row.name))
    label = said.name(row.name)
    label = label[:1].upper() + label[1:]
    known = ("known", words("is known"))
    operators: Options = (("in", words("is one of")), ("not_in", words("is none of")), known)
    if row.name in YES:
        operators = (("in", words("is")),)
    elif row.name in FIGURES:
        operators = tuple(zip(NUMBERS, (words("is at least"), words("is at most"), words("is more than"),
                                        words("is less than")), strict=True))  # fmt: skip
    elif not choices:
        operators = (("in", words("is one of")), ("not_in", words("is none of")), known)
    if row.operator not in dict(operators):
        operators = ((row.operator, words("choose a comparison")), *operators)
    return ConditionLine(number, row.name, label, row.operator, operators, choices, ", ".join(map(str, row.values)))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choices(policy: Policy, said: PolicyCondition, name: str) -> Options:
    words = said.words
    if name in policy.criteria:
        return tuple((level, level_words(policy, name, level, words)) for level in policy.criteria[name].levels)
    if name in YES:
        return (("true", words("yes")), ("false", words("no")))
    if name == "fit_grade":
        return tuple((grade, grade) for grade in GRADES)
    if name == "signal":
        return tuple((signal, signal_title(policy, signal, words)) for signal in policy.intent.signals)
    if name == "icp":
        return tuple((criterion, criterion_title(policy, criterion, words)) for criterion in policy.icp)
    if name == "domain_in":
        return tuple((one, one) for one in policy.lists.names)
    if name == "account_owner":
        return tuple(policy.rep_names.items())
    return tuple((value, words(text)) for value, text in FACT_VALUES.get(name, {}).items())
