"""The parts of style and script a survey's page is made of: what only some controls need, only they pay for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from questionnaire.core.survey.contact import ConsentText
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.templating import is_right_to_left
from questionnaire.web.survey_page import calculated_data
from questionnaire.web.survey_page.fields import CONTROLS


def styles_of(survey: Survey, language: str) -> frozenset[str]:
    """The parts of the style this survey needs in this language."""
    found = {part for one in asked_of(survey) for part in CONTROLS[one.control].styles_for(one, language)}
    if survey.display.progress == "steps":
        found.add("steps")
    if any(is_box(consent) for consent in (survey.contact.consents if survey.contact else ())):
        found.add("consent")
    if any(question.images and not question.asks for question in survey.questions):
        found.add("statement")
    if any(question.varies for question in survey.questions) or _contact_varies(survey):
        found.add("parts")
    if survey.has_long_texts:
        found.add("lines")
    if is_right_to_left(language):
        found.add("rtl")
    return frozenset(found)


def public_script(survey: Survey) -> str:
    """The scripts this survey's page runs, in one block."""
    controls = {CONTROLS[question.control] for question in asked_of(survey)}
    needed = {form_script(survey)} | {control.script for control in controls} | {control.reader for control in controls}
    if any(map(has_limits, asked_of(survey))):
        needed.add("limits")
    if any(question.is_shuffled for question in asked_of(survey)):
        needed.add("shuffle")
    if survey.display.progress == "steps":
        needed.add("progress")
    if survey.form_placeholder_names:
        needed.add("placeholders")
    if calculated_data.is_needed(survey):
        needed.add("calculated")
    return "\n".join(script_of(name) for name in _order() if name in needed)


def has_limits(question: Question) -> bool:
    """Whether several answers may be too few or too many, or an order unfinished."""
    limits = question.constraints
    return question.kind == "ranking" or (question.kind == "choices" and bool(limits.min or limits.max))


def asked_of(survey: Survey) -> list[Question]:
    """The questions and contact fields."""
    return [*survey.questions, *(entry.question for entry in survey.contact_fields)]


def _contact_varies(survey: Survey) -> bool:
    """Whether some contact fields or consents show only to some."""
    contact = survey.contact
    if contact is None:
        return False
    conditions = [one.show_if for one in contact.fields] + [one.show_if for one in contact.consents]
    return any(condition is not None for condition in conditions)


def form_script(survey: Survey) -> str:
    """The common script, as much of it as the survey uses: its questions may branch, and parts of them show and end."""
    contact = survey.contact
    boxes = any(map(is_box, contact.consents)) if contact else False
    varies = any(question.varies for question in survey.questions)
    if varies or boxes:
        return "survey_parts_endings" if survey.endings else "survey_parts"
    return "survey_endings" if survey.endings else "survey_branches" if branches(survey) else "survey"


def branches(survey: Survey) -> bool:
    """Whether the number of questions depends on the answers."""
    return any(question.show_if is not None and question.asks for question in survey.questions)


def is_box(consent: ConsentText) -> bool:
    """Whether a consent is a question of its own on the page, because it is required or shows only to some."""
    return consent.required or consent.show_if is not None


def _order() -> Iterator[str]:
    """Every script in the order they run: the common one asks the readers; choices are shuffled before a ranking lists
    them."""
    yield from dict.fromkeys(control.reader for control in CONTROLS.values() if control.reader)
    yield from (
        "limits",
        "calculated",
        "survey",
        "survey_branches",
        "survey_endings",
        "survey_parts",
        "survey_parts_endings",
    )
    yield "shuffle"
    yield from dict.fromkeys(control.script for control in CONTROLS.values() if control.script)
    yield from ("progress", "placeholders")


@cache
def script_of(name: str) -> str:
    """A bundle of static/js/built, as it stands; see .ci/make_scripts.py."""
    return (bundle_dir("static") / "js" / "built" / f"{name}.js").read_text(encoding="utf-8").strip()
