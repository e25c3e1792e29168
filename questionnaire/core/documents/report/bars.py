"""Scores as bars: the figure that people read, the name and the colour of the band."""

from __future__ import annotations

from questionnaire.core.base.formats import locale_of, number_text
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import Bar, share_of
from questionnaire.core.survey.maturity import DimensionScore
from questionnaire.core.survey.report_texts import Band, band
from questionnaire.core.survey.score_figure import dimension_figure, score_figure


def scale_of(context: ReportContext, score: DimensionScore) -> tuple[Band, ...]:
    """The bands that a dimension is named by: its own where they have names, else those of the overall score."""
    report = context.survey.report
    own = report.dimensions.get(score.name, ())
    return own if any(one.name for one in own) else report.overall


def figure_text(context: ReportContext, score: DimensionScore) -> str:
    return number_text(dimension_figure(context.survey.report, score), locale_of(context.language), 1)


def bar_of(context: ReportContext, score: DimensionScore) -> Bar:
    reached = band(scale_of(context, score), score.value)
    level = reached.label(context.language, context.fills) if reached else ""
    colour = reached.colour or "" if reached else ""
    return Bar(
        context.title_of(score.name),
        share_of(score.value),
        dimension_figure(context.survey.report, score),
        level,
        colour,
    )


def bars_of(context: ReportContext) -> tuple[Bar, ...]:
    return tuple(bar_of(context, score) for score in context.maturity.ordered)


def overall_figure(context: ReportContext) -> int | float | None:
    """None without any scored answer."""
    overall = context.maturity.overall
    return None if overall is None else score_figure(overall, context.survey.report.overall)


def level_name(context: ReportContext) -> str:
    reached = context.maturity.band
    return reached.label(context.language, context.fills) if reached else ""


def level_colour(context: ReportContext) -> str:
    reached = context.maturity.band
    return reached.colour or "" if reached else ""
