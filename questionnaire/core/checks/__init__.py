"""Static checks of a survey and its policy: problems, score bounds, and what respondents can or cannot reach.

Law: a check claims only what it proved. An error is a mistake; a warning works but is probably not intended.
docs/how-checks-decide.md explains the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.check_agreement import check_agreement
from questionnaire.core.checks.check_axes import check_axes
from questionnaire.core.checks.check_band_holes import check_band_holes
from questionnaire.core.checks.check_calculated import check_calculated
from questionnaire.core.checks.check_context import check_context, context_scope
from questionnaire.core.checks.check_coverage import check_evidence, check_unmeasured, flags_of
from questionnaire.core.checks.check_dimensions import check_dimensions
from questionnaire.core.checks.check_next_steps import check_next_steps
from questionnaire.core.checks.check_policy_rules import check_names, check_rules, conditions_of, scope_of
from questionnaire.core.checks.check_questions import check_questions
from questionnaire.core.checks.check_repeats import check_one_criterion, check_repeats
from questionnaire.core.checks.check_segments import check_segments
from questionnaire.core.checks.check_texts import check_report, check_texts
from questionnaire.core.checks.check_visibility import check_visibility
from questionnaire.core.checks.check_wording import check_wording
from questionnaire.core.checks.compared_names import comparisons
from questionnaire.core.checks.findings import Bound, Bounds, Findings, FormulaRange, Notes, Proof, Witness
from questionnaire.core.checks.formula_ranges import formula_ranges
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.paths import check_paths
from questionnaire.core.checks.prove_segments import prove_policy, segments_not_searched
from questionnaire.core.checks.reachability import check_choices
from questionnaire.core.checks.scopes import NameType, merge, of_fields, of_question
from questionnaire.core.checks.score_bounds import bounds, check_bands
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

__all__ = [
    "Bound",
    "Bounds",
    "Findings",
    "FormulaRange",
    "Proof",
    "Witness",
    "check",
    "check_all",
    "check_draft",
    "check_policy",
    "check_survey",
]


def check(survey: Survey, policy: Policy) -> Findings:
    """Checks a survey under its policy."""
    return check_all((survey,), policy)[0]


def check_all(
    surveys: Sequence[Survey], policy: Policy, progress: Callable[[str], None] = lambda _: None
) -> tuple[Findings, ...]:
    """Checks all surveys of one policy. A policy problem is reported only when it exists under every survey.

    `progress` is told the id of each survey before it is searched.
    """
    notes = Notes()
    check_axes(notes, policy)
    check_rules(notes, policy)
    check_agreement(notes, policy)
    fields = merge(of_fields(survey) for survey in surveys)
    answers = merge({name: of_question(item) for name, item in survey.items.items()} for survey in surveys)
    names = scope_of(policy, fields, answers)
    scope = {**context_scope(surveys), **names}
    check_names(notes, policy, scope, complete=True)
    check_context(notes, conditions_of(policy), surveys, names)
    check_segments(notes, policy, lambda found, segment: _check_alone(found, segment, scope, complete=True))
    check_unmeasured(notes, policy, surveys)
    flags = flags_of(policy, surveys)
    sources = "this survey" if len(surveys) == 1 else "one of these surveys"
    results: list[Findings] = []
    for survey in surveys:
        progress(survey.id)
        results.append(_check_one(survey, policy, notes.problems, flags, sources))
    keys = [{(problem.code, problem.where) for problem in findings.policy} for findings in results]
    shared = frozenset.intersection(*map(frozenset, keys)) if keys else frozenset()
    policy_problems = results[0].policy if results else ()
    problems = tuple(problem for problem in policy_problems if (problem.code, problem.where) in shared)
    return tuple(replace(findings, policy=problems) for findings in results)


def check_survey(survey: Survey) -> Findings:
    """Checks a survey alone, without its policy."""
    return _check_one(survey, None, (), None)


def check_policy(policy: Policy) -> Findings:
    """Checks a policy alone, without a survey."""
    notes = Notes()
    scope = {**context_scope(()), **scope_of(policy, {}, {})}
    _check_alone(notes, policy, scope, complete=False)
    check_agreement(notes, policy)
    check_segments(notes, policy, lambda found, segment: _check_alone(found, segment, scope, complete=False))
    return Findings(policy=notes.problems)


def _check_alone(notes: Notes, policy: Policy, scope: Mapping[str, NameType], complete: bool) -> None:
    check_axes(notes, policy)
    check_rules(notes, policy)
    check_names(notes, policy, scope, complete)


def check_draft(survey: Survey, policy: Policy | None) -> tuple[Problem, ...]:
    """What can be said of a survey without any search, quick enough for every edit of a draft."""
    notes = Notes()
    _check_at_once(notes, survey, policy, None)
    return notes.problems


def _check_at_once(notes: Notes, survey: Survey, policy: Policy | None, flags: frozenset[str] | None) -> None:
    check_dimensions(notes, survey)
    check_questions(notes, survey)
    check_visibility(notes, survey)
    check_wording(notes, survey)
    check_calculated(notes, survey)
    check_texts(notes, survey)
    check_repeats(notes, survey)
    check_report(notes, survey, policy)
    check_next_steps(notes, survey)
    if policy is not None:
        check_band_holes(notes, survey, policy)
    check_evidence(notes, survey, policy, flags if flags is not None else flags_of(policy, (survey,)))
    check_choices(notes, survey)


def _check_one(
    survey: Survey, policy: Policy | None, known: Sequence[Problem], flags: frozenset[str] | None,
    sources: str = "this survey",
) -> Findings:  # fmt: skip
    """Checks one survey. `known` are policy problems already results; their consequences are not reported again."""
    survey_notes, policy_notes = Notes(), Notes(known)
    _check_at_once(survey_notes, survey, policy, flags)
    calculated = formula_ranges(survey)
    compared = comparisons(survey, policy)
    model = build(survey, policy, compared, sources)
    ranges = ScoreRanges(model)
    check_paths(survey_notes, model, ranges.people)
    check_bands(survey_notes, ranges)
    check_one_criterion(survey_notes, survey, ranges.people)
    proofs: tuple[Proof, ...] = ()
    unsearched: tuple[str, ...] = ()
    by_segment: Mapping[str, Mapping[str, Limits]] = {}
    if policy is not None:
        unsearched = tuple(segments_not_searched(policy))
        if not unsearched and not errors((*survey_notes.problems, *policy_notes.problems)):
            proofs, by_segment = prove_policy((survey_notes, policy_notes), ranges, policy, compared)
    limits = replace(bounds(ranges), calculated=calculated, by_segment=by_segment)
    return Findings(survey_notes.problems, policy_notes.problems, limits, proofs, unsearched)
