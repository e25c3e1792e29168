"""What happened, told to the endpoints of webhooks: one job for each event, enqueued in the transaction of the event.

The job says which types of events it is (core/delivery/webhook_events.py), and posts one delivery for each type and
endpoint that has chosen it. Without an endpoint nothing is enqueued. An act that can be undone is told afterwards, like
everything else that others hear of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.webhook_events import TOLD_KINDS, event_types, told_facts
from questionnaire.core.handoff.lifecycle import UNDO_WITHIN, UNDOABLE
from questionnaire.notify import compose_events
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage import Session
from questionnaire.storage.delivery import webhook_endpoints
from questionnaire.storage.leads import events
from questionnaire.storage.leads.projection import fold
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import EventRow

JOB = "announce"
_OF_LEAD = ("stage", "reason", "until", "label", "fit", "intent", "timing", "total", "owner", "queue", "call_by")


def announce(toolbox: Toolbox, session: Session, event_id: str, kind: str) -> None:
    """An event of a lead, written in this transaction."""
    if kind in TOLD_KINDS and webhook_endpoints.is_any_on(session):
        not_before = toolbox.now() + UNDO_WITHIN if kind in UNDOABLE else None
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{event_id}", {"event": event_id}, not_before)


def announce_other(
    toolbox: Toolbox, session: Session, event_type: str, cause: str, at: datetime, facts: Mapping[str, Any]
) -> None:
    """Something that is no event of a lead. `cause` makes it one event however often it is announced."""
    if webhook_endpoints.is_any_on(session):
        args = {"type": event_type, "at": at.isoformat(), "facts": dict(facts)}
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{event_type}:{cause}", args)


def tell(toolbox: Toolbox, args: Mapping[str, Any], cause: str) -> None:
    """The job."""
    if "event" not in args:
        moment = datetime.fromisoformat(str(args["at"]))
        found = _to_endpoints(toolbox, (str(args["type"]),), moment, args["facts"], None)
        _post(toolbox, found, cause, None)
        return
    with toolbox.database.reading() as session:
        event = events.get(session, str(args["event"]))
        if event is None:
            return
        happened = events.of_lead(session, event.lead_id)
        if any(one.kind == "undone" and one.data.get("event") == event.id for one in happened):
            return
        types, facts = _types_and_facts(toolbox, session, event, happened)
    _post(toolbox, _to_endpoints(toolbox, types, event.at, facts, event.seq), event.id, event.lead_id)


def _types_and_facts(
    toolbox: Toolbox, session: Session, event: EventRow, happened: Sequence[EventRow]
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The lead is told as it was right after the event, whenever the job runs."""
    earlier = [one.becomes for one in happened if one.seq is not None and event.seq is not None and one.seq < event.seq]
    before, after = fold(earlier), fold([*earlier, event.becomes])
    types = event_types(event.kind, event.data, before["stage"], after["stage"], is_first=not earlier)
    lead = {name: _json(after[name]) for name in _OF_LEAD if after[name] is not None}
    facts: dict[str, Any] = {
        "lead": {"id": event.lead_id, "url": f"{toolbox.settings.public_url}/desk/leads/{event.lead_id}", **lead},
        "actor": event.actor.partition(":")[0],
    }
    response = responses.get(session, event.response_id) if event.response_id else None
    if response is not None:
        facts["response"] = {"id": response.id, "survey": response.survey_id, "version": response.survey_version}
    return types, {**facts, **told_facts(event.kind, event.data)}


def _to_endpoints(
    toolbox: Toolbox, types: Sequence[str], at: datetime, facts: Mapping[str, Any], sequence: int | None
) -> list[tuple[str, tuple[ChannelMessage, ...]]]:
    """Type -> its messages: one for each endpoint that has chosen it."""
    if not types:
        return []
    with toolbox.database.reading() as session:
        rows = [row for row in webhook_endpoints.all_endpoints(session) if row.state == webhook_endpoints.ON]
    return [
        (name, delivery.render(toolbox, compose_events.webhook_event(row.id, name, at, facts, sequence), fresh=True))
        for name in types
        for row in rows
        if name in row.events
    ]


def _post(
    toolbox: Toolbox, found: Sequence[tuple[str, tuple[ChannelMessage, ...]]], cause: str, lead_id: str | None
) -> None:
    if found:
        with toolbox.database.writing() as session:
            for name, messages in found:
                delivery.post(toolbox, session, messages, f"{cause} {name}", lead_id=lead_id)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
