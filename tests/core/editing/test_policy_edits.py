"""Edits of a policy: what forms and buttons write, and that references follow."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.commands import Command, command_edits
from questionnaire.core.editing.edit import rename
from questionnaire.core.editing.form_edits import form_edits
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import EditError, find, read_path
from questionnaire.core.editing.typed_values import FormValue, range_typed
from tests.authored import authored_file


def policy() -> dict[str, Any]:
    document: dict[str, Any] = authored_file("policies/default.yaml")
    return document


def written(path: str, reading: str, typed: str, *, required: bool = False, above: bool = False) -> Any:
    """What stands at a place after someone typed this, or what stands above it."""
    document = policy()
    value = FormValue(read_path(path), reading, typed, required=required)
    new = apply_all(document, form_edits(document, [value], ("en",))).document
    try:
        return find(new, read_path(path)[:-1] if above else read_path(path))
    except EditError:
        return None


def after(verb: str, path: str, argument: str = "", document: Any = None) -> Any:
    start = policy() if document is None else document
    return apply_all(start, command_edits(start, Command(verb, read_path(path), argument))).document


def test_fields_of_a_policy_write_what_its_file_would_say() -> None:
    table = [
        ("mql/threshold", "whole_number", "65", 65),
        ("sql/require/fit_grade", "word", "B", "B"),
        ("rejection_reasons/no_budget/then", "pairs", "nurture P6M set not_now", {"nurture": "P6M", "set": "not_now"}),
        ("rejection_reasons/no_budget/then", "pairs", "disqualify", "disqualify"),
        ("routing/rules/dach/assign", "pairs", "rep lena", {"rep": "lena"}),
        ("fit/criteria/sector/icp", "picks", "listed\npriority\nother", ["priority", "listed", "other"]),
        ("fit/criteria/sector/icp", "picks", "", None),
        ("lists/blacklist", "words", "", []),
        ("lists/partners", "picks", "", []),
        ("fit/criteria/size/bands/core", "range", "50–499", [50, 499]),
        ("fit/criteria/size/bands/core", "range", "50–500", [50, 500]),
        ("fit/criteria/size/bands/core", "range", "-9", [None, 9]),
        ("fit/criteria/size/bands/core", "range", "7,5 - ", [7.5, None]),
        ("fit/criteria/size/bands/core", "range", "12", [12, 12]),
        ("fit/criteria/size/bands/core", "range", "many", "many"),
        ("fit/criteria/size/bands/core", "range", "", None),
        ("fit/criteria/sector/levels/listed/title", "text", "Listed", {"points": 5, "title": "Listed"}),
        ("fit/criteria/seniority/titles/vp", "words", "Wizard", {"extends": "default", "vp": ["Wizard"]}),
    ]
    whole = {"title", "vp"}
    wrong = [
        (row, found)
        for row in table
        if (found := written(*row[:3], above=row[0].rpartition("/")[2] in whole and isinstance(row[3], dict))) != row[3]
    ]
    assert wrong == []


def test_an_emptied_number_that_is_needed_is_kept_for_the_checks() -> None:
    assert written("mql/threshold", "whole_number", "", required=True) == ""
    assert written("mql/min_fit", "whole_number", "") is None
    assert written("fit/completeness/of/#0", "picks", "", required=True) == []
    assert written("fit/completeness/of/#0", "picks", "size", required=True) == "size"
    assert written("fit/completeness/of/#0", "picks", "size\nsector", required=True) == ["size", "sector"]


def test_a_range_is_shown_as_it_is_typed() -> None:
    shown = [range_typed(ends) for ends in ([1, 49], [50, None], [None, 9], None, "many")]
    assert shown == ["1–49", "50–", "–9", "", "many"]


def test_new_entries_get_a_name_and_a_start() -> None:
    table = [
        ("fit/criteria/size/levels", "Huge", "huge", {"points": 0, "title": "Huge"}),
        ("fit/criteria/size/levels", "huge", "huge", 0),
        ("fit/criteria", "Tool in use", "tool_in_use", {"title": "Tool in use", "levels": {"yes": 0, "no": 0}}),
        ("intent/signals", "Booth visit", "booth_visit", {"points": 0, "window": "P90D", "title": "Booth visit"}),
        ("intent/groups", "fairs", "fairs", 0),
        ("routing/pools", "iberia", "iberia", []),
        ("lists", "targets", "targets", []),
        ("calendars", "madrid", "madrid", {"timezone": "Europe/Paris", "hours": {"mon-fri": "09:00-18:00"}}),
        ("reps", "Ana Ruiz", "ana_ruiz", {"id": "ana_ruiz", "name": "Ana Ruiz", "email": ""}),
        ("calendars/default/hours", "sat", "sat", "09:00-13:00"),
        ("segments", "Big ones", "big-ones", {"id": "big-ones", "when": {"hand_raise": True}, "title": "Big ones"}),
        ("rejection_reasons", "No time", "no_time", {"code": "no_time", "then": {"nurture": "P3M"}}),
    ]
    wrong = []
    for path, typed, name, expected in table:
        found = find(after("name", path, typed), (*read_path(path), name))
        if found != expected:
            wrong.append((path, found))
    assert wrong == []
    with pytest.raises(EditError):
        after("name", "lists", "  ")


def test_a_policy_without_such_a_part_gets_it() -> None:
    bare = {key: value for key, value in policy().items() if key not in ("lists", "reps", "disqualify", "routing")}
    assert after("name", "lists", "targets", bare)["lists"] == {"targets": []}
    assert after("name", "reps", "Ana", bare)["reps"] == [{"id": "ana", "name": "Ana", "email": ""}]
    assert len(after("add", "disqualify", document=bare)["disqualify"]) == 1
    assert after("add", "routing/rules", document=bare)["routing"] == {
        "rules": [{"id": "rule", "assign": {"pool": ""}}]
    }


def test_new_rows_of_lists_are_readable() -> None:
    table = [
        ("routing/rules", {"id": "rule", "assign": {"pool": "healthcare"}}),
        ("routing/pools/dach", {"rep": "oliver"}),
        ("checklist", {"id": "ITEM", "text": "", "check": {"email_kind": "business"}}),
        ("disqualify", {"when": {"email_kind": "disposable"}, "reason": "invalid_contact"}),
        ("divert", {"when": {"domain_in": "partners"}, "to": "partner_team"}),
        ("sla/on_breach", {"notify": "manager"}),
        ("segments", {}),
    ]
    start = {**policy(), "segments": []}
    wrong = [
        (path, found)
        for path, row in table
        if (found := find(after("add", path, "", start), read_path(path))[-1]) != row
    ]
    assert wrong == []
    terms = after("add", "sla/first_contact")["sla"]["first_contact"]
    assert terms[0] == {"when": {"hand_raise": True}, "within": "4bh"}, "the last term is for everyone else"
    assert after("add", "routing/pools/dach", "", {**start, "reps": []})["routing"]["pools"]["dach"][-1] == {"rep": ""}


def test_what_must_be_known_begins_with_a_criterion_that_is_missing() -> None:
    some = {"schema": "policy/1", "fit": {"criteria": {"size": {}, "zone": {}}, "completeness": {"of": [["size"]]}}}
    assert after("add", "fit/completeness/of", document=some)["fit"]["completeness"]["of"] == [["size"], "zone"]
    bare = {"schema": "policy/1", "fit": {"criteria": {"size": {}}, "completeness": {"of": ["size"]}}}
    assert after("add", "fit/completeness/of", document=bare)["fit"]["completeness"]["of"] == ["size", "size"]
    none = {"schema": "policy/1", "fit": {"completeness": {}}}
    assert after("add", "fit/completeness/of", document=none)["fit"]["completeness"]["of"] == [""]


def test_a_segment_gets_a_value_or_a_list_of_its_own() -> None:
    start = after("name", "segments", "Big")
    own = after("differ", "segments/big", "sla/first_contact", after("differ", "segments/big", "mql/threshold", start))
    assert own["segments"][0]["mql"] == {"threshold": 50}
    assert own["segments"][0]["sla"] == {"first_contact": policy()["sla"]["first_contact"]}
    more = after("add", "segments/big/sla/first_contact", document=own)["segments"][0]["sla"]["first_contact"]
    assert more[0] == {"when": {"hand_raise": True}, "within": "4bh"}
    for nothing in ("", "mql/gone"):
        with pytest.raises(EditError):
            after("differ", "segments/big", nothing, start)


def test_a_renamed_pool_or_level_is_renamed_where_it_is_used() -> None:
    document = policy()
    new = apply_all(document, (rename(("routing", "pools", "dach"), "alps"),)).document
    assert find(new, ("routing", "rules", "dach", "assign")) == {"pool": "alps"}
    new = apply_all(document, (rename(("fit", "criteria", "size", "levels", "large"), "huge"),)).document
    assert find(new, ("sql", "review_if")) == {"size": ["stretch", "huge"]}


def test_what_is_used_elsewhere_is_not_removed_unawares() -> None:
    with pytest.raises(EditError) as refused:
        after("remove", "routing/pools/dach")
    assert refused.value.problem.code == "still_used"
    assert "dach" not in after("remove", "routing/pools/dach", "anyway")["routing"]["pools"]


def test_the_languages_of_a_policy_are_those_of_its_texts() -> None:
    assert languages_of(policy()) == ("en",)
    box = {"id": "X", "text": {"en": "One", "fr": "Un"}, "check": {}}
    assert languages_of({"schema": "policy/1", "checklist": [box, "odd"]}) == ("en", "fr")
