"""Renders one step of a survey, for a visitor without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import rendering
from questionnaire.web.survey_page.page_context import next_label, page_context, progress_text, public_style
from questionnaire.web.survey_page.steps import FormStep


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
    """`index` is the step of `steps` on the page, `state` the signed state, `ticked` the consents given so far."""

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


def render_step(view: StepView, theme: Theme) -> str:
    survey, language, steps, index = view.survey, view.language, view.steps, view.index
    words = words_for(language)
    return rendering.write(
        "survey/survey.html",
        language,
        **page_context(view.publication, survey, language, theme, steps, index)
        | {"state": view.state, "ticked": view.ticked, "actions": view.actions, "embedded": view.embedded}
        | {"wrongs": view.notice.errors, "notice": view.notice.text, "sure": view.notice.typo_address}
        | {"teaser": view.teaser},
        style=public_style(theme, survey, language, embedded=view.embedded),
        script="",
        head_script="",
        where=progress_text(steps, index, words),
        intro="",
        minutes="",
        forward=next_label(steps, index, words),
        last=index == len(steps) - 1,
        back=index > 0 and survey.display.back,
        start="",
        scripted_one=False,
        offers_teaser=False,
    )
