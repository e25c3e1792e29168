"""The advice of the answers: for one dimension, and for the whole report, the most rewarding first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import items_to_answer
from questionnaire.core.survey.maturity import DimensionScore, item_worth
from questionnaire.core.survey.questions.advice import EFFORTS, Advice

MOST_OF_A_DIMENSION = 3
MOST_OF_A_PLAN = 9


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What to do. `effort` is low, medium, high or ""; `done_when` is "" without one. Both texts are Markdown."""

    text: str
    effort: str
    done_when: str


@dataclass(frozen=True, slots=True)
class WeighedAdvice:
    """The advice of one answer. `gain`: the points that the overall score would win if this answer were the best one.

    The gain of "I don't know" is 0: it is in no score.
    """

    dimension: str
    advice: Advice
    gain: Fraction


def advice_line(context: ReportContext, advice: Advice) -> AdviceLine:
    done_when = advice.done_when.say(context.language) if advice.done_when else ""
    return AdviceLine(advice.text.say(context.language), advice.effort or "", done_when)


def has_advice(context: ReportContext) -> bool:
    """Whether the survey advises on any answer: its bands then say what a score means, and advice what to do."""
    items = context.survey.items.values()
    return any(choice.advice for item in items if item.dimension for choice in item.answer_choices)


def advice_of(context: ReportContext, score: DimensionScore) -> tuple[WeighedAdvice, ...]:
    """The advice of the weakest answers of a dimension, the greatest gain first, at most three."""
    found = sorted(_of_dimension(context, score), key=lambda one: -one.gain)
    return tuple(_different(found))[:MOST_OF_A_DIMENSION]


def planned_advice(context: ReportContext) -> tuple[WeighedAdvice, ...]:
    """The advice of all chapters that gains most, small effort first, then great gain. Unknown effort is medium."""
    every = [one for score in context.maturity.ordered for one in advice_of(context, score)]
    chosen = sorted(_different(every), key=lambda one: -one.gain)[:MOST_OF_A_PLAN]
    return tuple(sorted(chosen, key=lambda one: (EFFORTS.index(one.advice.effort or "medium"), -one.gain)))


def _different(found: Iterable[WeighedAdvice]) -> Iterator[WeighedAdvice]:
    """Leaves out what says the same as an earlier one: rows of a matrix share their choices."""
    texts = set()
    for one in found:
        if one.advice.text not in texts:
            texts.add(one.advice.text)
            yield one


def _of_dimension(context: ReportContext, score: DimensionScore) -> Iterator[WeighedAdvice]:
    total = sum(one.dimension.weight for one in context.maturity.dimensions)
    share = Fraction(score.dimension.weight, total)
    if not score.parts:
        yield from _of_items(context, score, share)
    for part in score.parts:
        among = sum(one.dimension.weight for one in score.parts)
        yield from _of_items(context, part, share * part.dimension.weight / among)


def _of_items(context: ReportContext, score: DimensionScore, share: Fraction) -> Iterator[WeighedAdvice]:
    """`share` is what a point of this dimension is worth in the overall score."""
    answers, survey = context.journey.answers, context.survey
    items = [item for item in items_to_answer(context.journey) if item.dimension == score.name]
    worths = {item.name: item_worth(survey, item, answers.get(item.name)) for item in items if item.name in score.items}
    best = sum((worth[1] for worth in worths.values() if worth), Fraction(0))
    for item in items:
        worth = worths.get(item.name)
        if item.name not in answers or (worth is not None and worth[0] >= worth[1]):
            continue
        missed = Fraction(worth[1] - worth[0]) / best if worth else Fraction(0)
        for choice in item.chosen(answers[item.name]):
            if choice.advice is not None:
                yield WeighedAdvice(score.name, choice.advice, 100 * missed * share)
