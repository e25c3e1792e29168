"""Standing on other sites: the page in a frame, the script of the page around it, oEmbed, and what staff paste."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from questionnaire.demo.site import PAGES, create_site
from questionnaire.settings import bundle_dir
from questionnaire.storage.db.engine import Database
from questionnaire.web import create_app
from tests.authored import authored
from tests.web.client import PAGE, SLUG, Clock, answered, make_toolbox, publish, submit

LARGEST_SCRIPT = 3 * 1024
LARGEST_FRAME = 1500


def _french(toolbox: Toolbox) -> None:
    text = (bundle_dir("surveys") / "revenue-data-readiness" / "survey.yaml").read_text("utf-8")
    publish(toolbox, text)


# --- the page in a frame -----------------------------------------------------------------------------------------


def test_the_embedded_page_carries_the_messenger_and_the_plain_one_does_not(client: FlaskClient) -> None:
    embedded, plain = client.get(f"{PAGE}?embed"), client.get(PAGE)
    told = json.loads(re.search(r'id="lq">(.*?)</script>', embedded.text)[1])  # type: ignore[index]  # it must be there
    assert told == {
        "survey": SLUG,
        "version": 4,
        "title": "Sales–marketing alignment diagnostic",
        "lead": True,
        "origins": ["https://www.nordlicht.example", "https://nordlicht.example"],
    }
    assert 'id="lq"' not in plain.text
    assert embedded.headers["ETag"] != plain.headers["ETag"]
    assert "public" in embedded.headers["Cache-Control"]
    more = len(gzip.compress(embedded.data, 9)) - len(gzip.compress(plain.data, 9))
    assert more < LARGEST_FRAME, f"standing in a frame costs {more} bytes"


def test_the_operators_sites_may_frame_every_survey(database: Database, clock: Clock) -> None:
    app = create_app(make_toolbox(database, clock, EMBED_ORIGINS="https://blog.example, http://localhost:8001"))
    embedded = app.test_client().get(f"{PAGE}?embed")
    policy = embedded.headers["Content-Security-Policy"]
    assert policy.endswith(
        "frame-ancestors https://www.nordlicht.example https://nordlicht.example https://blog.example"
        " http://localhost:8001 'self'"
    )
    assert "https://blog.example" in embedded.text


def test_what_follows_inside_the_frame_may_stand_in_it_too(client: FlaskClient) -> None:
    refused = client.post(f"{PAGE}?embed", data={"step": "next", "publication": f"{SLUG}@4", "page": "company"})
    assert "https://nordlicht.example" in refused.headers["Content-Security-Policy"]
    response = client.post(f"{PAGE}?embed", data=answered())
    address = response.headers["Location"]
    assert "embed" in address
    result = client.get(address)
    assert "frame-ancestors https://www.nordlicht.example" in result.headers["Content-Security-Policy"]
    assert "built/frame.js" in result.text
    alone = client.get(submit(client, key="another"))
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]
    assert "built/frame.js" not in alone.text


def test_another_language_keeps_the_frame_without_scripts_too(client: FlaskClient, toolbox: Toolbox) -> None:
    _french(toolbox)
    page = "/s/revenue-data-readiness"
    assert 'href="?embed&amp;lang=fr"' in client.get(f"{page}?embed&lang=en").text
    assert 'href="?lang=fr"' in client.get(f"{page}?lang=en").text


def test_no_text_of_an_author_ends_the_data_of_the_frame(client: FlaskClient, toolbox: Toolbox) -> None:
    raw = authored((bundle_dir("surveys") / SLUG / "survey.yaml").read_text("utf-8"))
    raw |= {"version": 5, "title": "</script><script>alert(1)</script>"}
    publish(toolbox, json.dumps(raw))
    assert "<script>alert" not in client.get(f"{PAGE}?embed").text


# --- the script ----------------------------------------------------------------------------------------------------


def test_the_script_is_small_and_any_site_may_load_it(client: FlaskClient) -> None:
    zipped = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/embed.js", headers={"Accept-Encoding": "identity"})
    assert len(zipped.data) <= LARGEST_SCRIPT
    assert gzip.decompress(zipped.data) == plain.data
    for response in (zipped, plain):
        assert response.content_type == "text/javascript; charset=utf-8"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "stale-if-error" in response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers
    assert client.get("/embed.js", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_the_script_speaks_every_language_of_the_product(client: FlaskClient) -> None:
    script = client.get("/embed.js").text
    said = "Close|Open the diagnostic|fr|Fermer|Ouvrir le diagnostic|de|Schließen|Zum Check"
    assert f'"{said}"' in script
    assert "@words" not in script


# --- oEmbed --------------------------------------------------------------------------------------------------------


def test_the_page_names_its_card_and_the_card_holds_the_frame(client: FlaskClient) -> None:
    found = re.search(r'type="application/json\+oembed" href="http://localhost([^"]+)"', client.get(PAGE).text)
    assert found
    card = client.get(found[1].replace("&amp;", "&"))
    told = card.get_json()
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 720)
    assert told["title"] == "Sales–marketing alignment diagnostic"
    assert told["provider_url"] == "http://localhost"
    assert told["html"].startswith(f'<iframe src="http://localhost/s/{SLUG}?embed&amp;lang=en"')
    assert told["html"].endswith('<script async src="http://localhost/embed.js"></script>')
    assert told["cache_age"] > 0
    assert "oembed" not in client.get(f"{PAGE}?embed").text


def test_a_card_keeps_within_what_was_asked(client: FlaskClient) -> None:
    address = f"/oembed?url=http://localhost{PAGE}&format=json"
    told = client.get(f"{address}&maxwidth=400&maxheight=300").get_json()
    assert (told["width"], told["height"]) == (400, 300)
    assert 'width="400" height="300"' in told["html"]
    usual = client.get(f"{address}&maxwidth=9000&maxheight=much").get_json()
    assert (usual["width"], usual["height"]) == (720, 772)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (f"url=http://localhost{PAGE}&format=xml", 501),
        ("url=http://localhost/s/nothing-such", 404),
        (f"url=https://elsewhere.example{PAGE}", 404),
        ("url=http://localhost/desk", 404),
        ("url=http://[", 404),
        ("", 404),
    ],
)
def test_what_is_no_card_is_refused_as_the_standard_says(client: FlaskClient, asked: str, status: int) -> None:
    assert client.get(f"/oembed?{asked}").status_code == status


def test_a_closed_survey_has_no_card(client: FlaskClient, toolbox: Toolbox) -> None:
    from questionnaire.storage.publishing import survey_statuses

    with toolbox.database.writing() as session:
        survey_statuses.set_state(session, SLUG, "closed", "", toolbox.now())
    assert client.get(f"/oembed?url=http://localhost{PAGE}").status_code == 401


def test_a_card_speaks_the_language_of_the_address(client: FlaskClient, toolbox: Toolbox) -> None:
    _french(toolbox)
    told = client.get("/oembed?url=http://localhost/s/revenue-data-readiness?lang%3Dfr").get_json()
    assert told["title"] == "Vos données commerciales au banc d’essai"
    assert "Ouvrir le diagnostic" in told["html"]
    assert "lang=fr" in told["html"]


def test_a_closed_survey_says_so_inside_the_frame_of_a_site(client: FlaskClient, toolbox: Toolbox) -> None:
    from questionnaire.storage.publishing import survey_statuses

    with toolbox.database.writing() as session:
        survey_statuses.set_state(session, SLUG, "closed", "", toolbox.now())
    for answer in (client.get(f"{PAGE}?embed"), client.post(f"{PAGE}?embed", data=answered())):
        assert answer.status_code == 410
        assert "frame-ancestors https://www.nordlicht.example" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(PAGE).headers["Content-Security-Policy"]


# --- what staff paste ----------------------------------------------------------------------------------------------


def test_marketing_finds_the_two_lines_to_paste(as_role: Callable[[str], FlaskClient], toolbox: Toolbox) -> None:
    _french(toolbox)
    client = as_role("marketing")
    assert f"/desk/surveys/{SLUG}" in client.get("/desk/surveys").text
    page = client.get(f"/desk/surveys/{SLUG}").text
    assert "&lt;iframe src=&#34;http://localhost/s/sales-marketing-alignment?embed&#34;" in page
    assert "&lt;script async src=&#34;http://localhost/embed.js&#34;&gt;" in page
    for mode in ("popup", "slider", "full-page"):
        assert f"data-lq-mode=&#34;{mode}&#34;" in client.get(f"/desk/surveys/{SLUG}?mode={mode}").text
    assert "https://nordlicht.example" in page
    assert "/s/revenue-data-readiness?lang=fr" in client.get("/desk/surveys/revenue-data-readiness").text
    assert client.get("/desk/surveys/nothing-such").status_code == 404


def test_only_the_page_with_the_preview_may_hold_a_frame(as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("ops")
    assert "frame-src 'self'" in client.get(f"/desk/surveys/{SLUG}").headers["Content-Security-Policy"]
    assert "frame-src" not in client.get("/desk/surveys").headers["Content-Security-Policy"]


def test_a_closed_survey_is_told_as_closed_and_has_no_preview(
    as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    from questionnaire.storage.publishing import survey_statuses

    with toolbox.database.writing() as session:
        survey_statuses.set_state(session, SLUG, "closed", "", toolbox.now())
    client = as_role("admin")
    assert "Closed" in client.get("/desk/surveys").text
    assert "<iframe" not in client.get(f"/desk/surveys/{SLUG}").text


# --- the marketing site of the demo ----------------------------------------------------------------------------------


@pytest.fixture
def site() -> Flask:
    return create_site("https://form.example")


def test_every_page_of_the_marketing_site_runs_under_a_strict_policy(site: Flask) -> None:
    client = site.test_client()
    for name in PAGES:
        page = client.get(f"/{name}")
        assert page.status_code == 200, name
        assert "script-src 'self' https://form.example;" in page.headers["Content-Security-Policy"]
        assert "style=" not in page.text
        assert '<script async src="https://form.example/embed.js"></script>' in page.text
    assert client.get("/nothing-such").status_code == 404
    assert 'lang="fr"' in client.get("/fr").text[:60]
