"""The history of a draft: undo and redo as changes of their own, and every revision to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from questionnaire.actions.editing.drafts import (
    Draft,
    DraftResult,
    apply_change,
    content_before,
    draft_of,
    no_draft,
    read_change,
)
from questionnaire.actions.publishing.proof_queue import queue_proof
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.edit import Change
from questionnaire.storage.publishing import drafts
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.tables import DraftEditRow

STEPS_BACK = 200
"""How many of the newest changes undo and redo look at."""
MOST_LOOKED_AT = 60
"""How many changes back a preview looks for a state that can be read."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change of a draft. `undoes` is the revision that it takes back."""

    revision: int
    author: str
    at: datetime
    change: Change
    undoes: int | None


def history(toolbox: Toolbox, draft_id: str, before: int | None = None, limit: int = 50) -> tuple[HistoryEntry, ...]:
    """Changes of a draft, newest first; `before` is the last revision of the page before."""
    with toolbox.database.reading() as session:
        rows = drafts.history(session, draft_id, before, limit)
        return tuple(entry for row in rows if (entry := _entry(row)) is not None)


def draft_at(toolbox: Toolbox, draft_id: str, revision: int) -> Draft | None:
    """The draft as it was at a revision; None without one, or when it is older than the history that is kept."""
    with toolbox.database.reading() as session:
        row = drafts.find(session, draft_id)
        if row is None or not 0 <= revision <= row.revision:
            return None
        since = drafts.edits_after(session, draft_id, revision)
        if len(since) < row.revision - revision:
            return None
        return replace(draft_of(row), revision=revision, document=content_before(row.content, since))


def undo(toolbox: Toolbox, draft_id: str, actor: str, now: datetime) -> DraftResult:
    """Takes back the newest change of a person that is not taken back yet. What others did since stays."""
    return _take_back(toolbox, draft_id, actor, now, redo=False)


def redo(toolbox: Toolbox, draft_id: str, actor: str, now: datetime) -> DraftResult:
    """Takes back the newest undo of a person, unless they changed something else since."""
    return _take_back(toolbox, draft_id, actor, now, redo=True)


def _take_back(toolbox: Toolbox, draft_id: str, actor: str, now: datetime, *, redo: bool) -> DraftResult:
    with toolbox.database.writing() as session:
        row = drafts.lock(session, draft_id)
        if row is None:
            return DraftResult(None, problems=(no_draft(draft_id),))
        rows = [one for one in drafts.history(session, draft_id, None, STEPS_BACK) if one.author == actor]
        target = redo_target(rows) if redo else undo_target(rows)
        if target is None:
            what = "nothing to redo" if redo else "nothing to undo"
            return DraftResult(draft_of(row), problems=(Problem("nothing_to_undo", (), what, ""),))
        new = DraftRevision({}, (), (), actor, now, undoes=target.revision)
        result = apply_change(session, row, target.revision, read_change(target.inverse), new)
        queue_proof(toolbox, session, row)
        return result


def undo_target(rows: Sequence[DraftEditRow]) -> DraftEditRow | None:
    """What a person's next undo takes back: the newest change or redo that still stands. `rows`: newest first."""
    standing, depths = _standing(rows), _depths(rows)
    return next((row for row in rows if row.revision in standing and depths[row.revision] % 2 == 0), None)


def redo_target(rows: Sequence[DraftEditRow]) -> DraftEditRow | None:
    """What a person's next redo takes back: the newest undo that still stands, and is newer than any other change."""
    standing, depths = _standing(rows), _depths(rows)
    for row in rows:
        if depths[row.revision] == 0:
            return None
        if row.revision in standing and depths[row.revision] % 2 == 1:
            return row
    return None


def _standing(rows: Sequence[DraftEditRow]) -> frozenset[int]:
    """The revisions that no standing change takes back."""
    gone: set[int] = set()
    standing: set[int] = set()
    for row in rows:
        if row.revision not in gone:
            standing.add(row.revision)
            gone |= {row.undoes} if row.undoes is not None else set()
    return frozenset(standing)


def _depths(rows: Sequence[DraftEditRow]) -> Mapping[int, int]:
    """0 for a change, 1 for its undo, 2 for the redo of that and so on. What is not among `rows` was a change."""
    depths: dict[int, int] = {}
    for row in reversed(rows):
        depths[row.revision] = 0 if row.undoes is None else depths.get(row.undoes, 0) + 1
    return depths


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What a person's next undo and redo would take back; None where there is nothing."""

    undo: HistoryEntry | None
    redo: HistoryEntry | None


def next_steps(toolbox: Toolbox, draft_id: str, actor: str) -> NextSteps:
    with toolbox.database.reading() as session:
        rows = [one for one in drafts.history(session, draft_id, None, STEPS_BACK) if one.author == actor]
        undo, redo = undo_target(rows), redo_target(rows)
        return NextSteps(_entry(undo), _entry(redo))


def _entry(row: DraftEditRow | None) -> HistoryEntry | None:
    return None if row is None else HistoryEntry(row.revision, row.author, row.at, read_change(row.change), row.undoes)


def last_good(toolbox: Toolbox, draft_id: str, is_good: Callable[[Mapping[str, Any]], bool]) -> Draft | None:
    """The newest state of a draft that is good, among its last revisions; None when there is no such state."""
    with toolbox.database.reading() as session:
        row = drafts.find(session, draft_id)
        if row is None:
            return None
        content: Any = row.content
        for edit in (None, *drafts.history(session, draft_id, None, MOST_LOOKED_AT)):
            content = content if edit is None else content_before(content, (edit,))
            if is_good(content):
                return replace(draft_of(row), revision=row.revision if edit is None else edit.revision - 1,
                               document=content)  # fmt: skip
    return None
