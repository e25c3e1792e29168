"""The authored part of the report: its sections, score bands, next step and benchmark settings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.report_blocks import AuthoredTerms, Charts, ContentBlocks, Link, ReportSection


class Band(Authored):
    """A range of the 0–100 scale that begins at `from` (inclusive, compared with the unrounded percentage)."""

    from_: int = Field(alias="from", ge=0, le=100)
    name: LocalizedText | None = None
    text: LocalizedText
    colour: Literal["good", "warning", "danger", "info"] | None = None

    def label(self, language: str, values: Mapping[str, str]) -> str:
        """Its name, its placeholders filled; "" without one."""
        return self.name.fill(language, values) if self.name else ""


class NextStep(Authored):
    when: When | None = None
    block: str


class Block(Authored):
    text: LocalizedText
    url: Link | None = None
    label: LocalizedText | None = None


class Benchmark(Authored):
    group_by: str | None = None
    fallback: Literal["all", "none"] = "all"
    hide_below: int = Field(default=30, ge=2)


class ReportPlan(Authored):
    """The authored texts and settings of the report. The report itself is created per response."""

    sections: tuple[ReportSection, ...] = ("cover", "summary", "dimensions", "plan", "next_step", "method")
    order: Literal["weakest_first", "listed"] = "weakest_first"
    overall: tuple[Band, ...] = ()
    dimensions: dict[str, tuple[Band, ...]] = Field(default_factory=dict)
    next_step: tuple[NextStep, ...] = ()
    blocks: dict[str, Block] = Field(default_factory=dict)
    benchmark: Benchmark | None = None
    content_blocks: ContentBlocks = ()
    plan: AuthoredTerms = ()
    charts: Charts = Charts()

    @property
    def conditions(self) -> list[Any]:
        """Every condition of the report."""
        every = (*(step.when for step in self.next_step), *(block.when for block in self.content_blocks))
        return [condition for condition in every if condition is not None]


def band(bands: tuple[Band, ...], value: Fraction) -> Band | None:
    """Returns the band of a percentage: the one with the highest `from` that it reaches, else None."""
    whole = value.__floor__()  # `from` is an integer, so the result is exact, and integers compare faster
    reached = [band for band in bands if whole >= band.from_]
    return max(reached, key=lambda band: band.from_) if reached else None
