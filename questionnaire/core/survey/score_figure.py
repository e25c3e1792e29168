"""The figure that people read for a score. Scores are compared unrounded; no figure contradicts the band beside it."""

from __future__ import annotations

from fractions import Fraction

from questionnaire.core.base.quantities import half_up
from questionnaire.core.survey.maturity import DimensionScore
from questionnaire.core.survey.report_texts import Band, ReportPlan, band


def score_figure(value: Fraction, *scales: tuple[Band, ...]) -> int | float:
    """The percentage as a whole number; with one decimal where the whole number would be in another band.

    24.6 is 25, but 24.6 when a band starts at 25. Where even 24.96 would become 25.0, the decimals are cut: 24.9.
    """
    whole = half_up(value)
    if _same_bands(Fraction(whole), value, scales):
        return whole
    tenths = Fraction(half_up(value * 10), 10)
    if not _same_bands(tenths, value, scales):
        tenths = Fraction((value * 10).__floor__(), 10)
    return float(tenths)


def dimension_figure(report: ReportPlan, score: DimensionScore) -> int | float:
    """The figure on the right side of every band that the dimension is in, its own and the overall score's."""
    return score_figure(score.value, report.dimensions.get(score.name, ()), report.overall)


def _same_bands(shown: Fraction, value: Fraction, scales: tuple[tuple[Band, ...], ...]) -> bool:
    return all(band(bands, shown) is band(bands, value) for bands in scales)
