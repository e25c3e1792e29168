"""Small random surveys and policies with all their possible respondents, to compare claims with an enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from questionnaire.core import policy
from questionnaire.core.checks.example import KINDS, LONG_AGO, NOW, JudgedExample, _judged
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.survey import survey
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.questions import ChooseSeveral, Question
from questionnaire.core.survey.survey import Survey
from tests.proof.size import sized

LEVELS = {"size": ["a", "b", "c"], "sector": ["x", "y"], "timeline": ["soon", "late"]}
SIGNALS = ["demo", "visit", "survey_completed", "bounce"]
FLAGS = ["competitor", "not_now", "odd"]


def some(random: Random, chance: float) -> bool:
    return random.random() < chance


def a_condition(random: Random, tests: list[Any], depth: int = 0) -> Any:
    kind = random.random()
    if depth < 2 and kind < 0.15:
        return {"not": a_condition(random, tests, depth + 1)}
    if depth < 2 and kind < 0.45:
        parts = [a_condition(random, tests, depth + 1) for _ in range(random.randint(1, 3))]
        return {random.choice(["all", "any"]): parts}
    return random.choice(tests)(random)


def word(name: str, values: list[Any]) -> Any:
    def test(random: Random) -> Any:
        kind = random.random()
        if kind < 0.2:
            return {name: {"known": random.choice([True, False])}}
        if kind < 0.45:
            return {name: {"ne": random.choice(values)}}
        if kind < 0.7:
            return {name: random.sample(values, random.randint(1, min(2, len(values))))}
        return {name: random.choice(values)}

    return test


def amount(name: str, values: list[int]) -> Any:
    def test(random: Random) -> Any:
        return {name: {random.choice(["gte", "lt", "gt", "lte", "eq", "ne"]): random.choice(values)}}

    return test


def truth(name: str) -> Any:
    return lambda random: {name: random.choice([True, False])}


def a_choice(random: Random, value: str, criterion: str | None, dimension: str | None) -> dict[str, Any]:
    choice: dict[str, Any] = {"value": value, "text": value}
    unknown = some(random, 0.15)
    choice |= {"unknown": True} if unknown else {}
    if criterion and not unknown and some(random, 0.85):
        choice["level"] = random.choice(LEVELS[criterion])
    if dimension and not unknown:
        choice["maturity"] = random.randint(0, 3)
    if some(random, 0.25):
        choice["emits"] = random.choice(["demo", "visit"])
    if some(random, 0.2):
        choice["flags"] = [random.choice(FLAGS)]
    return choice


def a_question(random: Random, name: str, tests: list[Any]) -> tuple[dict[str, Any], Any]:
    """Returns an authored question and comparisons with it."""
    kind = random.choice(["single_choice", "single_choice", "yes_no", "multiple_choice", "scale", "number", "ranking"])
    question: dict[str, Any] = {"name": name, "type": kind, "title": name}
    if some(random, 0.6):
        question["required"] = True
    if tests and some(random, 0.55):
        question["show_if"] = a_condition(random, tests)
    dimension = random.choice([None, "d1", "d2"])
    criterion = random.choice([None, *LEVELS])
    if kind == "number":
        question |= {"min": 0, "max": random.choice([4, 6]), "step": 2}
        return question | ({"criterion": "size"} if criterion == "size" else {}), amount(name, [0, 1, 3, 4, 6])
    if dimension:
        question["dimension"] = dimension
    if kind == "scale":
        return question | {"from": 1, "to": 3}, amount(name, [1, 2, 3])
    if criterion:
        question["criterion"] = criterion
    if kind == "yes_no":
        question["choices"] = [a_choice(random, value, criterion, dimension) for value in ("yes", "no")]
        question["choices"] = [{key: one[key] for key in one if key != "unknown"} for one in question["choices"]]
        return question, word(name, ["yes", "no"])
    values = ["p", "q", "r"][: random.randint(2, 3)]
    question["choices"] = [a_choice(random, value, criterion, dimension) for value in values]
    if kind == "multiple_choice" and some(random, 0.4):
        question["choices"][-1]["exclusive"] = True
    if kind == "multiple_choice" and some(random, 0.4):
        question["min"] = random.randint(1, 2)
        question["max"] = random.randint(question["min"], len(values))
    if kind == "ranking":
        question["top"] = random.randint(1, len(values))
    return question, word(name, values)


def a_survey(random: Random) -> Survey:
    tests: list[Any] = []
    hidden = [{"name": "campaign", "criterion": "timeline", "trust": "signed"}] if some(random, 0.4) else []
    if hidden:
        tests.append(word("campaign", ["soon", "other"]))
    questions: list[dict[str, Any]] = []
    for index in range(random.randint(1, 4)):
        question, test = a_question(random, f"q{index}", tests)
        questions.append(question)
        tests.append(test)
    fields: list[dict[str, Any]] = []
    if some(random, 0.5):
        fields.append({"name": "email", "type": "email", "required": some(random, 0.7)})
    if some(random, 0.5):
        choices = [{"value": value, "text": value, "level": value} for value in LEVELS["sector"]]
        fields.append({"name": "branch", "type": "dropdown", "criterion": "sector", "choices": choices,
                       "required": some(random, 0.5)})  # fmt: skip
    steps = [word("stage", ["nurture", "mql", "review", "disqualified"]), word("signal", ["demo", "visit"]), *tests]
    rules = [{"when": a_condition(random, steps), "block": "one"} for _ in range(random.randint(0, 2))]
    raw = {
        "schema": "survey/1", "id": "small", "version": 1, "policy": "small", "title": "small", "hidden_fields": hidden,
        "dimensions": [{"name": "d1", "title": "d1", "weight": random.randint(1, 3)}, {"name": "d2", "title": "d2"}],
        "pages": [{"name": "page", "questions": questions}], "contact": {"fields": fields} if fields else None,
        "report": {"overall": [{"from": start, "text": "-"} for start in (0, 30, 60, 90)],
                   "dimensions": {"d1": [{"from": start, "text": "-"} for start in (0, 40, 70)]},
                   "next_step": [*rules, {"block": "two"}],
                   "blocks": {"one": {"text": "-"}, "two": {"text": "-"}}},
    }  # fmt: skip
    found, problems = survey.read({key: value for key, value in raw.items() if value is not None})
    assert found is not None, [*map(str, problems), raw]
    return found


def names_of_a_policy() -> list[Any]:
    """Comparisons of policy conditions with every possible name."""
    levels = [word(name, values) for name, values in LEVELS.items()]
    return [
        *levels, *levels, word("icp", ["size", "sector"]), word("flag", FLAGS), word("signal", ["demo", "visit"]),
        truth("hand_raise"), truth("disengaged"), truth("negative_signal"), truth("duplicate"), truth("customer"),
        amount("fit", [5, 10, 20]), amount("intent", [10, 20, 40]), amount("timing", [10, 30]),
        amount("total", [20, 40]), amount("strong_signals", [1, 2]), word("fit_grade", ["A", "B", "C"]),
        word("label", ["A1", "B2", "C3"]), word("not_now", ["never", "recent", "past"]),
        word("email_kind", ["business", "free"]), word("domain_in", ["competitors", "partners"]),
        word("account_owner", ["lena"]), word("answer.q0", ["p", "yes"]), word("branch", LEVELS["sector"]),
    ]  # fmt: skip


def axes(random: Random) -> dict[str, Any]:
    def criterion(name: str) -> dict[str, Any]:
        points = {level: random.choice([0, 5, 10, 15]) for level in LEVELS[name]}
        more = {"bands": {"a": [0, 2], "b": [3, 5], "c": [6, None]}} if name == "size" else {}
        return {"levels": points, "icp": random.sample(LEVELS[name], 1), **more}

    return {
        "fit": {"max": random.choice([15, 30]), "grades": {"A": random.choice([10, 20]), "B": 5, "C": 0},
                "criteria": {"size": criterion("size"), "sector": criterion("sector")},
                "completeness": {"minimum": random.choice(["50%", "100%"]), "of": ["size", ["sector", "timeline"]]}},
        "intent": {"max": 60, "ranks": {1: 40, 2: 20, 3: 0}, "groups": {"web": random.choice([15, 30]), "own": 15},
                   "signals": {
                       "demo": {"points": 30, "strength": "strong", "window": "P30D"},
                       "visit": {"points": 10, "group": "web", "window": "P30D",
                                 "count": random.choice(["once", "each"]),
                                 "strong_at": {"count": 2, "within": "P7D"}},
                       "survey_completed": {"points": 15, "group": "own", "count": "once", "window": "P30D"},
                       "bounce": {"points": 0, "disengagement": True, "window": "P30D"}}},
        "timing": {"max": 50, "levels": {"hot": 30, "warm": 10, "cold": 0},
                   "criteria": {"timeline": {"levels": {"soon": {"points": 30, "valid_for": "P3M"}, "late": 10}}},
                   "not_now": {"lasts": "P6M", "hand_raise_after": random.choice(["review", "nurture"])}},
    }  # fmt: skip


def a_policy(random: Random) -> Policy:
    tests = names_of_a_policy()
    handed = [*tests, word("stage", ["review", "sql_ready"])]

    def conditions(most: int, kinds: list[Any] = tests) -> list[Any]:
        return [a_condition(random, kinds) for _ in range(random.randint(0, most))]

    raw = {
        "schema": "policy/1", "id": "small", "version": 1,
        **axes(random),
        "mql": {"threshold": random.choice([0, 20, 40]), "min_fit": random.choice([0, 10]), "immediate_on": ["demo"],
                "total_of": random.choice([["fit", "intent"], ["fit", "timing"]])},
        "sql": {"require": {"fit_grade": random.choice("ABC")}, "mode": random.choice(["auto", "assisted", "manual"]),
                "max_unchecked": random.randint(0, 2)},
        "disqualify": [{"when": one, "reason": f"no_{index}"} for index, one in enumerate(conditions(2))],
        "divert": [{"when": one, "to": "partner_team"} for one in conditions(1)],
        "verify": [],
        "checklist": [{"id": f"B-{index}", "text": "-", "check": one, "blocking": some(random, 0.3)}
                      for index, one in enumerate(conditions(3))],
        "routing": {"default_queue": {"name": "inbound"}, "pools": {"all": [{"rep": "lena"}]},
                    "rules": [{"id": f"r{index}", "when": one, "assign": {"pool": "all"}}
                              for index, one in enumerate(conditions(3, handed))]},
        "sla": {"first_contact": [*({"when": one, "within": "1bh"} for one in conditions(1, handed)),
                                  {"within": "4bh"}]},
        "calendars": {"default": {"timezone": "Europe/Paris", "hours": {"mon-fri": "09:00-18:00"}}},
        "reps": [{"id": "lena", "name": "Lena", "email": "lena@nordlicht.example", "role": "manager"}],
    }  # fmt: skip
    found, problems = policy.read(raw)
    assert found is not None, [*map(str, problems)]
    return found


def every_value(item: Question) -> list[Any]:
    """Lists every possible value of an answer."""
    if isinstance(item, ChooseSeveral):
        sets = (c for n in range(1, len(item.choices) + 1) for c in itertools.combinations(item.by_value, n))
        read = (item.read(list(one)) for one in sets)
        return [one for one in read if isinstance(one, tuple)]
    if item.type == "ranking":  # type: ignore[attr-defined]
        return list(itertools.permutations(item.by_value, item.places))  # type: ignore[attr-defined]
    if item.type == "number":  # type: ignore[attr-defined]
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
