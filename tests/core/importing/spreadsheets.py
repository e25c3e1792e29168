"""Spreadsheets as tables of Markdown, so that a difference can be read: `## sheet`, then `| cell | cell |`."""

from __future__ import annotations

import io

import openpyxl


def sheets(text: str) -> dict[str, list[list[str]]]:
    """Sheet -> rows of cells."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("## "):
            found[line[3:].strip()] = []
        elif line.startswith("|"):
            found[list(found)[-1]].append([cell.strip() for cell in line.strip().strip("|").split(" |")])
    return found


def workbook(text: str) -> bytes:
    """The .xlsx file of these tables."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets(text).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(text: str) -> str | int | None:
    return int(text) if text.isdecimal() else text or None
