"""What a form sends, read field by field. WTForms collects and validates; the markup is templates/controls/.

A control is one class here, entered in `CONTROLS`, and one template of the same name. The class holds what the page
needs to know of the control: its layout, its parts of style and its script. What a question means is the business of
its type (core/questions). A field keeps what was typed exactly as it came, so that a page shown again loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from wtforms.fields import Field
from wtforms.form import BaseForm

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.survey.answers import MOST_VALUES, OTHER
from questionnaire.core.survey.questions import Choice, Mistake, Question
from questionnaire.web.survey_page.input_attributes import input_attributes
from questionnaire.web.survey_page.layout import MOST_COLUMNS, Layout, is_listed, is_pair
from questionnaire.web.survey_page.wording import Wording


class AnswerField(Field):
    """One question: a single text. `typed` is what came, `mistakes` what is wrong with it, in words."""

    layout: ClassVar[Layout] = "label"
    styles: ClassVar[tuple[str, ...]] = ()
    """Parts of the style it always needs, files of static/css/survey/."""
    script: ClassVar[str] = ""
    """Its script besides the common one, a folder of static/js/."""
    reader: ClassVar[str] = ""
    """A script that runs before the common one, which asks it what stands in the field."""

    brief = False

    def __init__(self, question: Question, wording: Wording, words: Translator, label: Any = "", **keys: Any) -> None:
        super().__init__(**keys)
        self.question = question
        self.wording = wording
        self.language = wording.language
        self.words = words
        self.title = label or question.title.say(wording.language)
        self.typed: tuple[str, ...] = ()
        self.mistakes: tuple[str, ...] = ()

    @classmethod
    def styles_for(cls, question: Question, language: str) -> Iterator[str]:
        del language
        yield from cls.styles
        if any(choice.proves_nothing for choice in question.answer_choices):
            yield "choice_unknown"
        if any(choice.other_text for choice in question.answer_choices):
            yield "other"

    @property
    def control(self) -> str:
        return self.question.control

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.question.answer_choices

    @property
    def limits(self) -> str:
        """Within which limits an answer counts, as one sentence; "" when there are none."""
        return self.question.constraint_hint(self.words, self.language)

    @property
    def unit(self) -> str:
        """What stands after a number; "" for none."""
        return self.wording.plain(self.question.unit_label(self.language))

    @property
    def attributes(self) -> Mapping[str, object]:
        """Data attributes that tell the browser what is an answer."""
        return input_attributes(self.question, self.language, self.words)

    @property
    def value(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def input_id(self) -> str:
        return f"q-{self.name}".replace(".", "-")

    def shorten(self) -> bool:
        """Leaves what a script can fill in to it, and says whether there was anything."""
        return False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.typed = tuple(formdata.getlist(self.name)[:MOST_VALUES]) if formdata is not None else ()

    def collected(self) -> Mapping[str, object]:
        """What the core is given: question name -> text or list of texts; nothing when nothing was typed."""
        if not any(self.typed):
            return {}
        return {self.name: list(self.typed) if self.question.multiple else self.typed[0]}

    def validate(self, form: BaseForm, extra_validators: Any = ()) -> bool:
        return self.is_right()

    def is_right(self) -> bool:
        """Whether what was typed is an answer; if not, `mistakes` says why."""
        found = [mistake for item in self.question.items if (mistake := self._mistake(item)) is not None]
        self.mistakes = tuple(dict.fromkeys(self.words(mistake.text, **mistake.values) for mistake in found))
        return not found

    def _mistake(self, item: Question) -> Mistake | None:
        read = item.read(self.collected().get(item.name), self.language)
        if isinstance(read, Mistake):
            return read
        return self.missing() if read is None and self.question.required else None

    def missing(self) -> Mistake:
        """What is said when a required question is left empty."""
        return Mistake("required", gettext_noop("Please answer this question."))


class CountryField(AnswerField):
    """A list of countries. `brief`: the names are left to the script, for every browser knows them."""

    def shorten(self) -> bool:
        self.brief = not self.typed
        return self.brief


class TextField(AnswerField):
    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Please fill this in."))


class LongTextField(TextField):
    script = "char_count"


class NumberField(TextField):
    styles: ClassVar[tuple[str, ...]] = ("amount",)
    reader = "number"


class SliderField(NumberField):
    styles = ("ends", "amount", "slider")
    script = "slider"


class DropdownField(AnswerField):
    """One of the choices; the one with `other_text` has a field of its own beside it."""

    def __init__(self, **keys: Any) -> None:
        super().__init__(**keys)
        self.other = ""

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


class RadioField(DropdownField):
    """Rows to choose one of."""

    layout = "group"
    styles = ("rows",)

    @classmethod
    def styles_for(cls, question: Question, language: str) -> Iterator[str]:
        yield from super().styles_for(question, language)
        if is_pair(question.answer_choices, language):
            yield "pair"

    @property
    def is_pair(self) -> bool:
        return is_pair(self.choices, self.language)


class PictureField(DropdownField):
    layout = "group"
    styles = ("rows", "pictures")


class MultipleChoiceField(DropdownField):
    layout = "group"
    styles = ("rows", "multiple")
    script = "multiple_choice"


class RankingField(DropdownField):
    layout = "group"
    styles = ("rows", "ranking")
    script = "ranking"


class PointsField(AnswerField):
    """The points of a scale."""

    layout = "group"
    styles: ClassVar[tuple[str, ...]] = ("points", "ends")


class ScaleField(PointsField):
    """Points that may be listed below each other with their words."""

    @classmethod
    def styles_for(cls, question: Question, language: str) -> Iterator[str]:
        yield from super().styles_for(question, language)
        if is_listed(question):
            yield from ("rows", "listed")

    @property
    def is_listed(self) -> bool:
        return is_listed(self.question)


class RatingField(PointsField):
    styles = ("points", "ends", "stars")


class MatrixField(AnswerField):
    """One radio group for each row, named `<question>.<row>`."""

    layout = "group"
    styles = ("matrix",)

    def __init__(self, **keys: Any) -> None:
        super().__init__(**keys)
        self.rows: dict[str, str] = {}

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
    layout = "own_label"
    styles = ("checkbox",)

    def missing(self) -> Mistake:
        return Mistake("required", gettext_noop("Please tick this box."))


class StatementField(AnswerField):
    layout: ClassVar[Layout] = "prose"

    def is_right(self) -> bool:
        return True


class HiddenInputField(StatementField):
    """Its value comes with the link."""

    layout = "none"


CONTROLS: Mapping[str, type[AnswerField]] = {
    "single_choice": RadioField,
    "picture_choice": PictureField,
    "dropdown": DropdownField,
    "multiple_choice": MultipleChoiceField,
    "matrix": MatrixField,
    "scale": ScaleField,
    "rating": RatingField,
    "nps": PointsField,
    "country": CountryField,
    "text": TextField,
    "long_text": LongTextField,
    "url": TextField,
    "email": TextField,
    "phone": TextField,
    "number": NumberField,
    "slider": SliderField,
    "date": TextField,
    "ranking": RankingField,
    "consent": CheckboxField,
    "statement": StatementField,
    "hidden": HiddenInputField,
}
"""Control -> its field, in the order their scripts run. Each has a template in templates/controls/."""
