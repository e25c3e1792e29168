"""Names that a condition may use, the type of their values, and checks of comparisons against these types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.base.conditions import FACTS, Condition, Test, tests
from questionnaire.core.base.country_codes import country_hint
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.quantities import number
from questionnaire.core.base.stage import Stage
from questionnaire.core.checks.findings import Notes
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.survey.calculated_value import PREFIX
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

Kind = Literal["word", "number", "truth", "set", "day", "text"]
ORDERING = ("lt", "lte", "gt", "gte")
# How a condition compares an answer, by the kind of its question.
_COMPARED_AS: Mapping[str, Kind] = {
    "choice": "word", "choices": "set", "ranking": "set", "country": "word",
    "number": "number", "date": "day", "consent": "truth", "text": "text",
}  # fmt: skip
KNOWN_FLAGS = ("competitor", "partner", "not_now")


@dataclass(frozen=True, slots=True)
class NameType:
    """The type of a name. `values` are all its possible values, None when open; `what` describes them in messages.

    `is_level`: it is a criterion, whose value is a level and not what was answered.
    """

    kind: Kind
    values: frozenset[str] | None = None
    what: str = "a value"
    is_level: bool = False


def of_question(item: Question) -> NameType:
    if item.answer_choices:
        values = frozenset(choice.value for choice in item.answer_choices)
        return NameType(_COMPARED_AS[item.kind], values, f"a choice of `{item.name}`")
    if item.kind == "country":
        return NameType("word", frozenset(map(str, item.options() or ())), "a country")
    return NameType(_COMPARED_AS[item.kind])


def of_fields(survey: Survey) -> dict[str, NameType]:
    contact = {field.name: of_question(field.question) for field in survey.contact_fields}
    return contact | {field.name: NameType("text") for field in survey.hidden_fields}


def of_calculated(survey: Survey) -> dict[str, NameType]:
    return {f"{PREFIX}{value.name}": NameType("number") for value in survey.calculated}


def merge(scopes: Iterable[Mapping[str, NameType]]) -> dict[str, NameType]:
    """Merges the names of several surveys. A name in several of them takes the values of all."""
    merged: dict[str, NameType] = {}
    for scope in scopes:
        for name, type_ in scope.items():
            known = merged.get(name, type_)
            if known.kind != type_.kind:
                merged[name] = NameType("text")
            elif known.values is None or type_.values is None:
                merged[name] = NameType(type_.kind)
            else:
                merged[name] = NameType(type_.kind, known.values | type_.values, type_.what)
    return merged


def of_facts(policy: Policy | None) -> dict[str, NameType]:
    """Returns the type of every fact; with a policy, including its signals, lists and criteria."""
    kinds: Mapping[str, Kind] = FACTS  # type: ignore[assignment]  # the values of FACTS are these kinds
    facts = {name: NameType(kind) for name, kind in kinds.items()}
    grades, ranks = "ABC", "123"
    facts["fit_grade"] = NameType("word", frozenset(grades), "a grade")
    facts["label"] = NameType("word", frozenset(grade + rank for grade in grades for rank in ranks), "a label")
    facts["stage"] = NameType("word", frozenset(map(str, Stage)), "a stage")
    facts["not_now"] = NameType("word", frozenset({"never", "recent", "past"}), "known here")
    facts["email_kind"] = NameType("word", frozenset({"business", "free", "disposable"}), "a kind of email")
    facts["domain_in"] = NameType("set", frozenset(Lists.model_fields), "a list")
    if policy is not None:
        signals = frozenset(policy.intent.signals)
        facts["domain_in"] = NameType("set", frozenset(policy.lists.names), "a list")
        facts["signal"] = NameType("set", signals, "a signal of the policy")
        facts["icp"] = NameType("set", frozenset(policy.icp), "a criterion with `icp`")
        facts["account_owner"] = NameType("word", frozenset(rep.id for rep in policy.reps), "a rep of the policy")
    return facts


def compare(notes: Notes, where: Where, condition: Condition, scope: Mapping[str, NameType]) -> None:
    """Checks each comparison against the type of its name. The caller reports unknown names."""
    for test in tests(condition):
        type_ = scope.get(test.name)
        if type_ is not None:
            _compare(notes, place(where, test), test, type_)


def check_order(notes: Notes, where: Where, conditions: Sequence[Any]) -> None:
    """Checks rules of which the first match counts: no rule may follow one without condition."""
    closed = next((index for index, condition in enumerate(conditions) if condition is None), None)
    for index in range(closed + 1, len(conditions)) if closed is not None else ():
        notes.error("after_catch_all", (*where, index), "an earlier rule without `when` takes everything",
                    "move it before that rule, or remove it")  # fmt: skip


def place(where: Where, test: Test) -> Where:
    """The path of a comparison, given that of its condition."""
    return (*where, *test.where)


def _compare(notes: Notes, where: Where, test: Test, type_: NameType) -> None:
    if test.operator == "known":
        return
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if test.operator in ORDERING and type_.kind not in ("number", "day"):
        kind = "a level" if type_.is_level else {"set": "a list", "truth": "true or false"}.get(type_.kind, "a word")
        hint = f"write `{test.name}: …` or `{test.name}: [a, b]`"
        if type_.is_level:
            hint += "; for a number that was answered, write `answer.` before the name of the question"
        message = f"`{test.operator}` compares numbers, and `{test.name}` is {kind}"
        notes.error("wrong_operator", where, message, hint)
        return
    for value in values:
        wrong = _wrong(test, value, type_)
        if wrong:
            notes.error("unknown_comparison", where, *wrong)


def _wrong(test: Test, value: object, type_: NameType) -> tuple[str, str] | None:
    name = test.name
    if type_.kind == "number":
        return None if number(value) is not None else (f"`{name}` is a number, and `{value}` is none",
                                                       f"write `{name}: {{gte: 40}}`")  # fmt: skip
    if type_.kind == "truth":
        return None if isinstance(value, bool) else (f"`{name}` is true or false, never `{value}`",
                                                     f"write `{name}: true`")  # fmt: skip
    if type_.kind == "day":
        ok = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
        return None if ok else (f"`{name}` is a day, and `{value}` is none", 'write it like "2026-10-02"')
    if type_.values is None or _is_among(value, type_.values):
        return None
    if isinstance(value, bool) and {"yes", "no"} <= type_.values:
        return f"`{name}` is `yes` or `no`, never true or false", f"write `{name}: {'yes' if value else 'no'}`"
    if type_.what == "a country":
        return f"`{value}` is not the code of a country", country_hint(str(value))
    many = f"write one that is {type_.what}" if len(type_.values) > 12 else ""
    return f"`{value}` is not {type_.what}", did_you_mean(str(value), type_.values, many)


def _is_among(value: object, values: frozenset[str]) -> bool:
    if isinstance(value, bool):
        return False
    amount = number(value)
    return str(value) in values or (amount is not None and any(number(known) == amount for known in values))
