"""What the staff is told about a lead, and who is: one entry for each kind of notification."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.delivery.staff_links import list_link
from questionnaire.actions.documents.dossiers import case_of
from questionnaire.actions.handoff.lead_brief import brief_of, changes_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.roles import Role
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.handoff_parts import reason_name, reason_text
from questionnaire.core.handoff.routing import routing_text
from questionnaire.notify import compose, compose_handoff
from questionnaire.notify.brief import Brief
from questionnaire.notify.notification import Notification
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.people import staff
from questionnaire.storage.tables import EventRow, LeadRow, ResponseRow, StaffRow
from questionnaire.templating import words_for

REVIEWERS = (Role.OPS, Role.ADMIN)
MANAGERS = (Role.MANAGER, Role.ADMIN)
OWNER = "owner"
ACCOUNT_OWNER = "account_owner"


@dataclass(frozen=True, slots=True)
class About:
    """What a message to `reader` is about. `event` is what it tells, None for the arrival of the response."""

    toolbox: Toolbox
    session: Session
    lead: LeadRow
    row: ResponseRow
    reader: StaffRow
    event: EventRow | None

    @property
    def words(self) -> Translator:
        return words_for(self.reader.language)

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.event.data if self.event is not None else {}

    def brief(self) -> Brief:
        return brief_of(self.toolbox, self.session, self.lead, self.row, self.reader)

    def rep_name(self, rep: object) -> str:
        return rep_names(self.session).get(str(rep), str(rep or ""))

    def moment(self, name: str) -> datetime | None:
        stored = self.facts.get(name)
        return datetime.fromisoformat(stored) if stored else None


Readers = Callable[[Session, LeadRow, EventRow | None], Iterable[StaffRow]]


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A notification to staff about one lead: who gets it, and what it says to each of them."""

    readers: Readers
    compose: Callable[[About], Notification]


def _lead_assigned(about: About) -> Notification:
    cause, at = (about.event.id, about.event.at) if about.event is not None else ("", None)
    return compose.lead_assigned(about.reader.email, about.brief(), about.reader.language, cause, at)


def _lead_in_queue(about: About) -> Notification:
    held = ownership.current(about.session, about.lead.id)
    queue, why = (held.queue or "", held.why) if held is not None else ("", "")
    reason = routing_text(read_explanation(why), about.words, rep_names(about.session))
    overdue = about.moment("due") if about.facts.get("clock") == "assign" else None
    return compose.lead_in_queue(about.reader.email, about.brief(), queue, reason, about.reader.language, overdue)


def _new_answers(about: About) -> Notification:
    changes = changes_of(about.toolbox, about.session, about.lead, about.row, about.words)
    confirmed = about.row.confirmed_at is not None
    return compose.new_answers(about.reader.email, about.brief(), changes, confirmed, about.reader.language)


def _review_waiting(about: About) -> Notification:
    return compose.review_waiting(about.reader.email, about.brief(), _open_boxes(about), about.reader.language)


def _review_overdue(about: About) -> Notification:
    return compose_handoff.review_overdue(about.reader.email, about.brief(), _open_boxes(about), about.reader.language)


def _open_boxes(about: About) -> list[str]:
    case = case_of(about.toolbox, about.session, about.lead, about.row, about.reader.language, about.reader.timezone)
    return [f"{box.id} {box.say(about.words)}" for box in case.assessment.checklist if box.is_open]


def _sla_warning(about: About) -> Notification:
    return compose_handoff.sla_warning(about.reader.email, about.brief(), about.reader.language)


def _sla_breached(about: About) -> Notification:
    rep = about.facts.get("rep")
    owner = "" if rep == about.reader.rep else about.rep_name(rep)
    moves_at = about.moment("moves_at")
    return compose_handoff.sla_breached(about.reader.email, about.brief(), owner, moves_at, about.reader.language)


def _lead_moved(about: About) -> Notification:
    """The lead itself is no longer the reader's to see: the link leads to their own leads."""
    rep, queue = about.facts.get("rep"), str(about.facts.get("queue") or "")
    own = list_link(about.toolbox, about.reader, "/desk", about.toolbox.now())
    brief = replace(about.brief(), link=own, page=f"{about.toolbox.settings.public_url}/desk")
    owner = about.rep_name(rep) if rep else ""
    return compose_handoff.lead_moved(about.reader.email, brief, owner, queue, about.moment("due"),
                                      about.reader.language)  # fmt: skip


def _feedback_due(about: About) -> Notification:
    return compose_handoff.feedback_due(about.reader.email, about.brief(), about.moment("due"), about.reader.language)


def _lead_rejected(about: About) -> Notification:
    reason = reason_name(str(about.facts.get("reason")), about.words)
    detail = str(about.facts.get("detail") or "")
    return compose_handoff.lead_rejected(about.reader.email, about.brief(), _actor_name(about), reason, detail,
                                 about.reader.language)  # fmt: skip


