"""What somebody may pass on: the score and the advice, and nothing of whose they are.

Placeholders of authored texts stand for contact data or for answers, so each sentence that holds one is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.texts import remove_personal_sentences
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.report.overview import bars_of, level_name
from questionnaire.core.documents.view_parts import BandStep, Bar, share_of, steps


@dataclass(frozen=True, slots=True)
class ShareableResult:
    """`score` is None when nothing could be scored. `advice` is what to do first, `about` the dimension it is for."""

    survey: str
    language: str
    score: int | None
    share: float
    level: str
    meaning: str
    scale: tuple[BandStep, ...]
    bars: tuple[Bar, ...]
    about: str
    advice: str


def shareable_result(told: ReportContext) -> ShareableResult:
    """Made without a look at the contact, the answers' words, the company's past or the next step."""
    overall, reached = told.maturity.overall, told.maturity.band
    about, advice = _first(told)
    return ShareableResult(
        survey=remove_personal_sentences(told.survey.title.say(told.language)),
        language=told.language,
        score=told.maturity.shown,
        share=share_of(overall) if overall is not None else 0.0,
        level=level_name(told),
        meaning=remove_personal_sentences(reached.text.say(told.language)) if reached else "",
        scale=steps(told.survey.report.overall, overall, told.language),
        bars=bars_of(told),
        about=about,
        advice=advice,
    )


def _first(told: ReportContext) -> tuple[str, str]:
    """The weakest dimension that has something left to say, and what it says."""
    for score in sorted(told.maturity.ordered, key=lambda score: score.value):
        advice = remove_personal_sentences(score.band.text.say(told.language)) if score.band else ""
        if advice:
            return told.title_of(score.name), advice
    return "", ""
