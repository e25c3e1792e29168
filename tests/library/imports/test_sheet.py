"""Sheets of texts: written so that nothing in them runs, and read back in a process with limits."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl

from questionnaire.library.imports import limited_process
from questionnaire.library.imports.limited_process import read_sheet
from questionnaire.library.imports.sheet import read_sheet as read_rows
from questionnaire.spreadsheet.sheets import write_csv, write_xlsx

ROWS = [
    ("Path @3", "Place", "English", "French"),
    ("title", "Title", "=1+1", "+33 «quoted», \"two\"\nlines"),
    ("pages/p/questions/a/title", "Question: -x", "@home", "Déjà vu\x07"),
]  # fmt: skip
READ = [list(row) for row in ROWS[:2]] + [["pages/p/questions/a/title", "Question: -x", "@home", "Déjà vu"]]


def cells(content: bytes) -> list[list[str]]:
    return [row["cells"][:4] for row in read_rows(content)]


def test_a_workbook_holds_texts_only_and_comes_back_as_it_was() -> None:
    content = write_xlsx(ROWS, "A/title?", (30, 30, 60, 60))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}  # type: ignore[union-attr]  # a sheet
    assert sheet["C2"].quotePrefix  # type: ignore[index]  # a sheet
    assert cells(content) == READ


def test_a_csv_file_escapes_what_looks_like_a_formula_and_comes_back_as_it_was() -> None:
    content = write_csv(ROWS)
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert written[1][2] == "'=1+1"
    assert cells(content) == READ


def test_what_spreadsheet_programs_make_of_a_csv_file_is_read_too() -> None:
    text = "Path @3;Place;English;French\r\ntitle;Title;One;Déjà\r\n;;;\r\n"
    for content in (text.encode("utf-8-sig"), text.encode("cp1252"), text.encode("utf-16"),
                    text.replace(";", "\t").encode()):  # fmt: skip
        assert cells(content) == [["Path @3", "Place", "English", "French"], ["title", "Title", "One", "Déjà"]]


def test_a_formula_is_not_computed_and_named() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Path", "Place", "English", "French"])  # type: ignore[union-attr]  # a sheet
    book.active.append(["title", "Title", "One", '=HYPERLINK("http://evil.example","x")'])  # type: ignore[union-attr]  # a new book has a sheet
    out = io.BytesIO()
    book.save(out)
    rows, problems = read_sheet(out.getvalue())
    assert problems == ()
    assert (rows[1]["number"], rows[1]["formulas"]) == (2, [3])


def test_what_is_no_sheet_or_too_much_is_a_problem() -> None:
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<odd")
    told = {}
    for name, content in {
        "damaged": damaged.getvalue(), "no archive": b"PK nothing", "rows": b"a,b\n" * 6000,
        "field": b'"' + b"x" * 30_000 + b'"\n', "size": b"x" * (limited_process.MAX_SHEET_BYTES + 1),
    }.items():  # fmt: skip
        rows, problems = read_sheet(content)
        assert rows == ()
        told[name] = [problem.code for problem in problems]
    assert told == {
        "damaged": ["import_unreadable"], "no archive": ["import_unreadable"], "rows": ["import_unreadable"],
        "field": ["import_unreadable"], "size": ["import_limit"],
    }  # fmt: skip
