"""Rows of texts as the bytes of a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from questionnaire.core.base.spreadsheet_cells import escaped, is_formula

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180, with a mark of its encoding: spreadsheet programs take it for another one otherwise."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([escaped(_CONTROLS.sub("", cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[Sequence[str]], title: str, widths: Sequence[int]) -> bytes:
    """The first row is a header that stays in view. Cells are texts; what looks like a formula is marked as a text too,
    so that it stays one when somebody edits the cell."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "Texts")
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet)
            cell.value = _CONTROLS.sub("", text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=False)
            if number == 0:
                cell.font = Font(bold=True)
            elif is_formula(text):
                cell.quotePrefix = True
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
