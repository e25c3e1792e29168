"""Small random surveys and policies with all their possible respondents, to compare claims with an enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from questionnaire.core.checks.example import KINDS, LONG_AGO, NOW, JudgedExample, _judged
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.questions import ChooseSeveral, Question
from questionnaire.core.survey.survey import Survey
from tests.core.checks.small_surveys import LEVELS, SIGNALS, a_policy, a_survey, some
from tests.proof.size import sized


def every_value(item: Question) -> list[Any]:
    """Lists every possible value of an answer."""
    if isinstance(item, ChooseSeveral):
        sets = (c for n in range(1, len(item.choices) + 1) for c in itertools.combinations(item.by_value, n))
        read = (item.read(list(one)) for one in sets)
        return [one for one in read if isinstance(one, tuple)]
    if item.type == "ranking":  # type: ignore[attr-defined]  # of some types only
        return list(itertools.permutations(item.by_value, item.places))  # type: ignore[attr-defined]  # of some types only
    if item.type == "number":  # type: ignore[attr-defined]  # of some types only
        return [value for value in range(-1, 9) if isinstance(item.read(value), int)]
    return list(item.options() or ())


def everybody(survey: Survey) -> Iterator[ResponseEvidence]:
    """Yields every complete journey with every contact and hidden field, each once."""
    items = list(survey.items.values())
    fields = [
        [None] * (not field.required) + (["somebody@company.example"] if field.name == "email" else LEVELS["sector"])
        for field in survey.contact_fields
    ]
    hidden = [[None, "soon", "late", "other", "elsewhere"] for _ in survey.hidden_fields]
    seen: set[Any] = set()
    for given in itertools.product(*([None, *every_value(item)] for item in items)):
        answers = Answers({item.name: value for item, value in zip(items, given, strict=True) if value is not None})
        for values in itertools.product(*fields):
            contact = dict(zip((one.name for one in survey.contact_fields), values, strict=True))
            for brought in itertools.product(*hidden):
                pairs = zip((one.name for one in survey.hidden_fields), brought, strict=True)
                one = ResponseEvidence(survey, answers, NOW, contact={k: v for k, v in contact.items() if v},
                             hidden={k: v for k, v in pairs if v}, id="example")  # fmt: skip
                journey = one.journey()
                key = (tuple(journey.answers.items()), values, brought)
                if journey.complete and key not in seen and len(journey.answers) == len(answers):
                    seen.add(key)
                    yield one


def anything(random: Random, policy: Policy, filled: ResponseEvidence, survey: Survey) -> JudgedExample:
    """Judges the same respondent with a random history."""
    lists = random.sample(["competitors", "partners", "customers"], random.choice([0, 0, 1]))
    kind = random.choice(["business", "free", "disposable"])
    contact = dict(filled.contact)
    if "email" in contact:
        contact["email"] = f"somebody@{kind}.example"
    on = Lists(**dict.fromkeys(lists, (f"{kind}.example",)))
    said = random.choice([None, None, NOW.date(), NOW.date() - timedelta(days=1), LONG_AGO])
    history = History(said, account_owner=random.choice([None, "lena", "max"]), duplicate=some(random, 0.3),
                      customer=some(random, 0.3))  # fmt: skip
    signals = [Signal(name, NOW - timedelta(days=random.choice([0, 0, 10])))
               for name in SIGNALS if some(random, 0.4) for _ in range(random.randint(1, 3))]  # fmt: skip
    under = policy.model_copy(update={"lists": on})
    one = ResponseEvidence(survey, filled.answers, NOW, contact=contact, hidden=filled.hidden, id="example")
    return _judged(under, gather(under, [one], signals, history, NOW, KINDS), survey)


MOST_PEOPLE = sized(800, 3_000)


def cast(seed: int) -> tuple[Random, Survey, Policy, list[ResponseEvidence]]:
    """Returns the first small survey from this seed whose respondents are few enough to enumerate."""
    state, survey, policy, people = _cast(seed)
    random = Random()
    random.setstate(state)
    return random, survey, policy, people


@cache
def measured(seed: int) -> list[Maturity]:
    """The maturity of each respondent of this cast."""
    _, survey, _, people = _cast(seed)
    return [measure(survey, one.journey()) for one in people]


@cache
def gathered(seed: int) -> list[Evidence]:
    """What each respondent of this cast is evidence of."""
    _, _, policy, people = _cast(seed)
    return [gather(policy, [one], [], History(), NOW, KINDS) for one in people]


@cache
def scored(seed: int) -> list[Scorecard]:
    """The scorecard of each respondent of this cast."""
    return [score(_cast(seed)[2], one) for one in gathered(seed)]


@cache
def _cast(seed: int) -> tuple[Any, Survey, Policy, list[ResponseEvidence]]:
    while True:
        random = Random(seed)
        survey, policy = a_survey(random), a_policy(random)
        people: list[ResponseEvidence] = []
        for one in everybody(survey):
            people.append(one)
            if len(people) > MOST_PEOPLE:
                break
        else:
            if people:
                return random.getstate(), survey, policy, people
        seed += 100_003
