"""Languages side by side: what is missing and out of date, written in place, by a translator's sheet and back."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, read_path
from tests.web.builder.draft_form import fields_of
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}/languages"
TITLE = "pages/practice/questions/scoring/title"
THANKS = "report/blocks/thanks_only/text"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    """Mo of marketing, with a draft of the sample survey to which French was added."""
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    added = client.post(f"{PAGE}/change", data={"csrf_token": csrf(client.get(PAGE)), "tag": "fr"})
    assert added.headers["Location"].endswith("lang=fr")
    return client


def at(toolbox: Toolbox, path: str) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return find(draft.document, read_path(path))


def post(client: FlaskClient, page: TestResponse, values: dict[str, str], *, script: bool = True) -> TestResponse:
    form = dict(fields_of(page))
    state = {name: form[name] for name in ("csrf_token", "revision", "lang")}
    state["key"] = f"{next(iter(values))[-40:]} {next(iter(values.values()))[:30]}"
    headers = {"X-Builder": "1"} if script else {}
    return client.post(page.request.full_path.rstrip("?"), data={**state, "do": "save", **values}, headers=headers)


def test_every_text_stands_beside_its_translation_and_what_is_missing_is_counted(client: FlaskClient) -> None:
    page = client.get(PAGE)
    text = html.unescape(page.text)
    found = re.search(r"(\d+) of (\d+) texts are missing in French", text)
    assert found
    assert 60 < int(found[1]) <= int(found[2])
    for words in (f"{found[1]} missing", "Question 5, Scoring", "Answer B, text", "the same in every language"):
        assert words in text, words
    assert f'name="text!@fr {TITLE}"' in page.text


def test_a_translation_is_saved_in_place_and_only_its_line_comes_back(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{PAGE}?only=missing")
    before = page.text.count('class="missing')
    saved = post(client, page, {f"text!@fr {TITLE}": "Comment notez-vous vos leads ?"})
    assert at(toolbox, TITLE) == {"en": "How do you score leads?", "fr": "Comment notez-vous vos leads ?"}
    assert saved.text.count("<textarea") == 2
    assert "data-only" in saved.text
    assert client.get(f"{PAGE}?only=missing").text.count('class="missing') == before - 1
    assert post(client, client.get(PAGE), {f"text!@fr {TITLE}": "Et ?"}, script=False).status_code == 303


def test_an_original_that_changes_after_its_translation_is_marked(client: FlaskClient) -> None:
    page = post(client, client.get(PAGE), {f"text!@fr {TITLE}": "Comment ?"})
    assert "The original changed" not in page.text
    late = post(client, page, {f"text!@en {TITLE}": "How do you rate leads?"})
    assert "The original changed after this was translated." in late.text
    assert "one may be out of date" in late.text
    assert client.get(f"{PAGE}?only=outdated").text.count("<textarea") == 2
    done = post(client, late, {f"text!@fr {TITLE}": "Comment évaluez-vous vos leads ?"})
    assert "may be out of date" not in done.text
    assert "No matching texts." in client.get(f"{PAGE}?only=outdated").text


def test_a_language_goes_with_its_texts_and_undo_brings_them_back(client: FlaskClient, toolbox: Toolbox) -> None:
    page = post(client, client.get(PAGE), {f"text!@fr {TITLE}": "Comment ?"})
    removed = client.post(f"{PAGE}/change", data={"csrf_token": csrf(page), "remove": "fr"})
    assert removed.status_code == 303
    assert (at(toolbox, "languages"), at(toolbox, TITLE)) == (["en"], "How do you score leads?")
    one = client.get(PAGE)
    assert "may be out of date" not in one.text
    client.post(PAGE, data={"csrf_token": csrf(one), "do": "undo - draft"})
    assert at(toolbox, f"{TITLE}/fr") == "Comment ?"
    for data in ({"remove": "en"}, {"tag": "xx"}, {"tag": "fr"}):
        assert client.post(f"{PAGE}/change", data={"csrf_token": csrf(one), **data}).status_code == 303
    assert at(toolbox, "languages") == ["en", "fr"]


def sheet(client: FlaskClient) -> list[list[str]]:
    content = client.get(f"{PAGE}/texts.csv?lang=fr")
    assert content.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-fr.csv"'
    return list(csv.reader(io.StringIO(content.data.decode("utf-8-sig"))))


def upload(client: FlaskClient, rows: list[list[str]], key: str = "k") -> TestResponse:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    data = {"csrf_token": csrf(client.get(PAGE)), "lang": "fr", "key": key,
            "file": (io.BytesIO(out.getvalue().encode()), "texts.csv")}  # fmt: skip
    return client.post(f"{PAGE}/texts", data=data, content_type="multipart/form-data")


def test_a_sheet_goes_out_and_comes_back_as_one_step(client: FlaskClient, toolbox: Toolbox) -> None:
    rows = sheet(client)
    assert rows[0] == ["Path @1", "Place", "English", "French"]
    assert [TITLE, "Question 5, Scoring: Title", "How do you score leads?", ""] in rows
    assert client.get(f"{PAGE}/texts.xlsx?lang=fr").data.startswith(b"PK")
    for bad in ("texts.pdf?lang=fr", "texts.csv?lang=en", "texts.csv"):
        assert client.get(f"{PAGE}/{bad}").status_code == 404
    translated = [rows[0], *([path, place, original, f"FR {original}"] for path, place, original, _ in rows[1:])]
    taken = upload(client, [*translated, ["gone/away", "", "x", "y"]])
    assert f"{len(rows) - 1} texts taken" in taken.text
    assert "gone/away" in taken.text
    assert at(toolbox, f"{TITLE}/fr") == "FR How do you score leads?"
    assert "texts are translated into French" in client.get(PAGE).text
    client.post(PAGE, data={"csrf_token": csrf(taken), "do": "undo - draft"})
    assert at(toolbox, TITLE) == {"en": "How do you score leads?"}


def test_what_changed_meanwhile_is_listed_and_chosen_by_a_person(client: FlaskClient, toolbox: Toolbox) -> None:
    rows = sheet(client)
    page = post(client, client.get(PAGE), {f"text!@fr {TITLE}": "Ma traduction"})
    post(client, page, {f"text!@en {THANKS}": "Thanks, {{first_name}}."})
    by_path = {row[0]: row for row in rows}
    by_path[TITLE][3], by_path[THANKS][3] = "Sa traduction", "Merci"
    taken = upload(client, [rows[0], by_path[TITLE], by_path[THANKS]])
    text = html.unescape(taken.text)
    for words in ("0 texts taken", "The original has changed", "Translated here meanwhile", "Sa traduction"):
        assert words in text, words
    assert at(toolbox, f"{TITLE}/fr") == "Ma traduction"
    chosen = {"csrf_token": csrf(taken), "revision": "3", "key": "chosen", "do": "save", "lang": "fr",
              f"text!@fr {TITLE}": "Sa traduction"}  # fmt: skip
    assert client.post(f"{PAGE}?lang=fr", data=chosen).status_code == 303
    assert at(toolbox, f"{TITLE}/fr") == "Sa traduction"


def test_a_lost_placeholder_is_named_and_what_is_no_sheet_changes_nothing(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    row = next(row for row in sheet(client) if row[0] == THANKS)
    taken = upload(client, [["Path @1", "", "", ""], [*row[:3], "Merci de votre temps."]])
    assert "Placeholders missing (1)" in taken.text
    assert "{{first_name}}" in taken.text
    assert "Placeholder missing: {{first_name}}." in client.get(PAGE).text
    for rows in ([], [["one"]]):
        refused = upload(client, rows, "other")
        assert refused.status_code == 422
        assert "The draft is as it was." in refused.text
    assert client.post(f"{PAGE}/texts", data={"csrf_token": csrf(taken), "lang": "en"}).status_code == 404


def test_several_languages_stand_side_by_side_and_long_surveys_in_parts(client: FlaskClient) -> None:
    client.post(f"{PAGE}/change", data={"csrf_token": csrf(client.get(PAGE)), "tag": "de"})
    page = client.get(f"{PAGE}?lang=fr&lang=de&lang=xx")
    assert page.text.count("<textarea") % 3 == 0
    assert "texts are missing in German" in page.text
    two = client.get(f"{PAGE}?lang=de&part=9")
    assert 'lang="de"' in two.text
    assert 'lang="fr"' not in two.text.partition("<table")[2]
