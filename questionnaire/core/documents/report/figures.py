"""Figures section of a report: calculated values as large numbers, and how each was calculated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.base.quantities import Exact
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.report.formula_words import formula_words
from questionnaire.core.documents.view_parts import clipped
from questionnaire.core.survey.calculate import Calculation
from questionnaire.core.survey.calculated_facts import calculation_of
from questionnaire.core.survey.calculated_value import SCORE, CalculatedValue


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What a figure was calculated from: an answer, another value or a score, in words."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One calculated value. `formula`: how it was calculated, with the reader's numbers; "" when it is a single one."""

    title: str
    amount: str
    help: str
    formula: str
    sources: tuple[FigureSource, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    figures: tuple[Figure, ...]


def figures(context: ReportContext) -> Figures | None:
    """The known values that the survey lists; None without any."""
    survey = context.survey
    calculation = calculation_of(survey, context.journey, context.maturity)
    values = (survey.calculated_by_name[name] for name in survey.report.figures)
    known = ((value, amount) for value in values if (amount := calculation.value(value.name)) is not None)
    built = tuple(_figure(context, calculation, value, amount) for value, amount in known)
    return Figures(built) if built else None


def _figure(context: ReportContext, calculation: Calculation, value: CalculatedValue, amount: Exact) -> Figure:
    formula, names = formula_words(context, calculation, value)
    return Figure(
        title=context.say(value.title),
        amount=value.say(amount, context.language),
        help=value.help.say(context.language) if value.help else "",
        formula=formula,
        sources=tuple(_sources(context, calculation, names)),
    )


def _sources(context: ReportContext, calculation: Calculation, names: tuple[str, ...]) -> Iterator[FigureSource]:
    for name in names:
        item, value = context.survey.question(name), context.survey.calculated_by_name.get(name)
        if value is not None:
            amount = calculation.value(name)
            words = value.say(amount, context.language) if amount is not None else ""
            yield FigureSource(context.say(value.title), words)
        elif item is not None:
            yield FigureSource(context.say(item.title), clipped(context.answer_words(item)))
        else:
            dimension = name.removeprefix(SCORE).removeprefix(".")
            title = context.title_of(dimension) if dimension else context.words("Overall score")
            yield FigureSource(title, context.words("%(score)s out of 100", score=_shown_score(context, dimension)))


def _shown_score(context: ReportContext, dimension: str) -> int | None:
    scores = {score.name: score.rounded for score in context.maturity.every}
    return scores.get(dimension) if dimension else context.maturity.rounded
