"""The pages of a policy: read, edited, signed, compared and printed, with plain forms as without JavaScript."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import agreements, drafts
from questionnaire.actions.editing.drafts import Draft, find_draft_of
from questionnaire.actions.editing.history import history
from questionnaire.actions.people.accounts import set_signs
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.editing.paths import find, read_path
from questionnaire.storage.publishing import agreement_files
from questionnaire.storage.tables import AgreementFileRow
from tests.searches import search_drafts
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import PEOPLE, Clock, csrf

POLICY = "/desk/policies/default"
DRAFT = f"{POLICY}/draft"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    """Mo of marketing, with a draft of the sample policy."""
    client = as_role("marketing")
    start = client.get(DRAFT)
    assert "Start a draft" in start.text
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(start)}).status_code == 303
    return client


def draft_of(toolbox: Toolbox) -> Draft:
    draft = find_draft_of(toolbox, "policy", "default")
    assert draft is not None
    return draft


def at(toolbox: Toolbox, path: str) -> object:
    return find(draft_of(toolbox).document, read_path(path))


def press(client: FlaskClient, part: str, do: str, **more: str) -> TestResponse:
    """Presses a button of the form of a part, with everything as it stands."""
    page = client.get(f"{DRAFT}?at={part}")
    sent: dict[str, list[str]] = {}
    for name, text in fields_of(page):
        sent.setdefault(name, []).append(text)
    return client.post(f"{DRAFT}?at={part}", data={**sent, **more, "do": do})


def test_the_form_of_every_part_sent_as_it_came_changes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    for part in PARTS:
        page = client.get(f"{DRAFT}?at={part.name}")
        assert part.what in html.unescape(page.text)
        assert send(client, page).status_code == 303
        draft = draft_of(toolbox)
        assert draft.revision == 0, (part.name, [entry.change for entry in history(toolbox, draft.id)])


def test_a_threshold_is_changed_named_beside_the_old_one_and_undone(client: FlaskClient, toolbox: Toolbox) -> None:
    saved = send(client, client.get(DRAFT), mql__threshold="65")
    assert saved.status_code == 303
    page = client.get(saved.headers["Location"])
    assert at(toolbox, "mql/threshold") == 65
    assert "50 in version 5" in page.text
    assert "Undo: Thresholds, MQL, least total" in page.text
    client.post(DRAFT, data={"csrf_token": csrf(page), "do": "undo - draft"})
    assert at(toolbox, "mql/threshold") == 50


def test_buttons_add_move_and_remove_what_a_policy_has(client: FlaskClient, toolbox: Toolbox) -> None:
    press(client, "intent", "name - intent/signals", **{"new intent/signals": "Booth visit"})
    assert at(toolbox, "intent/signals/booth_visit/title") == "Booth visit"
    press(client, "routing", "down - routing/rules/dach")
    assert [rule["id"] for rule in draft_of(toolbox).document["routing"]["rules"]][2:4] == ["uk-ie", "dach"]
    refused = press(client, "routing", "remove - routing/pools/dach/lena")
    assert refused.status_code == 303
    used = press(client, "fit", "remove - fit/criteria/zone")
    assert used.status_code == 422
    assert "still used elsewhere" in used.text
    assert "Remove anyway" in used.text
    nameless = press(client, "fit", "name - fit/criteria", **{"new fit/criteria": " "})
    assert nameless.status_code == 422
    assert "Enter a name first." in nameless.text


def test_a_condition_of_a_rule_is_edited_as_rows(client: FlaskClient, toolbox: Toolbox) -> None:
    rule = "routing/rules/dach/when"
    press(client, "routing", "save", **{f"rule 0.value {rule}": "DE, AT", f"rule add {rule}": "hand_raise"})
    assert at(toolbox, rule) == {"country": ["DE", "AT"], "hand_raise": True}
    press(client, "routing", "save", **{f"rule 1.op {rule}": "in", f"rule 1.value {rule}": "false"})
    assert at(toolbox, rule) == {"country": ["DE", "AT"], "hand_raise": False}
    press(client, "thresholds", "rule 0 sql/review_if")
    assert "review_if" not in draft_of(toolbox).document["sql"]


def test_mistakes_stand_beside_their_field_and_in_the_list(client: FlaskClient) -> None:
    send(client, client.get(f"{DRAFT}?at=fit"), grades__A="10")
    page = html.unescape(client.get(f"{DRAFT}?at=fit").text)
    assert page.count("Grade A must begin above B, and B above 0.") == 2
    assert "One error" in page
    send(client, client.get(f"{DRAFT}?at=sla"), sla__warn_at="half")
    assert "Enter a share like 60%." in html.unescape(client.get(f"{DRAFT}?at=sla").text)


def test_two_people_at_the_same_threshold_choose(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(DRAFT)
    draft = draft_of(toolbox)
    edits = [{"edit": "set", "path": "mql/threshold", "value": 55}]
    assert drafts.edit(toolbox, draft.id, 0, edits, "olga@nordlicht.example", toolbox.now()).problems == ()
    conflict = send(client, page, mql__threshold="65")
    assert conflict.status_code == 409
    assert "Thresholds, MQL, least total" in conflict.text
    assert "Olga Ops" in conflict.text
    assert at(toolbox, "mql/threshold") == 55


def test_a_title_is_tried_and_unmatched_ones_are_listed(client: FlaskClient) -> None:
    page = html.unescape(client.get(f"{DRAFT}?at=titles&title=VP Sales").text)
    assert "“VP” counts as vice president." in page
    assert "Unmatched titles of the last 30 days" in page
    send(client, client.get(f"{DRAFT}?at=titles"), titles__vp="Wizard, Magician")
    page = html.unescape(client.get(f"{DRAFT}?at=titles&title=Chief Wizard").text)
    assert "“Wizard” counts as vice president." in page


def test_a_part_is_edited_as_yaml_and_mistakes_keep_the_text(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{DRAFT}/yaml?part=lists")
    token = csrf(page)
    wrong = client.post(f"{DRAFT}/yaml", data={"csrf_token": token, "part": "lists", "revision": "0", "yaml": "sla: 1"})
    assert wrong.status_code == 422
    assert "sla: 1" in wrong.text
    text = "lists:\n  partners: [partner.example]\n"
    saved = client.post(f"{DRAFT}/yaml", data={"csrf_token": token, "part": "lists", "revision": "0", "yaml": text})
    assert saved.status_code == 303
    assert at(toolbox, "lists") == {"partners": ["partner.example"]}
    whole = client.get(f"{POLICY}/policy.yaml?draft=1")
    assert "partner.example" in whole.text
    again = client.post(f"{DRAFT}/yaml", data={"csrf_token": token, "revision": "1", "yaml": whole.text})
    assert again.status_code == 303
    assert draft_of(toolbox).revision == 1, "the same file is no change"


def test_both_heads_sign_and_everyone_reads_the_new_version(
    client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock
) -> None:
    send(client, client.get(DRAFT), mql__threshold="65")
    for role, side in (("marketing", "marketing"), ("rep", "sales")):
        assert set_signs(toolbox, PEOPLE[role][0], side) == ()
    page = client.get(f"{DRAFT}/sign")
    assert "<del>50</del>" in page.text
    assert "<ins>65</ins>" in page.text
    propose = {"csrf_token": csrf(page), "start": "now", "note": "Fewer, better leads"}
    assert client.post(f"{DRAFT}/propose", data=propose).status_code == 303
    for wrong in ("", "2026-09-01"):
        day = {"csrf_token": csrf(page), "start": "date", "effective_on": wrong, "note": "kept"}
        refused = client.post(f"{DRAFT}/propose", data=day)
        assert refused.status_code == 422
        assert "kept" in refused.text
    assert "Checking every path…" in client.get(f"{DRAFT}/sign").text
    assert client.post(f"{DRAFT}/proof", data=propose).status_code == 303
    search_drafts(toolbox)
    assert "Searched with every published survey" in client.get(f"{DRAFT}/sign").text
    assert sign(client).headers["Location"].endswith("/draft/sign?signed=1")
    assert "Any change makes the signatures void" in client.get(DRAFT).text
    rep = as_role("rep")
    assert sign(rep).headers["Location"].endswith("/desk/policies/default?signed=1")
    shown = html.unescape(rep.get(POLICY).text)
    assert "FIT and INTENT together at least 65" in shown
    assert "Fewer, better leads" in shown
    assert "Signed by Mo Marketing, Lena Vogt." in shown
    compared = rep.get(f"{POLICY}/compare?new=6")
    assert "<ins>65</ins>" in compared.text
    assert "Default" in client.get("/desk/policies").text


def test_a_head_who_is_asked_sees_a_line_on_the_first_page_until_the_request_is_withdrawn(
    client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    send(client, client.get(DRAFT), mql__threshold="65")
    assert set_signs(toolbox, PEOPLE["rep"][0], "sales") == ()
    search_drafts(toolbox)
    rep, line = as_role("rep"), "Version 6 of the policy Default has been waiting for your signature since"
    page = client.get(f"{DRAFT}/sign")
    assert "Ask for signatures" in page.text
    assert client.post(f"{DRAFT}/propose", data={"csrf_token": csrf(page), "start": "now"}).status_code == 303
    assert line in rep.get("/desk/today").text
    assert line not in client.get("/desk/leads").text
    asked = client.get(f"{DRAFT}/sign")
    assert "Asked on" in asked.text
    assert client.post(f"{DRAFT}/withdraw", data={"csrf_token": csrf(asked)}).status_code == 303
    assert line not in rep.get("/desk/today").text


def sign(client: FlaskClient) -> TestResponse:
    page = client.get(f"{DRAFT}/sign")
    sent = dict(part.split('" value="') for part in page.text.split('name="')[1:] if '" value="' in part.split(">")[0])
    data = {name: sent[name].partition('"')[0] for name in ("revision", "sha256")}
    return client.post(f"{DRAFT}/sign", data={**data, "csrf_token": csrf(page)})


def test_who_may_not_sign_or_edit_sees_no_draft(
    client: FlaskClient, as_role: Callable[[str], FlaskClient]
) -> None:  # fmt: skip
    page = client.get(f"{DRAFT}/sign")
    assert client.post(f"{DRAFT}/sign", data={"csrf_token": csrf(page)}).status_code == 403
    rep = as_role("rep")
    assert rep.get(f"{DRAFT}/sign").status_code == 404
    assert rep.get(f"{POLICY}/print?draft=1").status_code == 404
    assert rep.get(DRAFT).status_code == 403
    assert "Change the policy" not in rep.get(POLICY).text


def test_the_agreement_is_printed_in_two_languages_and_its_pdf_is_made_once_asked(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    assert client.get(f"{POLICY}/agreement.pdf").status_code == 404
    page = client.get(f"{POLICY}/print?lang=fr")
    assert "Accord entre marketing et commercial" in page.text
    asked = client.post(f"{POLICY}/pdf?lang=fr", data={"csrf_token": csrf(page)})
    waiting = client.get(asked.headers["Location"])
    assert "being made" in waiting.text
    assert "Refresh" in waiting.headers
    view = agreements.agreement_view(toolbox, "default", None, "fr", toolbox.now())
    assert view is not None
    with toolbox.database.writing() as session:
        row = AgreementFileRow(sha256=agreements.view_hash(view), language="fr", content=b"%PDF-1.7",
                               created_at=toolbox.now())  # fmt: skip
        agreement_files.keep(session, row)
    assert "Open the PDF" in client.get(f"{POLICY}/print?lang=fr").text
    pdf = client.get(f"{POLICY}/agreement.pdf?lang=fr")
    assert (pdf.data, pdf.content_type) == (b"%PDF-1.7", "application/pdf")
    assert client.get(f"{POLICY}/print?draft=1").status_code == 200


def test_a_new_policy_starts_as_a_copy_or_from_a_file(client: FlaskClient) -> None:
    page = client.get("/desk/policies/new")
    assert client.post("/desk/policies/new", data={"csrf_token": csrf(page), "title": ""}).status_code == 422
    data = {"csrf_token": csrf(page), "way": "copy", "title": "Enterprise", "copied": "default"}
    assert client.post("/desk/policies/new", data=data).headers["Location"].endswith("/enterprise/draft")
    wrong = client.post("/desk/policies/new", data={"csrf_token": csrf(page), "way": "yaml", "yaml": "id: ["})
    assert wrong.status_code == 422
    assert "id: [" in wrong.text
    assert client.get("/desk/policies/enterprise").status_code == 303, "a policy that is only a draft opens as one"
    assert client.get(f"{DRAFT}/effect").status_code == 200


def test_the_review_is_announced_two_weeks_before_its_day(as_role: Callable[[str], FlaskClient], clock: Clock) -> None:
    assert "Policy review due" not in as_role("rep").get(POLICY).text
    clock.pass_(days=59)
    assert "Policy review due on 1 December 2026, in one day." in as_role("rep").get(POLICY).text
    clock.pass_(days=3)
    assert "2 days overdue" in as_role("rep").get("/desk/policies").text
