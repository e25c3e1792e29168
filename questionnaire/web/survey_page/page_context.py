"""What the full page and a page with one step have in common: template values, labels of buttons, and style."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.base.translation import Translator
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import is_right_to_left, own_name, words_for
from questionnaire.web.http import rendering, theme_css
from questionnaire.web.survey_page.assets import styles_of
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.steps import FormStep


def page_context(
    publication: str, survey: Survey, language: str, theme: Theme, steps: Sequence[FormStep], index: int | None = None
) -> dict[str, object]:
    """Template values with their defaults. `index`: the one step on the page, None for all of them."""
    others = [(tag, own_name(tag).capitalize()) for tag in survey.languages if tag != language]
    return {
        "language": language,
        "right_to_left": is_right_to_left(language),
        **rendering.sender(theme),
        "title": survey.title.say(language),
        "wording": steps[index or 0].wording,
        "others": others,
        "publication": publication,
        "stops": steps if index is None else steps[index : index + 1],
        "steps": _progress_steps(survey, steps, index or 0, words_for(language, survey.phrases(language))),
        "progress": survey.display.progress != "none",
        "state": "",
        "actions": None,
        "ticked": frozenset(),
        "around": FrameContext(),
        "messenger": "",
        "embedded": False,
        "wrongs": (),
        "notice": "",
        "teaser": None,
        "sure": "",
        "to": "",
        "asks_later": {one.name for one in survey.questions if one.show_if is not None}
        | {field.name for field in survey.contact_fields if field.show_if is not None},
        "unticked": {},
    }


def progress_text(steps: Sequence[FormStep], index: int, words: Translator, pages_open: int = 0) -> str:
    """How far along a step is. `pages_open`: pages that an answer may still add."""
    if steps[index].contact or len(steps) + pages_open == 1:
        return ""
    asked = [step for step in steps if not step.contact]
    number, count = asked.index(steps[index]) + 1, len(asked) + pages_open
    if pages_open:
        return words("Page %(n)s of about %(of)s", n=number, of=count)
    return words("Page %(n)s of %(of)s", n=number, of=count)


def _progress_steps(survey: Survey, steps: Sequence[FormStep], index: int, words: Translator) -> list[tuple[str, str]]:
    """(title, "done" | "now" | "") of each segment of the progress bar; none unless the survey wants it."""
    if survey.display.progress != "steps":
        return []
    titles = [
        step.wording.plain(step.title) or words("Page %(n)s of %(of)s", n=n, of=len(steps))
        for n, step in enumerate(steps, 1)
    ]
    return [(title, "done" if n < index else "now" if n == index else "") for n, title in enumerate(titles)]


def next_label(steps: Sequence[FormStep], index: int, words: Translator) -> str:
    if index == len(steps) - 1:
        return words("See my result")
    return words("Continue to your details") if steps[index + 1].contact else words("Continue")


def public_style(theme: Theme, survey: Survey, language: str, *, embedded: bool = False) -> str:
    """The inline style of a survey's page, closer in a frame; its hash is in the content security policy."""
    parts = ("logos", bool(theme.logo_pictures.dark)), ("embedded", embedded)
    return theme_css.public_style(theme, styles_of(survey, language) | {name for name, needed in parts if needed})
