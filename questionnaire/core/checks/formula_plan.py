"""The search plan of a formula: the variables on which it depends, and which of their answers differ for it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from questionnaire.core.checks.calculated_inputs import counting_names
from questionnaire.core.checks.field_variables import CLAIMED, TRUSTED
from questionnaire.core.checks.formulas import Formula, literals, sources_of
from questionnaire.core.checks.model import VALUE, Model, Option, variable_name
from questionnaire.core.checks.numbers import axes_of
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.search_state import flags_of, signals_of
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.survey.calculated_value import PREFIX, is_score

OF_VARIABLES = (VALUE, TRUSTED, CLAIMED)


def deciding_names(model: Model, policy: Policy, formula: Formula) -> set[str]:
    """The names of the answers and fields that decide a formula, and of those that decide whether these are asked."""
    sources = sources_of(formula)
    names = _named(model, policy, sources) | model.for_criteria(criteria_of(sources, policy))
    amounts = [name for name in (*names, *sources) if name.startswith(PREFIX) or is_score(name)]
    return set(model.ancestors(names | counting_names(model.survey, amounts)))


def criteria_of(sources: frozenset[str], policy: Policy) -> set[str]:
    """The criteria on which these sources depend."""
    axes = axes_of(sources, policy)
    criteria = {name.removeprefix("level:") for name in sources if name.startswith("level:")}
    criteria |= set(policy.fit.criteria) if "fit" in axes else set()
    return criteria | (set(policy.timing.criteria) if "timing" in axes else set())


def _needs_mail(sources: frozenset[str]) -> bool:
    return any(name == "email_kind" or name.startswith("list:") for name in sources)


def _named(model: Model, policy: Policy, sources: frozenset[str]) -> set[str]:
    signals, flags = signals_of(sources, policy), flags_of(sources)
    names = {variable_name(name) for name in sources if name.startswith(OF_VARIABLES)}
    names |= {"email"} if _needs_mail(sources) else set()
    return names | {
        variable.name
        for variable in model.variables
        if not (variable.flags.isdisjoint(flags) and variable.emits.isdisjoint(signals))
    }


def plan_of(model: Model, policy: Policy, formula: Formula, sources: frozenset[str]) -> SearchPlan:
    """Returns the plan of the variables on which a formula depends, with the features of answers that matter."""
    signals, flags, mail = signals_of(sources, policy), flags_of(sources), _needs_mail(sources)

    def shows(option: Option) -> Any:
        mailed = is_email(option.value) if mail else None
        return tuple(signal for signal in option.emits if signal in signals), option.flags & flags, mailed

    compared = [literal for literal in literals(formula) if literal.source.startswith(OF_VARIABLES)]
    return SearchPlan(model, _named(model, policy, sources), criteria_of(sources, policy), (), shows, compared)


def is_email(value: Any) -> bool:
    return value is not None and _is_address(str(value))


@lru_cache(maxsize=1024)
def _is_address(text: str) -> bool:
    return canonical_email(text) is not None
