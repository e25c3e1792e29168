"""Documents as HTML: the middle depth between a view value and a file."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest

from questionnaire.core.brand.theme import Theme
from questionnaire.core.documents.dossier import DOSSIER_SECTIONS
from questionnaire.core.documents.report import build_report
from questionnaire.core.documents.view_parts import as_plain
from questionnaire.core.survey.maturity import measure
from questionnaire.documents import document_html
from tests.documents import samples
from tests.documents.golden import check


def test_the_html_of_a_report_matches_its_golden_file() -> None:
    view = samples.report(peers=samples.peers(), prior=samples.prior())
    check("report.html", document_html("report", view, "en"))


def test_the_html_of_a_german_report_matches_its_golden_file() -> None:
    one = samples.filled(language="de")
    view = samples.report(one, peers=samples.peers(), prior=samples.prior())
    check("report.de.html", document_html("report", view, "de"))


def test_the_address_of_the_sender_stands_apart_from_the_sentence_before_it() -> None:
    page = document_html("report", samples.report(), "en", Theme(name="Nord", website="https://nord.example"))
    assert 'delete them at any time. <a href="https://nord.example">' in " ".join(page.split())


def test_the_html_of_a_dossier_matches_its_golden_file() -> None:
    one = samples.filled(claims={"trigger_event": "hiring"}, hidden={"utm_campaign": "autumn"})
    check("dossier.html", document_html("dossier", samples.dossier(one, earlier=samples.rejected()), "en"))


@pytest.mark.parametrize("plain", [False, True])
def test_a_stored_view_gives_the_same_page_as_the_value(plain: bool) -> None:
    report, dossier = samples.report(peers=samples.peers()), samples.dossier(earlier=samples.rejected())
    for kind, view in (("report", report), ("dossier", dossier)):
        assert document_html(kind, as_plain(view), "en", plain=plain) == document_html(kind, view, "en", plain=plain)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("kind", ["report", "dossier"])
def test_markup_in_answers_is_escaped(kind: str, plain: bool) -> None:
    contact = dict.fromkeys(("first_name", "last_name", "company", "job_title"), "<script>alert(1)</script>{{ 69*77 }}")
    one = samples.filled({**samples.SOME, "problem": "<img src=x onerror=y>"}, contact, claims={"utm_campaign": "<i>"})
    view = samples.report(one) if kind == "report" else samples.dossier(one)
    page = document_html(kind, view, "en", plain=plain)
    assert "<script" not in page
    assert "<img" not in page
    assert "<i>" not in page
    assert "5313" not in page
    assert "{{ 69*77 }}" in page


@pytest.mark.parametrize("kind", ["report", "dossier"])
def test_headings_never_skip_a_level_and_there_is_one_h1(kind: str) -> None:
    view = samples.report(peers=samples.peers()) if kind == "report" else samples.dossier()
    levels = [int(level) for level in re.findall(r"<h([1-6])", document_html(kind, view, "en"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_dossier_sections_work_under_a_strict_style_csp() -> None:
    page = document_html("dossier", samples.dossier(earlier=samples.rejected()), "en")
    body = page[page.index("<h1") :]
    assert "style=" not in body
    assert "<h1" not in body[4:]
    assert body.count("<section") == len(DOSSIER_SECTIONS) - 1  # nothing came with the link


def test_columns_of_every_table_have_headings() -> None:
    for kind, view in (("report", samples.report(peers=samples.peers())), ("dossier", samples.dossier())):
        for table in re.findall(r"<table.*?</table>", document_html(kind, view, "en"), re.DOTALL):
            assert '<th scope="col"' in table


def test_authored_links_may_only_be_web_urls() -> None:
    raw = samples.raw("survey")
    raw["report"]["overall"][0]["text"] = {"en": "[a](javascript:x) [b](https://b.example)", "fr": "x"}
    told = dataclasses.replace(samples.told(), survey=samples.changed(raw))
    view = build_report(dataclasses.replace(told, maturity=measure(told.survey, told.journey)))
    page = document_html("report", view, "en")
    assert 'href="javascript' not in page
    assert 'href="https://b.example"' in page
