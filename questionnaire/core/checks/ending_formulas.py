"""Endings as formulas over `value:<name>`: who stops early, where, and who finishes.

What is true of the answers so far stays true when more is known, so of all screens passed only the last one counts.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from questionnaire.core.base.conditions import Condition, Test
from questionnaire.core.checks.formulas import Formula, conj, disj, holds, lit, neg, settle, truth_of
from questionnaire.core.checks.model import VALUE
from questionnaire.core.survey.journey import screen_ends
from questionnaire.core.survey.survey import Survey

KNOWN = Test("x", "known", True)
CONTACT_STEP = 0
"""The number of questions that are asked before a contact step that comes first."""


class EndingFormulas:
    """The endings of one survey. A screen is named by the number of questions asked until its end."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        screens = sorted(screen_ends(survey)) if survey.endings else []
        first = survey.display.gate == "before_start" and bool(survey.contact_fields)
        self._screens = [CONTACT_STEP, *screens] if survey.endings and first else screens

    @cached_property
    def finished(self) -> Formula:
        """The formula of "no ending comes"."""
        return self.going_on(len(self._survey.questions) + 1)

    def going_on(self, number: int) -> Formula:
        """The formula of "no ending comes before question `number`", counted from 1."""
        passed = [screen for screen in self._screens if screen < number]
        return neg(self._stops(passed[-1])) if passed else True

    def reached(self, place: int) -> Formula:
        """The formula of "the ending at this place of the list comes"."""
        return disj(
            conj((self.going_on(screen), self._true(place, screen),
                  *(neg(self._true(other, screen)) for other in range(place))))
            for screen in self._screens
        )  # fmt: skip

    def always_follow(self, name: str, value: Any) -> bool:
        """Whether an ending comes for everybody with this answer, whatever the others are."""
        source = VALUE + name
        return settle(self.finished, lambda one: holds(one, value) if one.source == source else None) is False

    @cached_property
    def ended(self) -> Formula:
        """The formula of "some ending comes"."""
        return disj(self.reached(place) for place in range(len(self._survey.endings)))

    def alone(self, place: int) -> Formula:
        """The formula of "the condition of this ending is true when a screen is left"."""
        return disj(self._true(place, screen) for screen in self._screens)

    def _stops(self, screen: int) -> Formula:
        return disj(self._true(place, screen) for place in range(len(self._survey.endings)))

    def _true(self, place: int, screen: int) -> Formula:
        ahead = {item.name for question in self._survey.questions[screen:] for item in question.items}
        formula = _so_far(self._survey.endings[place].when, ahead)
        return conj((formula, self._contact_is_passed)) if screen == CONTACT_STEP else formula

    @cached_property
    def _contact_is_passed(self) -> Formula:
        fields = self._survey.contact_fields
        required = (one for one in fields if one.required and one.show_if is None)
        some = disj(lit(VALUE + one.name, KNOWN, True) for one in fields)
        return conj((some, *(lit(VALUE + one.name, KNOWN, True) for one in required)))


def _so_far(condition: Condition, ahead: Collection[str]) -> Formula:
    """The formula of "this is true while the names `ahead` may still get an answer"."""

    def resolve(test: Test, want: bool) -> Formula:
        return False if test.name in ahead else lit(VALUE + test.name, test, want)

    return truth_of(condition, True, resolve)
