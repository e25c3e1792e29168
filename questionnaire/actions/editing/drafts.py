"""Opens drafts and applies changes to them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.editing.case_names import follow_renames
from questionnaire.actions.editing.proof_queue import queue_proof
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, read_edit
from questionnaire.core.editing.merge import Conflict, Merged, merge
from questionnaire.core.editing.paths import EditError
from questionnaire.core.editing.same import same
from questionnaire.core.editing.structure import STRUCTURES
from questionnaire.library.yaml.reader import LARGEST, read_bytes
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts, publications, survey_statuses
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.publishing.publications import Kind
from questionnaire.storage.tables import DraftEditRow, DraftRow

MOST_EDITS = 200
"""Edits in one change."""
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as of its newest revision, or of an older one that someone looks at."""

    id: str
    kind: str
    name: str
    based_on: int | None
    revision: int
    document: Mapping[str, Any]
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class DraftStart:
    """What a new draft starts with."""

    id: str
    kind: str
    name: str
    document: Mapping[str, Any]
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The draft after a change; as it is now when there is a conflict or a problem instead, None without a draft."""

    draft: Draft | None
    conflict: Conflict | None = None
    problems: tuple[Problem, ...] = ()


def open_from_version(
    toolbox: Toolbox, kind: Kind, name: str, actor: str, now: datetime, version: int | None = None
) -> DraftResult:
    """The draft of a survey or policy; a new one has the content of a published version, by default the newest."""
    with toolbox.database.writing() as session:
        published = publications.find(session, kind, name, version)
        if published is None:
            hint = "publish it first, or open a draft from a file"
            return DraftResult(None, problems=(Problem("not_published", (), f"no {kind} `{name}` is published", hint),))
        start = DraftStart(toolbox.new_id(), kind, name, published.content, published.version)
        return DraftResult(open_draft(toolbox, session, start, actor, now))


def open_from_file(toolbox: Toolbox, content: bytes, file: str, actor: str, now: datetime) -> DraftResult:
    """The draft with the content of an authored file; one that is open already stays as it is."""
    source, problems = read_bytes(content, file)
    if source is None or problems:
        return DraftResult(None, problems=problems)
    raw = source.raw
    kind = str(raw.get("schema", "")).partition("/")[0] if isinstance(raw, Mapping) else ""
    if kind not in STRUCTURES:
        problem = Problem("not_authored", (), "this is no survey, policy or cases", "start it with `schema: survey/1`")
        return DraftResult(None, problems=source.placed([problem]))
    name = str(raw.get("survey" if kind == "cases" else "id") or "").strip()
    if not name:
        key = "survey" if kind == "cases" else "id"
        problem = Problem("missing_key", (), f"`{key}` is missing", f"add `{key}: …`")
        return DraftResult(None, problems=source.placed([problem]))
    # As it comes back from the database: numbers without the text that they were written as.
    document = json.loads(json.dumps(raw))
    with toolbox.database.writing() as session:
        return DraftResult(open_draft(toolbox, session, DraftStart(toolbox.new_id(), kind, name, document), actor, now))


def open_content(
    toolbox: Toolbox, document: Mapping[str, Any], based_on: int | None, actor: str, now: datetime,
    cases: Mapping[str, Any] | None = None,
) -> DraftResult:  # fmt: skip
    """A draft with this content, under the id in it; one that is open already is not touched, and a problem. `cases`
    are those of the survey, if it comes with any."""
    name, kind = str(document["id"]), str(document.get("schema", "survey")).partition("/")[0]
    with toolbox.database.writing() as session:
        if drafts.of_name(session, kind, name) is not None:
            problem = Problem("name_taken", ("id",), f"there is a draft of `{name}` already", "choose another name")
            return DraftResult(None, problems=(problem,))
        start = DraftStart(toolbox.new_id(), kind, name, document, based_on)
        if cases is not None:
            open_draft(toolbox, session, DraftStart(toolbox.new_id(), "cases", name, cases), actor, now)
        return DraftResult(open_draft(toolbox, session, start, actor, now))


def open_beside(
    toolbox: Toolbox, kind: str, name: str, document: Mapping[str, Any], actor: str, now: datetime
) -> Draft:  # fmt: skip
    """The draft of this kind under a name, such as the cases of a survey; a new one has this content."""
    with toolbox.database.writing() as session:
        return open_draft(toolbox, session, DraftStart(toolbox.new_id(), kind, name, document), actor, now)


def open_draft(toolbox: Toolbox, session: Session, start: DraftStart, actor: str, now: datetime) -> Draft:
    """Who opens a draft of a survey works on it in the builder: that is its home from then on."""
    if start.kind == "survey":
        survey_statuses.set_home(session, start.name, "builder", actor, now)
    row = DraftRow(
        id=start.id, kind=start.kind, name=start.name, based_on=start.based_on, revision=0,
        content=dict(start.document), opened_at=now, opened_by=actor, changed_at=now, changed_by=actor,
    )  # fmt: skip
    opened = drafts.open_draft(session, row)
    queue_proof(toolbox, session, opened)
    return draft_of(opened)


def draft_of(row: DraftRow) -> Draft:
    return Draft(
        row.id, row.kind, row.name, row.based_on, row.revision, row.content, row.changed_at, row.changed_by
    )  # fmt: skip


def find_draft(toolbox: Toolbox, draft_id: str) -> Draft | None:
    with toolbox.database.reading() as session:
        row = drafts.find(session, draft_id)
        return None if row is None else draft_of(row)


def find_draft_of(toolbox: Toolbox, kind: str, name: str) -> Draft | None:
    """The draft of a survey or policy; None when nobody opened one."""
    with toolbox.database.reading() as session:
        row = drafts.of_name(session, kind, name)
        return None if row is None else draft_of(row)


def edit(
    toolbox: Toolbox, draft_id: str, revision: int, edits: Sequence[Mapping[str, Any]], actor: str, now: datetime,
    key: str | None = None, most: int = MOST_EDITS,
) -> DraftResult:  # fmt: skip
    """Applies a change that someone made to `revision`, on top of the changes since.

    `most`: how many edits it may have. `key` names the request: one that was applied before is not applied again, so
    that a browser can repeat it.
    """
    try:
        change = tuple(read_edit(raw) for raw in edits)
    except EditError as error:
        return DraftResult(find_draft(toolbox, draft_id), problems=(error.problem,))
    if not 0 < len(change) <= most or (key is not None and len(key) > LONGEST_KEY):
        problem = Problem("edit_shape", (), f"a change has 1 to {most} edits", "send fewer at a time")
        return DraftResult(find_draft(toolbox, draft_id), problems=(problem,))
    with toolbox.database.writing() as session:
        row = drafts.lock(session, draft_id)
        if row is None:
            return DraftResult(None, problems=(no_draft(draft_id),))
        if key is not None and drafts.has_key(session, draft_id, key):
            return DraftResult(draft_of(row))
        result = apply_change(session, row, revision, change, DraftRevision({}, (), (), actor, now, key=key))
        queue_proof(toolbox, session, row)
        return result


def apply_change(session: Session, row: DraftRow, revision: int, change: Change, new: DraftRevision) -> DraftResult:
    """Applies a change to a locked draft, and stores what `new` says of it."""
    if not 0 <= revision <= row.revision:
        problem = Problem("no_such_revision", (), f"there is no revision {revision}", "reload the page")
        return DraftResult(draft_of(row), problems=(problem,))
    since = drafts.edits_after(session, row.id, revision)
    if len(since) < row.revision - revision:
        # The oldest edits of a long history are deleted (actions/retention.py).
        problem = Problem("no_such_revision", (), f"revision {revision} is too old", "reload the page")
        return DraftResult(draft_of(row), problems=(problem,))
    base = content_before(row.content, since)
    merged, conflict, problems = merge(base, _changes(base, since, row.content), change)
    if merged is None:
        return DraftResult(draft_of(row), conflict, problems)
    if len(json.dumps(merged.document, ensure_ascii=False).encode()) > LARGEST:
        problem = Problem("draft_large", (), "the draft would be larger than 1 MB", "shorten it, or divide it")
        return DraftResult(draft_of(row), problems=(problem,))
    if merged.change or new.undoes is not None:
        before = row.content
        drafts.append(session, row, _revision(merged, new))
        if row.kind == "survey":
            follow_renames(session, row, before, merged.change, new)
    return DraftResult(draft_of(row))


def _changes(base: Any, since: Sequence[DraftEditRow], document: Any) -> tuple[Change, ...]:
    """What leads from `base` to the document, without changes that were taken back since where that gives the same."""
    gone: set[int] = set()
    for row in reversed(since):
        if row.revision not in gone and row.undoes is not None and row.undoes >= since[0].revision:
            gone |= {row.revision, row.undoes}
    left = tuple(read_change(row.change) for row in since if row.revision not in gone)
    try:
        found = base
        for change in left:
            found = apply_all(found, change).document
        is_complete = same(found, document)
    except EditError:
        is_complete = False
    return left if is_complete else tuple(read_change(row.change) for row in since)


def _revision(merged: Merged, new: DraftRevision) -> DraftRevision:
    change, inverse = ([one.as_json for one in edits] for edits in (merged.change, merged.inverse))
    return DraftRevision(merged.document, change, inverse, new.author, new.at, new.undoes, new.key)


def content_before(content: Any, edits: Sequence[DraftEditRow]) -> Any:
    """The document before some of its newest edits, which come oldest first."""
    for row in reversed(edits):
        content = apply_all(content, read_change(row.inverse)).document
    return content


def read_change(raw: Sequence[Mapping[str, Any]]) -> Change:
    return tuple(read_edit(one) for one in raw)


def no_draft(draft_id: str) -> Problem:
    return Problem("no_draft", (), f"there is no draft `{draft_id}`", "open it from the list of surveys")
