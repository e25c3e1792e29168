"""What every question type shares: its authored keys, and what an answer to it can be asked.

A value is what was answered, typed: a string, a number, a truth, or a tuple of strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, TypeAlias

from pydantic import AfterValidator, StringConstraints

from questionnaire.core.base.authored import Authored, When, mistake
from questionnaire.core.base.conditions import FACTS, JOINTS
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import LocalizedText

Value: TypeAlias = str | int | Decimal | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an answer: a sentence to be said in the prospect's language, and its values."""

    code: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)


def _free(name: str) -> str:
    if name in FACTS:
        raise mistake("reserved_name", "`{name}` is the name of a fact", "choose another name", name=name)
    if name in JOINTS:
        raise mistake("reserved_name", "`{name}` joins conditions", "choose another name", name=name)
    return name


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$"), AfterValidator(_free)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Question(Authored):
    """One question. `criterion` is what it is evidence of, `dimension` where its maturity counts."""

    control: ClassVar[str]
    asks: ClassVar[bool] = True

    name: Name
    title: LocalizedText
    help: LocalizedText | None = None
    required: bool = False
    show_if: When | None = None
    dimension: str | None = None
    criterion: str | None = None

    @property
    def items(self) -> tuple[Question, ...]:
        """The answers it asks for: itself, or one for each row of a matrix."""
        return (self,)

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        """Every authored text with the key it stands under, for the checker and for translation."""
        named = (("title", self.title), ("help", self.help))
        return tuple((key, text) for key, text in named if text is not None)

    def read(self, typed: object) -> Value | None | Mistake:
        """The value of what was typed, None when nothing was, or what is wrong with it."""
        raise NotImplementedError

    def say(self, value: Value, language: str) -> str:
        """The answer in the words the prospect saw."""
        return str(value)

    def is_known(self, value: Value) -> bool:
        """False for "I don't know": it is an answer and proves nothing."""
        return True

    def levels(self, value: Value) -> tuple[str, ...]:
        """The levels of its criterion that the chosen choices name."""
        return ()

    def emits(self, value: Value) -> tuple[str, ...]:
        return ()

    def flags(self, value: Value) -> tuple[str, ...]:
        return ()

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        """Maturity points of this answer and the best there are, or None when it shows none."""
        return None

    def options(self) -> tuple[Value, ...] | None:
        """Every value it can take, or None when they cannot be listed."""
        return None


def single(typed: object) -> object:
    """A single thing out of what a form sends; an empty string and an empty list are nothing."""
    if isinstance(typed, list | tuple):
        typed = typed[0] if typed else None
    return None if isinstance(typed, str) and not typed.strip() else typed


CHOOSE_ONE = Mistake("not_a_choice", "Choose an answer.")
