"""Every page of the staff says what it is for and leads to its page of the docs, which the product serves itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from questionnaire.markdown import document_html
from questionnaire.settings import bundle_dir
from questionnaire.web.http.access import declared
from questionnaire.web.http.help_entries import ENTRIES, TITLES

Desk = Callable[[str], FlaskClient]


def test_every_page_of_the_staff_has_its_help(app: Flask) -> None:
    staff = {name for name, access in declared(app).items() if access.kind == "roles"}
    lacking = sorted(name for name in staff if name not in ENTRIES and name.partition(".")[0] not in ENTRIES)
    # These are no pages of their own.
    assert lacking == ["auth.sign_out", "draft_proofs.state"], "add a line to web/http/help_entries.py"


def test_every_help_leads_to_a_heading_that_is_there() -> None:
    pages = {name: str(document_html((bundle_dir("docs") / f"{name}.md").read_text(), str)) for name in TITLES}
    wrong = [
        (place, entry.doc, entry.section)
        for place, entry in ENTRIES.items()
        if entry.section and f'id="{entry.section}"' not in pages[entry.doc]
    ]
    assert wrong == []
    # So do the links from page to page.
    for name, page in pages.items():
        for doc, section in re.findall(r'href="([a-z-]*)(?:\.md)?#([^"]+)"', page):
            if (doc or name) in TITLES and f'id="{section}"' not in pages[doc or name]:
                wrong.append((name, doc, section))
    assert wrong == []


def test_a_page_says_what_it_is_for_and_its_help_opens(as_role: Desk) -> None:
    marketing = as_role("marketing")
    page = marketing.get("/desk/surveys/new").text
    assert "Choose how a new survey starts." in page
    assert 'href="/desk/help/builder#starting"' in page
    assert "Choose a page." in marketing.get("/desk/help").text
    wrong = [name for name in TITLES if marketing.get(f"/desk/help/{name}").status_code != 200]
    assert wrong == []
    assert marketing.get("/desk/help/house").status_code == 404


def test_links_of_the_docs_stay_inside_or_are_no_links(as_role: Desk) -> None:
    page = as_role("rep").get("/desk/help/operating").text
    assert 'href="/desk/help/settings#settings-in-the-browser"' in page
    assert ".md" not in "".join(re.findall(r'href="([^"]*)"', page))
    made = str(document_html("[a](x.md) <b>b</b> [c](javascript:x)", lambda link: ""))
    assert made == "<p>a &lt;b&gt;b&lt;/b&gt; [c](javascript:x)</p>\n"
