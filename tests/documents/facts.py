"""Facts of a PDF file without rendering it: pages, text, title, language, tags, fonts."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2


@dataclass(frozen=True, slots=True)
class Facts:
    pages: tuple[str, ...]
    title: str
    language: str
    tagged: bool
    created: str
    fonts: frozenset[str]
    unembedded: frozenset[str]
    size: tuple[int, int]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


def read(pdf: bytes) -> Facts:
    drawn = pypdfium2.PdfDocument(pdf)
    pages = tuple(page.get_textpage().get_text_bounded() for page in drawn)
    drawn.close()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts, bare = set(), set()
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                name = str(item.FontName).lstrip("/").split("+")[-1]
                fonts.add(name)
                if not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                    bare.add(name)
        box = [round(float(edge)) for edge in file.pages[0].MediaBox]
        return Facts(
            pages=pages,
            title=str(file.docinfo["/Title"]),
            language=str(file.Root["/Lang"]),
            tagged="/StructTreeRoot" in file.Root,
            created=str(file.docinfo.get("/CreationDate", "")),
            fonts=frozenset(fonts),
            unembedded=frozenset(bare),
            size=(box[2], box[3]),
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text and its place, in points from the bottom left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def boxes(pdf: bytes) -> tuple[tuple[Box, ...], ...]:
    """The pieces of text of each page."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_boxes(page.get_textpage()) for page in file)
    finally:
        file.close()


def _boxes(page: pypdfium2.PdfTextPage) -> tuple[Box, ...]:
    rectangles = (page.get_rect(number) for number in range(page.count_rects()))
    return tuple(Box(page.get_text_bounded(*edges), *edges) for edges in rectangles)


def words(text: str) -> str:
    """Text with every run of blanks as one, so that line ends do not matter."""
    return " ".join(text.split())
