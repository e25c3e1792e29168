"""What every question type shares: its authored keys, its traits, and what an answer to it can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.conditions import Facts
from questionnaire.core.base.labels import humanize
from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.base.quantities import AuthoredNumber
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions.answer_counts import AnswerCounts
from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.identifiers import AuthorLabel, Name
from questionnaire.core.survey.questions.values import Constraints, Kind, Mistake, Value, single

__all__ = ["Constraints", "Kind", "Mistake", "Question", "Value", "single"]


class Question(Authored, AnswerCounts):
    """One question. `criterion` is what it is evidence of, `dimension` where its maturity counts."""

    control: ClassVar[str]
    """The field in web/survey_page/fields.py and the template in templates/controls/ that show it."""
    kind: ClassVar[Kind] = "text"
    asks: ClassVar[bool] = True
    """False when the prospect enters nothing."""
    visible: ClassVar[bool] = True
    """False when it is on no page: its value comes with the link."""
    multiple: ClassVar[bool] = False
    """Whether a form sends several values under its name."""
    open_ended: ClassVar[bool] = False
    """Whether the answer is in the prospect's own words."""
    quotable: ClassVar[bool] = False
    """Whether an answer can be quoted without its question."""
    has_maturity: ClassVar[bool] = False
    """Whether an answer can count for a dimension."""
    autocomplete: ClassVar[str] = ""
    """The token of HTML's `autocomplete` for a detail that browsers know of a person."""

    name: Name
    title: LocalizedText
    help: LocalizedText | None = None
    label: AuthorLabel | None = None
    required: bool = False
    show_if: When | None = None
    dimension: str | None = None
    criterion: str | None = None
    weight: AuthoredNumber | None = Field(default=None, gt=0, le=100)

    # --- what its author wrote -------------------------------------------------------------------------------------

    @property
    def items(self) -> tuple[Question, ...]:
        """The answers it asks for: itself, or one for each row of a matrix."""
        return (self,)

    @property
    def author_name(self) -> str:
        """What authors and staff call it: its label, else its name without underscores."""
        return self.label or humanize(self.name)

    @property
    def varies(self) -> bool:
        """Whether some of its choices or rows show under a condition of their own."""
        return False

    def offered(self, facts: Facts) -> Question | None:
        """The question with the choices and rows that show; None when nothing is left to answer."""
        return self

    def restricted(self, value: Value) -> Value | None | Mistake:
        """An answer as far as this question offers it: what it does not offer counts as not answered."""
        return value

    @property
    def answer_choices(self) -> tuple[Choice, ...]:
        """The choices it offers; none for a question that is answered otherwise."""
        return ()

    @property
    def is_shuffled(self) -> bool:
        """Whether its choices come in another order for each person."""
        return False

    @property
    def point_labels(self) -> Mapping[int, LocalizedText]:
        """Point of its scale -> the words beside it."""
        return {}

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        """Every authored text with the key it stands under, for the checker and for translation."""
        named = (("title", self.title), ("help", self.help))
        return tuple((key, text) for key, text in named if text is not None)

    @property
    def images(self) -> tuple[tuple[Where, str], ...]:
        """Every image file it shows, with its path below the question."""
        return ()

    @property
    def dimensions(self) -> tuple[tuple[Where, str | None], ...]:
        """Every `dimension` it names, with its path below the question."""
        return ((("dimension",), self.dimension),)

    @property
    def counts_for_maturity(self) -> bool:
        """Whether an answer can count for a dimension, as this question is written."""
        return self.has_maturity

    @property
    def constraints(self) -> Constraints:
        return Constraints()

    def constraint_hint(self, words: Translator, language: str = "") -> str:
        """The constraints in a sentence or two, with the numbers of `language`; "" when none is worth saying."""
        return ""

    def unit_label(self, language: str) -> str:
        """What stands after the number; "" for none."""
        return ""

    def authoring_problems(self) -> Iterator[Problem]:
        """Mistakes of its author that leave it readable, placed below the question."""
        yield from ()

    # --- what an answer is -----------------------------------------------------------------------------------------

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        """The value of what was typed, None when nothing was, or what is wrong with it. The page's `language` decides
        what `1.200` means; "" for what machines and authors wrote."""
        raise NotImplementedError

    def with_country(self, value: Value, country: str | None) -> Value | Mistake:
        """The value once the person's country (ISO 3166-1) is known: a telephone number may need it."""
        return value

    def sample(self) -> object:
        """Something typed that is an answer, for examples and tests; None when nothing can be typed."""
        options = self.options()
        return str(options[0]) if options else None

    def say(self, value: Value, language: str) -> str:
        """The answer as `language` writes it, in the words the prospect saw."""
        return str(value)

    def form_text(self, value: Value) -> str:
        """The value as a form sends it, read alike on a page of any language."""
        return str(value)

    def details(self, value: Value) -> Mapping[str, Value]:
        """Name -> value of what a lead's contact details hold of it: a telephone number has its extension apart."""
        return {self.name: value}

    def is_known(self, value: Value) -> bool:
        """False for "I don't know": it is an answer and proves nothing."""
        return True

    def choice(self, value: str) -> Choice | None:
        return None

    def chosen(self, value: Value) -> tuple[Choice, ...]:
        """The choices an answer consists of."""
        return ()

    def levels(self, value: Value) -> tuple[str, ...]:
        """The levels of its criterion that the chosen choices name."""
        return ()

    def emits(self, value: Value) -> tuple[str, ...]:
        return ()

    def flags(self, value: Value) -> tuple[str, ...]:
        return ()

    def options(self) -> tuple[Value, ...] | None:
        """Every value it can take, or None when they cannot be listed."""
        return None
