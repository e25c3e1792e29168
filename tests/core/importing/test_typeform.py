"""Corners of Typeform that the examples do not have, and the paths that its jumps make."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from questionnaire.core.base import conditions
from questionnaire.core.importing.scope import NotWritable
from questionnaire.core.importing.typeform import paths
from tests.core.importing.small_sources import codes, questions, said, typeform

FIELDS: list[dict[str, Any]] = [
    {"ref": f"q{at}", "title": f"Question {at}", "type": "multiple_choice", "validations": {"required": True},
     "properties": {"choices": [{"ref": letter, "label": letter.upper()} for letter in "abc"]}}
    for at in range(1, 6)
]  # fmt: skip


def choice(field: str, value: str, sign: str = "is") -> dict[str, Any]:
    return {"op": sign, "vars": [{"type": "field", "value": field}, {"type": "choice", "value": value}]}


def jump(to: str, condition: dict[str, Any], kind: str = "field") -> dict[str, Any]:
    return {"action": "jump", "details": {"to": {"type": kind, "value": to}}, "condition": condition}


def logic(**actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "field", "ref": ref, "actions": list(found)} for ref, found in actions.items()]


LOGIC = {
    "one skip": logic(q1=[jump("q3", choice("q1", "a"))]),
    "two ways that meet again": logic(q1=[jump("q4", choice("q1", "a"))], q2=[jump("q4", choice("q2", "b"))]),
    "three ways": logic(q1=[jump("q3", choice("q1", "a")), jump("q5", choice("q1", "b"))]),
    "always": logic(q1=[jump("q3", choice("q1", "a", "is_not")), jump("q4", {"op": "always", "vars": []})]),
    "and, or": logic(q2=[jump("q5", {"op": "or", "vars": [
        {"op": "and", "vars": [choice("q1", "a"), choice("q2", "a")]}, choice("q2", "c")]})]),
    "chains": logic(q1=[jump("q3", choice("q1", "a"))], q3=[jump("q5", choice("q3", "b"))],
                    q4=[jump("q5", choice("q1", "c"))]),
}  # fmt: skip


def truth(condition: dict[str, Any], answers: dict[str, str]) -> bool:
    if condition["op"] == "always":
        return True
    if condition["op"] in ("and", "or"):
        return (all if condition["op"] == "and" else any)(truth(part, answers) for part in condition["vars"])
    equal = answers.get(condition["vars"][0]["value"]) == condition["vars"][1]["value"]
    return equal is (condition["op"] == "is")


def followed(rules: list[dict[str, Any]], given: dict[str, str]) -> list[str]:
    """The fields that Typeform asks, one after the other."""
    asked, at, answers = list[str](), 0, dict[str, str]()
    while at < len(FIELDS):
        ref = FIELDS[at]["ref"]
        asked.append(ref)
        answers[ref] = given[ref]
        actions = next((rule["actions"] for rule in rules if rule["ref"] == ref), list[dict[str, Any]]())
        taken = next((action for action in actions if truth(action["condition"], answers)), None)
        at = int(taken["details"]["to"]["value"][1:]) - 1 if taken else at + 1
    return asked


@pytest.mark.parametrize("rules", LOGIC.values(), ids=LOGIC)
def test_every_way_through_a_form_is_the_way_through_the_draft(rules: list[dict[str, Any]]) -> None:
    document = typeform(*FIELDS, logic=rules).document
    assert document is not None
    wrong = []
    for values in itertools.product("abc", repeat=len(FIELDS)):
        given = dict(zip((field["ref"] for field in FIELDS), values, strict=True))
        facts: dict[str, str] = {}
        for page in document["pages"]:
            parsed, _ = conditions.parse(page["show_if"]) if "show_if" in page else (conditions.ALWAYS, ())
            if parsed is not None and conditions.evaluate(parsed, facts) is True:
                facts |= {question["name"]: given[question["name"]] for question in page["questions"]}
        if list(facts) != followed(rules, given):
            wrong.append(f"{values}: {list(facts)}, not {followed(rules, given)}")
    assert not wrong, wrong[:5]


def test_what_cannot_be_asked_is_noted() -> None:
    imported = typeform(
        FIELDS[0],
        {"ref": "none", "title": "No choices", "type": "dropdown"},
        {"ref": "grid", "title": "No rows", "type": "matrix"},
        {
            "ref": "pic",
            "title": "With a picture",
            "type": "short_text",
            "attachment": {"href": "https://example.com/a.png"},
        },
        {"ref": "same", "title": "Same ends", "type": "number", "validations": {"min_value": 3, "max_value": 3}},
        thankyou_screens=[
            {"ref": "bye", "title": "Bye", "properties": {"redirect_url": "app://x"}, "attachment": {"href": "b.png"}}
        ],
        welcome_screens=[{"title": "Hello"}],
    )
    assert codes(imported).count("choice_missing") == 2
    assert codes(imported).count("picture_left_out") == 2
    assert "app://x" in said(imported)
    assert questions(imported)["same"] == {"name": "same", "type": "number", "title": "Same ends", "min": 3}


def test_jumps_on_later_answers_and_to_pages_that_are_missing() -> None:
    imported = typeform(
        *FIELDS[:3],
        logic=logic(q1=[jump("q3", choice("q2", "a")), jump("gone", choice("q1", "a"), "thankyou")]),
    )
    assert "jump_left_out" in codes(imported)
    assert imported.document is not None
    assert "endings" not in imported.document


def test_a_jump_that_everybody_takes_to_a_last_page_is_a_section_of_the_result() -> None:
    imported = typeform(
        *FIELDS[:2],
        logic=logic(q1=[jump("end", {"op": "always", "vars": []}, "thankyou")]),
        thankyou_screens=[{"ref": "end", "title": "The end"}],
    )
    assert imported.document is not None
    assert imported.document["report"]["content_blocks"][0]["text"] == "The end"


def test_the_logic_of_a_group_follows_its_last_field() -> None:
    group = {"ref": "g", "title": "Group", "type": "group", "properties": {"fields": FIELDS[:1]}}
    imported = typeform(group, *FIELDS[1:3], logic=logic(g=[jump("q3", choice("q1", "a"))]))
    assert imported.document is not None
    assert [page.get("show_if") for page in imported.document["pages"]] == [None, {"q1": {"ne": "a"}}, None]


def test_logic_that_is_too_large_is_left_out_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MOST_NODES", 2)
    imported = typeform(*FIELDS, logic=LOGIC["two ways that meet again"])
    assert "jump_left_out" in codes(imported)
    assert len(questions(imported)) == 5
    diagram = paths.Diagram([paths.DiagramQuestion("a", ("x", "y"))])
    with pytest.raises(NotWritable):
        [diagram.member(0, frozenset(values)) for values in (("x",), ("y",))]


def score(condition: dict[str, Any], variable: str = "score", points: int = 2) -> dict[str, Any]:
    details = {"target": {"type": "variable", "value": variable}, "value": {"type": "constant", "value": points}}
    return {"action": "add", "details": details, "condition": condition}


def test_points_that_no_single_choice_gets_are_left_out() -> None:
    number = {"ref": "n", "title": "N", "type": "number"}
    rule = {"op": "greater_than", "vars": [{"type": "field", "value": "n"}, {"type": "constant", "value": 3}]}
    equal = {"op": "equal", "vars": [{"type": "field", "value": "n"}, {"type": "constant", "value": 3}]}
    begins = {"op": "begins_with", "vars": [{"type": "field", "value": "n"}, {"type": "constant", "value": 3}]}
    imported = typeform(
        *FIELDS[:2], number,
        logic=logic(n=[score(rule), score(equal), score(begins)],
                    q2=[score(choice("q1", "a")), score(choice("q2", "z"))]),
    )  # fmt: skip
    assert codes(imported).count("score_left_out") == 5
    assert imported.document is not None
    assert "dimensions" not in imported.document
