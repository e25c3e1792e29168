"""Small random surveys and policies with all their possible respondents, to compare claims with an enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from math import prod
from random import Random
from typing import Any

from questionnaire.core.checks.example import KINDS, LONG_AGO, JudgedExample, judge
from questionnaire.core.checks.moments import NOW
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.contact import ContactField
from questionnaire.core.survey.gate import SurveyPath, derive_path
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.questions import ChooseSeveral, Question
from questionnaire.core.survey.survey import Survey
from tests.core.checks.small_surveys import LEVELS, SIGNALS, a_policy, a_survey, some
from tests.core.checks.varied_surveys import names_of_a_response, vary, vary_policy
from tests.proof.size import sized


def every_value(item: Question) -> list[Any]:
    """Lists every possible value of an answer."""
    if isinstance(item, ChooseSeveral):
        sets = (c for n in range(1, len(item.choices) + 1) for c in itertools.combinations(item.by_value, n))
        read = (item.read(list(one)) for one in sets)
        return [one for one in read if isinstance(one, tuple)]
    kind = getattr(item, "type", "")
    if kind == "ranking":
        return list(itertools.permutations(item.by_value, item.places))  # type: ignore[attr-defined]  # of some types only
    if kind == "number":
        return [value for value in range(-1, 9) if isinstance(item.read(value), int)]
    return list(item.options() or ())


HIDDEN_WORDS = tuple((word, False) for word in ("soon", "late", "other", "elsewhere"))
"""What may stand in a hidden field, and whether no link brought it."""


def walks(survey: Survey) -> Iterator[tuple[SurveyPath, ResponseEvidence]]:
    """Yields every way through a survey, with every contact and hidden field, each once; some end early.

    What a personal link brings to a contact field stands, shown or not.
    """
    items = list(survey.items.values())
    fields = [_entries(field) for field in survey.contact_fields]
    words = (*HIDDEN_WORDS, *((word, True) for word, _ in HIDDEN_WORDS))
    hidden: list[list[tuple[str, bool] | None]] = [[None, *words] for _ in survey.hidden_fields]
    seen: set[Any] = set()
    for given in itertools.product(*([None, *every_value(item)] for item in items)):
        answers = Answers({item.name: value for item, value in zip(items, given, strict=True) if value is not None})
        for entries, brought in itertools.product(itertools.product(*fields), itertools.product(*hidden)):
            values = {one.name: entry for one, entry in zip(survey.contact_fields, entries, strict=True) if entry}
            contact = {name: value for name, (value, _) in values.items()}
            linked = {name for name, (_, by_link) in values.items() if by_link}
            named = {one.name: entry for one, entry in zip(survey.hidden_fields, brought, strict=True) if entry}
            pairs = {name: value for name, (value, is_claimed) in named.items() if not is_claimed}
            claims = {name: value for name, (value, is_claimed) in named.items() if is_claimed}
            path = derive_path(survey, answers, {**claims, **pairs}, contact, linked)
            shown = [field.name for field in path.gate.fields]
            gate = survey.display.gate
            asks = gate == "before_start" or (gate == "before_result" and path.journey.ending is None)
            missing = [one.name for one in path.gate.fields if one.required and one.name not in contact]
            key = (path.journey.answers.values_, path.gate.contact, pairs, claims)
            is_new = repr(key) not in seen and len(path.journey.answers) == len(answers)
            if is_new and contact == path.gate.contact and linked.isdisjoint(shown) and not (asks and missing):
                seen.add(repr(key))
                yield path, ResponseEvidence(survey, answers, NOW, contact, pairs, claims, id="example")


def _entries(field: ContactField) -> list[tuple[str, bool] | None]:
    """What may stand in a contact field, and whether a link brought it."""
    values = ["somebody@company.example"] if field.name == "email" else LEVELS["sector"]
    linked: list[tuple[str, bool] | None] = [(value, True) for value in values] if field.show_if is not None else []
    return [None, *((value, False) for value in values), *linked]


def everybody(survey: Survey) -> Iterator[ResponseEvidence]:
    """Yields every complete journey with every contact and hidden field, each once."""
    return (one for path, one in walks(survey) if path.journey.complete)


def moments(policy: Policy) -> list[datetime]:
    """On finishing, and around the end of every period of a policy: something expires at each."""
    levels = [level for criterion in policy.criteria.values() for level in criterion.levels.values()]
    signals = policy.intent.signals.values()
    periods = {level.valid_for for level in levels} | {rule.window for rule in signals} | {policy.timing.not_now.lasts}
    periods |= {rule.strong_at.within for rule in signals if rule.strong_at is not None}
    ends = [period.past(NOW, policy.zone) for period in periods if period is not None]
    ends += [rule.decay.every.past(NOW, policy.zone, times) for rule in signals if rule.decay for times in range(1, 6)]
    seconds = (timedelta(0), timedelta(seconds=1), -timedelta(days=1), timedelta(days=1))
    return [NOW, *sorted({end + around for end in ends for around in seconds if end + around > NOW})]


def anything(random: Random, policy: Policy, filled: ResponseEvidence, survey: Survey) -> JudgedExample:
    """Judges the same respondent with a random history, on finishing or later."""
    now = NOW if some(random, 0.4) else random.choice(moments(policy))
    lists = random.sample(["competitors", "partners", "customers"], random.choice([0, 0, 1]))
    kind = random.choice(["business", "free", "disposable"])
    contact = dict(filled.contact)
    if "email" in contact:
        contact["email"] = f"somebody@{kind}.example"
    on = Lists(**dict.fromkeys(lists, (f"{kind}.example",)))
    said = random.choice([None, None, now.date(), now.date() - timedelta(days=1), LONG_AGO])
    history = History(said, account_owner=random.choice([None, "lena", "max"]), duplicate=some(random, 0.3),
                      customer=some(random, 0.3))  # fmt: skip
    signals = [Signal(name, now - timedelta(days=random.choice([0, 0, 10])))
               for name in SIGNALS if some(random, 0.4) for _ in range(random.randint(1, 3))]  # fmt: skip
    touches = {"last": {"utm_source": random.choice(["LinkedIn", "mail", "else"])},
               "first": {"utm_medium": random.choice(["cpc", "none"])} if some(random, 0.5) else {}}  # fmt: skip
    claims = {"campaign": random.choice(["soon", "x"])} if filled.hidden and some(random, 0.5) else filled.claims
    one = replace(filled, contact=contact, claims=claims, touches=touches, language=random.choice(survey.languages))
    return judge(policy, lambda policy: gather(policy, [one], signals, history, now, KINDS), survey, on)


MOST_PEOPLE = sized(800, 3_000)


def cast(seed: int, varied: bool = False) -> tuple[Random, Survey, Policy, list[ResponseEvidence]]:
    """Returns the first small survey from this seed whose respondents are few enough to enumerate."""
    state, survey, policy, people = _cast(seed, varied)
    random = Random()
    random.setstate(state)
    return random, survey, policy, people


@cache
def measured(seed: int, varied: bool = False) -> list[Maturity]:
    """The maturity of each respondent of this cast."""
    _, survey, _, people = _cast(seed, varied)
    return [measure(survey, one.journey) for one in people]


@cache
def gathered(seed: int, varied: bool = False) -> list[Evidence]:
    """What each respondent of this cast is evidence of."""
    _, _, policy, people = _cast(seed, varied)
    return [gather(policy, [one], [], History(), NOW, KINDS) for one in people]


@cache
def scored_over_time(seed: int, varied: bool = False) -> list[Scorecard]:
    """The scorecard of each respondent of this cast, on finishing and at every later moment."""
    _, _, policy, people = _cast(seed, varied)
    return [score(policy, gather(policy, [one], [], History(), now, KINDS))
            for now in moments(policy) for one in people]  # fmt: skip


@cache
def scored(seed: int, varied: bool = False) -> list[Scorecard]:
    """The scorecard of each respondent of this cast."""
    return [score(_cast(seed, varied)[2], one) for one in gathered(seed, varied)]


MOST_WAYS = 4_000


def _ways(survey: Survey) -> int:
    """How many combinations of answers and fields there are, on whatever way."""
    answers = [len(every_value(item)) + 1 for item in survey.items.values()]
    return prod(
        [*answers, *(len(_entries(field)) for field in survey.contact_fields), *(9 for _ in survey.hidden_fields)]
    )


@cache
def _cast(seed: int, varied: bool) -> tuple[Any, Survey, Policy, list[ResponseEvidence]]:
    while True:
        random = Random(seed)
        if varied:
            survey, policy = a_survey(random, vary), a_policy(random, vary_policy, names_of_a_response())
        else:
            survey, policy = a_survey(random), a_policy(random)
        if varied and _ways(survey) > MOST_WAYS:
            seed += 100_003
            continue
        people: list[ResponseEvidence] = []
        for one in everybody(survey):
            people.append(one)
            if len(people) > MOST_PEOPLE:
                break
        else:
            if people:
                return random.getstate(), survey, policy, people
        seed += 100_003
