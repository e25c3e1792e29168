"""Asking the heads for a signature: at once, and again after two and five working days, until it is there.

Each letter is a job, enqueued in the transaction that asks: when someone proposes a draft that can be signed, or when
the first head signs. It names the exact content, and looks again when it runs: what was signed, changed or taken back
meanwhile is asked for no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.delivery import delivery
from questionnaire.actions.editing.signatures import (
    SignatureView,
    SigningPlan,
    missing_sides,
    signing_plan,
)
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core import policy as policies
from questionnaire.core.editing.policy_differences import PolicyDifferences
from questionnaire.core.editing.signature_reminders import is_overtaken
from questionnaire.notify import compose_events
from questionnaire.notify.compose_events import SignatureDue
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage.publishing import drafts
from questionnaire.storage.tables.agreements import SIDES
from questionnaire.templating import words_for


@dataclass(frozen=True, slots=True)
class RequestedSignature:
    """A draft that waits for someone’s signature. `other`: the head who has signed, None when neither has."""

    name: str
    version: int
    changes: int
    asked_at: datetime
    other: SignatureView | None


def requested_of(toolbox: Toolbox, person: Person) -> tuple[RequestedSignature, ...]:
    """What waits for the signature of this person; the newest change first. Writes nothing."""
    if person.signs not in SIDES:
        return ()
    with toolbox.database.reading() as session:
        names = [row.name for row in drafts.every(session, "policy")]
    plans = [plan for name in names if (plan := signing_plan(toolbox, name)) is not None]
    return tuple(
        RequestedSignature(plan.draft.name, plan.next_version, len(plan.differences), plan.asked_at, plan.first)
        for plan in plans
        if plan.asked_at is not None and person.signs in plan.missing
    )


def remind(toolbox: Toolbox, args: Mapping[str, Any], cause: str) -> None:
    """The job: `number` 0 asks, 1 and 2 remind. `by` knows of it and is not asked."""
    now, number = toolbox.now(), int(args["number"])
    with toolbox.database.reading() as session:
        row = drafts.find(session, str(args["draft"]))
    plan = signing_plan(toolbox, row.name) if row is not None else None
    is_same = plan is not None and (plan.draft.revision, plan.sha256) == (args["revision"], args["sha256"])
    if plan is None or not is_same or plan.asked_at is None:
        return
    times = tuple(map(datetime.fromisoformat, args["times"]))
    if is_overtaken(number, times, now):
        return
    letters = _letters(toolbox, plan, plan.asked_at, number, str(args["by"]) if number == 0 else "")
    with toolbox.database.writing() as session:
        locked = drafts.lock(session, plan.draft.id)
        missing = missing_sides(session, locked, plan.sha256) if locked is not None else ()
        for side, messages in letters:
            if side in missing:
                delivery.post(toolbox, session, messages, cause)


def _letters(
    toolbox: Toolbox, plan: SigningPlan, asked_at: datetime, number: int, by: str
) -> list[tuple[str, tuple[ChannelMessage, ...]]]:
    """A letter for each person who may sign for a side that is missing, composed before anything is written."""
    people = [(side, signer) for side in plan.missing for signer in plan.signers[side] if signer.email != by]
    return [
        (side, delivery.render(toolbox, compose_events.signature_due(signer.email, due)))
        for side, signer in people
        for due in (_due(toolbox, plan, asked_at, signer, is_reminder=number > 0),)
    ]


def _due(toolbox: Toolbox, plan: SigningPlan, asked_at: datetime, signer: Person, *, is_reminder: bool) -> SignatureDue:
    words = words_for(signer.language)
    old, _problems = policies.read(plan.old) if plan.old else (None, ())
    wording = PolicyDifferences(plan.old, plan.draft.document, old, plan.check.policy, words)
    return SignatureDue(
        name=plan.draft.name, version=plan.next_version, changes=wording.groups(plan.differences),
        sha256=plan.sha256, effective_on=plan.effective_on, asked_at=asked_at, is_reminder=is_reminder,
        other=plan.first.name if plan.first is not None else "", zone=signer.zone, language=signer.language,
        link=f"{toolbox.settings.public_url}/desk/policies/{plan.draft.name}/draft/sign",
    )  # fmt: skip
