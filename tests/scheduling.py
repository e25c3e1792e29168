"""Which tests one process runs one after the other, and what comes first.

A file stays together, for its tests share what they make once. Some folders do too: a PostgreSQL server, a converter of
documents or a parsed source tree takes longer to come by than many tests take.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

FOLDERS = {
    **dict.fromkeys(("actions", "cli", "jobs", "notify", "storage"), "databases"),
    "documents": "documents",
    "conventions": "conventions",
}
"""Folder -> the unit its files belong to. The files of other folders are units themselves."""

ALONE = ("conventions/test_contributing.py", "jobs/test_worker.py")

# The longest units first: none is left over at the end.
FIRST = (
    "proof/test_kill.py", "databases", "documents", "browser/test_access.py", "conventions/test_contributing.py",
    "browser/test_controls.py", "jobs/test_worker.py", "conventions", "browser/test_builder.py",
    "browser/test_embed_in_the_page.py", "proof/test_attacks_on_processes.py", "proof/test_attacks_on_doors.py",
    "proof/test_attacks_on_mail.py", "proof/test_hostile.py",
)  # fmt: skip
LAST = ("proof", "browser", "demo", "web")


def unit_of(file: str) -> str:
    """The unit of a file, both by their path in this folder."""
    return file if file in ALONE else FOLDERS.get(file.partition("/")[0], file)


def rank_of(file: str) -> tuple[int, str]:
    """Sorts files: the units of FIRST in their order, then what waits for browsers, then the others."""
    unit, folder = unit_of(file), file.partition("/")[0]
    if unit in FIRST:
        return FIRST.index(unit), unit
    return len(FIRST) + (LAST.index(folder) if folder in LAST else len(LAST)), unit


class UnitScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out units in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid.partition("::")[0].removeprefix("tests/"))
