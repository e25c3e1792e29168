"""The worst contents, printed and measured: nothing is cut or covered, and tables repeat their headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from questionnaire.documents import PdfRenderer
from questionnaire.documents.system_fonts import SystemFonts
from tests.documents import facts, samples, worst
from tests.documents.facts import Box
from tests.documents.verapdf import broken_rules
from tests.proof.size import sized

# A4 in points; printers do not reach the outermost 4 mm. A space at the end of a line may hang over the margin.
WIDTH, HEIGHT, UNPRINTED, MARGIN = 595, 842, 11.3, 51
# The headings of the dossier's long tables, and the first words of what follows each.
TABLES = (
    ("All answers", "Counts toward", "Signals"),
    ("Signals", "Strength", "Source and campaign"),
    ("History", "Activity", ""),
)


@dataclass(frozen=True, slots=True)
class Printed:
    pdf: bytes
    warnings: tuple[str, ...]
    pages: tuple[tuple[Box, ...], ...]


# Each takes four seconds: small, one document of each kind.
DOCUMENTS = sized(
    (("dossier", "en"), ("report", "ar")),
    tuple(itertools.product(("report", "dossier"), worst.HANDS)),
)
VIEWS: dict[str, Callable[[worst.Hand], Any]] = {"report": worst.report, "dossier": worst.dossier}


@pytest.fixture(scope="module")
def documents(fonts: SystemFonts) -> Iterator[dict[str, Printed]]:
    """The worst report and dossier, as several hands write them."""
    printed = {}
    with PdfRenderer(wait=180, fonts=fonts) as paper:
        for kind, language in DOCUMENTS:
            sheet = paper.print(kind, VIEWS[kind](worst.HANDS[language]), language)  # type: ignore[arg-type]  # a literal
            assert not sheet.plain
            printed[f"{kind} {language}"] = Printed(sheet.pdf, sheet.warnings, facts.boxes(sheet.pdf))
        yield printed


def overlap(one: Box, other: Box) -> float:
    """The share of the smaller box that the other covers."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min((box.right - box.left) * (box.top - box.bottom) for box in (one, other))
    return max(width, 0) * max(height, 0) / smaller if smaller > 0 else 0


def overlaps(page: tuple[Box, ...]) -> Iterator[tuple[str, str]]:
    boxes = sorted((box for box in page if box.text.strip()), key=lambda box: box.bottom)
    for number, one in enumerate(boxes, start=1):
        above = itertools.takewhile(lambda other, top=one.top: other.bottom < top, boxes[number:])  # type: ignore[misc]  # bound early
        yield from ((one.text, other.text) for other in above if overlap(one, other) > 0.3)


def is_cut(box: Box) -> bool:
    return (
        box.left < MARGIN - 7
        or box.right > WIDTH - MARGIN + 6
        or box.bottom < UNPRINTED
        or box.top > HEIGHT - MARGIN + 6
    )


def test_no_text_is_cut_at_an_edge_of_the_page(documents: dict[str, Printed]) -> None:
    cut = [
        (name, number, box)
        for name, document in documents.items()
        for number, page in enumerate(document.pages, start=1)
        for box in page
        if box.text.strip() and is_cut(box)
    ]
    assert cut == []


def test_no_text_covers_another(documents: dict[str, Printed]) -> None:
    covered = [
        (name, number, *texts)
        for name, document in documents.items()
        for number, page in enumerate(document.pages, start=1)
        for texts in overlaps(page)
    ]
    assert covered == []


def test_a_table_repeats_its_heading_on_every_page(documents: dict[str, Printed]) -> None:
    lost = []
    for hand in (language for kind, language in DOCUMENTS if kind == "dossier"):
        pages = [{box.text.strip() for box in page} for page in documents[f"dossier {hand}"].pages]
        for title, heading, following in TABLES:
            first = next(number for number, page in enumerate(pages) if title in page)
            last = next((number for number, page in enumerate(pages) if following in page), len(pages))
            lost += [(hand, title, number + 1) for number in range(first, last) if heading not in pages[number]]
            assert last > first or title == "Signals"
    assert lost == []


def test_the_worst_documents_conform_and_keep_every_word(documents: dict[str, Printed]) -> None:
    for name, document in documents.items():
        text = "".join(box.text for page in document.pages for box in page)
        assert "□" not in text, name
        assert document.warnings == (), name
        assert broken_rules(document.pdf) == [], name
    first = "".join(box.text.strip() for box in documents["dossier en"].pages[0])
    assert first.count(worst.LATIN.word) >= 3


def test_a_footer_that_is_too_long_ends_with_dots_in_its_second_line(documents: dict[str, Printed]) -> None:
    foot = [box for box in documents["dossier en"].pages[3] if box.bottom < MARGIN and box.left < WIDTH / 2]
    assert len({round(box.bottom / 5) for box in foot}) <= 3
    assert foot[-1].text.strip().endswith("…")


def test_a_long_answer_keeps_its_lines_and_continues_below_the_heading_of_its_table(paper: PdfRenderer) -> None:
    answer = "\n".join(f"{line} lines of an answer" for line in range(80))
    pages = facts.boxes(
        paper.render("dossier", samples.dossier(samples.filled({**samples.SOME, "problem": answer})), "en")
    )
    texts = [box.text.strip() for page in pages for box in page]
    # The dossier also quotes the beginning, in a paragraph.
    assert [text for text in texts if re.fullmatch(r"\d+ lines of an answer", text)][-80:] == answer.split("\n")
    holding = [page for page in pages if any(re.fullmatch(r"\d+ lines of an answer", box.text.strip()) for box in page)]
    assert len(holding) >= 2
    assert all(any(box.text.strip() == "Counts toward" for box in page) for page in holding)
