"""The FIT and TIMING axes of a policy: criteria, levels, points, grades and completeness."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from questionnaire.core.base.authored import Authored, mistake
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.quantities import ExactNumber, Period, Share, number
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.policy.titles import Titles
from questionnaire.core.survey.questions import Name

LevelName = Annotated[
    str, Pattern(r"^[a-z0-9][a-z0-9_]{0,59}$", "use lower-case letters, digits and `_`, such as `lt_3m`")
]
Code = Annotated[
    str, Pattern(r"^[a-z][a-z0-9_]*$", "use lower-case letters, digits and `_`, a letter first, such as `not_icp`")
]
Points = Annotated[int, Field(ge=0, le=1000)]
SignedPoints = Annotated[int, Field(ge=-100, le=1000)]
"""Points that may also count against a lead. An axis never falls below 0."""


class Level(Authored):
    """The points of a level, how long a declaration of it is valid, and its words (core/policy/names)."""

    points: SignedPoints
    valid_for: Period | None = None
    phrase: LocalizedText | None = None
    title: LocalizedText | None = None


def _level(raw: Any) -> Any:
    if isinstance(raw, str):
        raise mistake("points", "`{raw}` is not a number of points", "write a whole number from -100 to 1000", raw=raw)
    return {"points": raw} if isinstance(raw, int) and not isinstance(raw, bool) else raw


AnyLevel = Annotated[Level, BeforeValidator(_level)]


def named(raw: Any) -> Any:
    """Converts keys that YAML reads as booleans or numbers back to the level names that the author wrote."""
    return {str(key): value for key, value in raw.items()} if isinstance(raw, Mapping) else raw


Band = tuple[ExactNumber | None, ExactNumber | None]


class Criterion(Authored):
    """One criterion: its levels, and how raw values map to them. `icp` names the levels of the ideal customer."""

    levels: Annotated[dict[LevelName, AnyLevel], BeforeValidator(named)] = Field(min_length=1)
    icp: tuple[str, ...] = ()
    bands: dict[str, Band] = Field(default_factory=dict)
    countries: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    title: LocalizedText | None = None
    titles: Titles | None = None

    def points(self, level: str) -> int:
        return self.levels[level].points

    @functools.cached_property
    def best(self) -> int:
        """The most points; 0 when every level counts against the lead, because an unknown level has none."""
        return max(0, *(level.points for level in self.levels.values()))

    def level_in_band(self, value: object) -> str | None:
        """Returns the level whose band contains the number (both ends inclusive), else None."""
        amount = number(value)
        if amount is None:
            return None
        for level, (low, high) in self.bands.items():
            if (low is None or amount >= low) and (high is None or amount <= high):
                return level
        return None

    @property
    def elsewhere(self) -> str | None:
        """The level of a country that is not listed: `other` if it exists, else the only level without countries."""
        free = [level for level in self.levels if level not in self.countries]
        return "other" if "other" in free else free[0] if len(free) == 1 else None

    def level_of_country(self, code: str) -> str | None:
        listed = (level for level, codes in self.countries.items() if code.upper() in codes)
        return next(listed, self.elsewhere)

    def best_of(self, levels: tuple[str, ...]) -> str | None:
        """Returns the level with the most points, the first listed of equals; None when none is known."""
        if len(levels) == 1:
            return levels[0] if levels[0] in self.levels else None
        candidates = [level for level in self.levels if level in levels]
        return max(candidates, key=self.points) if candidates else None


def _group(raw: Any) -> Any:
    return (raw,) if isinstance(raw, str) else raw


_NAMES = {"type": "array", "items": {"type": "string"}, "minItems": 1}
Group = Annotated[
    tuple[str, ...],
    BeforeValidator(_group),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, _NAMES]}),
]


class Completeness(Authored):
    """The share of these criteria that must be known. A group counts once; it is known if any member is."""

    minimum: Share
    of: tuple[Group, ...] = Field(min_length=1)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return self.of


class Grades(Authored):
    """The minimum FIT of each grade. Grade A means that FIT is good."""

    A: Points
    B: Points
    C: Points = 0

    @model_validator(mode="after")
    def _descend(self) -> Grades:
        if not self.A > self.B > self.C == 0:
            raise mistake("grades", "grades must fall: A above B above C, and C from 0", "write `{A: 42, B: 21, C: 0}`")
        return self

    def of(self, score: Any) -> str:
        return "A" if score >= self.A else "B" if score >= self.B else "C"


class Fit(Authored):
    max: Points
    grades: Grades
    criteria: dict[Name, Criterion] = Field(min_length=1)
    completeness: Completeness


class Heat(Authored):
    """The minimum TIMING of hot, warm and cold."""

    hot: Points
    warm: Points
    cold: Points = 0

    @model_validator(mode="after")
    def _descend(self) -> Heat:
        if not self.hot > self.warm > self.cold == 0:
            hint = "write `{hot: 60, warm: 30, cold: 0}`"
            raise mistake("heat", "levels must fall: hot above warm above cold, and cold from 0", hint)
        return self

    def of(self, score: Any) -> str:
        return "hot" if score >= self.hot else "warm" if score >= self.warm else "cold"


class NotNow(Authored):
    """How long a "not now" counts as recent, and what a hand-raise after it does."""

    lasts: Period
    hand_raise_after: Literal["review", "nurture"] = "review"


class Timing(Authored):
    max: Points
    levels: Heat
    criteria: dict[Name, Criterion] = Field(default_factory=dict)
    not_now: NotNow
