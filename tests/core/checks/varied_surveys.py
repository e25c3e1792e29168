"""Small random surveys with what the second edition of the language adds: parts that vary, endings, two pages."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.core.checks.small_surveys import LEVELS, a_condition, amount, names_of_a_policy, some, truth, word


def vary(random: Random, raw: dict[str, Any], tests_after: list[list[Any]], hidden: list[Any]) -> None:
    """Changes a raw survey. `tests_after[n]`: comparisons that may stand after `n` questions, `hidden`: anywhere."""
    questions: list[dict[str, Any]] = raw["pages"][0]["questions"]
    for number, question in enumerate(questions):
        if tests_after[number]:
            _vary_choices(random, question, tests_after[number])
    if some(random, 0.4):
        questions.append(_matrix(random, tests_after[-1]))
        tests_after.append([*tests_after[-1], word("rows.r1", ["p", "q"])])
    cut = random.randint(1, len(questions))
    pages = [{"name": "page", "questions": questions[:cut]}, {"name": "more", "questions": questions[cut:]}]
    raw["pages"] = [page for page in pages if page["questions"]]
    if len(raw["pages"]) > 1 and some(random, 0.5):
        raw["pages"][1]["show_if"] = a_condition(random, tests_after[cut])
    gate = random.choice(["before_result", "before_start"]) if raw["contact"] else "none"
    raw["display"] = {"mode": random.choice(["by_page", "one_per_screen", "single_page"]), "gate": gate}
    known = [*tests_after[-1]] if gate == "before_result" else [*hidden]
    fields = raw["contact"]["fields"] if raw["contact"] else []
    for field in fields:
        if known and some(random, 0.5):
            field["show_if"] = a_condition(random, known)
        if field["name"] == "branch":
            known.append(word("branch", LEVELS["sector"]))
    early = known if gate == "before_start" else []
    tests = [*tests_after[-1], *early]
    if some(random, 0.3):
        _calculate(random, raw, tests_after, tests)
    if some(random, 0.3):
        first, second = raw["dimensions"]
        third = {"name": "d3", "title": "d3", "weight": 2}
        top = {"name": "top", "title": "top", "weight": random.randint(1, 3)}
        below = random.choice([[[first], second, third], [[first, second], third], [[second, third], first]])
        raw["dimensions"] = [top | {"dimensions": below[0]}, *below[1:]]
        for question in questions:
            if question.get("dimension") == "d2" and some(random, 0.5):
                question["dimension"] = "d3"
    raw["languages"] = random.choice([["en"], ["en", "fr"]])
    count = random.choice([0, 1, 1, 2])
    raw["endings"] = [{"name": f"end_{at}", "title": "-", "when": a_condition(random, tests)} for at in range(count)]
    _vary_report(Random(str(raw)), raw, tests)


def _vary_report(random: Random, raw: dict[str, Any], tests: list[Any]) -> None:
    """Adds a next step and a content block for what a response brings along."""
    facts = [truth("hand_raise"), word("flag", ["competitor"]), word("email_kind", ["business", "free"])]
    names = [*tests, *names_of_a_response(), *names_of_a_response(), *facts]
    raw["report"]["next_step"].insert(0, {"when": a_condition(random, names), "block": "one"})
    raw["report"]["content_blocks"] = [
        {"id": f"block_{at}", "after": "summary", "text": "-", "when": a_condition(random, names)} for at in range(2)
    ]


def _calculate(random: Random, raw: dict[str, Any], tests_after: list[list[Any]], tests: list[Any]) -> None:
    """Adds a number, values calculated from it, a question that shows by one, and comparisons for endings."""
    number = {"name": "n", "type": "number", "title": "n", "min": 0, "max": 4, "step": 2}
    first, last = raw["pages"][0]["questions"], raw["pages"][-1]["questions"]
    first.insert(0, number | ({"required": True} if some(random, 0.5) else {}))
    formula = random.choice(["n * 3 - 2", "6 / n", "n * n - 2 * n"])
    raw["calculated"] = [
        {"name": "c1", "formula": formula, **({"criterion": "size"} if some(random, 0.4) else {})},
        {"name": "c2", "cases": [{"when": {"n": 2}, "formula": "7"}, {"formula": "c1 + score.d1"}]},
    ]
    test = amount("calculated.c1", [0, 3, 4, 8])
    last.append({"name": "late", "type": "single_choice", "title": "late", "dimension": "d1",
                 "choices": [{"value": "p", "text": "p", "maturity": 2, "show_if": test(random)},
                             {"value": "q", "text": "q", "maturity": 1}],
                 **({"show_if": test(random)} if some(random, 0.5) else {})})  # fmt: skip
    tests.append(random.choice([amount("n", [0, 3]), test]))


def _vary_choices(random: Random, question: dict[str, Any], tests: list[Any]) -> None:
    choices = question.get("choices", ())
    always = max(question.get("min", 0), 1 if question["type"] == "ranking" else 0)
    if question["type"] == "ranking":
        question["top"] = 1
    for choice in choices[always:]:
        if some(random, 0.4):
            choice["show_if"] = a_condition(random, tests)


def _matrix(random: Random, tests: list[Any]) -> dict[str, Any]:
    choices = [{"value": value, "text": value, "maturity": random.randint(0, 3)} for value in ("p", "q")]
    rows = [{"name": name, "text": name, "dimension": random.choice(["d1", "d2"])} for name in ("r1", "r2")]
    parts: list[dict[str, Any]] = [choices[1], *rows]
    for part in parts:
        if some(random, 0.5):
            part["show_if"] = a_condition(random, tests)
    return {"name": "rows", "type": "matrix", "title": "rows", "required": some(random, 0.5), "choices": choices,
            "rows": rows}  # fmt: skip


def vary_policy(random: Random, raw: dict[str, Any]) -> None:
    """Changes a raw policy: some points count against a lead, and some things last shorter or longer than others."""
    for axis in ("fit", "timing"):
        for criterion in raw[axis]["criteria"].values():
            for level in criterion["levels"]:
                if some(random, 0.25):
                    criterion["levels"][level] = random.choice([-10, -5])
    _vary_periods(Random(str(raw)), raw)
    signals = raw["intent"]["signals"]
    kinds: list[dict[str, Any]] = [{}, {"count": "once"}, {"max": 30}]
    if some(random, 0.5):
        signals["bounce"] |= {"points": random.choice([-20, -5]), **random.choice(kinds)}
    if some(random, 0.2):
        signals["visit"] |= {"points": -10}
    if some(random, 0.4):
        settled = ("fit", "timing", "intent", "total", "fit_grade", "label")
        tests = [one for one in (*names_of_a_policy(), *names_of_a_response()) if {*one(Random(0))}.isdisjoint(settled)]
        raw["segments"] = [_segment(random, f"s{at}", tests) for at in range(random.randint(1, 2))]


def _vary_periods(random: Random, raw: dict[str, Any]) -> None:
    """Changes how long levels, signals and a "not now" count."""
    for axis in ("fit", "timing"):
        for criterion in raw[axis]["criteria"].values():
            for level, points in criterion["levels"].items():
                if some(random, 0.3) and isinstance(points, int):
                    criterion["levels"][level] = {"points": points, "valid_for": random.choice(["P10D", "P3M", "P12M"])}
    for signal in raw["intent"]["signals"].values():
        if some(random, 0.3):
            signal["window"] = random.choice(["P5D", "P3M", "P1Y"])
        elif some(random, 0.2):
            del signal["window"]
            signal["decay"] = {"every": "P1M", "by": random.choice(["30%", "50%"])}
    raw["timing"]["not_now"]["lasts"] = random.choice(["P7D", "P6M"])


def _segment(random: Random, id: str, tests: list[Any]) -> dict[str, Any]:
    box = {"id": "S-1", "text": "-", "check": a_condition(random, tests)}
    size = {"criteria": {"size": {"levels": {random.choice("abc"): random.choice([-5, 0, 15])}}}}
    changes: list[dict[str, Any]] = [
        {"mql": {"threshold": random.choice([0, 10, 90])}}, {"fit": size}, {"sql": {"mode": "manual"}},
        {"checklist": [box]}, {"disqualify": [{"when": a_condition(random, tests), "reason": "no_s"}]},
    ]  # fmt: skip
    first, second = random.sample(changes, 2)
    return {"id": id, "when": a_condition(random, tests), **first, **second}


def names_of_a_response() -> list[Any]:
    """Comparisons of policy conditions with what a response brings along."""
    return [
        word("language", ["en", "fr"]), word("survey", ["small", "other"]), word("hidden.campaign", ["soon", "other"]),
        word("claim.campaign", ["soon", "other"]), word("campaign.source", ["linkedin", "mail"]),
        word("first_campaign.medium", ["cpc"]), amount("score.d1", [0, 40, 100]), amount("score.d2", [0, 60]),
        amount("calculated.c1", [0, 4, 10]), amount("calculated.c2", [7, 60, 110]),
    ]  # fmt: skip
