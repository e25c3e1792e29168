"""A German browser gets everything a prospect sees in German, and nothing of it in English."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from tests.conventions.catalogues import english
from tests.conventions.checkout import told
from tests.web.client import ANNA, judge_everything, press, publish

SURVEY = "revenue-data-readiness"
PAGE = f"/s/{SURVEY}"
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
ANSWERS = {
    "employees": "120", "industry": "saas", "buying_role": "decision_maker", "record_trust": "3", "entry": "connected",
    "won_deals": "reason", "forecast_hit": "6", "owner": "yes", "timeline": "lt_3m", "budget": "allocated",
    "next_step": "demo",
}  # fmt: skip


@pytest.fixture(autouse=True)
def survey(toolbox: Toolbox) -> None:
    publish(toolbox, (bundle_dir("surveys") / SURVEY / "survey.yaml").read_text("utf-8"))


def test_the_page_is_german_and_fits_into_the_first_window(client: FlaskClient) -> None:
    for language in ("de", "fr", "en"):
        response = client.get(PAGE, headers={"Accept-Language": language, "Accept-Encoding": "gzip, br"})
        assert len(response.data) <= 14 * 1024, language
    page = client.get(PAGE, headers=GERMAN).text
    assert '<html lang="de">' in page
    assert re.search(r'href="\?lang=fr" hreflang="fr" lang="fr">Français<', page)
    assert re.search(r'href="\?lang=de" hreflang="de" lang="de">Deutsch<', client.get(f"{PAGE}?lang=en").text)
    assert not english(page, "de"), told(english(page, "de"))


def test_every_page_on_the_way_to_the_report_is_german(client: FlaskClient) -> None:
    form = {**ANSWERS, **ANNA, "key": "key-of-one-browser", "lang": "de", "publication": f"{SURVEY}@4"}
    wrong = {**form, "employees": "viele", "email": "anna@", "phone": "12", "linkedin": "x y", "timeline": ""}
    start = client.get(PAGE, headers=GERMAN)
    pages = {
        "refused": client.post(PAGE, data=wrong, headers=GERMAN),
        "next": press(client, start, {"employees": ""}),
        "later": client.post(PAGE, data={**form, "step": "later", "later": "anna@nordwind.example"}, headers=GERMAN),
        "missing": client.get("/s/nothing-such", headers=GERMAN),
        "result link": client.get("/r/nothing", headers=GERMAN),
    }
    result = client.post(PAGE, data=form, headers=GERMAN).headers["Location"]
    judge_everything(client.application.extensions["toolbox"])
    # No header from here on: a result keeps the language of its answers.
    pages["result"] = client.get(result)
    pages["waiting"] = client.get(f"{result}/report.pdf")
    shared = re.search(r'href="[^"]*(/shared/[^"]+)"', pages["result"].text)
    assert shared
    pages["shared"] = client.get(shared[1])
    wrongly = [f"{name}: {line}" for name, page in pages.items() for line in english(page.text, "de")]
    assert not wrongly, told(wrongly)
    assert {name for name, page in pages.items() if '<html lang="de">' not in page.text} == set()
    assert "Seite nicht gefunden" in pages["missing"].text
    assert "Geben Sie eine Zahl ein" in pages["refused"].text
    assert "Ihr Bericht wird erstellt" in pages["result"].text
