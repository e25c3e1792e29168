"""Publishes the draft of a survey as its next version, when every check allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.editing.cases import run_cases
from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft, find_draft_of
from questionnaire.actions.editing.proofs import DraftProof, proof_of
from questionnaire.actions.editing.trial import readable
from questionnaire.actions.publishing.homes import KEPT_IN_FOLDER, home_of
from questionnaire.actions.publishing.proof_queue import queue_proof
from questionnaire.actions.publishing.publish_version import add_version
from questionnaire.actions.respond import resume
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.differences import DraftDifference, differences
from questionnaire.core.editing.edit import set_
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts, plans, publications, survey_statuses
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.publishing.publications import PublicationNote
from questionnaire.storage.responses import partial_responses
from questionnaire.storage.tables import DraftRow

LONGEST_NOTE = 500
ANSWERS_WITHIN = timedelta(hours=1)
"""Who saved an answer in this time is answering now."""


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """What publishing a draft would do. `in_force` is the version that visitors get now, None before the first.

    `check` has what the newest search found too; `proof` says whether it is of this very content.
    """

    draft: Draft
    next_version: int
    in_force: int | None
    differences: tuple[DraftDifference, ...]
    old: Mapping[str, Any]
    check: DraftCheck
    answering: int
    proof: DraftProof
    failing: tuple[str, ...] = ()
    """The cases that fail under the draft."""

    @property
    def is_change(self) -> bool:
        return self.in_force is None or bool(self.differences)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong, save that the search may still be to come."""
        return self.check.survey is not None and not self.check.errors and not self.failing and self.is_change


def plan(toolbox: Toolbox, name: str, now: datetime) -> PublishPlan | None:
    """Writes nothing; None without a draft."""
    draft = find_draft_of(toolbox, "survey", name)
    if draft is None:
        return None
    with toolbox.database.reading() as session:
        row = publications.find(session, "survey", name)
        old, in_force = (row.content, row.version) if row is not None else ({}, None)
        answering = (
            0 if in_force is None
            else partial_responses.count_kept_until(session, name, in_force, now + resume.LASTS - ANSWERS_WITHIN)
        )  # fmt: skip
    found = differences(without_version(old), without_version(draft.document)) if old else ()
    quick = check_document(toolbox, next_document(draft.document, (in_force or 0) + 1))
    proof = proof_of(toolbox, draft, quick)
    check = replace(quick, problems=(*quick.problems, *proof.problems)) if proof.is_current else quick
    tried, _problems = readable(toolbox, draft)
    failing = tuple(one.name for one in run_cases(toolbox, draft, tried) if not one.passes)
    return PublishPlan(draft, (in_force or 0) + 1, in_force, found, old, check, answering, proof, failing)


def next_document(document: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The document with the number that it is published under, at the place where it stands."""
    return dict(apply_all(document, (set_(("version",), version),)).document)


def without_version(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "version"}


@dataclass(frozen=True, slots=True)
class PublishResult:
    """`version` is the one that was published; without one `problems` say why, or `is_outdated`: someone changed the
    draft since the page was read, or `is_unproved`: the search of exactly this content is still to come."""

    version: int | None = None
    problems: tuple[Problem, ...] = ()
    is_outdated: bool = False
    is_unproved: bool = False


def publish_draft(
    toolbox: Toolbox, name: str, revision: int, note: str, actor: str, now: datetime
) -> PublishResult:  # fmt: skip
    """Publishes exactly the revision that someone read. The draft goes on from the new version."""
    ready = plan(toolbox, name, now)
    hindrance = hindrance_of(ready, name, revision)
    if ready is None or hindrance is not None:
        return hindrance or PublishResult()
    document = next_document(ready.draft.document, ready.next_version)
    document["id"] = name
    with toolbox.database.writing() as session:
        survey_statuses.lock_name(session, name)
        if home_of(session, name) == "folder":
            return PublishResult(problems=(KEPT_IN_FOLDER,))
        row = drafts.lock(session, ready.draft.id)
        newest = publications.newest_version(session, "survey", name)
        is_planned = plans.waiting(session, name) is not None
        if row is None or row.revision != revision or newest != ready.in_force or is_planned:
            return PublishResult(is_outdated=True)
        text = PublicationNote(actor, note.strip()[:LONGEST_NOTE])
        add_version(toolbox, session, "survey", name, ready.next_version, document, now, text)
        go_on_from(toolbox, session, row, ready.next_version, actor, now)
    return PublishResult(ready.next_version)


def hindrance_of(ready: PublishPlan | None, name: str, revision: int) -> PublishResult | None:
    """Why a draft cannot be published as someone read it; None when it can."""
    if ready is None:
        return PublishResult(problems=(Problem("no_draft", (), f"there is no draft of `{name}`", ""),))
    if ready.draft.revision != revision:
        return PublishResult(is_outdated=True)
    if not ready.is_sound:
        return PublishResult(problems=ready.check.errors)
    return None if ready.proof.allows else PublishResult(is_unproved=True)


def go_on_from(toolbox: Toolbox, session: Session, row: DraftRow, version: int, actor: str, now: datetime) -> None:
    """After a version was published, its draft goes on from it, with its number and under its name."""
    wanted = {"version": version, "id": row.name}
    change = tuple(set_((key,), value) for key, value in wanted.items() if row.content.get(key) != value)
    if change:
        edited = apply_all(row.content, change)
        change_json, inverse = ([one.as_json for one in edits] for edits in (change, edited.inverse))
        drafts.append(session, row, DraftRevision(edited.document, change_json, inverse, "", now))
        row.changed_by = actor
    row.based_on = version
    queue_proof(toolbox, session, row)
