"""How a question is laid out, by how much it has to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from questionnaire.core.survey.questions import Choice, Question

LONGEST_OF_A_PAIR = 22
Layout = Literal["label", "group", "own_label", "prose", "none"]
"""What templates/macros/question.html puts round a control: a label beside one input, a legend over several inputs,
nothing because the control brings its label, a text without an input, or no markup at all."""
MOST_COLUMNS = 6


def is_pair(choices: Sequence[Choice], language: str) -> bool:
    """Whether two short answers can stand side by side."""
    said = [choice.text.say(language) for choice in choices if not choice.help and not choice.proves_nothing]
    short = len(said) == 2 and all(len(text) <= LONGEST_OF_A_PAIR for text in said)
    return short and not any(choice.other_text for choice in choices)


def is_listed(question: Question) -> bool:
    """Whether points with words of their own are listed below each other, so that the words can be read."""
    limits = question.constraints
    return any(limits.min < point < limits.max for point in question.point_labels)
