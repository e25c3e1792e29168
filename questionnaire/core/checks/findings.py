"""What checking finds: problems in the survey and in the policy, bounds, and what can or cannot happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.problems import WARNING, Problem, Where

Proved = Literal["example", "impossible", "no example found"]


class Notes:
    """Collects problems, each once, in the order they are found."""

    def __init__(self, known: Iterable[Problem] = ()) -> None:
        self._found = {(one.code, one.where, one.message): one for one in known}

    def error(self, code: str, where: Where, message: str, hint: str = "") -> None:
        self._found.setdefault((code, where, message), Problem(code, where, message, hint))

    def warning(self, code: str, where: Where, message: str, hint: str = "") -> None:
        self._found.setdefault((code, where, message), Problem(code, where, message, hint, WARNING))

    def add(self, problem: Problem) -> None:
        self._found.setdefault((problem.code, problem.where, problem.message), problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._found.values())

    def wrong_at(self, where: Where) -> bool:
        """Whether an error stands at this place or inside it: what follows from it is not told again."""
        return any(one.is_error and one.where[: len(where)] == where for one in self._found.values())


@dataclass(frozen=True, slots=True)
class Witness:
    """A respondent who shows that something can happen. `outside` says what else must be true of the lead."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, Any] = field(default_factory=dict)
    outside: tuple[str, ...] = ()

    def __str__(self) -> str:
        given = {**self.hidden, **self.contact, **self.answers}
        said = [f"{name} = {_said(value)}" for name, value in given.items() if value is not None]
        return ", ".join([*said, *self.outside])


def _said(value: Any) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the greatest a respondent can reach, with one respondent for each.

    `exact` is False when the survey is too large to be sure that nobody goes beyond.
    """

    least: int | Fraction
    greatest: int | Fraction
    at_least: Witness
    at_most: Witness
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """Per axis; None when nothing is measured, or when the survey is too large to say. Maturity is a percentage."""

    fit: Bound | None = None
    timing: Bound | None = None
    intent: Bound | None = None
    maturity: Bound | None = None
    dimensions: Mapping[str, Bound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether something can happen: an example, "impossible" only when that is proved, else "no example found"."""

    what: str
    said: Proved
    witness: Witness | None = None

    def __str__(self) -> str:
        return f"{self.what}: {self.witness}" if self.witness else f"{self.what}: {self.said}"


@dataclass(frozen=True, slots=True)
class Findings:
    """`survey` problems have paths into the survey's file, `policy` problems into the policy's."""

    survey: tuple[Problem, ...] = ()
    policy: tuple[Problem, ...] = ()
    bounds: Bounds = Bounds()
    witnesses: tuple[Proof, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.survey + self.policy

    def proof(self, what: str) -> Proof | None:
        return next((proof for proof in self.witnesses if proof.what == what), None)
