"""What a survey says to the prospect afterwards: the sections of the report, its bands and the next step."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from questionnaire.core.base.authored import Authored, When, mistake
from questionnaire.core.base.texts import LocalizedText

ReportSection = Literal[
    "cover",
    "summary",
    "comparison",
    "dimensions",
    "plan",
    "next_step",
    "method",
]


def _link(raw: str) -> str:
    if urlsplit(raw).scheme not in ("https", "http", "mailto"):
        raise mistake("link", "`{raw}` is not a link", "start it with `https://`", raw=raw)
    return raw


class Band(Authored):
    """A part of the 0–100 scale from `from` on (inclusive, on the unrounded percentage)."""

    from_: int = Field(alias="from", ge=0, le=100)
    name: LocalizedText | None = None
    text: LocalizedText

    def label(self, language: str) -> str:
        """Its name; "" without one."""
        return self.name.say(language) if self.name else ""


class NextStep(Authored):
    when: When | None = None
    block: str


class Block(Authored):
    text: LocalizedText
    url: Annotated[str, AfterValidator(_link)] | None = None
    label: LocalizedText | None = None


class Benchmark(Authored):
    group_by: str | None = None
    fallback: Literal["all", "none"] = "all"
    hide_below: int = Field(default=30, ge=2)


class ReportPlan(Authored):
    """What the report is made of (its texts; the report itself is made per response)."""

    sections: tuple[ReportSection, ...] = ("cover", "summary", "dimensions", "plan", "next_step", "method")
    order: Literal["weakest_first", "listed"] = "weakest_first"
    overall: tuple[Band, ...] = ()
    dimensions: dict[str, tuple[Band, ...]] = Field(default_factory=dict)
    next_step: tuple[NextStep, ...] = ()
    blocks: dict[str, Block] = Field(default_factory=dict)
    benchmark: Benchmark | None = None


def band(bands: tuple[Band, ...], value: Fraction) -> Band | None:
    """The band a percentage falls into: the highest `from` it reaches."""
    whole = value.__floor__()  # `from` is whole, so nothing is lost, and whole numbers compare quickly
    reached = [band for band in bands if whole >= band.from_]
    return max(reached, key=lambda band: band.from_) if reached else None
