"""Conditions in the builder: groups in groups, moved and mended with forms alone, and nothing of them is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.editing.paths import find, has, read_path
from questionnaire.templating import new_environment
from questionnaire.web.builder.condition_edits import condition_edits, pressed_edits
from questionnaire.web.builder.form_fields import FieldMaker
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.survey_condition_form import condition_form
from tests.core.editing.test_condition_groups import CONDITIONS
from tests.web.builder.draft_form import _Form, send
from tests.web.client import PEOPLE, SLUG, Clock, csrf

QUESTION = "pages/practice/questions/scoring"
AT = f"/desk/surveys/{SLUG}/draft?at={QUESTION}"
RULE = f"{QUESTION}/show_if"
MO = PEOPLE["marketing"][0]


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock) -> FlaskClient:
    drafts.open_from_version(toolbox, "survey", SLUG, MO, clock())
    return as_role("marketing")


def condition(toolbox: Toolbox) -> Any:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return find(draft.document, read_path(RULE)) if has(draft.document, read_path(RULE)) else None


def change(client: FlaskClient, do: str = "save", **typed: str) -> TestResponse:
    fields = {name: text for name, text in typed.items() if name}
    saved = send(client, client.get(AT), do if do == "save" else f"rule {do} {RULE}", **fields)
    assert saved.status_code == 303, html.unescape(saved.text)
    return client.get(AT)


def test_a_nested_condition_is_put_together_and_read_aloud(client: FlaskClient, toolbox: Toolbox) -> None:
    change(client, **{f"rule add {RULE}": "industry"})
    change(client, **{f"rule 0.op {RULE}": "in", f"rule 0.value {RULE}": "saas"})
    page = change(client, "group:")
    assert "A condition is missing here." in page.text
    assert condition(toolbox) == {"industry": "saas", "any": []}
    change(client, **{f"rule 1.add {RULE}": "definitions"})
    page = change(client, **{f"rule 1.add {RULE}": "industry", f"rule 1.joint {RULE}": "none"})
    assert "A condition is missing here." not in page.text
    assert condition(toolbox) == {
        "industry": "saas", "not": {"any": [{"definitions": {"known": True}}, {"industry": {"known": True}}]},
    }  # fmt: skip
    shown = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.text)))
    assert "if all of these hold" in shown
    assert re.search(r"and How many of the conditions have to hold all of these hold", shown)
    assert "or Industry" in shown
    offered = re.findall(rf'name="rule 1\.add {RULE}".*?</select>', page.text, re.S)[0]
    assert 'value="feedback"' not in offered


def test_a_row_moves_into_a_group_and_out_of_it_and_a_group_goes_with_its_last_row(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    change(client, **{f"rule add {RULE}": "industry"})
    change(client, **{f"rule add {RULE}": "definitions"})
    known = {"known": True}
    change(client, "in:1")
    assert condition(toolbox) == {"industry": known, "any": [{"definitions": known}]}
    change(client, "to:0>1")
    assert condition(toolbox) == {"all": [{"any": [{"definitions": known}, {"industry": known}]}]}
    change(client, "out:0.1")
    assert condition(toolbox) == {"any": [{"definitions": known}], "industry": known}
    change(client, "0.0")
    assert condition(toolbox) == {"industry": known}
    change(client, "odd:0")
    assert condition(toolbox) == {"industry": known}
    change(client, "0")
    assert condition(toolbox) is None


def test_a_mistake_stands_beside_its_row_in_a_group(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    raw = {"any": [{"industry": "saas"}, {"all": [{"industry": "gone"}, {"definitions": {"known": True}}]}]}
    drafts.edit(toolbox, draft.id, draft.revision, [{"edit": "set", "path": RULE, "value": raw}], MO, clock())
    page = client.get(AT).text
    row = re.search(r'<fieldset class="rule" data-rule="1\.0".*?</fieldset>', page, re.S)
    other = re.search(r'<fieldset class="rule" data-rule="0".*?</fieldset>', page, re.S)
    assert row
    assert other
    assert "“gone” is no answer to" in html.unescape(row[0])
    assert 'value="gone" checked' in row[0]
    assert "note" not in other[0]


MACROS: Any = new_environment("en").get_template("builder/fields.html").module


def posted(document: dict[str, Any]) -> list[tuple[str, str]]:
    """What a browser sends of the condition as the page shows it."""
    choosable = Choosable(document, None, ENGLISH, "en")
    page = MACROS.condition(condition_form(choosable, ("pages", 0, "show_if"), FieldMaker(choosable)))
    form = _Form("form")
    form.feed(f'<form id="form">{page}</form>')
    return form.sent


@settings(max_examples=40)
@given(raw=CONDITIONS, typed=st.sampled_from(("x, y", " x", "1,5", "")))
def test_what_the_form_of_a_condition_sends_back_is_that_condition(raw: Any, typed: str) -> None:
    """`b` has a list of values, the others are typed."""
    values = [{"value": one, "text": one.upper()} for one in ("x", "y")]
    question = {"name": "b", "type": "single_choice", "title": "B", "choices": values}
    condition = {"any": [raw, {"a": {"in": [typed, "z"]}}, {"hand_raise": {"in": [True, False]}}, "odd"]}
    document = {"pages": [{"show_if": condition, "questions": [question]}]}
    assert condition_edits(document, posted(document)) == ()
    assert pressed_edits(document, ("pages", 0, "show_if"), "odd") == ()


def test_the_form_of_a_policy_has_groups_too(as_role: Callable[[str], FlaskClient], toolbox: Toolbox) -> None:
    client = as_role("ops")
    page = client.get("/desk/policies/default/draft")
    assert client.post("/desk/policies/default/draft/open", data={"csrf_token": csrf(page)}).status_code == 303
    address, rule = "/desk/policies/default/draft?at=routing", "routing/rules/dach/when"
    assert send(client, client.get(address), f"rule group: {rule}").status_code == 303
    page = client.get(address)
    assert f'name="rule 1.add {rule}"' in page.text
    assert send(client, page, **{f"rule 1.add {rule}": "hand_raise", f"rule 1.joint {rule}": "none"}).status_code == 303
    draft = find_draft_of(toolbox, "policy", "default")
    assert draft is not None
    assert find(draft.document, read_path(rule))["not"] == {"hand_raise": True}
