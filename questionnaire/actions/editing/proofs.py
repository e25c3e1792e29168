"""Proofs of a draft: what needs a search, made by the worker for the newest revision, and read by the edit page.

A search never delays an edit: the job waits in a queue of its own, whose worker does one at a time, and a job of a
revision that is no longer the newest does nothing. See docs/decisions/0027.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft, find_draft
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.paths import has, path_of
from questionnaire.storage.publishing import draft_proofs
from questionnaire.storage.tables import DraftProofRow


@dataclass(frozen=True, slots=True)
class DraftProof:
    """What the newest search found, as far as its places still exist. `is_current`: it is of this very revision.

    `is_waiting`: a search of this revision is still to come. `unsearched` counts what the search did not reach.
    """

    problems: tuple[Problem, ...] = ()
    is_current: bool = False
    is_waiting: bool = False
    unsearched: int = 0


def prove_draft(toolbox: Toolbox, draft_id: str, revision: int) -> None:
    """The job. What was changed meanwhile has a job of its own."""
    draft = find_draft(toolbox, draft_id)
    if draft is None or draft.revision != revision:
        return
    quick = {_key(one) for one in check_document(toolbox, draft.document).problems}
    check = check_document(toolbox, draft.document, proofs=True)
    found = [_written(draft, one) for one in check.problems if _key(one) not in quick]
    row = DraftProofRow(
        draft_id=draft_id, revision=revision, problems=found, unsearched=list(check.unsearched), at=toolbox.now()
    )
    with toolbox.database.writing() as session:
        draft_proofs.keep(session, row)


def _key(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.where, problem.message


def _written(draft: Draft, problem: Problem) -> dict[str, object]:
    """With a place that stays the same when others are added before it."""
    place = list(path_of(draft.document, problem.where))
    return {"code": problem.code, "place": place, "message": problem.message, "hint": problem.hint,
            "severity": problem.severity}  # fmt: skip


def proof_of(toolbox: Toolbox, draft: Draft, check: DraftCheck) -> DraftProof:
    """Writes nothing."""
    with toolbox.database.reading() as session:
        row = draft_proofs.find(session, draft.id)
    is_current = row is not None and row.revision == draft.revision
    is_waiting = not is_current and check.is_whole and not check.errors
    if row is None or (not is_current and check.errors):
        return DraftProof(is_waiting=is_waiting)
    found = (
        Problem(one["code"], tuple(one["place"]), one["message"], one["hint"], one["severity"])
        for one in row.problems
        if has(draft.document, tuple(one["place"]))
    )
    known = {(problem.code, path_of(draft.document, problem.where)) for problem in check.problems}
    fresh = tuple(problem for problem in found if (problem.code, problem.where) not in known)
    return DraftProof(fresh, is_current, is_waiting, len(row.unsearched))


def proved_revision(toolbox: Toolbox, draft: Draft) -> int:
    """The newest revision that was searched, -1 before the first. What the page asks until the answer is there."""
    with toolbox.database.reading() as session:
        row = draft_proofs.find(session, draft.id)
        return -1 if row is None else row.revision
