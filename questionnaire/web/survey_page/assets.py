"""The parts of style and script a survey's page is made of: what only some controls need, only they pay for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.templating import is_right_to_left
from questionnaire.web.survey_page import calculated_data
from questionnaire.web.survey_page.fields import CONTROLS


def styles_of(survey: Survey, language: str) -> frozenset[str]:
    """The parts of the style this survey needs in this language."""
    found = {part for one in _asked(survey) for part in CONTROLS[one.control].styles_for(one, language)}
    if survey.display.progress == "steps":
        found.add("steps")
    if survey.has_long_texts:
        found.add("lines")
    if is_right_to_left(language):
        found.add("rtl")
    return frozenset(found)


def public_script(survey: Survey) -> str:
    """The scripts this survey's page runs, in one block."""
    controls = {CONTROLS[question.control] for question in _asked(survey)}
    needed = {"survey"} | {control.script for control in controls} | {control.reader for control in controls}
    if any(question.is_shuffled for question in _asked(survey)):
        needed.add("shuffle")
    if survey.display.progress == "steps":
        needed.add("progress")
    if survey.form_placeholder_names:
        needed.add("placeholders")
    if calculated_data.is_needed(survey):
        needed.add("calculated")
    return "\n".join(script_of(name) for name in _order() if name in needed)


def _order() -> Iterator[str]:
    """Every script in the order they run: the common one asks the readers; choices are shuffled before a ranking lists
    them."""
    yield from dict.fromkeys(control.reader for control in CONTROLS.values() if control.reader)
    yield from ("calculated", "survey", "shuffle")
    yield from dict.fromkeys(control.script for control in CONTROLS.values() if control.script)
    yield from ("progress", "placeholders")


def _asked(survey: Survey) -> Iterator[Question]:
    yield from survey.questions
    yield from (entry.question for entry in survey.contact_fields)


@cache
def script_of(name: str) -> str:
    """A bundle of static/js/built, as it stands; see .ci/make_scripts.py."""
    return (bundle_dir("static") / "js" / "built" / f"{name}.js").read_text(encoding="utf-8").strip()
