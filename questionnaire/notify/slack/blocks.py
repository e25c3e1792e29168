"""Slack's blocks: texts escaped and within Slack's limits.

Slack rejects a message with one text that is too long, and reads `<!channel>` in a company's name as a mention of
everyone. Source: https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST_HEADER = 150
LONGEST_TEXT = 3000
LONGEST_FIELD = 2000
LONGEST_BUTTON = 75
MOST_FIELDS = 10

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")

Block = dict[str, Any]


def escaped(text: str, most: int = LONGEST_TEXT) -> str:
    """The text for `mrkdwn`, at most `most` characters long as it is sent; an entity is never cut in two."""
    parts, length = [_ENTITIES.get(sign, sign) for sign in text], 0
    if sum(map(len, parts)) <= most:
        return "".join(parts)
    kept = []
    for part in parts:
        length += len(part)
        if length > most - 1:
            break
        kept.append(part)
    return "".join(kept).rstrip() + "…"


def bold(text: str) -> str:
    """Escaped text in bold. Slack needs it on one line, without a star inside."""
    return f"*{escaped(' '.join(text.replace('*', '∗').split()), 300)}*" if text.strip() else ""


def mention(member: str) -> str:
    """`<@U012ABC>` for a member id, "" for anything else."""
    return f"<@{member}>" if _MEMBER.fullmatch(member) else ""


def header(text: str) -> Block:
    """Plain text: nothing in it is read as markup, and angle brackets are replaced, so that no client tries to."""
    plain = " ".join(text.translate({ord("<"): "‹", ord(">"): "›"}).split())
    short = plain if len(plain) <= LONGEST_HEADER else plain[: LONGEST_HEADER - 1].rstrip() + "…"
    return {"type": "header", "text": {"type": "plain_text", "text": short, "emoji": False}}


def section(text: str) -> Block:
    """`text` is markup: what people typed was escaped before."""
    return {"type": "section", "text": _markup(text, LONGEST_TEXT)}


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """Label and escaped text, side by side in two columns."""
    texts = [_markup(f"{bold(label)}\n{text}", LONGEST_FIELD) for label, text in pairs]
    return {"type": "section", "fields": texts[:MOST_FIELDS]}


def button(text: str, link: str, *, primary: bool) -> Block:
    element: Block = {"type": "button", "text": {"type": "plain_text", "text": text[:LONGEST_BUTTON]}, "url": link}
    return {"type": "actions", "elements": [{**element, "style": "primary"} if primary else element]}


def message(text: str, blocks: list[Block]) -> Block:
    """The body of the request. `text` is what a notification on a phone shows; links in it are not looked up."""
    return {"text": escaped(text), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def plain_lines(body: Mapping[str, Any]) -> list[str]:
    """What a person reads of a message, line by line, with the address behind the button."""
    lines = []
    for block in body["blocks"]:
        texts = [block["text"]] if "text" in block else block.get("fields", [])
        lines += [_unescaped(text["text"]) for text in texts]
        lines += [f"{element['text']['text']}\n{element['url']}" for element in block.get("elements", [])]
    return lines


def _markup(text: str, most: int) -> Block:
    # The parts were cut before; what is still too long is a list, cut at the end of a line.
    while len(text) > most:
        text = text.rpartition("\n")[0] or text[:most]
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _unescaped(text: str) -> str:
    plain = re.sub(r"\*([^*\n]*)\*", r"\1", text)
    for sign, entity in reversed(_ENTITIES.items()):
        plain = plain.replace(entity, sign)
    return plain
