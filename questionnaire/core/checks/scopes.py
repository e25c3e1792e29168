"""The names a condition may use, what kind of value each has, and whether a comparison makes sense of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.base.conditions import FACTS, All, Condition, Test, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.quantities import number
from questionnaire.core.base.stage import Stage
from questionnaire.core.checks.findings import Notes
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
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
class Named:
    """`values` are all it can be, None when that is open; `what` is how a sentence calls them."""

    kind: Kind
    values: frozenset[str] | None = None
    what: str = "a value"


def of_question(item: Question) -> Named:
    if item.answer_choices:
        values = frozenset(choice.value for choice in item.answer_choices)
        return Named(_COMPARED_AS[item.kind], values, f"a choice of `{item.name}`")
    if item.kind == "country":
        return Named("word", frozenset(map(str, item.options() or ())), "a country")
    return Named(_COMPARED_AS[item.kind])


def of_fields(survey: Survey) -> dict[str, Named]:
    contact = {field.name: of_question(field.question) for field in survey.contact_fields}
    return contact | {field.name: Named("text") for field in survey.hidden_fields}


def together(scopes: Iterable[Mapping[str, Named]]) -> dict[str, Named]:
    """The names of several surveys; what they call alike takes the values of all."""
    found: dict[str, Named] = {}
    for scope in scopes:
        for name, one in scope.items():
            held = found.get(name, one)
            if held.kind != one.kind:
                found[name] = Named("text")
            elif held.values is None or one.values is None:
                found[name] = Named(one.kind)
            else:
                found[name] = Named(one.kind, held.values | one.values, one.what)
    return found


def of_facts(policy: Policy | None) -> dict[str, Named]:
    """Every fact; with a policy also which signals, lists and criteria there are."""
    kinds: Mapping[str, Kind] = FACTS  # type: ignore[assignment]  # its words are these kinds
    facts = {name: Named(kind) for name, kind in kinds.items()}
    grades, ranks = "ABC", "123"
    facts["fit_grade"] = Named("word", frozenset(grades), "a grade")
    facts["label"] = Named("word", frozenset(grade + rank for grade in grades for rank in ranks), "a label")
    facts["stage"] = Named("word", frozenset(map(str, Stage)), "a stage")
    facts["not_now"] = Named("word", frozenset({"never", "recent", "past"}), "known here")
    facts["email_kind"] = Named("word", frozenset({"business", "free", "disposable"}), "a kind of email")
    facts["domain_in"] = Named("set", frozenset(Lists.model_fields), "a list")
    if policy is not None:
        signals = frozenset(policy.intent.signals)
        facts["signal"] = Named("set", signals, "a signal of the policy")
        facts["icp"] = Named("set", frozenset(policy.icp), "a criterion with `icp`")
        facts["account_owner"] = Named("word", frozenset(rep.id for rep in policy.reps), "a rep of the policy")
    return facts


def compare(notes: Notes, where: Where, condition: Condition, scope: Mapping[str, Named]) -> None:
    """Whether each comparison fits what it compares with; names nobody knows are the caller's to tell."""
    for test in tests(condition):
        named = scope.get(test.name)
        if named is not None:
            _compare(notes, place(where, condition, test), test, named)


def check_order(notes: Notes, where: Where, conditions: Sequence[Any]) -> None:
    """Rules of which the first match counts: nothing comes after one without a condition."""
    closed = next((index for index, condition in enumerate(conditions) if condition is None), None)
    for index in range(closed + 1, len(conditions)) if closed is not None else ():
        notes.error("after_catch_all", (*where, index), "an earlier rule without `when` takes everything",
                    "move it before that rule, or remove it")  # fmt: skip


def place(where: Where, condition: Condition, test: Test) -> Where:
    """The key of a comparison when it stands at the top of its condition, else the condition."""
    top = condition is test or (isinstance(condition, All) and test in condition.parts)
    return (*where, test.name) if top else where


def _compare(notes: Notes, where: Where, test: Test, named: Named) -> None:
    if test.operator == "known":
        return
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if test.operator in ORDERING and named.kind not in ("number", "day"):
        said = {"set": "a list", "truth": "true or false"}.get(named.kind, "a word")
        notes.error("wrong_operator", where, f"`{test.operator}` compares numbers, and `{test.name}` is {said}",
                    f"write `{test.name}: …` or `{test.name}: [a, b]`")  # fmt: skip
        return
    for value in values:
        wrong = _wrong(test, value, named)
        if wrong:
            notes.error("unknown_comparison", where, *wrong)


def _wrong(test: Test, value: object, named: Named) -> tuple[str, str] | None:
    name = test.name
    if named.kind == "number":
        return None if number(value) is not None else (f"`{name}` is a number, and `{value}` is none",
                                                       f"write `{name}: {{gte: 40}}`")  # fmt: skip
    if named.kind == "truth":
        return None if isinstance(value, bool) else (f"`{name}` is true or false, never `{value}`",
                                                     f"write `{name}: true`")  # fmt: skip
    if named.kind == "day":
        ok = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
        return None if ok else (f"`{name}` is a day, and `{value}` is none", 'write it like "2026-10-02"')
    if named.values is None or _is_among(value, named.values):
        return None
    if isinstance(value, bool) and {"yes", "no"} <= named.values:
        return f"`{name}` is `yes` or `no`, never true or false", f"write `{name}: {'yes' if value else 'no'}`"
    many = f"write one that is {named.what}" if len(named.values) > 12 else ""
    return f"`{value}` is not {named.what}", did_you_mean(str(value), named.values, many)


def _is_among(value: object, values: frozenset[str]) -> bool:
    if isinstance(value, bool):
        return False
    amount = number(value)
    return str(value) in values or (amount is not None and any(number(one) == amount for one in values))
