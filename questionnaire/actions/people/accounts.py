"""Staff accounts: listing, activating and deactivating them. `staff.add` adds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.identity.reserved_domains import is_reserved
from questionnaire.storage import Session
from questionnaire.storage.leads import facet_counts, leads
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import StaffRow

HAND_OVER = "hand_over"
BY_RULES = "rules"
"""Stands for "by the rules of the policy" where somebody must say who gets the leads."""
SESSION_ID = 16
"""So many signs of a token's hash name a session on a page."""


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account. `rep` is "" without a rep id; `seen_at` is None when no session of the account is stored.

    `open_leads` counts the leads it owns that are neither won, lost nor returned. `timezone` is an IANA zone.
    """

    id: str
    email: str
    name: str
    role: str
    rep: str
    active: bool
    has_password: bool
    seen_at: datetime | None
    open_leads: int
    language: str
    timezone: str

    @property
    def is_sample_rep(self) -> bool:
        """Whether it is a person of a sample's policy, whom no mail reaches, and who gets no lead."""
        return not self.active and not self.has_password and is_reserved(self.email)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Where somebody is signed in. `id` names it without opening it."""

    id: str
    since: datetime
    seen_at: datetime


def accounts(toolbox: Toolbox) -> tuple[Account, ...]:
    """All accounts, by email address."""
    with toolbox.database.reading() as session:
        seen, desks = people.last_seen(session), facet_counts.open_leads(session)
        return tuple(_account(row, seen.get(row.id), desks.get(row.rep or "", 0)) for row in people.all_staff(session))


def account(toolbox: Toolbox, staff_id: str, now: datetime) -> tuple[Account, tuple[OpenSession, ...]] | None:
    """One account, and where it is signed in; None for an unknown id."""
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
        if row is None:
            return None
        found = people.sessions_of(session, row.id, now)
        open_leads = facet_counts.open_leads(session).get(row.rep or "", 0)
    sessions = tuple(OpenSession(one.token_hash[:SESSION_ID], one.created_at, one.seen_at) for one in found)
    return _account(row, found[0].seen_at if found else None, open_leads), sessions


def _account(row: StaffRow, seen_at: datetime | None, open_leads: int) -> Account:
    return Account(
        row.id, row.email, row.name, row.role, row.rep or "", row.active, bool(row.password_hash), seen_at, open_leads,
        row.language, row.timezone,
    )  # fmt: skip


def end_sessions(toolbox: Toolbox, staff_id: str, session_id: str, now: datetime) -> None:
    """Signs somebody out of one session; of all when `session_id` is empty."""
    with toolbox.database.writing() as session:
        if not session_id:
            people.close_all(session, staff_id)
            return
        for one in people.sessions_of(session, staff_id, now):
            if one.token_hash[:SESSION_ID] == session_id:
                session.delete(one)


def set_active(
    toolbox: Toolbox, email: str, active: bool, leads_to: str = "", by: str = ""
) -> tuple[Account | None, tuple[Problem, ...]]:
    """Activates or deactivates an account and returns it, or the problem. Deactivating ends all its sessions.

    Whoever has open leads is deactivated only with a word on who gets them: `leads_to` is a rep id or BY_RULES. A job
    hands them over; `by` is the id of who decides. The last active admin cannot be deactivated.
    """
    with toolbox.database.writing() as session:
        row = people.by_email(session, email)
        if row is None:
            hint = "`user list` shows everybody"
            return None, (Problem("staff_unknown", ("email",), f"nobody signs in as `{email}`", hint),)
        if not active and row.active and row.role == Role.ADMIN and not people.other_admins(session, row.id):
            hint = "add another admin first with `user add`"
            return None, (Problem("staff_last_admin", ("email",), f"`{row.email}` is the last active admin", hint),)
        problem = None if active else _plan_hand_over(toolbox, session, row, leads_to, by)
        if problem is not None:
            return None, (problem,)
        people.set_active(session, row.id, active)
        address = row.email
    return next(account for account in accounts(toolbox) if account.email == address), ()


def _plan_hand_over(toolbox: Toolbox, session: Session, row: StaffRow, leads_to: str, by: str) -> Problem | None:
    if not row.rep or not row.active or not (count := len(leads.open_of(session, row.rep))):
        return None
    where, hint = ("leads_to",), "`--leads-to rules`, or `--leads-to REP`"
    if not leads_to:
        return Problem("staff_open_leads", where, f"`{row.email}` has {count} open leads: say who gets them", hint)
    other = people.by_rep(session, leads_to) if leads_to != BY_RULES else None
    if leads_to != BY_RULES and (other is None or not other.active or other.id == row.id):
        return Problem("staff_rep_unknown", where, f"`{leads_to}` is no other active rep", hint)
    args = {"rep": row.rep, "to": leads_to, "by": by}
    toolbox.queue.enqueue(session, HAND_OVER, f"{HAND_OVER}:{row.rep}:{toolbox.new_id()}", args)
    return None


def set_signs(toolbox: Toolbox, email: str, side: str) -> tuple[Problem, ...]:
    """Lets a person sign policies for a side (`marketing`, `sales`), or for none. Returns the problem."""
    with toolbox.database.writing() as session:
        row = people.by_email(session, email)
        if row is None:
            hint = "`user list` shows everybody"
            return (Problem("staff_unknown", ("email",), f"nobody signs in as `{email}`", hint),)
        people.set_signs(session, row.id, side)
    return ()