def _lead_diverted(about: About) -> Notification:
    """Whoever has the account may not see the lead itself, which nobody has: the link leads to their own leads."""
    brief, theirs = about.brief(), about.reader.role == Role.REP
    if theirs:
        own = list_link(about.toolbox, about.reader, "/desk", about.toolbox.now())
        brief = replace(brief, link=own, page=f"{about.toolbox.settings.public_url}/desk")
    reason = reason_text(about.lead.reason, about.words)
    return compose_handoff.lead_diverted(about.reader.email, brief, theirs, reason, about.reader.language)


def _owner_requested(about: About) -> Notification:
    detail = str(about.facts.get("detail") or "")
    return compose_handoff.owner_requested(
        about.reader.email, about.brief(), _actor_name(about), detail, about.reader.language
    )


def _actor_name(about: About) -> str:
    """Who did it: "" for a person whose account is gone."""
    actor = about.event.actor if about.event is not None else ""
    person = staff.get(about.session, actor.removeprefix("staff:"))
    return (person.name or person.email) if person is not None else ""


# --- readers ---------------------------------------------------------------------------------------------------


def _rep(session: Session, rep: object) -> tuple[StaffRow, ...]:
    person = staff.by_rep(session, str(rep)) if rep else None
    return (person,) if person is not None and person.active else ()


def _owner(session: Session, lead: LeadRow, _event: EventRow | None) -> Iterable[StaffRow]:
    return _rep(session, lead.owner)


def _managers(session: Session, _lead: LeadRow, _event: EventRow | None) -> Iterable[StaffRow]:
    return staff.with_role(session, *MANAGERS)


def _reviewers(session: Session, _lead: LeadRow, _event: EventRow | None) -> Iterable[StaffRow]:
    return staff.with_role(session, *REVIEWERS)


def _reviewers_and_managers(session: Session, _lead: LeadRow, _event: EventRow | None) -> Iterable[StaffRow]:
    return staff.with_role(session, *dict.fromkeys((*REVIEWERS, *MANAGERS)))


def _of_diversion(session: Session, lead: LeadRow, _event: EventRow | None) -> Iterable[StaffRow]:
    """The owner of the account where the policy says so and there is one, else Marketing Ops."""
    moved = next((one for one in reversed(events.of_lead(session, lead.id)) if "stage" in one.becomes), None)
    to_owner = moved is not None and moved.data.get("to") == ACCOUNT_OWNER
    found = _rep(session, leads.account_of(session, lead).owner) if to_owner else ()
    return found or staff.with_role(session, *REVIEWERS)


def _former_owner(session: Session, _lead: LeadRow, event: EventRow | None) -> Iterable[StaffRow]:
    return _rep(session, event.data.get("from")) if event is not None else ()


def _of_queue(session: Session, lead: LeadRow, event: EventRow | None) -> Iterable[StaffRow]:
    """Whom the policy names for its queue; administrators when that is nobody who is active."""
    names = event.data.get("to") if event is not None else None
    found = {person.id: person for person in _all_named(session, lead, names or (Role.MANAGER,))}
    return found.values() or staff.with_role(session, Role.ADMIN)


def _of_breach(session: Session, lead: LeadRow, event: EventRow | None) -> Iterable[StaffRow]:
    """The owner, if the lead is still theirs and the step is the breach itself, and whom the policy names."""
    if event is None:
        return ()
    is_theirs = event.data.get("does") == "breach" and lead.owner == event.data.get("rep")
    found = (*(_rep(session, lead.owner) if is_theirs else ()), *_all_named(session, lead, event.data.get("to", ())))
    return {person.id: person for person in found}.values()


def _all_named(session: Session, lead: LeadRow, names: Iterable[str]) -> Iterable[StaffRow]:
    """Whom a policy names; managers where that is nobody of the staff, so that nothing waits unseen."""
    named = [person for name in names for person in _named(session, lead, str(name))]
    return named if named or not names else staff.with_role(session, *MANAGERS)


def _named(session: Session, lead: LeadRow, name: str) -> Iterable[StaffRow]:
    """Whom a policy names: a role, the owner, a rep, or the email address of someone on the staff."""
    if name == OWNER:
        return _rep(session, lead.owner)
    if name == Role.MANAGER:
        return staff.with_role(session, *MANAGERS)
    if name in set(Role):
        return staff.with_role(session, name)
    person = staff.by_email(session, name) if "@" in name else staff.by_rep(session, name)
    return (person,) if person is not None and person.active else ()


STAFF_MESSAGES: Mapping[str, StaffMessage] = {
    "lead_assigned": StaffMessage(_owner, _lead_assigned),
    "lead_in_queue": StaffMessage(_of_queue, _lead_in_queue),
    "new_answers": StaffMessage(_owner, _new_answers),
    "review_waiting": StaffMessage(_reviewers, _review_waiting),
    "sla_warning": StaffMessage(_owner, _sla_warning),
    "sla_breached": StaffMessage(_of_breach, _sla_breached),
    "lead_moved": StaffMessage(_former_owner, _lead_moved),
    "review_overdue": StaffMessage(_reviewers_and_managers, _review_overdue),
    "feedback_due": StaffMessage(_owner, _feedback_due),
    "lead_rejected": StaffMessage(_reviewers, _lead_rejected),
    "lead_diverted": StaffMessage(_of_diversion, _lead_diverted),
    "owner_requested": StaffMessage(_managers, _owner_requested),
}
