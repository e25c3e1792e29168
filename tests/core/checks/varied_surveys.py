"""Small random surveys with what the second edition of the language adds: parts that vary, endings, two pages."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.core.checks.small_surveys import LEVELS, a_condition, some, word


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
    count = random.choice([0, 1, 1, 2])
    raw["endings"] = [{"name": f"end_{at}", "title": "-", "when": a_condition(random, tests)} for at in range(count)]


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
    """Changes a raw policy: some points count against a lead."""
    for axis in ("fit", "timing"):
        for criterion in raw[axis]["criteria"].values():
            for level in criterion["levels"]:
                if some(random, 0.25):
                    criterion["levels"][level] = random.choice([-10, -5])
    signals = raw["intent"]["signals"]
    kinds: list[dict[str, Any]] = [{}, {"count": "once"}, {"max": 30}]
    if some(random, 0.5):
        signals["bounce"] |= {"points": random.choice([-20, -5]), **random.choice(kinds)}
    if some(random, 0.2):
        signals["visit"] |= {"points": -10}
