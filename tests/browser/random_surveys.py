"""Surveys and answers nobody would write, made by chance from a number: every type, branches upon branches.

What is typed is what a form would send: name -> texts. Addresses and telephone numbers are well written or left out:
one that cannot be read never gets as far as a branch, since nobody gets past its page.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

CHOICES = ("a", "b", "10", "3", "other")
NUMBERS = ("3", "10", "2.5", "2,5", "-4", " 7 ", "1,200", "1 200", "much", "0", "40", "1e3", "")
TEXTS = ("a", "10", "soon", "  two  words ", "", "Ünïcode", "B")
SCALARS: tuple[Any, ...] = (
    "a",
    "b",
    "10",
    10,
    3,
    2.5,
    0,
    "soon",
    "two words",
    True,
    False,
    "yes",
    "DE",
    "Z",
    "2026-05-01",
)
TYPES = (
    "single_choice", "dropdown", "multiple_choice", "yes_no", "scale", "rating", "nps", "slider", "number", "text",
    "long_text", "url", "email", "phone", "date", "country", "matrix", "ranking", "consent", "statement",
)  # fmt: skip
MORE: dict[str, dict[str, Any]] = {
    "scale": {"from": 1, "to": 5},
    "rating": {"to": 5},
    "slider": {"min": 0, "max": 10, "step": 1},
    "number": {"min": -5, "max": 1000, "step": 0.5},
    "ranking": {"top": 2},
    "matrix": {"rows": [{"name": "x", "text": "X"}, {"name": "y", "text": "Y"}]},
}
CHOOSING = ("single_choice", "dropdown", "multiple_choice", "matrix", "ranking")


def random_survey(number: int, *, parts: bool = False) -> dict[str, Any]:
    """A survey in the author's notation, as plain mappings; all of it on one page. With `parts` also pages, choices and
    rows under conditions, and endings."""
    survey = _plain_survey(number)
    survey = _with_parts(Random(number), survey) if parts else survey
    return _with_contact(Random(-number), survey) if parts and number % 2 else survey


def _with_contact(chance: Random, survey: dict[str, Any]) -> dict[str, Any]:
    """With a contact step whose fields and consents show under conditions on questions and earlier fields."""
    names = _names([one for page in survey["pages"] for one in page["questions"]])
    if not names:
        return survey
    fields = [
        {"name": "colleague", "type": "yes_no", "show_if": _condition(chance, names, 1)},
        {"name": "role", "type": "text", "show_if": {"colleague": chance.choice(("yes", "no"))}},
    ]
    consents = [
        {"name": name, "basis": "consent", "required": True, "text": "May we?", "show_if": _condition(chance, known, 1)}
        for name, known in (("news", names), ("law", [*names, "colleague"]))
    ]
    display = {**survey["display"], "gate": "before_result"}
    return {**survey, "display": display, "contact": {"fields": fields, "consents": consents}}


def _with_parts(chance: Random, survey: dict[str, Any]) -> dict[str, Any]:
    questions = survey["pages"][0]["questions"]
    for nth, one in enumerate(questions):
        names = _names(questions[:nth])
        # Three choices always show, so that `min` and `top` can be kept.
        for part in (*one.get("choices", ())[3:], *one.get("rows", ())) if names else ():
            if chance.random() < 0.5:
                part["show_if"] = _condition(chance, names, 1)
        if names and one["type"] == "single_choice" and chance.random() < 0.4:
            one["choices"] = [{**choice, "show_if": _condition(chance, names, 2)} for choice in one["choices"]]
    pages: list[dict[str, Any]] = []
    rest = list(questions)
    while rest:
        count, before = chance.randint(1, 4), questions[: len(questions) - len(rest)]
        page: dict[str, Any] = {"name": f"p{len(pages)}", "questions": rest[:count]}
        if before and chance.random() < 0.4:
            page["show_if"] = _condition(chance, _names(before), 1)
        pages, rest = [*pages, page], rest[count:]
    names = _names(questions)
    endings = [
        {"name": f"e{nth}", "when": _condition(chance, names, 0), "title": "Thank you"}
        for nth in range(chance.choice((0, 1, 2)) if names else 0)
    ]
    mode = chance.choice(("by_page", "by_page", "single_page", "one_per_screen"))
    return {**survey, "display": {"mode": mode, "gate": "none"}, "pages": pages, "endings": endings}


def _plain_survey(number: int) -> dict[str, Any]:
    chance = Random(number)
    questions: list[dict[str, Any]] = []
    for nth in range(chance.randint(2, 9)):
        kind = chance.choice(TYPES)
        one: dict[str, Any] = {"name": f"q{nth}", "type": kind, "title": f"Question {nth}"} | deepcopy(
            MORE.get(kind, {})
        )
        if kind in CHOOSING:
            one["choices"] = [{"value": value, "text": value.upper()} for value in CHOICES]
        if kind == "multiple_choice":
            one |= chance.choice(({}, {"min": 2}, {"max": 2}, {"min": 1, "max": 3}))
            one["choices"][-1] |= {"exclusive": True}
        names = _names(questions)
        if names and chance.random() < 0.75:
            one["show_if"] = _condition(chance, names, 0)
        one["required"] = kind != "statement" and chance.random() < 0.5
        questions.append({key: value for key, value in one.items() if value is not False})
    return {
        "schema": "survey/1", "id": "by-chance", "version": 1, "policy": "plain", "title": "By chance",
        "display": {"mode": "single_page", "gate": "none"}, "hidden_fields": [{"name": "utm_source"}],
        "pages": [{"name": "only", "questions": questions}],
    }  # fmt: skip


def _names(questions: list[dict[str, Any]]) -> list[str]:
    names = ["utm_source"] if questions else []
    for one in questions:
        if one["type"] == "matrix":
            names += [f"{one['name']}.{row['name']}" for row in one["rows"]]
        elif one["type"] != "statement":
            names.append(one["name"])
    return names


def _condition(chance: Random, names: list[str], depth: int) -> dict[str, Any]:
    kind = chance.random()
    if depth < 3 and kind < 0.15:
        return {"not": _condition(chance, names, depth + 1)}
    if depth < 3 and kind < 0.4:
        joint = chance.choice(("all", "any"))
        return {joint: [_condition(chance, names, depth + 1) for _ in range(chance.randint(1, 3))]}
    return {name: _wanted(chance) for name in chance.sample(names, min(len(names), chance.choice((1, 1, 1, 2))))}


def _wanted(chance: Random) -> Any:
    kind = chance.choice(("scalar", "list", "known", "order", "order", "ne", "not_in"))
    if kind == "scalar":
        return chance.choice(SCALARS)
    if kind == "list":
        return chance.sample(SCALARS, 3)
    if kind == "known":
        return {"known": chance.random() < 0.6}
    if kind == "order":
        bounds = [value for value in SCALARS if not isinstance(value, bool)]
        return {chance.choice(("lt", "lte", "gt", "gte")): chance.choice(bounds)}
    return {"ne": chance.choice(SCALARS)} if kind == "ne" else {"not_in": chance.sample(SCALARS, 2)}


def random_answers(number: int, survey: dict[str, Any]) -> dict[str, list[str]]:
    """What somebody types into it; about a third of the questions stay empty."""
    chance = Random(number)
    typed: dict[str, list[str]] = {}
    for one in (question for page in survey["pages"] for question in page["questions"]):
        for name in _names([one])[1:]:
            if chance.random() < 0.7:
                typed[name] = _typed(chance, one)
    if "contact" in survey and chance.random() < 0.7:
        typed["colleague"] = [chance.choice(("yes", "no"))]
    return {name: values for name, values in typed.items() if any(values)}


def _typed(chance: Random, one: dict[str, Any]) -> list[str]:
    kind = one["type"]
    if kind == "multiple_choice":
        # A browser lets nobody tick the exclusive one beside others.
        return ["other"] if chance.random() < 0.2 else sorted(chance.sample(CHOICES[:-1], chance.randint(0, 3)))
    if kind == "ranking":
        return [chance.choice((*CHOICES, "")) for _ in range(2)]
    values: dict[str, tuple[str, ...]] = {
        "yes_no": ("yes", "no"),
        "scale": tuple("12345"),
        "rating": tuple("12345"),
        "nps": tuple(map(str, range(11))),
        "slider": tuple(map(str, range(11))),
        "number": NUMBERS,
        "text": TEXTS,
        "long_text": TEXTS,
        "url": ("https://www.nordwind.example/x", ""),
        "email": ("anna@nordwind.example", ""),
        "phone": ("+49 30 901820", ""),
        "date": ("2026-05-01", "2027-01-31", ""),
        "country": ("DE", "FR", ""),
        "consent": ("yes",),
    }
    return [chance.choice(values.get(kind, CHOICES))]
