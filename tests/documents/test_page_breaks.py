"""No page of a report is half empty: what comes next begins on it, and what must stay whole is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

import pypdfium2

from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.core.survey.maturity import measure
from questionnaire.documents import PdfRenderer
from questionnaire.templating import words_for
from tests.documents import rich, samples
from tests.proof.size import sized
from tests.surveys.big_questionnaires import answered, security_model

MOST_WHITE = 1 / 3
# Shares of an A4 page: its margins, and what is printed between them.
TOP, BOTTOM = 18 / 297, 1 - 22 / 297

SAMPLES = (
    ("sales-marketing-alignment", "en"),
    ("revenue-data-readiness", "fr"),
    ("hiring-process", "de"),
    ("devops-maturity", "fr"),
)


def partly_secure() -> Report:
    made = security_model()
    journey = answered(made, Random(1))
    return build_report(
        ReportContext(made, journey, samples.ANNA, measure(made, journey), datetime.fromisoformat(samples.AT), "en",
                      words_for("en"))
    )  # fmt: skip


REPORTS: Mapping[str, Callable[[], Any]] = {
    **{f"{name} {language}": partial(rich.sample, name, language) for name, language in SAMPLES},
    "energy de": lambda: rich.case("building-energy-efficiency", "E1"),
    "sample": lambda: samples.report(peers=samples.peers(), prior=samples.prior()),
    "best": lambda: samples.report(samples.filled(samples.BEST)),
    "almost nothing": lambda: samples.report(samples.filled({"employees": 12}), block=None),
    "radar and blocks": rich.report,
    "one dimension": lambda: rich.report(dimensions=1, questions=1, sentences=1, blocks=False),
    "short": lambda: rich.report(dimensions=2, questions=1, sentences=1, advice=False, blocks=False),
    "without advice": lambda: rich.report(advice=False, dimensions=5, radar=False),
    "long texts": lambda: rich.report(dimensions=3, sentences=9),
    "very long texts": lambda: rich.report(dimensions=2, sentences=30, questions=2),
    "many dimensions": lambda: rich.report(dimensions=9, sentences=1, language="de", questions=1),
    "many questions": lambda: rich.report(dimensions=2, questions=25),
    "ninety questions in two levels of dimensions": partly_secure,
    "right to left": lambda: rich.report(language="ar"),
}


# Each takes a second or two: small, one of each shape.
SMALL = (
    *("sales-marketing-alignment en", "devops-maturity fr", "almost nothing", "radar and blocks"),
    *("many questions", "ninety questions in two levels of dimensions"),
)
TRIED = sized(SMALL, tuple(REPORTS))


def white_tails(pdf: bytes) -> Iterator[float]:
    """The share of white at the end of every page but the cover and the last, of what can be printed on it."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(1, len(file) - 1):
            drawn = file[number].render(scale=0.5, grayscale=True).to_pil()
            top, bottom = round(drawn.height * TOP), round(drawn.height * BOTTOM)
            box = drawn.crop((0, top, drawn.width, bottom)).point(lambda grey: 255 if grey < 235 else 0).getbbox()
            yield 1 - (box[3] if box else 0) / (bottom - top)
    finally:
        file.close()


def words_of_pages(pdf: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in file]
    finally:
        file.close()


def test_an_action_of_the_plan_stays_on_one_page_with_its_title(world_paper: PdfRenderer) -> None:
    report = rich.sample("devops-maturity", "fr")
    pages = words_of_pages(world_paper.render("report", report, report.language))
    plan = report.section("plan")
    assert plan is not None
    moves = [move for term in plan.terms for move in term.moves]
    assert len(moves) == 9
    for move in moves:
        whole = " ".join(f"{move.title} {move.line.text.replace('**', '')}".split())
        assert any(whole in page for page in pages), whole


def test_a_white_page_is_seen_to_be_white(paper: PdfRenderer) -> None:
    shares = [*white_tails(paper.render("report", REPORTS["sample"](), "en"))]
    assert shares
    assert all(0 <= share < 1 for share in shares)


def test_no_page_break_leaves_more_than_a_third_of_a_page_white(world_paper: PdfRenderer) -> None:
    wrong = []
    for name in TRIED:
        report = REPORTS[name]()
        for number, share in enumerate(white_tails(world_paper.render("report", report, report.language)), start=2):
            if share > MOST_WHITE:
                wrong.append(f"{name}, page {number}: {share:.0%} white")
    assert not wrong, "\n".join(wrong)


def test_no_action_of_the_plan_and_no_chart_is_parted_by_the_end_of_a_page(world_paper: PdfRenderer) -> None:
    report = rich.case("cybersecurity-basics", "C1")
    pdf = world_paper.render("report", report, report.language)
    assert all(share <= MOST_WHITE for share in white_tails(pdf))
    file = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage() for page in file]
        pages = [bare(text.get_text_range()) for text in texts]
        plan, summary = report.section("plan"), report.section("summary")
        assert plan is not None
        assert summary is not None
        actions = [move.line.text for term in plan.terms for move in term.moves]
        assert len(actions) > 6
        assert not [action for action in actions if not any(bare(action) in page for page in pages)]
        rows = [bare(f"{number} {bar.title}") for number, bar in enumerate(summary.bars, start=1)]
        assert all(row in pages[1] for row in rows), "the radar is read by the numbers of these rows"
        once = [step.name for step in summary.scale if pages[1].count(bare(step.name)) == 1]
        heights = {round(lower_edge(texts[1], name)) for name in once}
        assert len(once) > 1 == len(heights), "the names of the bands stand in one line"
    finally:
        file.close()


def bare(text: str) -> str:
    """Letters and digits alone: however a line ends, and however a word is parted."""
    return "".join(letter for letter in text if letter.isalnum())


def lower_edge(page: pypdfium2.PdfTextPage, name: str) -> float:
    return float(page.get_charbox(page.search(name).get_next()[0])[1])
