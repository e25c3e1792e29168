"""Checking: what can be said about a survey and its policy before anybody answers.

Law: it claims only what it proved. Errors are mistakes; warnings are what works and is probably not meant. How it
decides stands in docs/how-checks-decide.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaire.core.base.conditions import Test, tests
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.checks.check_axes import check_prices
from questionnaire.core.checks.check_coverage import check_measured, check_measures, flags_of
from questionnaire.core.checks.check_policy_rules import check_names, check_rules, conditions_of, scope_of
from questionnaire.core.checks.check_questions import check_questions
from questionnaire.core.checks.check_texts import check_report, check_texts
from questionnaire.core.checks.findings import Bound, Bounds, Findings, Notes, Proof, Witness
from questionnaire.core.checks.maturity_bounds import maturity
from questionnaire.core.checks.model import build
from questionnaire.core.checks.paths import check_paths
from questionnaire.core.checks.policy_formulas import Meaning
from questionnaire.core.checks.prove import prove_all
from questionnaire.core.checks.reachability import check_choices, check_reach, dimension
from questionnaire.core.checks.scopes import of_fields, of_question, together
from questionnaire.core.checks.score_bounds import bounds, check_bands
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

__all__ = ["Bound", "Bounds", "Findings", "Proof", "Witness", "check", "check_all", "check_policy", "check_survey"]


def check(survey: Survey, policy: Policy) -> Findings:
    """Everything about a survey under its policy."""
    return check_all((survey,), policy)[0]


def check_all(surveys: Sequence[Survey], policy: Policy) -> tuple[Findings, ...]:
    """The same for all surveys of one policy: of the policy only what holds for every one of them is told."""
    notes = Notes()
    check_prices(notes, policy)
    check_rules(notes, policy)
    fields = together(of_fields(survey) for survey in surveys)
    asked = together({name: of_question(item) for name, item in survey.items.items()} for survey in surveys)
    check_names(notes, policy, scope_of(policy, fields, asked), sure=True)
    check_measured(notes, policy, surveys)
    flags = flags_of(policy, surveys)
    found = [_one(survey, policy, notes.problems, flags) for survey in surveys]
    proved = [{(one.code, one.where) for one in findings.policy} for findings in found]
    shared = frozenset.intersection(*map(frozenset, proved)) if proved else frozenset()
    kept = tuple(one for one in found[0].policy if (one.code, one.where) in shared) if found else ()
    return tuple(replace(findings, policy=kept) for findings in found)


def check_survey(survey: Survey) -> Findings:
    """What a survey says against itself, without its policy."""
    return _one(survey, None, (), None)


def check_policy(policy: Policy) -> Findings:
    """What a policy says against itself, without a survey."""
    notes = Notes()
    check_prices(notes, policy)
    check_rules(notes, policy)
    check_names(notes, policy, scope_of(policy, {}, {}), sure=False)
    return Findings(policy=notes.problems)


def _one(survey: Survey, policy: Policy | None, known: Sequence[Problem], flags: frozenset[str] | None) -> Findings:
    """One survey; `known` are the problems of the policy alone, of which what follows is not told again."""
    mine, theirs = Notes(), Notes(known)
    check_questions(mine, survey)
    check_texts(mine, survey)
    check_report(mine, survey, policy)
    check_measures(mine, survey, policy, flags if flags is not None else flags_of(policy, (survey,)))
    model = build(survey, policy, _compared(survey, policy))
    check_choices(mine, survey)
    check_paths(mine, model)
    dimensions = {one.name: dimension(model, one.name) for one in survey.dimensions}
    overall = maturity(model, dimensions)
    check_bands(mine, model, dimensions, overall)
    proofs: tuple[Proof, ...] = ()
    if policy is not None:
        if not errors(theirs.problems) and not errors(mine.problems):
            check_reach(theirs, model, policy)
        if not errors((*mine.problems, *theirs.problems)):
            proofs = prove_all((mine, theirs), Meaning(model, policy))
    return Findings(mine.problems, theirs.problems, bounds(model, dimensions, overall), proofs)


def _compared(survey: Survey, policy: Policy | None) -> dict[str, list[Test]]:
    """Every comparison that policy and next steps make with an answer or a field."""
    found: dict[str, list[Test]] = {}
    conditions = [condition for _, condition in conditions_of(policy)] if policy is not None else []
    conditions += [step.when for step in survey.report.next_step if step.when is not None]
    for condition in conditions:
        for test in tests(condition):
            name = test.name.removeprefix("answer.")
            found.setdefault(name, []).append(Test(name, test.operator, test.value))
    return found
