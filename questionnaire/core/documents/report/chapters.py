"""The dimensions of a report: one chapter for each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.advice import AdviceLine, advice_line, advice_of, has_advice
from questionnaire.core.documents.report.bars import bar_of, figure_text, scale_of
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import BandStep, Bar, Quote, clipped, items_to_answer, steps
from questionnaire.core.survey.maturity import DimensionScore


@dataclass(frozen=True, slots=True)
class Chapter:
    """One dimension: its `standing` among the others, what its score means (`text`, authored), answers, what to do."""

    number: int
    bar: Bar
    scale: tuple[BandStep, ...]
    standing: str
    text: str
    quotes: tuple[Quote, ...]
    advice: tuple[AdviceLine, ...]


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A dimension of the dimension: what its score means (`text`, authored), and its answers."""

    title: str
    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class UpperChapter(Chapter):
    """A dimension with dimensions of its own; the answers are in its `parts`."""

    parts: tuple[ChapterPart, ...]


@dataclass(frozen=True, slots=True)
class Chapters:
    """`advised`: the survey advises on answers. Without that the texts of its bands are what to do."""

    weakest_first: bool
    advised: bool
    chapters: tuple[Chapter, ...]
    left_out: tuple[str, ...]


def _quotes(context: ReportContext, score: DimensionScore) -> tuple[Quote, ...]:
    """The answers that count for a dimension."""
    return tuple(
        Quote(context.say(item.title), clipped(answer))
        for item in items_to_answer(context.journey)
        if item.dimension == score.name and (answer := context.answer_words(item))
    )


def _standing(context: ReportContext, score: DimensionScore) -> str:
    """A sentence on the rank of the dimension among the others, and its weight."""
    words, scores = context.words, context.maturity.dimensions
    total = sum(score.dimension.weight for score in scores)
    weight = half_up(Fraction(100 * score.dimension.weight, total))
    facts = {"score": figure_text(context, score), "n": len(scores), "weight": weight}
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


def dimensions(context: ReportContext) -> Chapters | None:
    """Returns None when no dimension has a score; the method section then lists what was left out."""
    chapters = tuple(_chapter(context, number, score) for number, score in enumerate(context.maturity.ordered, start=1))
    scored = {score.name for score in context.maturity.dimensions}
    if not chapters:
        return None
    left_out = (dimension for dimension in context.survey.dimensions if dimension.name not in scored)
    first = context.survey.report.order == "weakest_first"
    titles = tuple(context.say(dimension.title) for dimension in left_out)
    return Chapters(first, has_advice(context), chapters, titles)


def _chapter(context: ReportContext, number: int, score: DimensionScore) -> Chapter:
    bar = bar_of(context, score)
    scale = steps(scale_of(context, score), score.value, context.language, context.fills)
    standing = _standing(context, score)
    advice = tuple(advice_line(context, one.advice) for one in advice_of(context, score))
    text = _text(context, score)
    if not score.parts:
        return Chapter(number, bar, scale, standing, text, _quotes(context, score), advice)
    ordered = context.maturity.in_order(score.parts, context.survey.report.order)
    parts = tuple(
        ChapterPart(context.title_of(part.name), _text(context, part), _quotes(context, part)) for part in ordered
    )
    return UpperChapter(number, bar, scale, standing, text, (), advice, parts)


def _text(context: ReportContext, score: DimensionScore) -> str:
    return score.band.text.say(context.language) if score.band is not None else ""
