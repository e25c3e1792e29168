"""The shareable result: score and advice without any personal data.

Placeholders in authored texts insert contact data or answers, so each sentence with a placeholder is removed.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.texts import remove_personal_sentences
from questionnaire.core.documents.report.bars import bars_of, level_colour, level_name, overall_figure
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import BandStep, Bar, share_of, steps


@dataclass(frozen=True, slots=True)
class ShareableResult:
    """`score` is None without any scored answer. `advice` is the first advice, `about` its dimension."""

    survey: str
    language: str
    score: int | float | None
    share: float
    level: str
    colour: str
    meaning: str
    scale: tuple[BandStep, ...]
    bars: tuple[Bar, ...]
    about: str
    advice: str


def shareable_result(context: ReportContext) -> ShareableResult:
    """Builds the result without contact data, answers, earlier results or the next step."""
    context = context.impersonal()
    overall, reached = context.maturity.overall, context.maturity.band
    about, advice = _first(context)
    return ShareableResult(
        survey=remove_personal_sentences(context.survey.title.say(context.language)),
        language=context.language,
        score=overall_figure(context),
        share=share_of(overall) if overall is not None else 0.0,
        level=level_name(context),
        colour=level_colour(context),
        meaning=remove_personal_sentences(reached.text.say(context.language)) if reached else "",
        scale=steps(context.survey.report.overall, overall, context.language, {}),
        bars=bars_of(context),
        about=about,
        advice=advice,
    )


def _first(context: ReportContext) -> tuple[str, str]:
    """Returns the title and impersonal advice of the weakest dimension that has one; "" and "" when none has."""
    for score in sorted(context.maturity.ordered, key=lambda score: score.value):
        advice = remove_personal_sentences(score.band.text.say(context.language)) if score.band else ""
        if advice:
            return context.title_of(score.name), advice
    return "", ""
