"""The rows of a sheet with texts, from .xlsx or .csv. Runs in the limited process only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException

from questionnaire.core.base.spreadsheet_cells import unescaped
from questionnaire.library.imports.parse import MOST_ROWS, Unreadable, check_archive

MOST_COLUMNS = 20
LONGEST_CELL = 20_000
DELIMITERS = ",;\t"


def read_sheet(content: bytes) -> list[dict[str, Any]]:
    """Each row with its number, its cells as texts, and the columns that hold a formula. Formulas are not computed."""
    rows = _workbook(content) if content.startswith(b"PK") else _delimited(content)
    found: list[dict[str, Any]] = []
    for number, (cells, formulas) in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Unreadable(f"this sheet has more than {MOST_ROWS} rows", "keep the rows of the survey")
        if any(cells):
            found.append({"number": number, "cells": cells, "formulas": formulas})
    return found


def _workbook(content: bytes) -> Iterator[tuple[list[str], list[int]]]:
    check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS):
            formulas = [at for at, cell in enumerate(row) if cell.data_type == "f"]
            cells = ["" if cell.value is None else str(cell.value)[:LONGEST_CELL] for cell in row]
            yield [cell if at in formulas else unescaped(cell) for at, cell in enumerate(cells)], formulas
    except DefusedXmlException:
        raise Unreadable("this workbook defines XML entities", "save it again from a spreadsheet program") from None
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 (a damaged workbook fails in a hundred ways)
        raise Unreadable(f"this workbook cannot be read ({type(error).__name__})",
                         "open it in a spreadsheet program and save it as .xlsx") from None  # fmt: skip


def _delimited(content: bytes) -> Iterator[tuple[list[str], list[int]]]:
    """A text of a CSV file that looks like a formula is a text: what wrote it escaped it, or a translator typed it."""
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False):
            yield [unescaped(cell) for cell in row[:MOST_COLUMNS]], []
    except csv.Error:
        raise Unreadable("this CSV file cannot be read", "save it again as CSV (UTF-8) or as .xlsx") from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
