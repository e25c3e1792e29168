"""Authored texts as HTML and as plain text: paragraphs, lists and the Markdown subset, with placeholders filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from questionnaire.core.base.texts import Placeholder, fill, replace_placeholders

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_PLACE_START, _PLACE_END = "\ue000", "\ue001"
"""Private-use characters round the number of a placeholder while Markdown is rendered."""
_NO_PLACES = {ord(_PLACE_START): None, ord(_PLACE_END): None}
_PLACE = re.compile(f"{_PLACE_START}(\\d+){_PLACE_END}")
_URL_PLACE = re.compile(r"%EE%80%80(\d+)%EE%80%81")
_DOCUMENT = MarkdownIt("commonmark", {"html": False}).enable("table")
_DOCUMENT_TAGS = _TAGS | {
    "h1",
    "h2",
    "h3",
    "h4",
    "pre",
    "code",
    "blockquote",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "newline", "escape", "entity", "backticks"])


@lru_cache(maxsize=2048)
def _safe_html(source: str, *, inline: bool) -> str:
    """Returns authored text as safe HTML. Cached, because authors write few texts, which are shown often."""
    return nh3.clean(
        _render_lines(source) if inline else _MARKDOWN.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _render_lines(source: str) -> str:
    """Renders a text without block elements: paragraphs and list items become lines."""
    if "\n" not in source.strip():
        return str(_MARKDOWN.renderInline(source))
    return "".join(
        block.gap.replace("\n", "<br>") + block.mark + _MARKDOWN.renderer.render([block.inline], _MARKDOWN.options, {})
        for block in _blocks(source)
    )


def isolate_direction(value: str | None) -> Markup:
    """Returns a person's own text in `<bdi>`, so that its writing direction does not affect the surrounding text."""
    return Markup("<bdi>{}</bdi>").format(value) if value else Markup("")


def _live(found: Placeholder, value: str) -> Markup:
    """A placeholder that static/js/placeholders fills again when an answer changes."""
    return Markup('<bdi data-p="{}" data-f="{}">{}</bdi>').format(found.name, found.fallback, value or found.fallback)


def _authored_html(source: str, values: Mapping[str, str] | None, *, inline: bool, live: bool = False) -> Markup:
    """Placeholders are filled last, so that a value is never parsed as Markdown and never reaches the sanitiser."""
    if values is None or "{{" not in source:
        return Markup(_safe_html(source, inline=inline))  # noqa: S704 (sanitised)
    found: list[Placeholder] = []

    def keep_place(placeholder: Placeholder) -> str:
        found.append(placeholder)
        return f"{_PLACE_START}{len(found) - 1}{_PLACE_END}"

    def insert(place: re.Match[str]) -> str:
        placeholder = found[int(place[1])]
        value = placeholder.value(values)
        if live:
            return _live(placeholder, value)
        return isolate_direction(value) or escape(placeholder.fallback)

    def insert_into_url(place: re.Match[str]) -> str:
        placeholder = found[int(place[1])]
        return quote(placeholder.value(values) or placeholder.fallback, safe="")

    marked = replace_placeholders(source.translate(_NO_PLACES), keep_place)
    html = _URL_PLACE.sub(insert_into_url, _safe_html(marked, inline=inline))
    return Markup(_PLACE.sub(insert, html))  # noqa: S704 (sanitised; each value is escaped)


def markdown(source: str, values: Mapping[str, str] | None = None, *, live: bool = False) -> Markup:
    """Renders the Markdown subset for authors to safe HTML with paragraphs and lists.

    Then fills placeholders from `values`, escaped, in one pass. `live`: for a page that fills them again by itself.
    """
    return _authored_html(source, values, inline=False, live=live)


def markdown_inline(source: str, values: Mapping[str, str] | None = None, *, live: bool = False) -> Markup:
    """Does the same for a heading, a table cell or a label, which can contain no blocks: these become lines."""
    return _authored_html(source, values, inline=True, live=live)


def document_html(source: str, address: Callable[[str], str]) -> Markup:
    """Renders a page of our own docs, in full Markdown, to safe HTML; headings get the ids that links to them use.

    `address` says where a link leads; a link without an address becomes plain text.
    """
    tokens = _DOCUMENT.parse(source)
    titles = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", heading_id(tokens[at + 1].content))
            titles += token.tag == "h1"
            if token.tag == "h1" and titles > 1:
                # A page has one title.
                token.tag = tokens[at + 2].tag = "h2"
        elif token.type == "inline":
            _resolve_links(token.children or [], address)
    html = nh3.clean(
        _DOCUMENT.renderer.render(tokens, _DOCUMENT.options, {}),
        tags=_DOCUMENT_TAGS,
        attributes={"a": {"href"}, **{f"h{level}": {"id"} for level in range(1, 5)}},
        # What is wide scrolls on its own; then it must be reached by keyboard.
        set_tag_attribute_values={"table": {"tabindex": "0"}, "pre": {"tabindex": "0"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(html)  # noqa: S704 (sanitised)


def heading_id(text: str) -> str:
    """The id that GitHub gives a heading: `Two people at once` -> `two-people-at-once`."""
    plain = re.sub(r"[^\w\- ]", "", text.replace("`", "").lower())
    return plain.replace(" ", "-")


def _resolve_links(tokens: list[Token], address: Callable[[str], str]) -> None:
    is_open = False
    for token in tokens:
        if token.type == "link_open":
            target = address(str(token.attrGet("href") or ""))
            is_open = bool(target)
            if target:
                token.attrSet("href", target)
            else:
                token.type, token.tag, token.hidden = "text", "", True
        elif token.type == "link_close" and not is_open:
            token.type, token.tag, token.hidden = "text", "", True


def markdown_text(source: str, values: Mapping[str, str] | None = None) -> str:
    """Returns authored text without Markdown marks, for plain-text mails; the URL of a link follows in brackets."""
    text = "".join(
        block.gap + block.mark + "".join(_plain_parts(block.inline.children or ())) for block in _blocks(source)
    )
    return text if values is None else fill(text, values, str)


@dataclass(frozen=True, slots=True)
class _TextBlock:
    """A paragraph or list item: the line breaks before it, its list mark, and its content."""

    gap: str
    mark: str
    inline: Token


def _blocks(source: str) -> Iterator[_TextBlock]:
    """The paragraphs and list items of a text, in order. Items of one list stand on lines of their own."""
    numbers: list[int] = []
    mark, first, after_item = "", True, False
    for token in _MARKDOWN.parse(source):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else -1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
            after_item = bool(numbers)
        elif token.type == "list_item_open":
            mark = "  " * (len(numbers) - 1) + ("• " if numbers[-1] < 0 else f"{numbers[-1]}. ")
            numbers[-1] += numbers[-1] >= 0
        elif token.type == "inline":
            in_list = bool(mark)
            yield _TextBlock("" if first else "\n" if in_list and after_item else "\n\n", mark, token)
            mark, first, after_item = "", False, in_list


def _plain_parts(tokens: list[Token] | tuple[Token, ...]) -> list[str]:
    parts: list[str] = []
    url = ""
    for token in tokens:
        if token.type == "link_open":
            url = str(token.attrGet("href") or "")
        elif token.type == "link_close" and url:
            parts.append(f" ({url})")
            url = ""
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(token.content)
    return parts
