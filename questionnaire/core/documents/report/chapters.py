"""A chapter for each dimension, and the plan made of their advice: weakest first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import (
    BandStep,
    Bar,
    Quote,
    answer_words,
    better_answer,
    better_by,
    clipped,
    items_to_answer,
    share_of,
    steps,
)
from questionnaire.core.survey.maturity import DimensionScore
from questionnaire.core.survey.report_texts import band


@dataclass(frozen=True, slots=True)
class Chapter:
    """One dimension: what was said, what it means, what to do (`advice`, authored), what the next step looks like.

    `lifted` is the overall score (shown) if the first quote with a better answer moved to it; None at the top.
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
class Move:
    """One thing to do, and the sentence by which one sees that it is done."""

    title: str
    advice: str
    check: str


@dataclass(frozen=True, slots=True)
class Term:
    """A third of the plan. `until` is its last day."""

    since: int
    until: int
    heading: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    terms: tuple[Term, ...]


def _advice(told: ReportContext, score: DimensionScore) -> str:
    return score.band.text.say(told.language) if score.band else ""


def _quotes(told: ReportContext, dimension: str) -> tuple[Quote, ...]:
    """The answers that count for a dimension, quoted back."""
    return tuple(
        Quote(item.title.say(told.language), clipped(said), better_answer(item, told.journey, told.language))
        for item in items_to_answer(told.journey)
        if item.dimension == dimension and (said := answer_words(item, told.journey, told.language))
    )


def _meaning(told: ReportContext, score: DimensionScore) -> str:
    """Where the dimension stands among the others, and how much it weighs."""
    words, scores = told.words, told.maturity.dimensions
    total = sum(one.dimension.weight for one in scores)
    facts = {"score": score.shown, "n": len(scores), "weight": half_up(Fraction(100 * score.dimension.weight, total))}
    lowest, highest = min(one.value for one in scores), max(one.value for one in scores)
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


def _lifted(told: ReportContext, score: DimensionScore) -> int | None:
    """The overall score if one answer of this dimension were one step better."""
    answers, overall = told.journey.answers, told.maturity.overall
    items = [item for item in items_to_answer(told.journey) if item.name in score.items]
    item = next((item for item in items if better_answer(item, told.journey, told.language)), None)
    if item is None or overall is None:
        return None
    best = sum((worth[1] for one in items if (worth := one.worth(answers[one.name]))), Fraction(0))
    gained = Fraction(100) * better_by(item, answers[item.name]) / best
    total = sum(one.dimension.weight for one in told.maturity.dimensions)
    return half_up(overall + gained * score.dimension.weight / total)


def dimensions(told: ReportContext) -> Chapters | None:
    """None when no dimension could be scored; the method page then says what was left out."""
    chapters = []
    for number, score in enumerate(told.maturity.ordered, start=1):
        quotes = _quotes(told, score.name)
        reached = band(told.survey.report.overall, score.value)
        level = reached.label(told.language) if reached else ""
        bar = Bar(told.title_of(score.name), share_of(score.value), score.shown, level)
        scale = steps(told.survey.report.overall, score.value, told.language)
        better = next((quote.better for quote in quotes if quote.better), "")
        chapters.append(
            Chapter(
                number, bar, scale, quotes, _meaning(told, score), _advice(told, score), better, _lifted(told, score)
            )
        )
    scored = {score.name for score in told.maturity.dimensions}
    if not chapters:
        return None
    left_out = (dimension for dimension in told.survey.dimensions if dimension.name not in scored)
    first = told.survey.report.order == "weakest_first"
    return Chapters(first, tuple(chapters), tuple(dimension.title.say(told.language) for dimension in left_out))


def plan(told: ReportContext) -> ActionPlan | None:
    """The weakest dimension fills the first month; the others follow, the larger half in the second month."""
    scores = [score for score in told.maturity.ordered if _advice(told, score)]
    if not scores:
        return None
    half = (len(scores[1:]) + 1) // 2
    words = told.words
    level = len({score.value for score in told.maturity.dimensions}) == 1
    begin = words("Start here") if level else words("Start with your weakest area")
    headings = (begin, words("Build on it"), words("Make it last"))
    groups = (scores[:1], scores[1 : 1 + half], scores[1 + half :])
    again = Move(
        words("Measure your progress"),
        words("Take this diagnostic again with the same people and compare the two reports."),
        words("By day %(day)s, you know which scores have changed and by how much.", day=90),
    )
    terms = []
    for until, heading, group in zip((30, 60, 90), headings, groups, strict=True):
        moves = tuple(
            Move(told.title_of(score.name), _advice(told, score), _check(told, score, until)) for score in group
        )
        terms.append(Term(until - 29, until, heading, (*moves, again) if until == 90 else moves))
    return ActionPlan(tuple(term for term in terms if term.moves))


def _check(told: ReportContext, score: DimensionScore, day: int) -> str:
    quotes = _quotes(told, score.name)
    better = next((quote for quote in quotes if quote.better), None)
    if better:
        return told.words(
            "By day %(day)s, you can honestly answer “%(answer)s” to “%(question)s”.",
            day=day,
            question=better.question,
            answer=better.better,
        )
    if score.value >= 100 and quotes:
        return told.words(
            "By day %(day)s, “%(answer)s” is still true and your next review is booked.",
            day=day,
            answer=quotes[0].answer,
        )
    return told.words(
        "By day %(day)s, you score more than %(score)s out of 100 for “%(title)s”.",
        day=day,
        score=score.shown,
        title=told.title_of(score.name),
    )
