"""What calculated values depend on, and checks that it is known where they are used."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from questionnaire.core.base import arithmetic
from questionnaire.core.base.arithmetic import Expression, Operation
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.findings import Notes
from questionnaire.core.survey.calculated_value import PREFIX, SCORE, is_score
from questionnaire.core.survey.survey import Survey


def inputs_of(survey: Survey, name: str) -> frozenset[str]:
    """Every question, field and score that a calculated value depends on, directly or through others."""
    found: set[str] = set()
    pending, seen = [name], {name}
    while pending:
        value = survey.calculated_by_name.get(pending.pop())
        for used in value.names if value is not None else ():
            if used not in survey.calculated_by_name:
                found.add(used)
            elif used not in seen:
                seen.add(used)
                pending.append(used)
    return frozenset(found)


def counting_names(survey: Survey, names: Iterable[str]) -> frozenset[str]:
    """Every question and field that counts for `calculated.<name>` and `score.<dimension>` of these names."""
    found: set[str] = set()
    for name in names:
        found |= {name} if is_score(name) else inputs_of(survey, name.removeprefix(PREFIX))
    dimensions: set[str] = set()
    for score in filter(is_score, found):
        dimension = survey.dimensions_by_name.get(score.removeprefix(f"{SCORE}."))
        parts = () if dimension is None else (dimension.name, *(part.name for part in dimension.parts))
        dimensions |= {*survey.dimensions_by_name} if score == SCORE else {*parts}
    return frozenset(found | {name for name, item in survey.items.items() if item.dimension in dimensions})


def needs_score(survey: Survey, name: str) -> bool:
    return any(is_score(used) for used in inputs_of(survey, name))


def check_inputs(notes: Notes, where: Where, survey: Survey, fact: str, earlier: Collection[str]) -> None:
    """Checks that a calculated value is known where a condition of the path names it."""
    contact = {field.name for field in survey.contact_fields}
    for used in sorted(inputs_of(survey, fact.removeprefix(PREFIX))):
        if is_score(used):
            notes.error("score_in_browser", where, f"`{fact}` needs a score, and scores are known at the end",
                        "use a calculated value of answers alone")  # fmt: skip
        elif used in survey.items and used not in earlier:
            notes.error("later_question", where, f"`{fact}` needs `{used}`, which is not asked before",
                        "move it before this question")  # fmt: skip
        elif used in contact and survey.display.gate == "before_result":
            notes.error("field_before_gate", where, f"`{fact}` needs `{used}`, which is asked at the gate",
                        "write `gate: before_start`, or use an earlier question")  # fmt: skip


def near_name(survey: Survey, name: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint for an unknown name in a condition: with its prefix when it is a calculated value."""
    if name in survey.calculated_by_name:
        return f"write `{PREFIX}{name}`"
    facts = [f"{PREFIX}{value}" for value in survey.calculated_by_name]
    return did_you_mean(name, [*known, *facts], otherwise)


def values_too_early(survey: Survey, early: Collection[str]) -> frozenset[str]:
    """The calculated values without a value where the names `early` have none."""
    return frozenset(name for name in survey.calculated_by_name if not inputs_of(survey, name).isdisjoint(early))


def optional_values(survey: Survey) -> frozenset[str]:
    """The calculated values that may be unknown for somebody who finishes the survey."""
    optional: set[str] = set()
    for value in survey.calculated:
        items = [survey.items[name] for name in value.operands if name in survey.items]
        may_lack = (
            not value.names.isdisjoint({*survey.optional_names, *optional})
            or any(choice.unknown for item in items for choice in item.answer_choices)
            or any(is_score(name) for name in value.operands)
            or any(_divides(branch.formula) for branch in value.branches)
            or value.branches[-1].when is not None
        )
        if may_lack:
            optional.add(value.name)
    return frozenset(optional)


def _divides(formula: Expression) -> bool:
    by_constant = isinstance(formula, Operation) and isinstance(formula.right, arithmetic.Constant)
    is_division = isinstance(formula, Operation) and formula.sign == "/" and not by_constant
    return is_division or any(_divides(part) for part in arithmetic.parts_of(formula))
