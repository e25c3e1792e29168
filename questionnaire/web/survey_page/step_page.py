"""Renders one step of a survey, for a visitor without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import rendering
from questionnaire.web.survey_page.page_context import next_label, page_context, progress_text, public_style
from questionnaire.web.survey_page.steps import CONSENT_ID, FormStep


@dataclass(frozen=True, slots=True)
class Teaser:
    """The overall score shown before the contact step, 0 to 100, and the name of its band."""

    score: int | float
    band: str


@dataclass(frozen=True, slots=True)
class FormActions:
    """Where each button of the form posts to. `languages`: language tag -> address."""

    submit: str
    next: str
    back: str
    resume_link: str
    languages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepNotice:
    """What the page says besides the step. `errors`: (id of the input, sentence). `typo_address`: the address a
    correction was suggested for; sent back, it is kept as it is.
    """

    errors: tuple[tuple[str, str], ...] = ()
    text: str = ""
    typo_address: str = ""


NO_NOTICE = StepNotice()


@dataclass(frozen=True, slots=True)
class StepView:
    """`index` is the step of `steps` on the page, `state` the signed state, `ticked` the consents given so far.

    `ends_early`: after the last step comes an ending, no result. `pages_open`: pages that may still come besides.
    """

    publication: str
    survey: Survey
    language: str
    steps: Sequence[FormStep]
    index: int
    state: str
    ticked: frozenset[str]
    actions: FormActions
    notice: StepNotice = NO_NOTICE
    teaser: Teaser | None = None
    embedded: bool = False
    ends_early: bool = False
    pages_open: int = 0


def render_step(view: StepView, theme: Theme) -> str:
    survey, language, steps, index = view.survey, view.language, view.steps, view.index
    words = words_for(language, survey.phrases(language))
    return rendering.write(
        "survey/survey.html",
        language,
        survey.phrases(language),
        **page_context(view.publication, survey, language, theme, steps, index)
        | {"state": view.state, "ticked": view.ticked, "actions": view.actions, "embedded": view.embedded}
        | {"wrongs": view.notice.errors, "notice": view.notice.text, "sure": view.notice.typo_address}
        | {"teaser": view.teaser, "unticked": _unticked(view.notice)},
        style=public_style(theme, survey, language, embedded=view.embedded),
        script="",
        head_script="",
        where=progress_text(steps, index, words, view.pages_open),
        intro="",
        minutes="",
        forward=words("Continue") if view.ends_early and index == len(steps) - 1 else next_label(steps, index, words),
        last=index == len(steps) - 1 and not view.ends_early,
        back=index > 0 and survey.display.back,
        start="",
        scripted_one=False,
        offers_teaser=False,
    )


def _unticked(notice: StepNotice) -> Mapping[str, str]:
    """Consent -> what is said of its empty box."""
    return {place.removeprefix(CONSENT_ID): text for place, text in notice.errors if place.startswith(CONSENT_ID)}
