"""What report and dossier are built of: plain values that a template only has to set.

A field never bears the name of a mapping's method (`items`, `keys`, `values`, `get` …), so that templates read the
value and its stored JSON alike. Authored texts stay in their markdown source; templates sanitise and fill them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.base.texts import LONGEST_VALUE, LocalizedText
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Choice, Question, Value
from questionnaire.core.survey.report_texts import Band
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document; its template is `sections/<name>.html`."""

    name: str
    content: Any


@dataclass(frozen=True, slots=True)
class BandStep:
    """A band of the 0–100 scale: where it starts, how wide it is, and its name ("" when it has none)."""

    start: int
    width: int
    name: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart and its words. `share` is exact to a hundredth of a percent, `shown` is what people read."""

    title: str
    share: float
    shown: int
    level: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A question and the answer in the words the prospect saw; `better` is the next better answer on offer."""

    question: str
    answer: str
    better: str = ""


def share_of(value: Fraction) -> float:
    """A percentage for drawing."""
    return float(round(value, 2))


def steps(bands: tuple[Band, ...], value: Fraction | None, language: str) -> tuple[BandStep, ...]:
    """The scale that lies faintly behind a bar; empty for a survey without bands."""
    ordered = sorted(bands, key=lambda band: band.from_)
    ends = [*(band.from_ for band in ordered), 100][1:]
    return tuple(
        BandStep(
            start=band.from_,
            width=end - band.from_,
            name=band.label(language),
            reached=value is not None and value >= band.from_ and (value < end or end == 100),
        )
        for band, end in zip(ordered, ends, strict=True)
    )


def answer_words(item: Question, journey: Journey, language: str) -> str:
    """The answer as it was given, with what was written beside "other"; "" when there is none."""
    value = journey.answers.get(item.name)
    if value is None:
        return ""
    said, beside = item.say(value, language), journey.answers.words.get(item.name, "")
    return f"{said} – {beside}" if beside else said


def _better(item: Question, value: Value | None) -> Choice | None:
    if item.kind != "choice" or value is None:
        return None
    here = max((choice.maturity or 0 for choice in item.chosen(value)), default=0)
    above = [choice for choice in item.answer_choices if not choice.unknown and (choice.maturity or 0) > here]
    return min(above, key=lambda choice: choice.maturity or 0) if above else None


def clipped(text: str, most: int = 400) -> str:
    """Paper has limits: what is longer ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def better_answer(item: Question, journey: Journey, language: str) -> str:
    """The choice one step above the chosen one in maturity; "" at the top or when the type has no single choice."""
    choice = _better(item, journey.answers.get(item.name))
    return choice.text.say(language) if choice else ""


def better_by(item: Question, value: Value) -> Fraction:
    """How much maturity that choice would add."""
    choice, worth = _better(item, value), item.worth(value)
    return Fraction(choice.maturity or 0) - worth[0] if choice and worth else Fraction(0)


def items_to_answer(journey: Journey) -> tuple[Question, ...]:
    """Everything on the path that takes an answer, in order."""
    return tuple(item for question in journey.shown if question.asks for item in question.items)


def placeholder_values(
    texts: tuple[LocalizedText, ...], survey: Survey, journey: Journey, contact: Mapping[str, Any], language: str
) -> dict[str, str]:
    """Values for the placeholders these texts really use: contact fields and answers, nothing else."""
    wanted = {name for text in texts for name in text.placeholders()}
    said: dict[str, str] = {}
    for name in sorted(wanted):
        item = survey.question(name)
        value = answer_words(item, journey, language) if item else contact.get(name)
        said[name] = str(value or "")[:LONGEST_VALUE]
    return said


def as_plain(view: Any) -> dict[str, Any]:
    """A view value as JSON holds it: mappings, lists, strings, numbers."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(view), ensure_ascii=False))
    return plain
