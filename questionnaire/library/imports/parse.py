"""Bytes of a file as a tree of mappings, lists and scalars. Runs in the limited process only."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from questionnaire.core.importing.xlsform.columns import ROW

DEEPEST = 60
MOST_UNPACKED = 60_000_000
MOST_FILES = 500
MOST_ROWS, MOST_COLUMNS = 5000, 200
MOST_SHEETS = 30


class Unreadable(Exception):
    """The file is not what it claims to be, or beyond a limit. The arguments are the problem's message and hint."""


def parse_json(content: bytes) -> dict[str, Any]:
    try:
        tree = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_mapping)
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"this JSON cannot be read{place}", "export the survey again, and don’t edit it") from None
    if not isinstance(tree, dict):
        raise Unreadable("this JSON is no survey", "export one survey, not a list")
    if _depth(tree) > DEEPEST:
        raise Unreadable(f"this file is nested more than {DEEPEST} levels deep", "export the survey again")
    return tree


def _no_constant(_: str) -> None:
    """NaN and the infinities are not JSON."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice is kept under another name, so that it is not lost."""
    result: dict[str, Any] = {}
    for key, value in pairs:
        number = 2
        while key in result:
            key, number = f"{key.partition(' (')[0]} ({number})", number + 1
        result[key] = value
    return result


def _depth(tree: object) -> int:
    """Level by level, so that depth costs no stack."""
    level, depth = [tree], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [part for one in level if isinstance(one, dict | list)
                 for part in (one.values() if isinstance(one, dict) else one)]  # fmt: skip
    return depth


def parse_workbook(content: bytes) -> dict[str, Any]:
    """Sheet -> rows, each a mapping of header to text, with its number."""
    check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = book.worksheets
        if len(sheets) > MOST_SHEETS:
            raise Unreadable(f"this workbook has more than {MOST_SHEETS} sheets", "keep the sheets of the form")
        return {sheet.title: list(_rows(sheet)) for sheet in sheets}
    except Unreadable:
        raise
    except DefusedXmlException:
        raise Unreadable("this workbook defines XML entities", "save it again from a spreadsheet program") from None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (a damaged workbook fails in a hundred ways)
        raise Unreadable(f"this workbook cannot be read ({type(error).__name__})",
                         "open it in a spreadsheet program and save it as .xlsx") from None  # fmt: skip


def check_archive(content: bytes) -> None:
    """Refuses an archive that would unpack to far more than a form is; nothing is unpacked for that."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable("this is no .xlsx file", "save the form as .xlsx") from None
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("this workbook unpacks to far more than a form is", "keep the sheets of the form only")


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    headers: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Unreadable(f"a sheet has more than {MOST_ROWS} rows", "divide the form")
        values = [_cell(cell) for cell in cells]
        if not any(values):
            continue
        if not headers:
            headers = values
            continue
        named = {headers[at] or f"column {at + 1}": value for at, value in enumerate(values) if value
                 for _ in range(at < len(headers))}  # fmt: skip
        beyond = {f"column {at + 1}": value for at, value in enumerate(values) if value and at >= len(headers)}
        yield {ROW: number, **named, **beyond}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def parse_lss(content: bytes) -> dict[str, Any]:
    """Table -> rows, each a mapping of column to text; `languages` is a list of tags."""
    try:
        document = ElementTree.fromstring(content, forbid_dtd=False)
    except DefusedXmlException:
        raise Unreadable("this file defines XML entities", "export the survey again from LimeSurvey") from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"this XML cannot be read ({error})", "export the survey again from LimeSurvey") from None
    if document.tag != "document":
        raise Unreadable("this XML is no export of LimeSurvey", "choose “Survey structure (.lss)” when you export")
    tree: dict[str, Any] = {}
    for table in document:
        rows = table.find("rows")
        if rows is not None:
            tree[table.tag] = [_mapping([(cell.tag, cell.text or "") for cell in row]) for row in rows]
        elif table.tag == "languages":
            tree["languages"] = [(language.text or "").strip() for language in table]
        else:
            tree[table.tag] = (table.text or "").strip()
    return tree
