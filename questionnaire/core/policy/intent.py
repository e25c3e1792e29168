"""The INTENT axis of a policy: points, window or decay, and strength of each signal; groups and ranks."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from questionnaire.core.base.authored import Authored, mistake
from questionnaire.core.base.quantities import Period, Share
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.policy.axes import LevelName, Points, SignedPoints, named

Strength = Literal["weak", "medium", "strong"]


class Rise(Authored):
    """When a signal counts as stronger: `count` times `within` a period, or for several `assets` of its group."""

    count: int | None = Field(default=None, ge=1)
    within: Period | None = None
    assets: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _something(self) -> Rise:
        if self.count is None and self.assets is None:
            raise mistake("rise", "`count` or `assets` is missing", "write `{count: 2, within: P30D}`")
        return self


class Decay(Authored):
    """With every full period `every`, the share `by` of the original points is lost."""

    every: Period
    by: Share

    @model_validator(mode="after")
    def _takes_something(self) -> Decay:
        if not self.by:
            raise mistake("decay", "a decay by 0% takes nothing", "write a share such as `25%`, or leave `decay` out")
        return self


class SignalRule(Authored):
    """The points of a signal and how long they count. A signal has a window or a decay, never both.

    `max` limits what the signal gives or, with negative points, what it takes.

    `phrase` stands for it in the sentence for the rep, `title` in tables.
    """

    points: SignedPoints
    strength: Strength = "weak"
    strong_at: Rise | None = None
    medium_at: Rise | None = None
    group: str | None = None
    count: Literal["once", "each"] = "each"
    max: Points | None = None
    window: Period | None = None
    decay: Decay | None = None
    disengagement: bool = False
    phrase: LocalizedText | None = None
    title: LocalizedText | None = None

    @model_validator(mode="after")
    def _one_way_to_age(self) -> SignalRule:
        if self.window and self.decay:
            raise mistake("window_and_decay", "a signal has a window or a decay, never both", "remove one of them")
        return self


class Ranks(Authored):
    """The minimum INTENT of each rank."""

    one: Points = Field(alias="1")
    two: Points = Field(alias="2")
    three: Points = Field(default=0, alias="3")

    @model_validator(mode="before")
    @classmethod
    def _numbers(cls, raw: Any) -> Any:
        return named(raw)

    @model_validator(mode="after")
    def _descend(self) -> Ranks:
        if not self.one > self.two > self.three == 0:
            raise mistake("ranks", "ranks must fall: 1 above 2 above 3, and 3 from 0", "write `{1: 40, 2: 20, 3: 0}`")
        return self

    def of(self, score: Any) -> int:
        return 1 if score >= self.one else 2 if score >= self.two else 3


class Intent(Authored):
    max: Points
    ranks: Ranks
    groups: dict[str, Points]
    signals: dict[LevelName, SignalRule]
