"""The comparisons that the conditions of a policy and a report make, for the model of a survey."""

from __future__ import annotations

from questionnaire.core.base.conditions import Condition, Test, tests
from questionnaire.core.checks.check_policy_rules import conditions_of
from questionnaire.core.checks.check_segments import policies_of
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey


def _conditions(survey: Survey, policy: Policy | None) -> list[Condition]:
    """Every condition of the policy and of the next steps."""
    policies = policies_of(policy) if policy is not None else ()
    conditions = [condition for one in policies for _, condition in conditions_of(one)]
    return conditions + [step.when for step in survey.report.next_step if step.when is not None]


def comparisons(survey: Survey, policy: Policy | None) -> dict[str, list[Test]]:
    """Every comparison of policy and next steps with an answer or a field, by the name of the answer or field."""
    comparisons: dict[str, list[Test]] = {}
    conditions = [*_conditions(survey, policy), *survey.report.conditions]
    for condition in conditions:
        for test in tests(condition):
            name = test.name.removeprefix("answer.")
            comparisons.setdefault(name, []).append(Test(name, test.operator, test.value))
    return comparisons
