"""Comparisons of a policy with what a response brings along: language, survey, campaigns, hidden fields, scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from questionnaire.core.base.conditions import Test, evaluate
from questionnaire.core.checks import limits
from questionnaire.core.checks.calculated_variables import amounts
from questionnaire.core.checks.check_context import CAMPAIGNS, is_context
from questionnaire.core.checks.field_variables import CLAIMED, TRUSTED
from questionnaire.core.checks.formulas import Formula, Node, lit
from questionnaire.core.checks.model import HIDDEN, VALUE, Model, Option
from questionnaire.core.checks.respondents import Respondent
from questionnaire.core.scoring.context_facts import counted_facts
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.calculated_value import PREFIX, SCORE
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.maturity import measure

LANGUAGE = "language"
SCORES = f"{SCORE}."
FROM_OUTSIDE = (LANGUAGE, CLAIMED, SCORES, *(f"{campaign}." for campaign in CAMPAIGNS))
"""What the names of sources begin with that no answer decides alone."""


def is_of_response(name: str) -> bool:
    """Whether a name in a policy's condition is of the response, where no criterion or field has it."""
    return is_context(name) or name in (LANGUAGE, "survey")


def context_formula(model: Model, test: Test, want: bool) -> Formula:
    """The formula of such a comparison. A name that this survey does not have is unknown."""
    name, survey = test.name, model.survey
    prefix, _, rest = name.partition(".")
    if name == "survey" or (name == LANGUAGE and len(survey.languages) == 1):
        return evaluate(test, {"survey": survey.id, LANGUAGE: survey.languages[0]}) is want
    if name == LANGUAGE or prefix in CAMPAIGNS:
        return lit(name, test, want)
    if name.startswith(PREFIX) and name in model.by_name:
        return lit(VALUE + name, test, want)
    is_hidden = prefix in ("hidden", "claim") and rest in model.by_name and model.by_name[rest].kind == HIDDEN
    is_measured = prefix == SCORE and limits.of_score(model, rest) is not None
    return lit(name, test, want) if is_hidden or is_measured else evaluate(test, {}) is want


def hidden_facts(name: str, option: Option) -> dict[str, Any]:
    """What a hidden field's value says of its two sources. A link says nothing of what else came without one."""
    if option.value is None:
        return {TRUSTED + name: None, CLAIMED + name: None}
    return {TRUSTED + name: None, CLAIMED + name: option.value} if option.claimed else {TRUSTED + name: option.value}


def values_from_outside(model: Model, source: str, tests: Sequence[Test]) -> tuple[Any, ...]:
    """The values that such a source may have, of which comparisons tell some apart."""
    if source == LANGUAGE:
        return model.survey.languages
    if source in model.scores:
        return (model.scores[source],)
    if source.startswith(SCORES):
        return amounts(tests, limits.of_score(model, source.removeprefix(SCORES)) or (None, None))
    compared = (test.value if isinstance(test.value, tuple) else (test.value,) for test in tests)
    words = (str(value) for values in compared for value in values if not isinstance(value, bool))
    return (None, "elsewhere", *dict.fromkeys(words))


def tests_of(literals: Iterable[Node]) -> dict[str, list[Test]]:
    """The comparisons of each source."""
    found: dict[str, list[Test]] = {}
    for literal in literals:
        assert literal.test is not None
        found.setdefault(literal.source, []).append(literal.test)
    return found


def scores_of(model: Model, respondent: Respondent) -> Mapping[str, Any]:
    """`score.<dimension>` of a respondent."""
    if respondent.scores is None:
        values = {name: option.value for name, option in respondent.options.items() if option.value is not None}
        answers = Answers({name: value for name, value in values.items() if name in model.survey.items})
        fields = {name: value for name, value in values.items() if name in model.survey.field_names}
        respondent.scores = counted_facts(measure(model.survey, derive_journey(model.survey, answers, fields)), {})
    return respondent.scores


def facts_of(model: Model, respondent: Respondent, names: Iterable[str], criteria: Iterable[str]) -> dict[str, Any]:
    """What the answers and fields of these names, and the levels of these criteria, say of a respondent."""
    known: dict[str, Any] = {f"level:{name}": respondent.levels.get(name) for name in criteria}
    for name in names:
        option = respondent.options.get(name)
        known[VALUE + name] = option.value if option is not None else None
        if option is None:
            continue
        known |= {f"flag:{flag}": True for flag in option.flags}
        known |= {f"signal:{signal}": True for signal in option.emits if signal not in model.moment.silent}
        if model.by_name[name].kind == HIDDEN:
            known |= hidden_facts(name, option)
    return known
