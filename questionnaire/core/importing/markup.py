"""Texts of other products, which may hold HTML, as our texts: paragraphs, lists, bold, italics and links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);", re.DOTALL)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "tr", "table", "blockquote", "ul", "ol"}
)
_SILENT = frozenset({"script", "style", "svg", "object", "iframe", "video", "audio", "select"})
_LOST = _SILENT | {"img", "table", "input", "button", "embed", "form", "map", "canvas"}
_VOID = frozenset({"img", "input", "br", "hr", "embed"})


class _Converter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: dict[str, None] = {}
        self.silent = 0
        self.links: list[str] = []
        self.lists: list[int | None] = []
        self.marks: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _LOST:
            source = values.get("src") or values.get("href") or ""
            self.lost[f"{tag} {source}".strip()] = None
        self.silent += tag in _SILENT
        if tag == "a":
            href = values.get("href", "")
            self.links.append(href if re.match(r"(https?://|mailto:)[^\s()]+$", href) else "")
            self.parts.append("[" if self.links[-1] else "")
            if href and not self.links[-1]:
                self.lost[f"a {href}"] = None
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append(f"\n{self.bullet()} ")
        elif tag in _MARKS:
            self.marks.append(len(self.parts))
            self.parts.append(_MARKS[tag])
        else:
            self.parts.append("\n" if tag == "br" else "\n\n" if tag in _BLOCKS else "")

    def bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "-"
        self.lists[-1] = number + 1
        return f"{number + 1}."

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag == "a" and self.links:
            href = self.links.pop()
            self.parts.append(f"]({href})" if href else "")
        elif tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
            self.parts.append("\n\n")
        elif tag in _MARKS and self.marks:
            self.end_mark(self.marks.pop())
        else:
            self.parts.append("\n\n" if tag in _BLOCKS else "")

    def end_mark(self, at: int) -> None:
        """Ends emphasis: spaces stand outside, and nothing is emphasised that is not there."""
        mark, text = self.parts[at], "".join(self.parts[at + 1 :])
        words = text.strip(" ")
        before, _, after = text.partition(words) if words.strip() else (text, "", "")
        self.parts[at:] = [before, f"{mark}{words}{mark}", after] if words.strip() else [text]

    def handle_data(self, text: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", text))


def has_html(text: str) -> bool:
    return _HTML.search(text) is not None


def to_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in our notation, and the markup that was lost. A text without HTML stays as it is."""
    if not has_html(text):
        return text.strip(), ()
    converter = _Converter()
    converter.feed(text)
    converter.close()
    words = "".join(converter.parts).replace("\N{NO-BREAK SPACE}", " ")
    words = re.sub(r"[ \t]*\n[ \t]*", "\n", words)
    return re.sub(r"\n{3,}", "\n\n", words).strip(), tuple(converter.lost)


def one_line(text: str) -> str:
    return " ".join(text.split())
