"""Every key of a policy has its place in the editor, and a form that is sent as it came loses nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from questionnaire.core import policy as policies
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.commands import Command, command_edits
from questionnaire.core.editing.form_edits import form_edits
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import find, has, read_path
from questionnaire.core.editing.typed_values import FormValue
from questionnaire.templating import words_for
from questionnaire.web.builder.form_fields import FieldMaker, read_field
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.policy_blocks import PolicyForm, conditions_of, fields_of, tables_of
from questionnaire.web.builder.policy_fields import PolicyFields
from questionnaire.web.builder.policy_view import FORMS
from tests.authored import authored_file
from tests.conventions.policy_keys import keys
from tests.conventions.test_policies_page import EXAMPLES
from tests.core.authoring import merged, notation

WRITTEN_BY_THE_PRODUCT = {"schema", "id", "version", "signed_by"}
"""The name of the policy, and what each version has of its own."""
KNOWN = {key for key, _required in keys()}
FIXED = {
    "fit.grades.C": "always 0",
    "intent.ranks.3": "always 0",
    "timing.levels.cold": "always 0",
    "fit.criteria.*.titles.extends": "always the product’s table",
    "timing.criteria.*.titles.extends": "always the product’s table",
    "rejection_reasons[].then.do": "chosen with `then`",
    "rejection_reasons[].then.nurture": "chosen with `then`",
    "rejection_reasons[].then.divert": "chosen with `then`",
    "rejection_reasons[].then.set": "chosen with `then`",
    "routing.rules[].assign.pool": "chosen with `assign`",
    "routing.rules[].assign.rep": "chosen with `assign`",
    "routing.rules[].assign.owner": "chosen with `assign`",
}


def rich() -> dict[str, Any]:
    """A policy with every key that the reference of policies shows."""
    whole: dict[str, Any] = notation(EXAMPLES[0])
    for example in EXAMPLES[1:]:
        whole = merged(whole, notation(example))
    titles = {"extends": "default", "vp": ["Head of Everything"]}
    criterion = {"title": "Role", "titles": titles, "levels": {"vp": 5}, "bands": {"vp": [1, None]}}
    whole["timing"]["criteria"]["role"] = {**criterion, "countries": {"vp": ["FR"]}, "icp": ["vp"]}
    return whole


def forms(document: Mapping[str, Any]) -> list[PolicyForm]:
    policy, problems = policies.read(document)
    assert policy is not None, problems
    fields = PolicyFields(FieldMaker(Choosable(document, policy, words_for("en"), "en")))
    return [form(policy, fields) for form in FORMS.values()]


@pytest.fixture(scope="module")
def rich_forms() -> tuple[dict[str, Any], list[PolicyForm]]:
    """A policy with every key, and the forms of all its parts."""
    document = rich()
    return document, forms(document)


def pattern(document: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    """`routing/rules/dach/when` -> `routing.rules[].when`, as the reference names keys."""
    text = ""
    for depth, step in enumerate(path):
        holder: Any = find(document, path[:depth]) if depth and has(document, path[:depth]) else document
        plain = f"{text}.{step}".lstrip(".")
        text = f"{text}[]" if isinstance(holder, list) else plain if plain in KNOWN or not depth else f"{text}.*"
    return text


def test_every_key_has_a_place_in_the_editor(rich_forms: tuple[dict[str, Any], list[PolicyForm]]) -> None:
    document, every = rich_forms
    paths = [read.path for form in every for field in fields_of(form) if (read := read_field(field.name, ""))]
    paths += [read_path(condition.path) for form in every for condition in conditions_of(form)]
    paths += [read_path(place) for form in every for table in tables_of(form) for place, _label in table.options]
    found = {pattern(document, path) for path in paths}
    of_segments = {f"segments[].{key}" for key in {one.partition(".")[0].partition("[")[0] for one in found}}
    found |= of_segments
    missing = [
        key
        for key, _required in keys()
        if key.partition("[")[0] not in WRITTEN_BY_THE_PRODUCT
        and key not in FIXED
        and not any(one == key or re.match(rf"{re.escape(key)}(\.|\[)", one) for one in found)
    ]
    assert missing == [], "give each a field in web/builder/policy_*_form.py, or say here why it needs none"


def test_forms_sent_as_they_came_change_nothing(rich_forms: tuple[dict[str, Any], list[PolicyForm]]) -> None:
    document, every = rich_forms
    for form in every:
        values = [read for field in fields_of(form) if (read := read_field(field.name, field.value))]
        assert form_edits(document, values, languages_of(document)) == ()


def typed(document: dict[str, Any], path: str, reading: str, text: str) -> Any:
    value = FormValue(read_path(path), reading, text)
    return apply_all(document, form_edits(document, [value], ("en",))).document


def test_a_level_gets_words_and_numbers_and_keeps_its_points() -> None:
    document = typed(authored_file("policies/default.yaml"), "fit/criteria/zone/levels/core/phrase", "text", "in reach")
    assert find(document, read_path("fit/criteria/zone/levels/core")) == {"points": 5, "phrase": "in reach"}
    document = typed(document, "fit/criteria/zone/bands/core", "range", "10–49")
    assert find(document, read_path("fit/criteria/zone/bands")) == {"core": [10, 49]}
    document = typed(document, "fit/criteria/zone/bands/core", "range", "1001-")
    assert find(document, read_path("fit/criteria/zone/bands")) == {"core": [1001, None]}
    assert "bands" not in typed(document, "fit/criteria/zone/bands/core", "range", "")["fit"]["criteria"]["zone"]


def done(document: dict[str, Any], verb: str, path: str, argument: str = "") -> Any:
    return apply_all(document, command_edits(document, Command(verb, read_path(path), argument))).document


def test_a_segment_is_made_and_gets_values_of_its_own_in_fields() -> None:
    document = done(authored_file("policies/default.yaml"), "name", "segments", "Enterprise")
    document = done(document, "differ", "segments/enterprise", "mql/threshold")
    document = done(document, "differ", "segments/enterprise", "sla/first_contact")
    document = typed(document, "segments/enterprise/mql/threshold", "whole_number", "60")
    document = done(document, "add", "segments/enterprise/sla/first_contact")
    (segment,) = document["segments"]
    assert (segment["title"], segment["mql"]) == ("Enterprise", {"threshold": 60})
    assert segment["sla"]["first_contact"][0] == {"when": {"hand_raise": True}, "within": "4bh"}
    tables = [table for form in forms(document) for table in tables_of(form)]
    assert {"Enterprise: what differs", "Enterprise: First contact, first match decides"} <= {
        one.title for one in tables
    }
    (row,) = next(table for table in tables if table.title == "Enterprise: what differs").rows
    assert (row.title, row.note) == ("Thresholds, MQL, least total", "50 in the policy")
    assert (row.cells[0].name, row.cells[0].value) == ("whole_number! segments/enterprise/mql/threshold", "60")
