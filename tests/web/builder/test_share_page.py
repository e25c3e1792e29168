"""The share page: code by options, a try-out that counts nowhere, a QR code, and the sites that may embed a survey."""

from __future__ import annotations

import html
from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.publishing import homes
from questionnaire.actions.toolbox import Toolbox
from tests.web.client import SLUG, csrf

Desk = Callable[[str], FlaskClient]
SHARE = f"/desk/surveys/{SLUG}"


def _save_sites(client: FlaskClient, sites: str, revision: str = "") -> TestResponse:
    page = client.get(SHARE)
    shown = page.text.partition('name="revision" value="')[2].partition('"')[0]
    form = {"csrf_token": csrf(page), "revision": revision or shown, "sites": sites}
    return client.post(f"{SHARE}/sites", data=form)


def _home_in_builder(toolbox: Toolbox) -> None:
    homes.move(toolbox, SLUG, "builder", "mo@nordlicht.example", toolbox.now())


def test_the_code_follows_the_options(as_role: Desk) -> None:
    cases = {
        "mode=inline&theme=dark&height=900": ["?embed&amp;theme=dark", 'height="900"'],
        "mode=inline&height=7&language=xx": ['height="200"', '?embed" data-lq-survey'],
        "mode=popup&opens=time&seconds=9&once=yes": ['data-lq-open="time" data-lq-delay="9000"', "prevent-reopen"],
        "mode=popup&opens=scroll&percent=30": ['data-lq-open="scroll" data-lq-scroll="30"'],
        "mode=slider&side=left&theme=light": ['data-lq-side="left"', 'data-lq-theme="light"'],
        "mode=full-page&opens=load": ['data-lq-mode="full-page">'],
        "mode=nothing": ["<iframe"],
    }
    client, wrong = as_role("marketing"), []
    for query, parts in cases.items():
        page = client.get(f"{SHARE}?{query}").text
        code = html.unescape(page.partition('id="code-')[2].partition(">")[2].partition("</pre>")[0])
        wrong += [(query, part, code) for part in parts if part not in code]
        # Nobody answers for real by trying.
        wrong += [(query, "test", "")] if "test=" not in page.partition('id="try-out"')[2] else []
        assert "test=" not in code
    assert wrong == []
    timed = f"{SHARE}?mode=popup&opens=time"
    tried = [client.get(address).text.partition('id="try-out"')[2] for address in (timed, f"{timed}&live=1")]
    assert ["data-lq-open" in one for one in tried] == [False, True]


def test_the_qr_code_is_downloaded_to_print(as_role: Desk) -> None:
    client = as_role("ops")
    drawn = client.get(f"{SHARE}/qr.svg")
    assert (drawn.content_type, drawn.text.count("<svg")) == ("image/svg+xml", 1)
    assert "script" not in drawn.text
    raster = client.get(f"{SHARE}/qr.png?download=1")
    assert raster.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-qr.png"'
    image = Image.open(BytesIO(raster.data))
    assert image.width == image.height > 700
    # The border that readers need is empty.
    assert image.convert("L").crop((0, 0, image.width, 4 * 20)).getextrema() == (255, 255)
    assert client.get(f"{SHARE}/qr.gif").status_code == 404


def test_allowed_sites_are_edited_in_the_draft_until_it_is_published(as_role: Desk, toolbox: Toolbox) -> None:
    _home_in_builder(toolbox)
    marketing = as_role("marketing")
    saved = _save_sites(marketing, "www.nordlicht.example\n*.nordwind.example")
    page = marketing.get(saved.headers["Location"]).text
    assert "In the draft. Visitors get version" in page
    draft = drafts.find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    sites = ["https://www.nordlicht.example", "https://*.nordwind.example"]
    assert draft.document["embed"]["allowed_origins"] == sites
    # The version in force is what visitors get.
    assert "nordwind" not in marketing.get(f"/s/{SLUG}?embed").headers["Content-Security-Policy"]
    wrong = _save_sites(marketing, "www.a.example b&c")
    assert (wrong.status_code, "“b&amp;c” isn’t the address of a site." in wrong.text) == (422, True)
    assert "www.a.example b&amp;c" in wrong.text
    assert _save_sites(marketing, "\n".join(sites)).status_code == 303
    assert draft.revision == 1, "saving the same again is no edit"


def test_two_people_who_change_the_sites_both_see_what_the_other_did(as_role: Desk, toolbox: Toolbox) -> None:
    _home_in_builder(toolbox)
    _save_sites(as_role("marketing"), "www.first.example")
    late = _save_sites(as_role("ops"), "www.second.example", "0")
    assert late.status_code == 409
    assert "Someone changed the sites meanwhile, to: https://www.first.example." in late.text
    assert "www.second.example" in late.text
    assert _save_sites(as_role("ops"), "www.second.example").status_code == 303


def test_sites_of_a_survey_that_is_kept_in_a_file_are_changed_there(as_role: Desk, toolbox: Toolbox) -> None:
    homes.move(toolbox, SLUG, "folder", "mo@nordlicht.example", toolbox.now())
    marketing = as_role("marketing")
    page = marketing.get(SHARE)
    assert "This survey is kept in a file." in page.text
    form = {"csrf_token": csrf(marketing.get("/desk/surveys/new")), "sites": "www.a.example"}
    refused = marketing.post(f"{SHARE}/sites", data=form)
    assert refused.status_code == 422
    assert drafts.find_draft_of(toolbox, "survey", SLUG) is None
