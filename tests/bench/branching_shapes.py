"""Generated surveys and policies of shapes that are hard to check, of any number of questions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from questionnaire.core import policy
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey

VALUES = ("a", "b", "c", "d")
DIMENSIONS = ("strategy", "process", "data", "people")
SIGNALS = 12
CRITERIA = 8

Question = dict[str, Any]
Shape = Callable[[int, Random], list[Question]]


def question(index: int, show_if: Any = None, **more: Any) -> Question:
    choices: list[dict[str, Any]] = [
        {"value": value, "text": value, "maturity": place} for place, value in enumerate(VALUES)
    ]
    if index % 5 == 1:
        more = {"criterion": f"c{index // 5 % CRITERIA}", **more}
        for place, choice in enumerate(choices):
            choice["level"] = f"l{place}"
    if index % 7 == 4:
        choices[-1] |= {"emits": f"s{index % SIGNALS}", "flags": [f"f{index % 4}"]}
    asked = {"name": f"q{index}", "type": "single_choice", "title": f"Question {index}", "choices": choices,
             "required": index % 4 != 3, "dimension": DIMENSIONS[index % len(DIMENSIONS)], **more}  # fmt: skip
    return asked if show_if is None else {**asked, "show_if": show_if}


def chain(count: int, random: Random) -> list[Question]:
    """Each question shows after some answers to the one before; every tenth starts anew."""
    return [question(at, {f"q{at - 1}": ["b", "c", "d"]} if at % 10 else None) for at in range(count)]


def tree(count: int, random: Random) -> list[Question]:
    """Each question decides which of two others follows, in the order of their depth."""
    return [question(at, {f"q{(at - 1) // 2}": ["a", "b"] if at % 2 else ["c", "d"]} if at else None)
            for at in range(count)]  # fmt: skip


def roots(count: int, random: Random) -> list[Question]:
    """Eight questions decide, in pairs, about all others."""
    asked = [question(at) for at in range(8)]
    for at in range(8, count):
        first, second = random.sample(range(8), 2)
        tests = [{f"q{first}": random.sample(VALUES, 2)}, {f"q{second}": random.choice(VALUES)}]
        asked.append(question(at, {random.choice(["all", "any"]): tests}))
    return asked


def window(count: int, random: Random) -> list[Question]:
    """Each question depends on two of the eight before it."""
    asked = [question(0), question(1)]
    for at in range(2, count):
        near = random.sample(range(max(0, at - 8), at), 2)
        tests = [{f"q{other}": random.sample(VALUES, 3)} for other in near]
        asked.append(question(at, {random.choice(["all", "any"]) if at % 9 else "any": tests}))
    return asked


def anywhere(count: int, random: Random) -> list[Question]:
    """Half of the questions depend on two of all earlier ones, wherever they stand."""
    asked = [question(0), question(1)]
    for at in range(2, count):
        tests = [{f"q{other}": random.sample(VALUES, 2)} for other in random.sample(range(at), 2)]
        asked.append(question(at, {random.choice(["all", "any"]): tests} if at % 2 else None))
    return asked


def matrices(count: int, random: Random) -> list[Question]:
    """Matrices of eight rows; each shows after an answer to a row of the one before."""
    asked: list[Question] = []
    for at in range(max(count // 8, 1)):
        rows = [{"name": f"r{row}", "text": f"Row {row}", "dimension": DIMENSIONS[row % 4]} for row in range(8)]
        one = question(at, {f"q{at - 1}.r{at % 8}": ["b", "c"]} if at else None, type="matrix", rows=rows)
        asked.append({key: value for key, value in one.items() if key != "dimension"})
    return asked


def criteria(count: int, random: Random) -> list[Question]:
    """Every question measures one of eight criteria; half of them depend on another question."""
    asked: list[Question] = []
    for at in range(count):
        one = question(at, {f"q{random.randrange(at)}": random.sample(VALUES, 2)} if at % 2 else None,
                       criterion=f"c{at % CRITERIA}")  # fmt: skip
        for place, choice in enumerate(one["choices"]):
            choice["level"] = f"l{place}"
        asked.append(one)
    return asked


def signals(count: int, random: Random) -> list[Question]:
    """Every question emits one of twelve signals; a third of them depend on the one before."""
    asked: list[Question] = []
    for at in range(count):
        one = question(at, {f"q{at - 1}": ["c", "d"]} if at % 3 else None)
        one["choices"][-1] |= {"emits": f"s{at % SIGNALS}"}
        one["choices"][-2] |= {"flags": [f"f{at % 4}"]}
        asked.append(one)
    return asked


def mixed(count: int, random: Random) -> list[Question]:
    """A bit of everything: conditions near and far, criteria, signals, flags, matrices, several choices."""
    asked: list[Question] = [question(0), question(1)]
    for at in range(2, count):
        kind = at % 7
        near = [f"q{other}" for other in range(max(0, at - 6), at) if asked[other]["type"] == "single_choice"]
        condition = {random.choice(near): random.sample(VALUES, 2)} if near and kind in (2, 3, 5) else None
        one = question(at, condition)
        if kind == 1:
            one["criterion"] = f"c{at % CRITERIA}"
            for place, choice in enumerate(one["choices"]):
                choice["level"] = f"l{place}"
        if kind == 4:
            one["choices"][-1] |= {"emits": f"s{at % SIGNALS}", "flags": [f"f{at % 4}"]}
        if kind == 6:
            one |= {"type": "multiple_choice"}
        asked.append(one)
    return asked


SHAPES: dict[str, Shape] = {shape.__name__: shape for shape in
                            (chain, tree, roots, window, anywhere, matrices, criteria, signals, mixed)}  # fmt: skip


def branching(shape: str, count: int, seed: int = 1) -> Survey:
    questions = SHAPES[shape](count, Random(seed))
    pages = [{"name": f"page_{at}", "questions": questions[at : at + 10]} for at in range(0, len(questions), 10)]
    bands = [{"from": start, "text": "-"} for start in (0, 30, 60, 90)]
    last = questions[-1]["name"] + (".r0" if questions[-1]["type"] == "matrix" else "")
    raw = {
        "schema": "survey/1", "id": shape, "version": 1, "policy": "wide", "title": shape, "pages": pages,
        "dimensions": [{"name": name, "title": name, "weight": place + 1} for place, name in enumerate(DIMENSIONS)],
        "contact": {"fields": [{"name": "email", "type": "email", "required": True}]},
        "report": {"overall": bands, "dimensions": dict.fromkeys(DIMENSIONS, bands),
                   "blocks": {name: {"text": name} for name in ("talk", "read", "wait")},
                   "next_step": [{"when": {"stage": "sql_ready"}, "block": "talk"},
                                 {"when": {last: "d"}, "block": "read"}, {"block": "wait"}]},
    }  # fmt: skip
    value, problems = survey.read(raw)
    assert value is not None, [*map(str, problems)]
    return value


def wide(rules: int = 4) -> Policy:
    """A policy with `rules` rules of each kind."""
    levels = {f"l{place}": 3 * place for place in range(4)}
    names = [f"c{at}" for at in range(CRITERIA)]
    signal_rules = {f"s{at}": {"points": 5 + at, "group": f"g{at % 4}", "window": "P30D",
                               "strength": "strong" if at % 3 == 0 else "weak",
                               **({"strong_at": {"count": 2}} if at % 3 == 1 else {})}
                    for at in range(SIGNALS)}  # fmt: skip
    checks = [{f"c{at % CRITERIA}": [f"l{1 + at % 3}", "l3"]} if at % 2 else {"strong_signals": {"gte": 1 + at % 3}}
              for at in range(rules)]  # fmt: skip
    raw = {
        "schema": "policy/1", "id": "wide", "version": 1,
        "fit": {"max": 60, "grades": {"A": 40, "B": 20, "C": 0},
                "criteria": {name: {"levels": levels, "icp": ["l3"]} for name in names[:6]},
                "completeness": {"minimum": "60%", "of": names[:6]}},
        "intent": {"max": 100, "ranks": {1: 40, 2: 20, 3: 0}, "groups": {f"g{at}": 20 + at for at in range(4)},
                   "signals": {**signal_rules, "survey_completed": {"points": 10, "count": "once", "window": "P30D"}}},
        "timing": {"max": 20, "levels": {"hot": 15, "warm": 5, "cold": 0},
                   "criteria": {name: {"levels": levels} for name in names[6:]}, "not_now": {"lasts": "P6M"}},
        "mql": {"threshold": 45, "min_fit": 20, "immediate_on": ["s1"], "total_of": ["fit", "intent"]},
        "sql": {"require": {"fit_grade": "B"}, "mode": "assisted", "max_unchecked": 1},
        "disqualify": [{"when": {"all": [{"flag": f"f{at % 4}"}, {f"c{at % CRITERIA}": "l0"}]}, "reason": f"no_{at}"}
                       for at in range(rules)],
        "divert": [{"when": {"all": [{"signal": f"s{at % SIGNALS}"}, {"fit": {"lt": at}}]}, "to": "partner_team"}
                   for at in range(rules)],
        "checklist": [{"id": f"B-{at}", "text": "-", "check": check} for at, check in enumerate(checks)],
        "routing": {"default_queue": {"name": "inbound"}, "pools": {"all": [{"rep": "lena"}]},
                    "rules": [{"id": f"r{at}", "assign": {"pool": "all"},
                               "when": {"all": [{f"c{at % CRITERIA}": f"l{at % 4}"}, {"intent": {"gte": 5 * at % 60}}]}}
                              for at in range(rules)]},
        "sla": {"first_contact": [{"when": {"hand_raise": True}, "within": "1bh"}, {"within": "4bh"}]},
        "calendars": {"default": {"timezone": "Europe/Paris", "hours": {"mon-fri": "09:00-18:00"}}},
        "reps": [{"id": "lena", "name": "Lena", "email": "lena@nordlicht.example", "role": "manager"}],
    }  # fmt: skip
    value, problems = policy.read(raw)
    assert value is not None, [*map(str, problems)]
    return value
