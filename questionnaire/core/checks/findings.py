"""Results of a check: problems of survey and policy, score bounds, and proofs of what can or cannot happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.problems import WARNING, Problem, Where
from questionnaire.core.base.quantities import Exact
from questionnaire.core.scoring.evidence import History, ResponseEvidence, Signal

Proved = Literal["example", "impossible", "no example found"]


class Notes:
    """Collects problems, each once, in the order of detection."""

    def __init__(self, known: Iterable[Problem] = ()) -> None:
        self._problems = {(problem.code, problem.where, problem.message): problem for problem in known}

    def error(self, code: str, where: Where, message: str, hint: str = "") -> None:
        self._problems.setdefault((code, where, message), Problem(code, where, message, hint))

    def warning(self, code: str, where: Where, message: str, hint: str = "") -> None:
        self._problems.setdefault((code, where, message), Problem(code, where, message, hint, WARNING))

    def add(self, problem: Problem) -> None:
        self._problems.setdefault((problem.code, problem.where, problem.message), problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems.values())

    def wrong_at(self, where: Where) -> bool:
        """Whether there is an error at this path or below, so that its consequences are not reported too."""
        return any(problem.is_error and problem.where[: len(where)] == where for problem in self._problems.values())

    def has_unknown_name(self, where: Where) -> bool:
        """Whether a name or value at this path or below does not exist, so that what follows is not reported too."""
        unknown = (one.where for one in self._problems.values() if one.code in ("unknown_name", "unknown_comparison"))
        return any(place[: len(where)] == where for place in unknown)


@dataclass(frozen=True, slots=True)
class ExampleLead:
    """Everything that an example was judged by. `lists`: those that its email domain is on."""

    filled: ResponseEvidence
    signals: tuple[Signal, ...]
    history: History
    at: datetime
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """An example respondent who proves that something can happen. `outside`: what else must be true of the lead, in
    words, and `known` the same as evidence."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, Any] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    known: ExampleLead | None = field(default=None, compare=False, repr=False)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each answer and field that has a value: its name, and `name = value`."""
        values = {**self.hidden, **self.contact, **self.answers}
        return [(name, f"{name} = {_value_text(value)}") for name, value in values.items() if value is not None]

    def __str__(self) -> str:
        return ", ".join([*(text for _, text in self.parts), *self.outside])


def _value_text(value: Any) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Bound:
    """The minimum and maximum that respondents reach, with one example respondent for each.

    `exact` is False when the survey is too large to prove that no respondent exceeds them. `limits` are what no
    respondent exceeds in any case, `decided_by` the names of the answers and fields on which the score rests.
    """

    least: int | Fraction
    greatest: int | Fraction
    at_least: Witness
    at_most: Witness
    exact: bool = True
    limits: tuple[Any, Any] | None = None
    decided_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormulaRange:
    """The least and greatest value of a formula, None for no limit. `reached`: some answers give them."""

    least: Exact | None
    greatest: Exact | None
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds per axis; None when nothing is measured or the survey is too large. Maturity is a percentage.

    `left_out`: the dimensions that are measured, and were not searched to any result. `segmented`: the axes whose
    points depend on the segment, so that they have no bounds of their own. `by_segment`: of these, what nobody exceeds
    under the points of each segment.
    """

    fit: Bound | None = None
    timing: Bound | None = None
    intent: Bound | None = None
    maturity: Bound | None = None
    dimensions: Mapping[str, Bound] = field(default_factory=dict)
    calculated: Mapping[str, FormulaRange] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    segmented: frozenset[str] = frozenset()
    by_segment: Mapping[str, Mapping[str, tuple[Any, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether something can happen. `outcome`: "example", "impossible" (only when proved) or "no example found".

    `decided_by` are the names of the answers and fields on which it depends.
    """

    what: str
    outcome: Proved
    witness: Witness | None = None
    decided_by: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.what}: {self.witness}" if self.witness else f"{self.what}: {self.outcome}"


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a check. `survey` problems have paths in the survey file, `policy` problems in the policy file.

    `unsearched`: what keeps the search from saying which rules can apply.
    """

    survey: tuple[Problem, ...] = ()
    policy: tuple[Problem, ...] = ()
    bounds: Bounds = Bounds()
    witnesses: tuple[Proof, ...] = ()
    unsearched: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.survey + self.policy

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The claims that the budget did not reach: nothing is said about them."""
        bounds = self.bounds
        scores = {"FIT": bounds.fit, "TIMING": bounds.timing, "INTENT": bounds.intent, "maturity": bounds.maturity}
        scores |= {f"maturity of {name}": bound for name, bound in bounds.dimensions.items()}
        names = [name for name, bound in scores.items() if bound is not None and not bound.exact]
        return (*names, *(proof.what for proof in self.witnesses if proof.outcome == "no example found"))

    def proof(self, what: str) -> Proof | None:
        return next((proof for proof in self.witnesses if proof.what == what), None)
