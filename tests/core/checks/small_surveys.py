"""Small random surveys and policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from questionnaire.core import policy
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey

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


def a_survey(random: Random, change: Callable[..., None] | None = None) -> Survey:
    raw = a_survey_document(random, change)
    found, problems = survey.read(raw)
    assert found is not None, [*map(str, problems), raw]
    return found


def a_survey_document(random: Random, change: Callable[..., None] | None = None) -> dict[str, Any]:
    """A survey as its author writes it.

    `change`: what is done to the raw survey, given the comparisons that may stand after each question.
    """
    tests: list[Any] = []
    hidden = [{"name": "campaign", "criterion": "timeline", "trust": "signed"}] if some(random, 0.4) else []
    if hidden:
        tests.append(word("campaign", ["soon", "other"]))
    questions: list[dict[str, Any]] = []
    hidden_tests, tests_after = [*tests], [[*tests]]
    for index in range(random.randint(1, 4)):
        question, test = a_question(random, f"q{index}", tests)
        questions.append(question)
        tests.append(test)
        tests_after.append([*tests])
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
    if change is not None:
        change(random, raw, tests_after, hidden_tests)
    return {key: value for key, value in raw.items() if value is not None}


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


def a_policy(random: Random, change: Callable[..., None] | None = None, further: Sequence[Any] = ()) -> Policy:
    tests = [*names_of_a_policy(), *further]
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
    if change is not None:
        change(random, raw)
    found, problems = policy.read(raw)
    assert found is not None, [*map(str, problems)]
    return found
