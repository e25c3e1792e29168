"""Published versions of a survey: listed, compared, restored as a draft, and taken back right after publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.editing.draft_check import newest_policy
from questionnaire.actions.editing.drafts import Draft, DraftResult, DraftStart, apply_change, draft_of, open_draft
from questionnaire.actions.editing.publish_draft import go_on_from, next_document, without_version
from questionnaire.actions.publishing.homes import KEPT_IN_FOLDER, home_of
from questionnaire.actions.publishing.publish_version import add_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.differences import DraftDifference, differences
from questionnaire.core.editing.same import replacing
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.people import staff
from questionnaire.storage.publishing import drafts, plans, publications, survey_statuses
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.publishing.publications import PublicationNote, VersionNote

PAGE = 50
TIME_TO_UNDO = timedelta(minutes=10)
"""How long after publishing a version can be taken back with one click."""
DRAFT = 0
"""Stands for the draft where two versions are compared."""


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """`published_by` is the name of a person, "" for a version that came from a file."""

    version: int
    published_at: datetime
    published_by: str
    note: str


@dataclass(frozen=True, slots=True)
class VersionList:
    """`versions`: one page of them, newest first. `numbers`: all of them. `before`: the first of the next page."""

    versions: tuple[ListedVersion, ...]
    numbers: tuple[int, ...]
    before: int | None
    draft: Draft | None
    undo_until: datetime | None

    @property
    def in_force(self) -> int | None:
        return self.numbers[0] if self.numbers else None


def list_versions(toolbox: Toolbox, name: str, now: datetime, before: int | None = None) -> VersionList | None:
    """None for an unknown survey. Writes nothing."""
    with toolbox.database.reading() as session:
        row = drafts.of_name(session, "survey", name)
        found = publications.versions(session, "survey", name, before, PAGE + 1)
        numbers = publications.version_numbers(session, "survey", name)
        if not numbers and row is None:
            return None
        people = {one.email: one.name for one in staff.all_staff(session)}
        undo = _undo_until(session, name, now)
    listed = tuple(
        ListedVersion(one.version, one.published_at, people.get(one.published_by, one.published_by), one.note)
        for one in found[:PAGE]
    )
    more = listed[-1].version if len(found) > PAGE else None
    return VersionList(listed, numbers, more, draft_of(row) if row is not None else None, undo)


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """What differs from the older of two documents to the newer one, with the policy that gives the points."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    policy: Policy | None
    differences: tuple[DraftDifference, ...]


def compare(toolbox: Toolbox, name: str, old: int, new: int) -> VersionComparison | None:
    """Compares two versions, or one with the draft; None when one of them does not exist."""
    with toolbox.database.reading() as session:
        contents = [_content(session, name, number) for number in (old, new)]
    before, after = contents
    if before is None or after is None:
        return None
    policy, _problems = newest_policy(toolbox, str(after.get("policy") or ""))
    return VersionComparison(before, after, policy, differences(without_version(before), without_version(after)))


def _content(session: Session, name: str, number: int) -> Mapping[str, Any] | None:
    if number == DRAFT:
        draft = drafts.of_name(session, "survey", name)
        return None if draft is None else draft.content
    row = publications.find(session, "survey", name, number)
    return None if row is None else row.content


def restore(toolbox: Toolbox, name: str, version: int, revision: int | None, actor: str, now: datetime) -> DraftResult:
    """The draft with the content of a version, as one change: what it had before stays in its history, and undo brings
    it back. `revision` is that of the draft someone saw, None for no draft; with another one nothing is done."""
    with toolbox.database.writing() as session:
        published = publications.find(session, "survey", name, version)
        if published is None:
            problem = Problem("not_published", (), f"`{name}` has no version {version}", "choose one of the list")
            return DraftResult(None, problems=(problem,))
        if home_of(session, name) == "folder":
            return DraftResult(None, problems=(KEPT_IN_FOLDER,))
        newest = publications.newest_version(session, "survey", name) or version
        there = drafts.of_name(session, "survey", name)
        row = drafts.lock(session, there.id) if there is not None else None
        if (row.revision if row is not None else None) != revision:
            problem = Problem("no_such_revision", (), "the draft has changed meanwhile", "look at it again")
            return DraftResult(draft_of(row) if row is not None else None, problems=(problem,))
        if row is None:
            start = DraftStart(toolbox.new_id(), "survey", name, next_document(published.content, newest), newest)
            return DraftResult(open_draft(toolbox, session, start, actor, now))
        wanted = next_document(published.content, int(row.content.get("version") or newest))
        change = replacing(row.content, wanted)
        return apply_change(session, row, row.revision, change, DraftRevision({}, (), (), actor, now))


def take_back(toolbox: Toolbox, name: str, version: int, note: str, actor: str, now: datetime) -> int | None:
    """Publishes what was in force before a version again, as the next one: versions never change, and who answers
    the one that was taken back finishes on it. The new version's number; None when it is too late."""
    with toolbox.database.writing() as session:
        survey_statuses.lock_name(session, name)
        numbers = publications.version_numbers(session, "survey", name)
        if _undo_until(session, name, now) is None or numbers[0] != version:
            return None
        before = publications.find(session, "survey", name, numbers[1])
        assert before is not None
        again = version + 1
        document = next_document(before.content, again)
        add_version(toolbox, session, "survey", name, again, document, now, PublicationNote(actor, note))
        draft = drafts.of_name(session, "survey", name)
        row = drafts.lock(session, draft.id) if draft is not None else None
        if row is not None:
            go_on_from(toolbox, session, row, again, actor, now)
    return again


def _undo_until(session: Session, name: str, now: datetime) -> datetime | None:
    """Until when the version in force can be taken back: it came from the builder a moment ago and is not the first
    one, and no other one waits."""
    newest = publications.versions(session, "survey", name, None, 2)
    if len(newest) < 2 or not _is_fresh(newest[0], now) or plans.waiting(session, name) is not None:
        return None
    return newest[0].published_at + TIME_TO_UNDO


def _is_fresh(newest: VersionNote, now: datetime) -> bool:
    return bool(newest.published_by) and now < newest.published_at + TIME_TO_UNDO
