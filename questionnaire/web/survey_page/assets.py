"""The parts of style and script a survey's page is made of: what only some controls need, only they pay for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from questionnaire.core.survey.questions import ChoiceQuestion, Question
from questionnaire.core.survey.questions.amounts import OnAScale
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.templating import is_right_to_left

LONGEST_OF_A_PAIR = 22
MOST_COLUMNS = 6
# Control -> parts of the style, in static/css/survey/.
_STYLES: Mapping[str, tuple[str, ...]] = {
    "single_choice": ("rows",),
    "multiple_choice": ("rows", "several"),
    "picture_choice": ("rows", "pictures"),
    "scale": ("points", "ends"),
    "rating": ("points", "ends", "stars"),
    "nps": ("points", "ends"),
    "number": ("amount",),
    "slider": ("ends", "amount", "slider"),
    "matrix": ("matrix",),
    "ranking": ("rows", "ranking"),
    "consent": ("tick",),
}
# Control -> its script besides the common one, a folder of static/js.
_SCRIPTS: Mapping[str, str] = {
    "multiple_choice": "multiple_choice",
    "long_text": "char_count",
    "slider": "slider",
    "ranking": "ranking",
}
# The order counts: choices are shuffled before a ranking lists them.
_RUN = ("survey", "shuffle", "multiple_choice", "char_count", "slider", "ranking", "progress")


def styles_of(survey: Survey, language: str) -> frozenset[str]:
    """The parts of the style this survey needs in this language."""
    found = {part for question in _asked(survey) for part in _styles(question, language)}
    if survey.display.progress == "steps":
        found.add("steps")
    if is_right_to_left(language):
        found.add("rtl")
    return frozenset(found)


def _styles(question: Question, language: str) -> Iterator[str]:
    yield from _STYLES.get(question.control, ())
    if isinstance(question, ChoiceQuestion):
        if is_pair(question, language):
            yield "pair"
        if any(choice.unknown for choice in question.choices):
            yield "apart"
        if any(choice.other_text for choice in question.choices):
            yield "other"
    if isinstance(question, OnAScale) and is_listed(question):
        yield from ("rows", "listed")


def is_pair(question: ChoiceQuestion, language: str) -> bool:
    """Whether two short answers can stand side by side."""
    said = [choice.text.say(language) for choice in question.choices if not choice.help and not choice.unknown]
    short = len(said) == 2 and all(len(text) <= LONGEST_OF_A_PAIR for text in said)
    return short and question.control == "single_choice" and not any(one.other_text for one in question.choices)


def is_listed(question: OnAScale) -> bool:
    """Whether points with words of their own are listed below each other, so that the words can be read."""
    low, high = question.ends
    return question.control == "scale" and any(low < point < high for point in question.labels)


def public_script(survey: Survey) -> str:
    """The scripts this survey's page runs, in one block."""
    needed = {"survey"} | {_SCRIPTS[question.control] for question in _asked(survey) if question.control in _SCRIPTS}
    if any(isinstance(question, ChoiceQuestion) and question.shuffle for question in _asked(survey)):
        needed.add("shuffle")
    if survey.display.progress == "steps":
        needed.add("progress")
    return "\n".join(script_of(name) for name in _RUN if name in needed)


def _asked(survey: Survey) -> Iterator[Question]:
    yield from survey.questions
    yield from (entry.question for entry in survey.contact_fields)


@cache
def script_of(name: str) -> str:
    """A bundle of static/js/built, as it stands; see .ci/make_scripts.py."""
    return (bundle_dir("static") / "js" / "built" / f"{name}.js").read_text(encoding="utf-8").strip()
