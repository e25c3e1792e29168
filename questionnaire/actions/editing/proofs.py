"""Proofs of a draft: what needs a search, made by the worker for the newest revision, and read by the edit page.

A search never delays an edit: the job waits in a queue of its own, whose worker does one at a time, and a job of a
revision that is no longer the newest does nothing. See docs/decisions/0027.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft, find_draft
from questionnaire.actions.editing.policy_check import check_policy_document, search_policy
from questionnaire.actions.editing.proof_basis import is_of_now, proof_basis
from questionnaire.actions.publishing.proof_queue import queue_proof
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.editing.paths import has, path_of
from questionnaire.storage.publishing import draft_proofs, drafts
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

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors(self.problems)

    @property
    def allows(self) -> bool:
        """Whether it says of exactly this content that there is no error."""
        return self.is_current and not self.errors


def prove_draft(toolbox: Toolbox, draft_id: str, revision: int) -> None:
    """The job. What was changed meanwhile has a job of its own."""
    draft, at = find_draft(toolbox, draft_id), toolbox.now()
    if draft is None or draft.revision != revision:
        return
    with toolbox.database.reading() as session:
        basis = proof_basis(session, draft)
    search = _search_policy if draft.kind == "policy" else _search_survey
    found, unsearched = search(toolbox, draft)
    row = DraftProofRow(draft_id=draft_id, revision=revision, problems=found, unsearched=unsearched, at=at)
    with toolbox.database.writing() as session:
        # What was published meanwhile has queued a search of its own.
        if proof_basis(session, draft) == basis:
            draft_proofs.keep(session, row)


def _search_survey(toolbox: Toolbox, draft: Draft) -> tuple[list[dict[str, Any]], list[str]]:
    quick = {_key(one) for one in check_document(toolbox, draft.document).problems}
    check = check_document(toolbox, draft.document, proofs=True)
    return [_written(draft, one) for one in check.problems if _key(one) not in quick], list(check.unsearched)


def _search_policy(toolbox: Toolbox, draft: Draft) -> tuple[list[dict[str, Any]], list[str]]:
    """The errors of each survey, with its title, and what is wrong with the policy under every survey."""
    check = check_policy_document(toolbox, draft.name, draft.document)
    if check.policy is None or not check.may_be_signed:
        return [], []
    quick = {_key(one) for one in check.problems}
    search = search_policy(toolbox, draft.name, check.policy)
    found = [_written(draft, one) for one in search.problems if _key(one) not in quick]
    broken = [_written(draft, one.problem) | {"place": [], "survey": one.title} for one in search.broken]
    return [*found, *broken], list(search.unsearched)


def request_proof(toolbox: Toolbox, draft: Draft, now: datetime) -> None:
    """Queues the search of a draft anew, at most once in a minute: for one whose job was lost."""
    with toolbox.database.writing() as session:
        queue_proof(toolbox, session, drafts.find(session, draft.id), f"{now:%Y%m%d%H%M}")


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
        is_current = is_of_now(session, draft, row)
    is_waiting = not is_current and check.is_whole and not check.errors
    if row is None or (not is_current and check.errors):
        return DraftProof(is_waiting=is_waiting)
    found = (_problem(one) for one in row.problems if has(draft.document, tuple(one["place"])))
    known = {(problem.code, path_of(draft.document, problem.where)) for problem in check.problems}
    fresh = tuple(problem for problem in found if (problem.code, problem.where) not in known)
    return DraftProof(fresh, is_current, is_waiting, len(row.unsearched))


@dataclass(frozen=True, slots=True)
class PolicyProof:
    """What the search of a policy's draft with every survey in force found. `broken`: survey and its error."""

    search: DraftProof = DraftProof()
    broken: tuple[tuple[str, Problem], ...] = ()

    @property
    def allows(self) -> bool:
        """Whether it says of exactly this content that there is no error."""
        return self.search.allows and not self.broken


def policy_proof_of(toolbox: Toolbox, draft: Draft, *, is_sound: bool) -> PolicyProof:
    """Writes nothing. `is_sound`: the quick check found no error, so a search is made or still to come."""
    with toolbox.database.reading() as session:
        row = draft_proofs.find(session, draft.id)
        if row is None or not is_of_now(session, draft, row):
            return PolicyProof(DraftProof(is_waiting=is_sound))
    own = tuple(_problem(one) for one in row.problems if "survey" not in one)
    broken = tuple((one["survey"], _problem(one)) for one in row.problems if "survey" in one)
    return PolicyProof(DraftProof(own, is_current=True, unsearched=len(row.unsearched)), broken)


def _problem(stored: Mapping[str, Any]) -> Problem:
    return Problem(
        stored["code"], tuple(stored["place"]), stored["message"], stored["hint"], stored["severity"]
    )  # fmt: skip


def proved_revision(toolbox: Toolbox, draft: Draft) -> int:
    """The newest revision that was searched, -1 before the first. What the page asks until the answer is there."""
    with toolbox.database.reading() as session:
        row = draft_proofs.find(session, draft.id)
        if row is None or (row.revision == draft.revision and not is_of_now(session, draft, row)):
            return -1
        return row.revision
