"""The team of a manager: what is late, unassigned or in review, and how full every desk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.handoff.lead_list import row_of
from questionnaire.actions.handoff.routing_book import absence_of
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.handoff.absences import Absence
from questionnaire.core.handoff.eligibility import cap_of
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.leads import facet_counts, leads
from questionnaire.storage.people import absences, staff
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import LeadRow
from questionnaire.templating import words_for

AHEAD = timedelta(days=28)
MOST = 50
"""Cases on one page: whoever has more has to look at the rules first."""


@dataclass(frozen=True, slots=True)
class TeamCase:
    """A lead that needs a decision. `kind` is "overdue", "unassigned" or "feedback"; `since` is when it was due."""

    kind: str
    row: LeadListItem
    since: datetime | None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class RepLoad:
    """How full a desk is. `most` is the cap, None without one; `pools` are the pools of the rep.

    `absence` is the present one, or the next within AHEAD; `substitute` is the name of who stands in, "" for nobody.
    """

    id: str
    name: str
    pools: tuple[str, ...]
    open_leads: int
    most: int | None
    overdue: int
    feedback: int
    is_active: bool
    absence: Absence | None = None
    substitute: str = ""

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.open_leads >= self.most


@dataclass(frozen=True, slots=True)
class Team:
    cases: tuple[TeamCase, ...]
    reps: tuple[RepLoad, ...]
    in_review: int

    def count(self, kind: str) -> int:
        return sum(1 for case in self.cases if case.kind == kind)

    @property
    def open_leads(self) -> int:
        return sum(rep.open_leads for rep in self.reps)


def team_of(toolbox: Toolbox, viewer: Person) -> Team:
    now, words = toolbox.now(), words_for(viewer.language)
    with toolbox.database.reading() as session:
        names, policies = rep_names(session), _policies(toolbox, session)
        late = (*leads.overdue(session, now, MOST), *leads.without_feedback(session, now, MOST))
        queued = leads.in_stage(session, Stage.SQL_READY, MOST)
        cases = (*(_case("unassigned", row, names, words) for row in queued),
                 *(_case("overdue" if row.call_by else "feedback", row, names, words) for row in late))  # fmt: skip
        today = now.astimezone(ZoneInfo(viewer.zone)).date()
        away = {row.rep: absence_of(row) for row in reversed(absences.between(session, today, today + AHEAD))}
        return Team(
            cases, _loads(session, policies, late, away, names), facet_counts.count(session, stage=str(Stage.REVIEW))
        )


def _case(kind: str, row: LeadRow, names: Mapping[str, str], words: Translator) -> TeamCase:
    since = row.newest_at if kind == "unassigned" else row.call_by or row.next_at
    return TeamCase(kind, row_of(row, names, words), since, row.owner)


def _policies(toolbox: Toolbox, session: Session) -> tuple[Policy, ...]:
    """The newest version of every policy."""
    newest = publications.newest_of_all(session, "policy")
    return tuple(policy_of(toolbox, session, row.id, row.version) for row in newest)


def _loads(
    session: Session,
    policies: tuple[Policy, ...],
    late: tuple[LeadRow, ...],
    away: Mapping[str, Absence],
    names: Mapping[str, str],
) -> tuple[RepLoad, ...]:
    open_leads, inactive = facet_counts.open_leads(session), staff.inactive_reps(session)
    found: dict[str, RepLoad] = {}
    for policy in policies:
        for rep in policy.reps:
            if rep.role == "manager" or rep.id in found:
                continue
            mine = [(pool, member) for pool, members in policy.routing.pools.items() for member in members
                    if member.rep == rep.id]  # fmt: skip
            rows = [row for row in late if row.owner == rep.id]
            found[rep.id] = RepLoad(
                rep.id, rep.name, tuple(pool for pool, _ in mine), open_leads.get(rep.id, 0),
                cap_of(policy, rep.id), sum(1 for row in rows if row.call_by is not None),
                sum(1 for row in rows if row.call_by is None), rep.id not in inactive, away.get(rep.id),
                names.get(away[rep.id].substitute or "", "") if rep.id in away else "",
            )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda rep: (-rep.overdue, -rep.open_leads, rep.name)))
