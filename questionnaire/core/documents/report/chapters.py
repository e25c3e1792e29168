"""Dimension and plan sections of a report: one chapter per dimension, and the 90-day plan from their advice."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.report.overview import advices_of, bar_of
from questionnaire.core.documents.view_parts import (
    BandStep,
    Bar,
    Quote,
    better_answer,
    better_by,
    clipped,
    items_to_answer,
    steps,
)
from questionnaire.core.survey.maturity import DimensionScore, item_worth


@dataclass(frozen=True, slots=True)
class Chapter:
    """One dimension: answers, meaning, authored `advice`, and the next better answer (`better`).

    `lifted` is the overall score (rounded) if the first quote with a better answer had that answer; None at the top.
    """

    number: int
    bar: Bar
    scale: tuple[BandStep, ...]
    quotes: tuple[Quote, ...]
    meaning: str
    advice: str
    better: str
    lifted: int | None


@dataclass(frozen=True, slots=True)
class Chapters:
    weakest_first: bool
    chapters: tuple[Chapter, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An action, and the criterion by which to see that it is done."""

    title: str
    advice: str
    check: str


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """One of the three terms of the plan. `since` is its first day, `until` its last."""

    since: int
    until: int
    heading: str
    moves: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    terms: tuple[PlanTerm, ...]


def _advice(context: ReportContext, score: DimensionScore) -> str:
    return next((text for _, text in advices_of(context, score)), "")


def _quotes(context: ReportContext, score: DimensionScore) -> tuple[Quote, ...]:
    """The answers that count for a dimension or its parts."""
    names = {score.name, *(part.name for part in score.dimension.parts)}
    return tuple(
        Quote(context.say(item.title), clipped(answer), context.say(better_answer(item, context.journey)))
        for item in items_to_answer(context.journey)
        if item.dimension in names and (answer := context.answer_words(item))
    )


def _meaning(context: ReportContext, score: DimensionScore) -> str:
    """A sentence on the rank of the dimension among the others, and its weight."""
    words, scores = context.words, context.maturity.dimensions
    total = sum(score.dimension.weight for score in scores)
    facts = {"score": score.rounded, "n": len(scores), "weight": half_up(Fraction(100 * score.dimension.weight, total))}
    lowest, highest = min(score.value for score in scores), max(score.value for score in scores)
    if len(scores) == 1:
        return words("At %(score)s out of 100, this dimension is your whole score.", **facts)
    if lowest == highest:
        return words(
            "At %(score)s out of 100, it’s level with your other dimensions. "
            "It makes up %(weight)s%% of your overall score.",
            **facts,
        )
    if score.value == lowest:
        return words(
            "At %(score)s out of 100, no other dimension is lower. It makes up %(weight)s%% of your overall score.",
            **facts,
        )
    if score.value == highest:
        return words(
            "At %(score)s out of 100, no other dimension is higher. It makes up %(weight)s%% of your overall score.",
            **facts,
        )
    return words(
        "At %(score)s out of 100, it’s between your highest and lowest scores. "
        "It makes up %(weight)s%% of your overall score.",
        **facts,
    )


def _lifted(context: ReportContext, score: DimensionScore) -> int | None:
    """The overall score if one answer of this dimension were one step better."""
    answers, overall = context.journey.answers, context.maturity.overall
    items = [item for item in items_to_answer(context.journey) if item.name in score.items]
    item = next((item for item in items if better_answer(item, context.journey)), None)
    if item is None or overall is None:
        return None
    part = next((part for part in score.parts if item.name in part.items), None)
    counted = [other for other in items if other.name in (part or score).items]
    worths = [item_worth(context.survey, other, answers.get(other.name)) or (0, 0) for other in counted]
    better, own = better_by(item, answers[item.name]), item_worth(context.survey, item, answers[item.name]) or (0, 1)
    gained = Fraction(100) * better * own[1] / item.best / sum((worth[1] for worth in worths), Fraction(0))
    if part is not None:
        gained *= Fraction(part.dimension.weight, sum(other.dimension.weight for other in score.parts))
    total = sum(score.dimension.weight for score in context.maturity.dimensions)
    return half_up(overall + gained * score.dimension.weight / total)


def dimensions(context: ReportContext) -> Chapters | None:
    """Returns None when no dimension has a score; the method section then lists what was left out."""
    chapters = []
    for number, score in enumerate(context.maturity.ordered, start=1):
        quotes = _quotes(context, score)
        bar = bar_of(context, score)
        scale = steps(context.survey.report.overall, score.value, context.language, context.fills)
        better = next((quote.better for quote in quotes if quote.better), "")
        meaning, advice, lifted = _meaning(context, score), _advice(context, score), _lifted(context, score)
        chapters.append(Chapter(number, bar, scale, quotes, meaning, advice, better, lifted))
    scored = {score.name for score in context.maturity.dimensions}
    if not chapters:
        return None
    left_out = (dimension for dimension in context.survey.dimensions if dimension.name not in scored)
    first = context.survey.report.order == "weakest_first"
    return Chapters(first, tuple(chapters), tuple(context.say(dimension.title) for dimension in left_out))


def plan(context: ReportContext) -> ActionPlan | None:
    """The weakest dimension is the first month; of the others the larger half is the second, the rest the third."""
    scores = [score for score in context.maturity.ordered if _advice(context, score)]
    if not scores:
        return None
    half = (len(scores[1:]) + 1) // 2
    words = context.words
    level = len({score.value for score in context.maturity.dimensions}) == 1
    begin = words("Start here") if level else words("Start with your weakest area")
    headings = (begin, words("Build on it"), words("Make it last"))
    groups = (scores[:1], scores[1 : 1 + half], scores[1 + half :])
    retake = Action(
        words("Measure your progress"),
        words("Take this diagnostic again with the same people and compare the two reports."),
        words("By day %(day)s, you know which scores have changed and by how much.", day=90),
    )
    terms = []
    for until, heading, group in zip((30, 60, 90), headings, groups, strict=True):
        moves = tuple(
            Action(context.title_of(score.name), _advice(context, score), _check(context, score, until))
            for score in group
        )
        terms.append(PlanTerm(until - 29, until, heading, (*moves, retake) if until == 90 else moves))
    return ActionPlan(tuple(term for term in terms if term.moves))


def _check(context: ReportContext, score: DimensionScore, day: int) -> str:
    quotes = _quotes(context, score)
    better = next((quote for quote in quotes if quote.better), None)
    if better:
        return context.words(
            "By day %(day)s, you can honestly answer “%(answer)s” to “%(question)s”.",
            day=day,
            question=better.question,
            answer=better.better,
        )
    if score.value >= 100 and quotes:
        return context.words(
            "By day %(day)s, “%(answer)s” is still true and your next review is booked.",
            day=day,
            answer=quotes[0].answer,
        )
    return context.words(
        "By day %(day)s, you score more than %(score)s out of 100 for “%(title)s”.",
        day=day,
        score=score.rounded,
        title=context.title_of(score.name),
    )
