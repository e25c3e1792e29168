"""Tables of the documentation, so that tests can execute them."""

from __future__ import annotations

from tests.conventions.checkout import text


def table(page: str, *columns: str) -> list[tuple[str, ...]]:
    """The rows of the table with these columns, code marks removed."""
    head = "| " + " | ".join(columns) + " |"
    lines = iter(text(f"docs/{page}").splitlines())
    assert head in lines, f"docs/{page} has no table {head}"
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        cells = tuple(cell.strip().replace("`", "") for cell in line.strip("|").split("|"))
        assert len(cells) == len(columns), line
        rows.append(cells)
    return rows
