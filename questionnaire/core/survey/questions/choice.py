"""One answer to choose from, as its author writes it."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.conditions import Facts, evaluate
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.quantities import AuthoredNumber, Exact, number
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.advice import Advice


def choice_value(raw: Any) -> Any:
    """A number as the text a choice is named by (`1` and `1_9` are both names); true and false are left as they are."""
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


ChoiceValue = Annotated[
    str,
    Pattern(
        r"^[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}$", "use letters, digits and `_ . + -` without spaces, such as `50_199`"
    ),
    BeforeValidator(choice_value),
    # In YAML `1` is a number: the pattern of a text would make an editor refuse it.
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]}),
]


class Choice(Authored):
    """An answer to choose. It names a level, emits a signal, raises flags or shows maturity; prices are elsewhere."""

    value: ChoiceValue
    text: LocalizedText
    help: LocalizedText | None = None
    level: str | None = None
    emits: str | None = None
    flags: tuple[str, ...] = ()
    maturity: AuthoredNumber | None = Field(default=None, ge=0, le=1000)
    other_text: bool = False
    exclusive: bool = False
    fixed: bool = False
    unknown: bool = False
    not_applicable: bool = False
    show_if: When | None = None
    advice: Advice | None = None

    @property
    def proves_nothing(self) -> bool:
        """Whether it is an answer without evidence: "I don't know", or "does not apply"."""
        return self.unknown or self.not_applicable

    @cached_property
    def worth(self) -> Exact:
        """Its maturity; "I don't know" shows none."""
        return 0 if self.proves_nothing else number(self.maturity) or 0


def shown_choices(choices: tuple[Choice, ...], facts: Facts) -> tuple[Choice, ...]:
    """The choices without a condition, and those whose condition is true."""
    return tuple(one for one in choices if one.show_if is None or evaluate(one.show_if, facts) is True)
