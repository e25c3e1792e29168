"""A response and all rows with the same email address: the input of its judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.assessing.history import claims_of, history_of, in_order_of_arrival, is_contradictory
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.identity.contact_details import newest_details
from questionnaire.core.identity.email_address import account_domain, canonical_email
from questionnaire.core.scoring.confirmation import Effect, Position, ResponseClaim, counting_ids, effect_of
from questionnaire.core.scoring.evidence import History
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import EventRow, LeadRow, ResponseRow


@dataclass(frozen=True, slots=True)
class Situation:
    """A response and the rows with the same email address. `lead` is None while the address is new.

    `arrives`: the response is not judged yet. `confirms`: the address was confirmed on the page of the emailed link,
    and no event says so yet. `happened` are the events of the lead.
    """

    row: ResponseRow
    rows: tuple[ResponseRow, ...]
    claims: tuple[ResponseClaim, ...]
    lead: LeadRow | None
    happened: tuple[EventRow, ...]
    history: History
    has_owner: bool
    arrives: bool
    confirms: bool

    @property
    def mine(self) -> ResponseClaim:
        return next(claim for claim in self.claims if claim.id == self.row.id)

    @property
    def others(self) -> tuple[ResponseClaim, ...]:
        return tuple(claim for claim in self.claims if claim.id != self.row.id)

    @property
    def position(self) -> Position | None:
        if self.lead is None:
            return None
        moved = next((event for event in reversed(self.happened) if "stage" in event.becomes), None)
        by_person = moved is not None and moved.actor.startswith("staff:")
        return Position(Stage(self.lead.stage), self.has_owner, by_person)

    @property
    def effect(self) -> Effect:
        if self.arrives:
            return effect_of(self.mine, self.claims, self.position)
        before = counting_ids(
            [ResponseClaim(claim.id, claim.confirmed and claim.id != self.row.id) for claim in self.claims]
        )
        settles = self.lead is not None and is_contradictory(self.lead)
        return Effect.ASSESS if before != counting_ids(self.claims) or settles else Effect.NONE

    @property
    def counts(self) -> tuple[ResponseRow, ...]:
        """The responses that count, oldest first."""
        ids = counting_ids(self.claims)
        return tuple(sorted((row for row in self.rows if row.id in ids), key=lambda row: (row.at, row.id)))

    @property
    def at(self) -> datetime:
        """The time of the judgement: that of the response or of its confirmation."""
        moment = self.row.confirmed_at if self.confirms and self.row.confirmed_at else self.row.at
        return max(moment, *(row.at for row in self.counts))

    @property
    def basis(self) -> object:
        """All inputs of the judgement: equal for two situations that must be judged alike."""
        lead = self.lead
        lead_state = lead and (lead.id, lead.stage, lead.reason, lead.version, lead.next_at)
        rows = tuple((row.id, row.confirmed_at) for row in self.rows)
        return lead_state, rows, self.history, self.has_owner, self.arrives, self.confirms


def known_lead(session: Session, row: ResponseRow) -> LeadRow | None:
    canonical = canonical_email(str(row.contact.get("email", "")))
    return leads.by_address(session, canonical) if canonical is not None else None


def find_or_add_lead(toolbox: Toolbox, session: Session, row: ResponseRow) -> tuple[LeadRow | None, bool]:
    """The lead with the address, and True if it is new. (None, True) for a survey without an email field."""
    new = _new_lead(toolbox, row)
    return leads.find_or_add(session, new) if new is not None else (None, True)


def _confirmation_is_known(row: ResponseRow, happened: Sequence[EventRow], arrives: bool) -> bool:
    """Whether the events include the confirmation already, or the response arrived confirmed by a signed link."""
    if arrives:
        return row.confirmed_at == row.at
    mine = [event for event in happened if event.response_id == row.id]
    by_link = any(event.kind == "submitted" and event.data.get("confirmed") for event in mine)
    return by_link or any(event.kind == "address_confirmed" for event in mine) or row.lead_id is None


def _new_lead(toolbox: Toolbox, row: ResponseRow) -> LeadRow | None:
    canonical = canonical_email(str(row.contact.get("email", "")))
    if canonical is None:
        return None
    return LeadRow(
        id=toolbox.new_id(),
        canonical_email=canonical,
        account_domain=account_domain(canonical, toolbox.domains),
        created_at=row.at,
        newest_at=row.at,
        demo=row.demo,
        **contact_columns((row,)),
    )


def contact_columns(rows: Sequence[ResponseRow]) -> dict[str, Any]:
    """Contact columns of a lead from its responses, oldest first."""
    contact = newest_details(row.contact for row in rows)
    name = " ".join(str(contact[key]) for key in ("first_name", "last_name") if contact.get(key))
    columns = {key: str(contact.get(key) or "") for key in ("email", "company", "country", "phone")}
    title = str(contact.get("job_title") or "")
    return {**columns, "name": name, "title": title, "language": rows[-1].language, "contact": contact}


def situation_of(toolbox: Toolbox, session: Session, row: ResponseRow, lead: LeadRow | None) -> Situation | None:
    """None when the response needs no further judgement."""
    happened = events.of_lead(session, lead.id) if lead is not None else ()
    arrives = row.judged_at is None
    confirms = row.confirmed_at is not None and not _confirmation_is_known(row, happened, arrives)
    if not arrives and not confirms:
        return None
    before = responses.of_lead(session, lead.id) if lead is not None else ()
    rows = in_order_of_arrival({other.id: other for other in (*before, row)}.values())
    person = lead or _new_lead(toolbox, row)
    history = history_of(session, person, happened) if person is not None else History(stage="lead")
    has_owner = lead is not None and ownership.current(session, lead.id) is not None
    return Situation(row, rows, claims_of(session, rows), lead, tuple(happened), history, has_owner, arrives, confirms)
