"""The sites that may embed one survey. They belong to the survey: a change is an edit of its draft, until published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import DraftResult
from questionnaire.actions.publishing.homes import KEPT_IN_FOLDER, home_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.edit import Edit, set_
from questionnaire.core.identity.web_origin import read_sites
from questionnaire.storage.publishing import drafts as stored
from questionnaire.storage.publishing import publications

MOST_SITES = 50


@dataclass(frozen=True, slots=True)
class AllowedSites:
    """`published`: those of the version in force. `drafted`: those of the draft, which is at `revision`; None without a
    draft. `in_folder`: the survey is kept in a file, and not edited here.
    """

    published: tuple[str, ...]
    drafted: tuple[str, ...] | None
    revision: int
    in_folder: bool

    @property
    def is_unpublished(self) -> bool:
        """The draft allows others than the version in force."""
        return self.drafted is not None and self.drafted != self.published


def allowed_sites(toolbox: Toolbox, name: str) -> AllowedSites:
    with toolbox.database.reading() as session:
        row, draft = publications.find(session, "survey", name), stored.of_name(session, "survey", name)
        in_folder = home_of(session, name) == "folder"
    published = _sites(row.content) if row is not None else ()
    if draft is None:
        return AllowedSites(published, None, 0, in_folder)
    return AllowedSites(published, _sites(draft.content), draft.revision, in_folder)


def change(
    toolbox: Toolbox, name: str, typed: str, revision: int, actor: str, now: datetime, key: str | None = None
) -> DraftResult:  # fmt: skip
    """Puts the sites into the draft; without one, a new draft begins with the version in force.

    `revision` is that of the draft on the page where they were entered, 0 without a draft.
    """
    sites, no_site = read_sites(typed)
    if no_site or len(sites) > MOST_SITES:
        code = "company_site" if no_site else "company_sites"
        return DraftResult(None, problems=(Problem(code, ("sites", no_site), "these are not the sites", ""),))
    with toolbox.database.reading() as session:
        if home_of(session, name) == "folder":
            return DraftResult(None, problems=(KEPT_IN_FOLDER,))
    opened = drafts.open_from_version(toolbox, "survey", name, actor, now)
    if opened.draft is None:
        return opened
    edit = _edit(opened.draft.document, sites)
    if edit is None:
        return opened
    return drafts.edit(toolbox, opened.draft.id, revision, [edit.as_json], actor, now, key)


def _edit(document: Mapping[str, Any], sites: tuple[str, ...]) -> Edit | None:
    if _sites(document) == sites:
        return None
    if isinstance(document.get("embed"), Mapping):
        return set_(("embed", "allowed_origins"), list(sites))
    return set_(("embed",), {"allowed_origins": list(sites)})


def _sites(document: Mapping[str, Any]) -> tuple[str, ...]:
    embed = document.get("embed")
    return tuple(map(str, embed.get("allowed_origins") or ())) if isinstance(embed, Mapping) else ()
