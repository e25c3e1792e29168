"""What was answered, typed and frozen.

Whether a question that has no answer was never asked or left open is the journey's knowledge, not kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.survey.questions import Mistake, Value
from questionnaire.core.survey.questions.text_input import UNREADABLE
from questionnaire.core.survey.survey import Survey

OTHER = ".other"
"""What follows the name of a question in the name of the text field beside an "other" choice."""
MOST_VALUES = 250
"""Values read under one name of a form."""
LONGEST_OTHER = 200
UNKNOWN_KEY = Mistake("unknown_answer", "This answer doesn’t match any question.")
REQUIRED = Mistake("required", "Please answer this question.")


@dataclass(frozen=True, slots=True)
class Answers(Mapping[str, Value]):
    """Item name -> value; `words` holds what was written beside an "other" choice."""

    values_: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def read_answers(
    survey: Survey, typed: Mapping[str, object], language: str = ""
) -> tuple[Answers, Mapping[str, Mistake]]:
    """The answers, and for each item that could not be read what is wrong with it.

    `typed` holds what a form or a file gives: strings, lists of strings, YAML scalars. Keys are item names
    (`<question>.<row>` in a matrix) or `<question>.other`; a row may also come as a mapping under its question.
    `language` is that of the page on which they were typed; "" for stored answers and authored files.
    """
    values: dict[str, Value] = {}
    words: dict[str, str] = {}
    mistakes: dict[str, Mistake] = {}
    for key, raw in _rows(survey, typed).items():
        name = key.removesuffix(OTHER)
        item = survey.question(key) or survey.question(name)
        if item is None or (key != item.name and not _takes_words(survey, name)):
            mistakes[key] = UNKNOWN_KEY
        elif key != item.name:
            _keep_words(name, raw, words, mistakes)
        else:
            value = item.read(raw, language)
            if isinstance(value, Mistake):
                mistakes[key] = value
            elif value is not None:
                values[key] = value
    return Answers(values, words), mistakes


def _rows(survey: Survey, typed: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, raw in typed.items():
        if isinstance(raw, Mapping) and key not in survey.items:
            flat |= {f"{key}.{row}": value for row, value in raw.items()}
        else:
            flat[key] = raw
    return flat


def _takes_words(survey: Survey, name: str) -> bool:
    item = survey.question(name)
    return item is not None and any(choice.other_text for choice in item.answer_choices)


def _keep_words(name: str, raw: object, words: dict[str, str], mistakes: dict[str, Mistake]) -> None:
    given = raw[0] if isinstance(raw, list | tuple) and raw else raw
    text = clean_text(str(given or ""), LONGEST_OTHER)
    if text is None:
        mistakes[name] = UNREADABLE
    elif text:
        words[name] = text
