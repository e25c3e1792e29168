"""Facts about finished documents: what they say, what they claim to be, and that veraPDF agrees."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image
from weasyprint import HTML

from questionnaire.core.brand.theme import Theme
from questionnaire.core.documents.view_parts import as_plain
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.documents import PdfRenderer
from questionnaire.documents.renderer import Kind
from tests.documents import facts, rich, samples
from tests.documents.verapdf import broken_rules
from tests.proof.size import sized

ARABIC, HEBREW, JAPANESE, SMILE = "شركة النور", "חברת אור", "株式会社日本", "\N{GRINNING FACE}"
COMPANIES = (samples.GERMAN, samples.HOSTILE, JAPANESE, ARABIC, HEBREW, f"{SMILE} Ω Сбыт ✓", "")


def called(name: str) -> ResponseEvidence:
    return samples.filled(contact={"company": name, "first_name": name})


REPORTS: dict[str, Any] = {
    "some": lambda: samples.report(peers=samples.peers(), prior=samples.prior()),
    "french": lambda: samples.report(samples.filled(language="fr"), peers=samples.peers()),
    "german": lambda: samples.report(
        samples.filled(contact={"company": samples.GERMAN}, language="de"), peers=samples.peers()
    ),
    "best": lambda: samples.report(samples.filled(samples.BEST)),
    "zero": lambda: samples.report(samples.filled(samples.ZERO), block="guide"),
    "almost nothing": lambda: samples.report(samples.filled({"employees": 12}), block=None),
    "radar, advice and blocks": rich.report,
    **{
        f"company {name}": (
            lambda name=name: samples.report(samples.filled(contact={"company": name, "first_name": name}))
        )
        for name in COMPANIES
    },
}
DOSSIERS: dict[str, Any] = {
    "some": lambda: samples.dossier(
        samples.filled(claims={"trigger_event": "hiring"}, hidden={"utm_campaign": samples.HOSTILE}),
        earlier=samples.rejected(),
    ),
    "french": lambda: samples.dossier(samples.filled(language="fr"), language="fr"),
    "almost nothing": lambda: samples.dossier(
        samples.filled({"rules": "dunno"}, contact=dict.fromkeys(samples.ANNA, "")), visits=()
    ),
    "right to left": lambda: samples.dossier(samples.filled({**samples.SOME, "problem": f"{ARABIC} {HEBREW} {SMILE}"})),
}
ALL = [("report", name) for name in REPORTS] + [("dossier", name) for name in DOSSIERS]


def made(kind: str, name: str) -> Any:
    return (REPORTS if kind == "report" else DOSSIERS)[name]()


@pytest.mark.parametrize(("kind", "name"), sized(ALL[::2], ALL))
def test_every_document_is_accessible_and_archivable(paper: PdfRenderer, kind: Kind, name: str) -> None:
    view = made(kind, name)
    sheet = paper.print(kind, view, view.language)
    assert sheet.warnings == ()
    assert not sheet.plain
    assert broken_rules(sheet.pdf) == []
    known = facts.read(sheet.pdf)
    assert known.title == view.title
    assert known.language == view.language
    assert known.tagged
    assert known.fonts <= {"Inter", "Inter-Semi-Bold", "Inter-Italic"}
    assert not known.unembedded
    assert len(sheet.pdf) <= 60 * 1024


def test_the_validator_names_what_an_ordinary_page_breaks() -> None:
    broken = broken_rules(HTML(string="<p>A page without a title, an outline or a profile.</p>").write_pdf())
    # A clause of PDF/A-3 and one of PDF/UA-1.
    for clause in ("6.6.2.1 The Catalog dictionary", "7.1 Content shall be marked as Artifact"):
        assert any(rule.startswith(clause) for rule in broken), broken


@pytest.mark.parametrize("name", ["some", "french", "best", "zero"])
def test_a_report_has_four_to_eight_pages(paper: PdfRenderer, name: str) -> None:
    view = made("report", name)
    assert 4 <= len(facts.read(paper.render("report", view, view.language)).pages) <= 8


def test_the_same_report_gives_the_same_bytes_in_any_process(paper: PdfRenderer) -> None:
    view = made("report", "some")
    once = paper.render("report", view, "en")
    assert paper.render("report", view, "en") == once
    assert paper.render("report", as_plain(view), "en") == once
    with PdfRenderer() as other:
        assert other.render("report", view, "en") == once


def test_a_chapter_is_read_from_its_score_to_what_to_do(paper: PdfRenderer) -> None:
    text = facts.words(facts.read(paper.render("report", rich.report(), "en")).text)
    chapter = text[text.index("Your results by dimension") :]
    order = ["33 out of 100", "no other dimension is lower", "What it means", "Your answers", "What to do",
             "Small effort · Done when: Count the records", "Your 90-day plan", "After 90 days"]  # fmt: skip
    places = [chapter.index(words) for words in order]
    assert places == sorted(places), dict(zip(order, places, strict=True))
    assert text.index("Windows and doors 1 33") < text.index("Your results by dimension"), "figures beside the radar"


def test_the_same_dossier_gives_the_same_bytes(paper: PdfRenderer) -> None:
    view = made("dossier", "some")
    assert paper.render("dossier", view, "en") == paper.render("dossier", as_plain(view), "en")


def test_a_document_has_the_date_of_the_answers(paper: PdfRenderer) -> None:
    assert facts.read(paper.render("report", made("report", "some"), "en")).created.startswith("D:20261002173000")


def test_answers_of_a_prospect_are_printed_unchanged(paper: PdfRenderer) -> None:
    text = facts.read(paper.render("report", made("report", f"company {samples.HOSTILE}"), "en")).text
    text = "".join(text.split())
    assert "Pickaslotfor<b>{{config}}</b>." in text
    assert "Muchislefttochance,<b>{{config}}</b>." in text


def test_a_character_no_bundled_font_draws_becomes_a_square(paper: PdfRenderer) -> None:
    known = facts.read(paper.render("report", made("report", f"company {JAPANESE}"), "en"))
    assert "□" * len(JAPANESE) in known.text
    assert known.title.endswith(JAPANESE)


def test_a_long_name_stays_on_the_page(paper: PdfRenderer) -> None:
    known = facts.read(paper.render("report", made("report", f"company {samples.GERMAN}"), "en"))
    assert "".join(known.pages[0].split()).count(samples.GERMAN) == 2


def test_every_page_but_the_cover_has_a_page_number(paper: PdfRenderer) -> None:
    pages = facts.read(paper.render("report", made("report", "some"), "en")).pages
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in page
        assert "Nordwind" in page
    assert "Page 1" not in pages[0]


def test_the_first_page_of_a_dossier_has_what_a_rep_needs(paper: PdfRenderer) -> None:
    page = facts.words(facts.read(paper.render("dossier", made("dossier", "some"), "en")).pages[0])
    who = ("Anna Keller", "Nordwind", "A1", "Decision-maker (VP)")
    when = ("Monday 5 October, 09:30", "Berlin time")
    for said in (*who, *when, "Opening line", "Still to ask", "Watch out for"):
        assert said in page


def test_french_documents_write_dates_and_figures_the_french_way(paper: PdfRenderer) -> None:
    report = facts.words(facts.read(paper.render("report", made("report", "french"), "fr")).text)
    assert "2 octobre 2026" in report
    assert "33,3" in report
    dossier = facts.words(facts.read(paper.render("dossier", made("dossier", "french"), "fr")).text)
    assert "lundi 5 octobre, 09:30" in dossier


def test_a_german_report_writes_dates_and_figures_the_german_way_and_breaks_long_words(paper: PdfRenderer) -> None:
    known = facts.read(paper.render("report", made("report", "german"), "de"))
    report = facts.words(known.text)
    assert "2. Oktober 2026" in report
    assert "33,3" in report
    assert re.search(r"Wählen Sie einen Termin für Donau\w+[-\N{HYPHEN}\ufffe\xad]", report)


def test_documents_also_render_on_letter_paper(paper: PdfRenderer) -> None:
    sheet = paper.print("report", made("report", "some"), "en", paper="letter")
    assert facts.read(sheet.pdf).size == (612, 792)
    assert sheet.warnings == ()
    assert len(facts.read(sheet.pdf).pages) <= 8


def test_a_logo_is_drawn_and_the_file_conforms(paper: PdfRenderer) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (300, 80), (20, 20, 120, 128)).save(drawn, "PNG")
    theme = Theme(name="Sender & Söhne", accent="#7a1f3d", logo=drawn.getvalue())
    sheet = paper.print("report", made("report", "some"), "en", theme)
    assert (sheet.warnings, sheet.plain) == ((), False)
    assert b"/Subtype /Image" in sheet.pdf
    assert broken_rules(sheet.pdf) == []


def test_very_long_answers_keep_a_dossier_readable(paper: PdfRenderer) -> None:
    answers = {**samples.SOME, "problem": "Everything waits. " * 100}
    sheet = paper.print("dossier", samples.dossier(samples.filled(answers)), "en")
    assert not sheet.plain
    assert len(facts.read(sheet.pdf).pages) <= 8
