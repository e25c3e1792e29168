"""The team of a manager: what is late, unassigned or in review, what comes of it, and how full every desk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.handoff.lead_case import LeadCase, lead_cases
from questionnaire.actions.handoff.lead_list import row_of
from questionnaire.actions.handoff.team_desks import (
    OBSTACLES,
    PolicyBook,
    RepLoad,
    books_of,
    choices,
    desks,
    presence_and_loads,
    turns,
)
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person, RepChoice
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.handoff.clocks import moves_at
from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import routing_text
from questionnaire.core.handoff.turns import PoolTurns
from questionnaire.storage import Session
from questionnaire.storage.leads import events, facet_counts, leads
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import LeadRow
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
        found = lead_cases(toolbox, session, (*queued, *late))
        cases = _Cases(session, found, names, words, now)
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
    return books_of(session, [policy_of(toolbox, session, row.id, row.version) for row in newest], now)


class _Cases:
    """Makes the cases; what routing knows is read once for each version of a policy."""

    def __init__(
        self,
        session: Session,
        found: Mapping[str, LeadCase],
        names: Mapping[str, str],
        words: Translator,
        now: datetime,
    ) -> None:
        self._session, self._found, self._names, self._words, self._now = session, found, names, words, now
        self._books: dict[tuple[str, int], Book] = {}

    def feedback(self, lead: LeadRow) -> TeamCase:
        return TeamCase("feedback", row_of(lead, self._names, self._words), lead.next_at)

    def overdue(self, lead: LeadRow) -> TeamCase:
        case, row = self._found.get(lead.id), row_of(lead, self._names, self._words)
        if case is None:
            return TeamCase("overdue", row, lead.call_by)
        moves = moves_at(case.policy, case.standing, events.as_lead_events(case.events))
        return TeamCase("overdue", row, lead.call_by, self._choices(case), moves)

    def unassigned(self, lead: LeadRow) -> TeamCase:
        case, row = self._found.get(lead.id), row_of(lead, self._names, self._words)
        happened = case.events if case is not None else ()
        queued = next((event for event in reversed(happened) if event.kind == "assigned"), None)
        if case is None or queued is None:
            return TeamCase("unassigned", row, lead.newest_at)
        reason = routing_text(read_explanation(queued.data.get("why")), self._words, self._names)
        return TeamCase("unassigned", row, queued.at, self._choices(case), reason=reason)

    def _choices(self, case: LeadCase) -> tuple[RepChoice, ...]:
        version = (case.response.policy_id, case.response.policy_version)
        if version not in self._books:
            self._books[version] = presence_and_loads(self._session, case.policy, self._now)
        return choices(case.policy, self._books[version], case.lead.owner, self._words)
