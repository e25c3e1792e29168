"""Checks that survey and policy agree on criteria, levels, signals and flags."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.base.conditions import tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.check_policy_rules import conditions_of
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.check_segments import policies_of
from questionnaire.core.checks.ending_formulas import EndingFormulas
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import KNOWN_FLAGS
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.questions import Choice, Question
from questionnaire.core.survey.survey import Survey

COMPLETED = "survey_completed"


def check_evidence(notes: Notes, survey: Survey, policy: Policy | None, flags: frozenset[str]) -> None:
    """Checks criteria, levels, signals and flags of a survey. Without a policy, only the survey alone."""
    endings = EndingFormulas(survey)
    for where, question in places(survey):
        _check_evidence(notes, where, question, policy, endings)
        for index, choice in enumerate(question.answer_choices):
            _check_choice(notes, (*where, "choices", index), choice, question.criterion, policy, flags)
    for index, field in enumerate(survey.contact_fields):
        at: Where = ("contact", "fields", index)
        _check_evidence(notes, at, field.question, policy, endings)
        for number, choice in enumerate(field.choices or ()):
            _check_choice(notes, (*at, "choices", number), choice, field.criterion, policy, flags)
    for index, value in enumerate(survey.calculated):
        if value.criterion is not None and policy is not None:
            at = ("calculated", index, "criterion")
            criterion = _criterion(notes, at, value.criterion, policy)
            if criterion is not None and not criterion.bands:
                _bands_missing(notes, at, value.criterion)
    for index, hidden in enumerate(survey.hidden_fields):
        at = ("hidden_fields", index)
        if hidden.criterion is not None and hidden.trust != "signed":
            notes.warning("open_field", at, f"anybody can set `{hidden.name}` in the address, and it scores",
                          "add `trust: signed`")  # fmt: skip
        if hidden.criterion is not None and policy is not None:
            _criterion(notes, (*at, "criterion"), hidden.criterion, policy)


def _criterion(notes: Notes, where: Where, name: str, policy: Policy) -> Criterion | None:
    if name not in policy.criteria:
        notes.error("unknown_criterion", where, f"the policy has no criterion `{name}`",
                    did_you_mean(name, policy.criteria))  # fmt: skip
    return policy.criteria.get(name)


def _check_evidence(
    notes: Notes, where: Where, question: Question, policy: Policy | None, endings: EndingFormulas
) -> None:
    if question.criterion is None or policy is None:
        return
    criterion = _criterion(notes, (*where, "criterion"), question.criterion, policy)
    if criterion is None:
        return
    at, name = (*where, "criterion"), question.criterion
    if question.answer_choices:
        if not any(choice.level for choice in question.answer_choices):
            hint = "add `level: …` to the choices"
            notes.error("level_missing", at, f"no choice names a level of `{name}`", hint)
            return
        for index, choice in enumerate(question.answer_choices):
            is_silent = choice.level is None and not choice.proves_nothing
            stands_alone = choice.value in (question.options() or ())
            if is_silent and not (stands_alone and endings.always_follow(question.name, choice.value)):
                notes.warning("level_missing", (*where, "choices", index),
                              f"the choice `{choice.value}` names no level of `{name}`",
                              "add `level: …`, or `unknown: true`")  # fmt: skip
    elif question.kind == "number":
        if not criterion.bands:
            _bands_missing(notes, at, name)
    elif question.kind == "country":
        if not criterion.countries:
            notes.error("countries_missing", at, f"`{name}` lists no countries, so a country finds no level",
                        "add `countries` to the criterion")  # fmt: skip
    elif criterion.titles is None:
        notes.warning("titles_missing", at, f"free text seldom finds a level of `{name}`",
                      "ask with choices, or add `titles: default` to the criterion")  # fmt: skip


def _bands_missing(notes: Notes, at: Where, name: str) -> None:
    notes.error("bands_missing", at, f"`{name}` has no bands, so a number finds no level",
                "add `bands` to the criterion, or ask with choices")  # fmt: skip


def _check_choice(
    notes: Notes, where: Where, choice: Choice, criterion: str | None, policy: Policy | None, flags: frozenset[str]
) -> None:
    if choice.level is not None and criterion is None:
        notes.error("level_without_criterion", (*where, "level"),
                    f"the level `{choice.level}` belongs to no criterion",
                    "add `criterion: …` to the question")  # fmt: skip
    if choice.level is not None and choice.proves_nothing:
        notes.warning("idle_level", (*where, "level"), "“I don't know” proves nothing, so its level counts nowhere",
                      "remove `level` or `unknown`")  # fmt: skip
    if policy is None:
        return
    declared = policy.criteria.get(criterion or "")
    if choice.level is not None and declared is not None and choice.level not in declared.levels:
        notes.error("unknown_level", (*where, "level"), f"`{choice.level}` is not a level of `{criterion}`",
                    did_you_mean(choice.level, declared.levels))  # fmt: skip
    signals = [name for name in policy.intent.signals if name != COMPLETED]
    if choice.emits is not None and choice.emits not in policy.intent.signals:
        notes.error("unknown_signal", (*where, "emits"), f"the policy has no signal `{choice.emits}`",
                    did_you_mean(choice.emits, signals))  # fmt: skip
    for flag in choice.flags:
        if flag not in flags:
            notes.warning("unknown_flag", (*where, "flags"), f"no rule looks at the flag `{flag}`",
                          did_you_mean(flag, flags))  # fmt: skip


def flags_of(policy: Policy | None, surveys: Sequence[Survey] = ()) -> frozenset[str]:
    """The flags with an effect: the three of the product, and those that a condition uses."""
    policies = policies_of(policy) if policy is not None else ()
    used = [condition for segment in policies for _, condition in conditions_of(segment)]
    used += [condition for survey in surveys for condition in survey.report.conditions]
    values = [test.value for condition in used for test in tests(condition) if test.name == "flag"]
    flat = [flag for value in values for flag in (value if isinstance(value, tuple) else (value,))]
    return frozenset(KNOWN_FLAGS) | {str(value) for value in flat if not isinstance(value, bool)}


def check_unmeasured(notes: Notes, policy: Policy, surveys: Sequence[Survey]) -> None:
    """Reports criteria of the policy that no survey measures."""
    measured = {item.criterion for survey in surveys for item in survey.items.values()}
    measured |= {field.criterion for survey in surveys for field in survey.contact_fields}
    measured |= {field.criterion for survey in surveys for field in survey.hidden_fields}
    measured |= {value.criterion for survey in surveys for value in survey.calculated}
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name in criteria:
            if name not in measured:
                message = "no survey measures" if len(surveys) > 1 else "the survey does not measure"
                notes.warning("unmeasured_criterion", (axis, "criteria", name), f"{message} `{name}`",
                              f"write `criterion: {name}` at a question or field, or remove it")  # fmt: skip
