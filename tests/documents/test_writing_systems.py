"""Documents in writing systems that the bundled fonts lack."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.brand.writing_systems import WRITING_SYSTEMS
from questionnaire.documents import PdfRenderer, renderer
from questionnaire.documents.renderer import Kind, RenderedPdf
from questionnaire.documents.system_fonts import NO_FONTS, SystemFonts, font_version
from tests.documents import facts, languages, samples
from tests.documents.verapdf import broken_rules
from tests.proof.size import sized

# A few words each, with the marks and joined letters that make the writing difficult.
WORDS = {
    "Arabic": "شركة لا لله الحَرَكات ٣٠، می‌خواهم", "Armenian": "Հայաստան ընկերություն", "Bengali": "প্রকাশ কোম্পানি ক্ষ র্ক",
    "Chinese, Japanese and Korean": "公司、「東京」 한국 カナ ＡＢ", "Devanagari": "क्षत्रिय हिन्दी र्क क्‍ष रु।",
    "Ethiopic": "ኢትዮጵያ ኩባንያ።", "Georgian": "საქართველო", "Gujarati": "ગુજરાત ક્ષ", "Gurmukhi": "ਪੰਜਾਬੀ ਪ੍ਰਕਾਸ਼",
    "Hebrew": "חברה בע״מ שָׁלוֹם", "Kannada": "ಕನ್ನಡ ಪ್ರಕಾಶ", "Khmer": "ក្រុមហ៊ុន ភាសាខ្មែរ", "Lao": "ບໍລິສັດ ລາວ",
    "Malayalam": "മലയാളം പ്രകാശം", "Myanmar": "မြန်မာ ကုမ္ပဏီ", "Sinhala": "සිංහල ප්‍රකාශ", "Tamil": "தமிழ் நிறுவனம்",
    "Telugu": "తెలుగు ప్రకాశం", "Thai": "บริษัท กำลังใจ น้ำ",
}  # fmt: skip


KINDS: tuple[Kind, ...] = ("report", "dossier")
Printed = Callable[[Kind, str], RenderedPdf]


@pytest.fixture(scope="module")
def printed(world_paper: PdfRenderer) -> Printed:
    """Prints a document of `languages` once."""

    @cache
    def document(kind: Kind, language: str) -> RenderedPdf:
        view = languages.report(language) if kind == "report" else languages.dossier(language)
        return world_paper.print(kind, view, view.language)

    return document


def print_page(paper: PdfRenderer, monkeypatch: pytest.MonkeyPatch, body: str) -> RenderedPdf:
    page = f"<html lang=en><head><title>A page</title></head><body>{body}</body></html>"
    monkeypatch.setattr(renderer, "document_html", lambda *given, **more: page)
    return paper.print("report", None, "en")


def letters(text: str) -> set[str]:
    """The base letters of a text. Joined letters may be extracted in any form and order."""
    return {one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one)[0] in "LN"}


# Each takes two to four seconds: small, every other language.
DOCUMENTS: tuple[tuple[str, Kind], ...] = sized(
    tuple(zip(tuple(languages.LANGUAGES)[::2], itertools.cycle(KINDS), strict=False)),
    tuple(itertools.product(languages.LANGUAGES, KINDS)),
)


def test_surveys_in_many_languages_are_accessible_and_archivable(printed: Printed) -> None:
    failures = []
    for language, kind in DOCUMENTS:
        sheet = printed(kind, language)
        known = facts.read(sheet.pdf)
        missing = letters(languages.COMPANIES[language]) - letters(known.text)
        problems = (
            broken_rules(sheet.pdf),
            sheet.warnings,
            sheet.plain,
            "□" in known.text,
            missing,
            known.unembedded,
        )
        if any(problems) or known.language != (language if kind == "report" else "en"):
            failures.append((language, kind, problems))
    assert failures == []


def test_every_writing_system_of_the_table_prints_and_conforms(
    world_paper: PdfRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WORDS.keys() == {system.name for system in WRITING_SYSTEMS}
    body = "".join(f"<p>{text} <strong>{text}</strong> <em>{text}</em></p>" for text in WORDS.values())
    sheet = print_page(world_paper, monkeypatch, body)
    known = facts.read(sheet.pdf)
    assert sheet.warnings == ()
    assert "□" not in known.text
    assert broken_rules(sheet.pdf) == []
    for system in WRITING_SYSTEMS:
        family = system.family.replace(" ", "-")
        assert {name for name in known.fonts if name.startswith(family)}, system.name


def test_marks_and_joiners_of_one_writing_on_letters_of_another_still_conform(
    world_paper: PdfRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = (
        "a\u0651b",
        "ب\u0301",
        "が\u3099ア\u0327",
        "क\u064b",
        "ก\u0301\u0e33",
        "a\u200db",
        "ب\u200d",
        "\u200cא",
        "1\u20e3",
        "\u0e31",
        "\u093f",
    )
    sheet = print_page(world_paper, monkeypatch, "".join(f"<p>{text} <b>{text}</b></p>" for text in odd))
    assert broken_rules(sheet.pdf) == []


def test_the_language_decides_between_the_shapes_of_chinese_characters(printed: Printed) -> None:
    expected = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-Hant": "TC"}
    for language, kind in (one for one in DOCUMENTS if one[0] in expected):
        family = f"Noto-Sans-CJK-{expected[language]}"
        fonts = facts.read(printed(kind, language).pdf).fonts
        assert {name for name in fonts if "CJK" in name} == {family, f"{family}-Bold"}


def test_a_latin_document_is_the_same_file_with_and_without_system_fonts(
    paper: PdfRenderer, world_paper: PdfRenderer
) -> None:
    world_paper.render("report", languages.report("ja"), "ja")
    for kind, view in (("report", samples.report(peers=samples.peers())), ("dossier", samples.dossier())):
        assert world_paper.render(kind, view, "en") == paper.render(kind, view, "en")  # type: ignore[arg-type]


def test_equal_content_gives_equal_bytes_whatever_was_printed_before(printed: Printed, fonts: SystemFonts) -> None:
    before = {language: printed("report", language).pdf for language in ("ar", "zh")}
    with PdfRenderer(fonts=fonts) as other:
        for language in ("zh", "ar"):
            assert other.render("report", languages.report(language), language) == before[language]


def test_without_the_fonts_each_letter_is_a_square_and_the_version_changes_with_them(
    paper: PdfRenderer, fonts: SystemFonts
) -> None:
    view = languages.dossier("ja")
    assert "□" * len(languages.COMPANIES["ja"]) in facts.read(paper.render("dossier", view, "en")).text
    assert font_version(asdict(view), fonts) != font_version(asdict(view), NO_FONTS)
    assert font_version(asdict(samples.dossier()), fonts) == font_version(asdict(samples.dossier()), NO_FONTS) == ""


def test_a_report_from_right_to_left_starts_at_the_right(printed: Printed) -> None:
    pdf = printed("report", "he").pdf
    # The margin of 18 mm is 51 points.
    left, right = 51, facts.read(pdf).size[0] - 51
    page = facts.boxes(pdf)[1]
    by_text = {box.text.strip(): box for box in page}
    assert by_text["Summary"].right == pytest.approx(right, abs=2)
    assert by_text["Where you stand"].right == pytest.approx(right, abs=2)
    foot = [box for box in page if box.bottom < left]
    assert min(box.left for box in foot) == pytest.approx(left, abs=2)
    assert by_text[languages.COMPANIES["he"]].right == pytest.approx(right, abs=2)
    # A sentence in English still runs from left to right, and the scale from right to left.
    assert by_text["31"].right < by_text["out of 100"].left
    assert by_text["100"].left == pytest.approx(left, abs=2)
    assert by_text["0"].right == pytest.approx(right, abs=2)


def test_the_render_process_opens_no_other_font_than_those_linked(world_paper: PdfRenderer) -> None:
    world_paper.render("report", languages.report("th"), "th", DEFAULT_THEME)
    opened = Path(f"/proc/{world_paper.pid}/maps").read_text()
    assert "NotoSansThai-Regular.ttf" in opened
    assert "DejaVu" not in opened
