"""What a form sends, read field by field. WTForms collects and validates; the markup is templates/controls/.

A field keeps what was typed exactly as it came, so that a page shown again loses nothing. Whether an answer is right
is the question's own business (`Question.read`); the words of a mistake are said in the person's language here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms.fields import Field
from wtforms.form import BaseForm

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.survey.questions import ChoiceQuestion, Mistake, Question
from questionnaire.core.survey.questions.amounts import OnAScale
from questionnaire.web.survey_page.assets import MOST_COLUMNS, is_listed, is_pair
from questionnaire.web.survey_page.constraint_hint import constraint_hint

MOST_VALUES = 250
OTHER = ".other"


class AnswerField(Field):
    """One question: a single text. `typed` is what came, `mistakes` what is wrong with it, in words."""

    several = False
    brief = False

    def __init__(self, question: Question, language: str, words: Translator, label: Any = "", **keys: Any) -> None:
        super().__init__(**keys)
        self.question = question
        self.language = language
        self.words = words
        self.title = label or question.title.say(language)
        self.typed: tuple[str, ...] = ()
        self.mistakes: tuple[str, ...] = ()

    @property
    def control(self) -> str:
        return self.question.control

    @property
    def limits(self) -> str:
        """Within which limits an answer counts, as one sentence; "" when there are none."""
        return constraint_hint(self.question, self.words)

    @property
    def value(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def input_id(self) -> str:
        return f"q-{self.name}".replace(".", "-")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        del data, extra_filters
        self.typed = tuple(formdata.getlist(self.name)[:MOST_VALUES]) if formdata is not None else ()

    def collected(self) -> Mapping[str, object]:
        """What the core is given: question name -> text or list of texts; nothing when nothing was typed."""
        if not any(self.typed):
            return {}
        return {self.name: list(self.typed) if self.several else self.typed[0]}

    def validate(self, form: BaseForm, extra_validators: Any = ()) -> bool:
        del form, extra_validators
        return self.is_right()

    def is_right(self) -> bool:
        """Whether what was typed is an answer; if not, `mistakes` says why."""
        found = [mistake for item in self.question.items if (mistake := self._mistake(item)) is not None]
        self.mistakes = tuple(dict.fromkeys(self.words(mistake.text, **mistake.values) for mistake in found))
        return not found

    def _mistake(self, item: Question) -> Mistake | None:
        read = item.read(self.collected().get(item.name))
        if isinstance(read, Mistake):
            return read
        return self.missing() if read is None and self.question.required else None

    def missing(self) -> Mistake:
        """What is said when a required question is left empty."""
        return Mistake("required", gettext_noop("Please answer this question."))


class TextField(AnswerField):
    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Please fill this in."))


class ChoiceField(AnswerField):
    """One of the choices; the one with `other_text` has a field of its own beside it."""

    def __init__(self, **keys: Any) -> None:
        super().__init__(**keys)
        self.other = ""

    @property
    def choices(self) -> tuple[Any, ...]:
        assert isinstance(self.question, ChoiceQuestion)
        return self.question.choices

    @property
    def is_pair(self) -> bool:
        assert isinstance(self.question, ChoiceQuestion)
        return is_pair(self.question, self.language)

    @property
    def asks_other(self) -> bool:
        return any(choice.other_text for choice in self.choices)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        self.other = formdata.get(self.name + OTHER, "") if formdata is not None else ""

    def collected(self) -> Mapping[str, object]:
        other = {self.name + OTHER: self.other} if self.asks_other and self.other.strip() else {}
        return {**super().collected(), **other}

    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Choose an answer to continue."))


class MultipleChoiceField(ChoiceField):
    several = True


class ScaleField(AnswerField):
    """A point of a scale."""

    @property
    def is_listed(self) -> bool:
        assert isinstance(self.question, OnAScale)
        return is_listed(self.question)


class MatrixField(AnswerField):
    """One radio group for each row, named `<question>.<row>`."""

    def __init__(self, **keys: Any) -> None:
        super().__init__(**keys)
        self.rows: dict[str, str] = {}

    @property
    def choices(self) -> tuple[Any, ...]:
        assert isinstance(self.question, ChoiceQuestion)
        return self.question.choices

    @property
    def is_table(self) -> bool:
        """Whether the choices fit beside each other on a wide screen."""
        return len(self.choices) <= MOST_COLUMNS

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        names = [item.name for item in self.question.items]
        self.rows = {name: formdata.get(name, "") for name in names} if formdata is not None else {}
        self.typed = tuple(value for value in self.rows.values() if value)

    def collected(self) -> Mapping[str, object]:
        return {name: value for name, value in self.rows.items() if value}

    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Choose one answer in each row."))


class CheckboxField(AnswerField):
    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Please tick this box."))


class NoInputField(AnswerField):
    """A statement or a hidden value: there is nothing to fill in."""

    def is_right(self) -> bool:
        return True


CONTROLS: Mapping[str, type[AnswerField]] = {
    "single_choice": ChoiceField,
    "picture_choice": ChoiceField,
    "dropdown": ChoiceField,
    "multiple_choice": MultipleChoiceField,
    "ranking": MultipleChoiceField,
    "matrix": MatrixField,
    "scale": ScaleField,
    "rating": ScaleField,
    "nps": ScaleField,
    "slider": TextField,
    "country": AnswerField,
    "number": TextField,
    "text": TextField,
    "long_text": TextField,
    "url": TextField,
    "email": TextField,
    "phone": TextField,
    "date": TextField,
    "consent": CheckboxField,
    "statement": NoInputField,
    "hidden": NoInputField,
}
"""Control -> the field that reads it. Each has a template of the same name in templates/controls/."""


class AnswerForm(BaseForm):
    """Some questions of a survey, as fields, in order."""

    def __init__(self, questions: Iterable[tuple[Question, str]], language: str, words: Translator) -> None:
        # Without a form WTForms makes a field unbound; the base form binds it under its name.
        unbound: dict[str, Any] = {
            question.name: CONTROLS[question.control](question=question, label=label, language=language, words=words)
            for question, label in questions
        }
        super().__init__(unbound)

    @property
    def answer_fields(self) -> Sequence[AnswerField]:
        return [field for field in self if isinstance(field, AnswerField)]

    def collected(self) -> dict[str, object]:
        return {name: value for field in self.answer_fields for name, value in field.collected().items()}


def posted_names(question: Question) -> Iterable[str]:
    """Every name under which a form may send something for this question."""
    names = [item.name for item in question.items] or [question.name]
    return [*names, question.name + OTHER] if isinstance(question, ChoiceQuestion) else names
