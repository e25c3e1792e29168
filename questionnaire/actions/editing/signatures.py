"""Signatures of both heads under the draft of a policy, and putting a signed draft in force, exactly once.

A signature holds for exact content: it counts while the draft is at the revision, and has the hash, that was signed.
So every change, of the day it is to be in force too, makes both signatures void without touching them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import structlog

from questionnaire.actions.editing.drafts import Draft, find_draft_of
from questionnaire.actions.editing.enforcement import enforce, zone_of
from questionnaire.actions.editing.policy_check import PolicyCheck, check_policy_document
from questionnaire.actions.editing.policy_list import content_to_sign
from questionnaire.actions.editing.proofs import PolicyProof, policy_proof_of
from questionnaire.actions.editing.publish_draft import LONGEST_NOTE
from questionnaire.actions.people import staff
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.differences import DraftDifference, differences
from questionnaire.core.editing.signature_reminders import reminder_times
from questionnaire.storage import Session
from questionnaire.storage.people import staff as people
from questionnaire.storage.publishing import drafts, publications, signatures
from questionnaire.storage.tables import DraftRow, PolicyProposalRow, PolicySignatureRow
from questionnaire.storage.tables.agreements import SIDES

JOB = "policy_in_force"
REMIND_JOB = "remind_signers"

_log = structlog.get_logger("questionnaire.policies")


@dataclass(frozen=True, slots=True)
class SignatureView:
    """`holds` is False for a signature of content that has changed since."""

    side: str
    name: str
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """What signing a draft would put in force. `effective_on` is None for as soon as both have signed.

    `signatures`: the newest of each side. `signers`: the people who may sign for each side. `proposed_at`: when exactly
    this content was proposed for signing, None for content that was not.
    """

    draft: Draft
    next_version: int
    in_force: int | None
    differences: tuple[DraftDifference, ...]
    old: Mapping[str, Any]
    check: PolicyCheck
    proof: PolicyProof
    sha256: str
    effective_on: date | None
    note: str
    signatures: Mapping[str, SignatureView]
    signers: Mapping[str, tuple[Person, ...]]
    proposed_at: datetime | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The sides whose head has not signed this content."""
        return tuple(side for side in SIDES if side not in self.signatures or not self.signatures[side].holds)

    @property
    def first(self) -> SignatureView | None:
        """A signature that holds; None when neither head has signed."""
        return next((one for one in self.signatures.values() if one.holds), None)

    @property
    def asked_at(self) -> datetime | None:
        """Since when signatures are asked for: since it was proposed, or signed first. None when nobody is asked."""
        since = [one.at for one in self.signatures.values() if one.holds]
        since += [self.proposed_at] if self.proposed_at is not None else []
        return min(since) if since and self.missing and self.may_be_signed else None

    @property
    def is_change(self) -> bool:
        return self.in_force is None or bool(self.differences)

    @property
    def may_be_signed(self) -> bool:
        """Whether it changes something, and neither the check nor the search with every survey in force found an error
        in it."""
        return self.check.may_be_signed and self.is_change and self.proof.allows

    @property
    def holding(self) -> int:
        return sum(one.holds for one in self.signatures.values())


def signing_plan(toolbox: Toolbox, name: str) -> SigningPlan | None:
    """Writes nothing; None without a draft."""
    draft = find_draft_of(toolbox, "policy", name)
    if draft is None:
        return None
    check = check_policy_document(toolbox, name, draft.document)
    proof = policy_proof_of(toolbox, draft, is_sound=check.may_be_signed)
    with toolbox.database.reading() as session:
        row = publications.find(session, "policy", name)
        old, in_force = (row.content, row.version) if row is not None else ({}, None)
        proposal = signatures.proposal(session, draft.id)
        signed = signatures.of_draft(session, draft.id)
        signers = {side: tuple(map(staff.person, people.who_signs(session, side))) for side in SIDES}
    found = differences(content_to_sign(old), content_to_sign(draft.document)) if old else ()
    effective_on = proposal.effective_on if proposal is not None else None
    sha256 = hash_to_sign(draft.document, (in_force or 0) + 1, effective_on)
    views = {
        side: SignatureView(side, one.name, one.at, _holds(one, draft.revision, sha256))
        for side in SIDES
        if (one := next((each for each in signed if each.side == side), None)) is not None
    }
    is_proposed = proposal is not None and (proposal.revision, proposal.sha256) == (draft.revision, sha256)
    return SigningPlan(draft, (in_force or 0) + 1, in_force, found, old, check, proof, sha256, effective_on,
                       proposal.note if proposal is not None else "", views, signers,
                       proposal.at if proposal is not None and is_proposed else None)  # fmt: skip


def hash_to_sign(document: Mapping[str, Any], version: int, effective_on: date | None) -> str:
    """SHA-256 of all that a head signs: the content, its number, and the day from which it is in force."""
    start = effective_on.isoformat() if effective_on is not None else ""
    return publications.fingerprint({"content": content_to_sign(document), "version": version, "from": start})


def _holds(row: PolicySignatureRow, revision: int, sha256: str) -> bool:
    return row.revision == revision and row.sha256 == sha256


def propose(
    toolbox: Toolbox, name: str, effective_on: date | None, note: str, actor: str, now: datetime
) -> tuple[Problem, ...]:
    """Sets the day from which the draft is to be in force, and the note for the history. Both heads are asked to sign,
    if it can be signed as it is."""
    plan = signing_plan(toolbox, name)
    if plan is None:
        return (Problem("no_draft", (), f"there is no draft of `{name}`", ""),)
    if effective_on is not None and effective_on < now.astimezone(zone_of(plan.draft.document)).date():
        return (Problem("date_past", ("effective_on",), "this day has passed", "choose today or a later day"),)
    sha256 = hash_to_sign(plan.draft.document, plan.next_version, effective_on)
    with toolbox.database.writing() as session:
        row = PolicyProposalRow(draft_id=plan.draft.id, effective_on=effective_on, note=note.strip()[:LONGEST_NOTE],
                                revision=plan.draft.revision, sha256=sha256, at=now, by=actor)  # fmt: skip
        signatures.propose(session, row)
        if plan.may_be_signed:
            plan_reminders(toolbox, session, replace(plan, sha256=sha256), actor, now)
    return ()


