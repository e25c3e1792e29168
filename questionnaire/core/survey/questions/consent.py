"""A box to tick; ticked is an answer, unticked is none."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.question import Kind, Mistake, Question, Value, single

_TICKED = frozenset({"yes", "true", "on", "1"})


class Consent(Question):
    """A box to tick."""

    control: ClassVar[str] = "consent"
    kind: ClassVar[Kind] = "consent"

    type: Literal["consent"]

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = single(typed)
        if typed is None or typed is False or str(typed) in ("no", "false"):
            return None
        ticked = typed is True or str(typed).lower() in _TICKED
        return True if ticked else Mistake("not_a_tick", "Tick the box, or leave it empty.")

    def sample(self) -> object:
        return "yes"

    def say(self, value: Value, language: str) -> str:
        return "✓"

    def options(self) -> tuple[Value, ...] | None:
        return (True,)
