"""The values that facts besides the answers may have, given what the answers decide of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from questionnaire.core.checks.context_formulas import FROM_OUTSIDE, tests_of, values_from_outside
from questionnaire.core.checks.external_facts import FREE, owners
from questionnaire.core.checks.formulas import Formula, literals
from questionnaire.core.checks.model import Model
from questionnaire.core.policy import Policy

BY_ANSWERS = ("email_kind", "verify", "language")
"""Facts that somebody can bring about by answering."""


class OutsideSources:
    """The values of each source that a formula tells apart."""

    def __init__(self, model: Model, policy: Policy, formula: Formula) -> None:
        self._model, self._policy = model, policy
        self._tests = tests_of(literals(formula))

    def values(self, source: str, emitted: Collection[str], has_not_now: bool, has_mail: bool) -> tuple[Any, ...]:
        """`emitted`, `has_not_now`: signals and a "not now" by answers. `has_mail`: there is an email address."""
        moment = self._model.moment
        if source == "not_now" and has_not_now:
            return ("recent", "past") if moment.is_past else ("recent",)
        if source == "again" and has_not_now and not moment.is_later:
            return (any(signal in self._policy.mql.immediate_on for signal in emitted),)
        if source == "account_owner":
            compared = (test.value for test in self._tests[source])
            flat = (value if isinstance(value, tuple) else (value,) for value in compared)
            return tuple(owners(owner for values in flat for owner in values))
        if (source == "email_kind" or source.startswith("list:")) and not has_mail:
            return (None,) if source == "email_kind" else (False,)
        if source.startswith(FROM_OUTSIDE):
            return values_from_outside(self._model, source, self._tests[source])
        return FREE.get(source, (False, True))