def withdraw(toolbox: Toolbox, name: str) -> None:
    """Takes a proposal back, with its day and note. Nobody is asked for a signature any more."""
    draft = find_draft_of(toolbox, "policy", name)
    if draft is not None:
        with toolbox.database.writing() as session:
            signatures.forget_proposal(session, draft.id)


def plan_reminders(toolbox: Toolbox, session: Session, plan: SigningPlan, by: str, now: datetime) -> None:
    """Enqueues the request and both reminders for exactly this content, unless that was done before."""
    policy = plan.check.policy
    times = reminder_times(now, policy.calendar_of(None)) if policy is not None else ()
    args = {"draft": plan.draft.id, "revision": plan.draft.revision, "sha256": plan.sha256, "by": by,
            "times": [one.isoformat() for one in times]}  # fmt: skip
    for number, due in enumerate((now, *times)):
        key = f"{REMIND_JOB}:{plan.draft.id}:{plan.draft.revision}:{plan.sha256[:16]}:{number}"
        toolbox.queue.enqueue(session, REMIND_JOB, key, {**args, "number": number}, not_before=due)


def missing_sides(session: Session, row: DraftRow, sha256: str) -> tuple[str, ...]:
    """The sides that have not signed a locked draft; none when it no longer has this content."""
    if _current_hash(session, row) != sha256:
        return ()
    signed = _valid(session, row, sha256)
    return tuple(side for side in SIDES if side not in signed)


@dataclass(frozen=True, slots=True)
class SigningResult:
    """`version` is set when both have signed and it is in force now. `is_outdated`: what was read has changed since.
    `is_unproved`: the search of exactly this content is still to come."""

    is_signed: bool = False
    version: int | None = None
    is_outdated: bool = False
    problems: tuple[Problem, ...] = ()
    is_unproved: bool = False


def sign(toolbox: Toolbox, name: str, revision: int, sha256: str, person: Person, now: datetime) -> SigningResult:
    """Signs exactly what a head has read. The second signature puts it in force, or starts the wait for its day."""
    plan = signing_plan(toolbox, name)
    if plan is None or person.signs not in SIDES:
        problem = Problem("not_a_signer", (), "you can’t sign this policy", "ask an administrator")
        return SigningResult(problems=(problem,))
    if plan.draft.revision != revision or plan.sha256 != sha256:
        return SigningResult(is_outdated=True)
    if not plan.check.may_be_signed or not plan.is_change:
        return SigningResult(problems=plan.check.errors or tuple(one.problem for one in plan.check.broken))
    if not plan.proof.allows:
        found = (*plan.proof.search.errors, *(problem for _survey, problem in plan.proof.broken))
        return SigningResult(problems=found, is_unproved=not found)
    with toolbox.database.writing() as session:
        row = drafts.lock(session, plan.draft.id)
        if row is None or row.revision != revision or _current_hash(session, row) != sha256:
            return SigningResult(is_outdated=True)
        signatures.sign(session, PolicySignatureRow(
            id=toolbox.new_id(), draft_id=row.id, revision=revision, sha256=sha256, side=person.signs,
            staff_id=person.id, name=person.name, at=now,
        ))  # fmt: skip
        if missing_sides(session, row, sha256):
            plan_reminders(toolbox, session, plan, person.email, now)
        return SigningResult(True, _after_signing(toolbox, session, row, sha256, now))


def _after_signing(toolbox: Toolbox, session: Session, row: DraftRow, sha256: str, now: datetime) -> int | None:
    if len(_valid(session, row, sha256)) < len(SIDES):
        return None
    proposal = signatures.proposal(session, row.id)
    start = proposal.effective_on if proposal is not None else None
    zone = zone_of(row.content)
    if start is None or start <= now.astimezone(zone).date():
        return enforce(toolbox, session, row, _valid(session, row, sha256), now)
    args = {"draft": row.id, "sha256": sha256}
    due = datetime.combine(start, time(), zone)
    toolbox.queue.enqueue(session, JOB, f"{JOB}:{row.id}:{row.revision}:{sha256[:16]}", args, not_before=due)
    return None


def put_in_force(toolbox: Toolbox, draft_id: str, sha256: str) -> None:
    """The job of the day: puts in force what both heads signed, unless it has changed since. Harmless when repeated."""
    now = toolbox.now()
    with toolbox.database.writing() as session:
        row = drafts.lock(session, draft_id)
        if row is None or _current_hash(session, row) != sha256 or len(_valid(session, row, sha256)) < len(SIDES):
            _log.warning("policy_not_in_force", draft=draft_id)
            return
        enforce(toolbox, session, row, _valid(session, row, sha256), now)


def _current_hash(session: Session, row: DraftRow) -> str:
    newest = publications.newest_version(session, "policy", row.name)
    proposal = signatures.proposal(session, row.id)
    return hash_to_sign(row.content, (newest or 0) + 1, proposal.effective_on if proposal is not None else None)


def _valid(session: Session, row: DraftRow, sha256: str) -> dict[str, PolicySignatureRow]:
    """Side -> its signature of this very content."""
    signed = signatures.of_draft(session, row.id)
    return {one.side: one for one in signed if _holds(one, row.revision, sha256)}
