"""Texts in the cells of a spreadsheet: what a program would take for a formula gets an apostrophe in front.

Source: safety rule 38 (CSV injection).
"""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")
ESCAPE = "'"


def is_formula(text: str) -> bool:
    return text.startswith(_DANGEROUS)


def escaped(text: str) -> str:
    """The text as a cell holds it."""
    return ESCAPE + text if is_formula(text) else text


def unescaped(text: str) -> str:
    """The text that a cell holds; an apostrophe that `escaped` did not write stays."""
    return text[1:] if text.startswith(ESCAPE) and is_formula(text[1:]) else text
