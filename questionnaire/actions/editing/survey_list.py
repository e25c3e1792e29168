"""The list of surveys: what is published, what is a draft, how many answered lately, and who changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.texts import fold
from questionnaire.core.editing.differences import differences
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.survey.availability import SurveyState, next_states
from questionnaire.storage.people import staff
from questionnaire.storage.publishing import drafts, plans, publications, survey_statuses
from questionnaire.storage.publishing.plans import PlanNote
from questionnaire.storage.publishing.survey_statuses import SurveyHome
from questionnaire.storage.responses import visit_counts
from questionnaire.storage.tables import DraftRow, PublicationRow, SurveyStatusRow

PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ListedSurvey:
    """`changes`: how many differences a draft has from the version in force, None without a draft. `changed_by` is
    empty for a version that came from a file. `live_at`: when the draft goes live, None without a plan;
    `refused_at`: when it should have."""

    name: str
    title: str
    version: int | None
    changes: int | None
    languages: tuple[str, ...]
    starts: int
    completions: int
    changed_at: datetime
    changed_by: str
    state: SurveyState = "open"
    home: SurveyHome = "builder"
    live_at: datetime | None = None
    refused_at: datetime | None = None

    @property
    def next_states(self) -> tuple[SurveyState, ...]:
        return next_states(self.state, is_published=self.version is not None)

    @property
    def has_draft(self) -> bool:
        return self.changes is not None and (self.version is None or self.changes > 0)


def list_all(toolbox: Toolbox, now: datetime, search: str = "") -> tuple[ListedSurvey, ...]:
    """Newest change first. `search`: words of the title or the name. Writes nothing."""
    with toolbox.database.reading() as session:
        published = {row.id: row for row in publications.newest_of_all(session, "survey")}
        opened = {row.name: row for row in drafts.every(session, "survey")}
        counts = visit_counts.since(session, (now - PERIOD).date())
        people = {row.email: row.name for row in staff.all_staff(session)}
        statuses = survey_statuses.of_all(session)
        planned = plans.newest_of_all(session)
    found = []
    for name in dict.fromkeys([*published, *opened]):
        status, plan, row = statuses.get(name), planned.get(name), published.get(name)
        one = _listed(name, published.get(name), opened.get(name), counts.get(name, (0, 0)), people)
        found.append(
            replace(
                one,
                state=cast("SurveyState", status.state) if status is not None else "open",
                home=_home(status, row),
                live_at=plan.go_live_at if plan is not None and plan.state == "waiting" else None,
                refused_at=plan.go_live_at if plan is not None and _is_refused(plan, row) else None,
            )
        )
    words = fold(search).split()
    matches = [one for one in found if all(word in fold(f"{one.title} {one.name}") for word in words)]
    return tuple(sorted(matches, key=lambda one: (one.changed_at, one.name), reverse=True))


def _listed(
    name: str, row: PublicationRow | None, draft: DraftRow | None, counts: tuple[int, int],
    people: Mapping[str, str],
) -> ListedSurvey:  # fmt: skip
    content: Mapping[str, Any] = draft.content if draft is not None else row.content if row is not None else {}
    languages = languages_of(content)
    changed = [(draft.changed_at, draft.changed_by)] if draft is not None else []
    changed += [(row.published_at, row.published_by)] if row is not None else []
    at, by = max(changed)
    return ListedSurvey(
        name, text_in(content.get("title"), languages[0]) or name, row.version if row is not None else None,
        _changes(row, draft), languages, *counts, at, people.get(by, by),
    )  # fmt: skip


def _is_refused(plan: PlanNote, row: PublicationRow | None) -> bool:
    """Whether the last planned version was not published, and none since."""
    return plan.state == "refused" and (row.version if row is not None else None) == plan.in_force


def _home(status: SurveyStatusRow | None, row: PublicationRow | None) -> SurveyHome:
    if status is not None and status.home is not None:
        return cast("SurveyHome", status.home)
    return "folder" if row is not None and not row.published_by else "builder"


def _changes(row: PublicationRow | None, draft: DraftRow | None) -> int | None:
    if draft is None:
        return None
    if row is None:
        return 0
    old, new = ({key: value for key, value in one.content.items() if key != "version"} for one in (row, draft))
    return len(differences(old, new))
