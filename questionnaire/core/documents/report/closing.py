"""Closing sections of a report: the next step, and the method behind every figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from questionnaire.core.documents.report.bars import overall_figure
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import items_to_answer, share_of
from questionnaire.core.survey.length import counts
from questionnaire.core.survey.questions import Question


@dataclass(frozen=True, slots=True)
class NextStepSection:
    """The chosen block. `url` and `label` are "" when it has none."""

    text: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """A line of the calculation: percentage, weight, and contribution to the overall score (points of 100)."""

    title: str
    share: float
    weight: int
    brings: float


@dataclass(frozen=True, slots=True)
class Method:
    """Figures of the method: `questions` on the path, `answered` of them, `counted` in the maturity. A matrix is one
    question, answered when one of its rows is; `unknown` are answers."""

    survey: str
    version: int
    lines: tuple[WeightedScore, ...]
    overall: float | None
    rounded: int | float | None
    questions: int
    answered: int
    counted: int
    unknown: int
    left_out: tuple[str, ...]


def next_step(context: ReportContext) -> NextStepSection | None:
    block = context.block
    if block is None:
        return None
    label = context.say(block.label)
    return NextStepSection(block.text.say(context.language), block.url or "", label)


def method(context: ReportContext) -> Method:
    maturity, answers = context.maturity, context.journey.answers
    total = sum(score.dimension.weight for score in maturity.dimensions)
    lines = tuple(
        WeightedScore(
            context.title_of(score.name),
            share_of(score.value),
            score.dimension.weight,
            share_of(score.value * score.dimension.weight / total) if total else 0.0,
        )
        for score in context.maturity.ordered
    )
    answered = [item for item in items_to_answer(context.journey) if item.name in answers]
    questions = [question for question in context.journey.visible if counts(question)]
    names = {item.name for item in answered}
    scores = {item.name for item in answered if item.worth(answers[item.name]) is not None}
    scored = {score.name for score in maturity.dimensions}
    return Method(
        survey=context.say(context.survey.title),
        version=context.survey.version,
        lines=lines,
        overall=share_of(maturity.overall) if maturity.overall is not None else None,
        rounded=overall_figure(context),
        questions=len(questions),
        answered=_having(questions, names),
        counted=_having(questions, scores),
        unknown=sum(any(choice.unknown for choice in item.chosen(answers[item.name])) for item in answered),
        left_out=tuple(context.title_of(d.name) for d in context.survey.dimensions if d.name not in scored),
    )


def _having(questions: Iterable[Question], names: Collection[str]) -> int:
    """How many of the questions have one of these items."""
    return sum(any(item.name in names for item in question.items) for question in questions)
