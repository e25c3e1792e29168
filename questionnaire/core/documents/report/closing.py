"""Next step and method: what may come of it, and how every figure was made."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import items_to_answer, share_of


@dataclass(frozen=True, slots=True)
class NextStepSection:
    """The chosen block. `url` and `label` are "" when it has none."""

    text: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line of the calculation: percentage, weight, and the share of the overall score it brings (points of 100)."""

    title: str
    share: float
    weight: int
    brings: float


@dataclass(frozen=True, slots=True)
class Method:
    """`answered` of `asked` questions on this path; `counted` of them show maturity."""

    survey: str
    version: int
    lines: tuple[Weighed, ...]
    overall: float | None
    shown: int | None
    asked: int
    answered: int
    counted: int
    unknown: int
    left_out: tuple[str, ...]


def next_step(told: ReportContext) -> NextStepSection | None:
    block = told.block
    if block is None:
        return None
    label = block.label.say(told.language) if block.label else ""
    return NextStepSection(block.text.say(told.language), block.url or "", label)


def method(told: ReportContext) -> Method:
    maturity, answers = told.maturity, told.journey.answers
    total = sum(score.dimension.weight for score in maturity.dimensions)
    lines = tuple(
        Weighed(
            told.title_of(score.name),
            share_of(score.value),
            score.dimension.weight,
            share_of(score.value * score.dimension.weight / total) if total else 0.0,
        )
        for score in told.maturity.ordered
    )
    asked = items_to_answer(told.journey)
    given = [item for item in asked if item.name in answers]
    scored = {score.name for score in maturity.dimensions}
    return Method(
        survey=told.survey.title.say(told.language),
        version=told.survey.version,
        lines=lines,
        overall=share_of(maturity.overall) if maturity.overall is not None else None,
        shown=maturity.shown,
        asked=len(asked),
        answered=len(given),
        counted=sum(item.worth(answers[item.name]) is not None for item in given),
        unknown=sum(not item.is_known(answers[item.name]) for item in given),
        left_out=tuple(told.title_of(d.name) for d in told.survey.dimensions if d.name not in scored),
    )
