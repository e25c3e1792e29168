"""The advice of the answers: for one dimension, and for the whole report, the most rewarding first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import items_to_answer
from questionnaire.core.survey.maturity import DimensionScore
from questionnaire.core.survey.questions import Question
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
    answers = context.journey.answers
    items = [item for item in items_to_answer(context.journey) if item.dimension == score.name]
    best = sum((worth[1] for item in items if (worth := _worth(context, item))), Fraction(0))
    weights = sum(one.dimension.weight for one in context.maturity.dimensions)
    for item in items:
        worth = _worth(context, item)
        if item.name not in answers or (worth is not None and worth[0] >= worth[1]):
            continue
        missed = Fraction(worth[1] - worth[0]) / best if worth else Fraction(0)
        for choice in item.chosen(answers[item.name]):
            if choice.advice is not None:
                yield WeighedAdvice(score.name, choice.advice, 100 * missed * score.dimension.weight / weights)


def _worth(context: ReportContext, item: Question) -> tuple[Fraction | int, Fraction | int] | None:
    answer = context.journey.answers.get(item.name)
    return None if answer is None else item.worth(answer)
