"""The search plan of a formula: the variables on which it depends, and which of their answers differ for it."""

from __future__ import annotations

from typing import Any

from questionnaire.core.checks.formulas import Formula, literals
from questionnaire.core.checks.model import VALUE, Model, Option
from questionnaire.core.checks.numbers import axes_of
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.search_state import flags_of, signals_of
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy


def plan_of(model: Model, policy: Policy, formula: Formula, sources: frozenset[str]) -> SearchPlan:
    """Returns the plan of the variables on which a formula depends, with the features of answers that matter."""
    axes = axes_of(sources, policy)
    criteria = {name.removeprefix("level:") for name in sources if name.startswith("level:")}
    criteria |= set(policy.fit.criteria) if "fit" in axes else set()
    criteria |= set(policy.timing.criteria) if "timing" in axes else set()
    mail = {"email"} if any(name == "email_kind" or name.startswith("list:") for name in sources) else set()
    signals, flags = signals_of(sources, policy), flags_of(sources)
    names = {name.removeprefix("value:") for name in sources if name.startswith("value:")} | mail
    names |= {
        variable.name
        for variable in model.variables
        if any(option.flags & flags or signals.intersection(option.emits) for option in variable.options)
    }

    def shows(option: Option) -> Any:
        mailed = is_email(option.value) if mail else None
        return tuple(signal for signal in option.emits if signal in signals), option.flags & flags, mailed

    compared = [literal for literal in literals(formula) if literal.source.startswith(VALUE)]
    return SearchPlan(model, names, criteria, (), shows, compared)


def is_email(value: Any) -> bool:
    return value is not None and canonical_email(str(value)) is not None
