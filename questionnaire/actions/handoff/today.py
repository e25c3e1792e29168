"""A rep's day: what to call next and by when, what waits for feedback, what comes later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.assessing.history import counting_responses
from questionnaire.actions.documents.dossiers import case_of
from questionnaire.actions.handoff.lead_list import row_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.dossier import summary
from questionnaire.core.handoff.follow_up import FEEDBACK_DUE
from questionnaire.core.handoff.standing import Standing, standing_of
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_link, phone_text
from questionnaire.storage import Session
from questionnaire.storage.leads import events
from questionnaire.storage.leads import leads as stored
from questionnaire.storage.people import absences
from questionnaire.storage.tables import LeadRow
from questionnaire.templating import words_for

SOON = timedelta(hours=2)
"""What is due within this time is to be done now."""


@dataclass(frozen=True, slots=True)
class DayItem:
    """A lead on somebody's day. `due` is when its next thing is due, None without a date; `what` names that thing:
    "call", "next_try", "feedback", "agreed", or "" for nothing in particular."""

    row: LeadListItem
    due: datetime | None
    what: str
    email: str
    phone: str
    phone_link: str
    attempts: int
    reached_at: datetime | None
    is_accepted: bool
    opener: str = ""


@dataclass(frozen=True, slots=True)
class CurrentAbsence:
    """The rep is away until this day, and `substitute` is the name of who stands in, "" for nobody."""

    until: date
    substitute: str


@dataclass(frozen=True, slots=True)
class Day:
    """`now` holds what is overdue or due soon, the most urgent first. `open_leads` counts what is on the desk."""

    at: datetime
    now: tuple[DayItem, ...]
    later: tuple[DayItem, ...]
    feedback: tuple[DayItem, ...]
    coming: tuple[DayItem, ...]
    open_leads: int
    away: CurrentAbsence | None = None

    @property
    def overdue(self) -> int:
        return sum(1 for item in self.now if item.due is not None and item.due <= self.at)

    @property
    def next(self) -> DayItem | None:
        """What comes next when nothing is to be done now."""
        return next(iter((*self.later, *self.coming)), None)


def day_of(toolbox: Toolbox, viewer: Person) -> Day:
    now, words = toolbox.now(), words_for(viewer.language)
    with toolbox.database.reading() as session:
        rows = stored.open_of(session, viewer.rep)
        happened = events.of_leads(session, [row.id for row in rows])
        names = rep_names(session)
        items = [_item(row, standing_of(events.as_lead_events(happened[row.id])), names, words) for row in rows]
        day = _sorted(items, now, ZoneInfo(viewer.zone), sum(1 for row in rows if row.stage != Stage.OPPORTUNITY))
        day = replace(day, away=_away(session, viewer, now.astimezone(ZoneInfo(viewer.zone)).date(), names))
        return _with_opener(toolbox, session, day, viewer, {row.id: row for row in rows})


def _away(session: Session, viewer: Person, today: date, names: Mapping[str, str]) -> CurrentAbsence | None:
    mine = [row for row in absences.between(session, today, today) if row.rep == viewer.rep]
    return CurrentAbsence(mine[0].ends_on, names.get(mine[0].substitute or "", "")) if mine else None


def _item(lead: LeadRow, standing: Standing, names: Mapping[str, str], words: Translator) -> DayItem:
    details = dialled({**lead.contact, "phone": lead.phone})
    what, due = ("call", lead.call_by) if lead.call_by is not None else (lead.next_what or "", lead.next_at)
    return DayItem(
        row_of(lead, names, words),
        due,
        what,
        lead.email,
        phone_text(details, words.language),
        phone_link(details) if lead.phone else "",
        standing.attempts,
        standing.contacted_at,
        standing.accepted_at is not None,
    )


def _sorted(items: Iterable[DayItem], now: datetime, zone: ZoneInfo, open_leads: int) -> Day:
    today = now.astimezone(zone).date()
    parts: dict[str, list[DayItem]] = {"now": [], "later": [], "feedback": [], "coming": []}
    for item in sorted(items, key=lambda item: (item.due is None, item.due or now, item.row.id)):
        if item.what == FEEDBACK_DUE:
            parts["feedback"].append(item)
        elif item.due is not None and item.due <= now + (SOON if item.what == "call" else timedelta(minutes=15)):
            parts["now"].append(item)
        elif item.due is not None and item.due.astimezone(zone).date() == today:
            parts["later"].append(item)
        else:
            parts["coming"].append(item)
    urgent, later, feedback, coming = (tuple(part) for part in parts.values())
    return Day(now, urgent, later, feedback, coming, open_leads)


def _with_opener(toolbox: Toolbox, session: Session, day: Day, viewer: Person, rows: Mapping[str, LeadRow]) -> Day:
    """The first lead to call has the line to begin with; working it out for every lead would make the page slow."""
    if not day.now:
        return day
    first, *others = day.now
    lead = rows[first.row.id]
    case = case_of(toolbox, session, lead, counting_responses(session, lead)[-1], viewer.language, viewer.zone)
    opener = next(iter(summary.brief(case).open_with), "")
    changed = replace(first, opener=opener)
    return replace(day, now=(changed, *others))
