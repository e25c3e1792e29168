"""The team of a manager: what is late, unassigned or in review, what comes of it, and how full every desk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.handoff.lead_case import lead_case
from questionnaire.actions.handoff.lead_list import row_of
from questionnaire.actions.handoff.team_desks import OBSTACLES, PolicyBook, RepLoad, book_of, choices, desks, turns
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person, RepChoice
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.handoff.clocks import moves_at
from questionnaire.core.handoff.routing import routing_text
from questionnaire.core.handoff.turns import PoolTurns
from questionnaire.storage import Session
from questionnaire.storage.leads import events, facet_counts, leads
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import EventRow, LeadRow
from questionnaire.templating import words_for

MOST = 50
"""Cases of a kind on one page: whoever has more has to look at the rules first."""


@dataclass(frozen=True, slots=True)
class TeamCase:
    """A lead that needs a decision. `kind` is "overdue", "unassigned" or "feedback"; `since` is when it was due, or
    when it came into the queue.

    `moves_at`: without an attempt somebody else gets it then, None where it stays. `reason` says why nobody has it.
    """

    kind: str
    row: LeadListItem
    since: datetime | None
    choices: tuple[RepChoice, ...] = ()
    moves_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    cases: tuple[TeamCase, ...]
    reps: tuple[RepLoad, ...]
    turns: tuple[PoolTurns, ...]
    names: Mapping[str, str]
    obstacles: Mapping[str, str]
    in_review: int

    def count(self, kind: str) -> str:
        """The number of cases, "50+" where not all were read."""
        found = sum(1 for case in self.cases if case.kind == kind)
        return f"{found}+" if found == MOST else str(found)

    @property
    def open_leads(self) -> int:
        return sum(rep.open_leads for rep in self.reps)


def team_of(toolbox: Toolbox, viewer: Person) -> Team:
    now, words = toolbox.now(), words_for(viewer.language)
    with toolbox.database.reading() as session:
        names, policies = rep_names(session), _policies(toolbox, session, now)
        late, silent = leads.overdue(session, now, MOST), leads.without_feedback(session, now, MOST)
        queued = leads.in_stage(session, Stage.SQL_READY, MOST)
        cases = _Cases(toolbox, session, names, words, now)
        return Team(
            cases=(*map(cases.unassigned, queued), *map(cases.overdue, late), *map(cases.feedback, silent)),
            reps=desks(session, policies, (*late, *silent), now, names),
            turns=turns(policies),
            names=names | {rep.id: rep.name for policy, _ in policies for rep in policy.reps},
            obstacles={code: words(text) for code, text in OBSTACLES.items()},
            in_review=facet_counts.count(session, stage=str(Stage.REVIEW)),
        )


def _policies(toolbox: Toolbox, session: Session, now: datetime) -> tuple[PolicyBook, ...]:
    """The newest version of every policy."""
    newest = publications.newest_of_all(session, "policy")
    policies = [policy_of(toolbox, session, row.id, row.version) for row in newest]
    return tuple((policy, book_of(session, policy, now)) for policy in policies)


class _Cases:
    """Makes the cases; what routing knows is read once for each version of a policy."""

    def __init__(
        self, toolbox: Toolbox, session: Session, names: Mapping[str, str], words: Translator, now: datetime
    ) -> None:
        self._toolbox, self._session, self._names, self._words, self._now = toolbox, session, names, words, now
        self._choices: dict[tuple[str, int, str | None], tuple[RepChoice, ...]] = {}

    def feedback(self, lead: LeadRow) -> TeamCase:
        return TeamCase("feedback", row_of(lead, self._names, self._words), lead.next_at)

    def overdue(self, lead: LeadRow) -> TeamCase:
        return self._case("overdue", lead, lead.call_by)

    def unassigned(self, lead: LeadRow) -> TeamCase:
        return self._case("unassigned", lead, None)

    def _case(self, kind: str, lead: LeadRow, since: datetime | None) -> TeamCase:
        case = lead_case(self._toolbox, self._session, lead)
        version = (case.response.policy_id, case.response.policy_version, lead.owner)
        if version not in self._choices:
            book = book_of(self._session, case.policy, self._now)
            self._choices[version] = choices(case.policy, book, lead.owner, self._words)
        assigned = next((event for event in reversed(case.events) if event.kind == "assigned"), None)
        return TeamCase(
            kind=kind,
            row=row_of(lead, self._names, self._words),
            since=since or (assigned.at if assigned is not None else lead.newest_at),
            choices=self._choices[version],
            moves_at=moves_at(case.policy, case.standing, events.as_lead_events(case.events)),
            reason=self._why(assigned) if assigned is not None and lead.owner is None else "",
        )

    def _why(self, assigned: EventRow) -> str:
        return routing_text(read_explanation(assigned.data.get("why")), self._words, self._names)
