"""The list of surveys: what is published, what is a draft, how many answered lately, and who changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.texts import fold
from questionnaire.core.editing.differences import differences
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.storage.people import staff
from questionnaire.storage.publishing import drafts, publications
from questionnaire.storage.responses import visits
from questionnaire.storage.tables import DraftRow, PublicationRow

PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ListedSurvey:
    """`changes`: how many differences a draft has from the version in force, None without a draft. `changed_by` is
    empty for a version that came from a file."""

    name: str
    title: str
    version: int | None
    closed: bool
    changes: int | None
    languages: tuple[str, ...]
    starts: int
    completions: int
    changed_at: datetime
    changed_by: str

    @property
    def has_draft(self) -> bool:
        return self.changes is not None and (self.version is None or self.changes > 0)


def list_all(toolbox: Toolbox, now: datetime, search: str = "") -> tuple[ListedSurvey, ...]:
    """Newest change first. `search`: words of the title or the name. Writes nothing."""
    with toolbox.database.reading() as session:
        published = {row.id: row for row in publications.newest_of_all(session, "survey")}
        opened = {row.name: row for row in drafts.every(session, "survey")}
        counts = visits.counts_since(session, (now - PERIOD).date())
        people = {row.email: row.name for row in staff.all_staff(session)}
        closed = {name for name in published if publications.is_closed(session, name)}
    found = [
        _listed(name, published.get(name), opened.get(name), counts.get(name, (0, 0)), people, closed=name in closed)
        for name in dict.fromkeys([*published, *opened])
    ]
    words = fold(search).split()
    matches = [one for one in found if all(word in fold(f"{one.title} {one.name}") for word in words)]
    return tuple(sorted(matches, key=lambda one: (one.changed_at, one.name), reverse=True))


def _listed(
    name: str, row: PublicationRow | None, draft: DraftRow | None, counts: tuple[int, int],
    people: Mapping[str, str], *, closed: bool,
) -> ListedSurvey:  # fmt: skip
    content: Mapping[str, Any] = draft.content if draft is not None else row.content if row is not None else {}
    languages = languages_of(content)
    changed = [(draft.changed_at, draft.changed_by)] if draft is not None else []
    changed += [(row.published_at, row.published_by)] if row is not None else []
    at, by = max(changed)
    return ListedSurvey(
        name, text_in(content.get("title"), languages[0]) or name, row.version if row is not None else None, closed,
        _changes(row, draft), languages, *counts, at, people.get(by, by),
    )  # fmt: skip


def _changes(row: PublicationRow | None, draft: DraftRow | None) -> int | None:
    if draft is None:
        return None
    if row is None:
        return 0
    old, new = ({key: value for key, value in one.content.items() if key != "version"} for one in (row, draft))
    return len(differences(old, new))
