"""The values of a score that respondents reach, and what is proved of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.checks.enumerate_states import Path, trace
from questionnaire.core.checks.findings import Bound, Witness
from questionnaire.core.checks.journey_order import complete
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, Model


@dataclass(frozen=True, slots=True)
class Reached:
    """The values that respondents reach, with a path to each. `exhaustive`: there are no others.

    `limits`: no respondent is below or above them, whether or not somebody reaches them; None when nothing is measured.
    """

    paths: Mapping[Any, Path]
    exhaustive: bool
    limits: Limits | None = None

    @property
    def is_exact(self) -> bool:
        """Whether no respondent is below the least or above the greatest value found."""
        return self.exhaustive or self.limits == (min(self.paths), max(self.paths))

    @property
    def ends(self) -> Limits | None:
        """The narrowest proved limits."""
        return (min(self.paths), max(self.paths)) if self.paths and self.is_exact else self.limits

    def bound(self, model: Model, decided_by: Iterable[str] = ()) -> Bound | None:
        if not self.paths:
            return None
        least, most = min(self.paths), max(self.paths)
        low, high = person(model, self.paths[least]), person(model, self.paths[most])
        return Bound(least, most, low, high, self.is_exact, self.ends, model.ancestors(decided_by))

    def excludes(self, start: Any, end: Any) -> bool:
        """Whether it is proved that no respondent is at or above `start` and below `end`."""
        if self.exhaustive:
            return not any(start <= value < end for value in self.paths)
        return self.limits is not None and (self.limits[1] < start or self.limits[0] >= end)


def person(model: Model, path: Path) -> Witness:
    values = complete(model, trace(path))
    kinds = {variable.name: variable.kind for variable in model.variables}
    answers, contact, hidden = (
        {name: value for name, value in values.items() if kinds[name] == kind} for kind in (ITEM, CONTACT, HIDDEN)
    )
    return Witness(answers, contact, hidden)


def is_settled(
    found: Mapping[Any, Path], ends: Limits, names: Iterable[Any] = (), of: Callable[[Any], Any] = lambda _: None
) -> bool:
    """Whether both limits are reached, and every name (of a grade or a band)."""
    if not found or ends != (min(found), max(found)):
        return False
    seen = [of(value) for value in found]
    return all(name in seen for name in names)
