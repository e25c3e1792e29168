"""Searches for answers that lead to a result of a draft, for somebody who waits.

A search is limited by its own budget, one runs at a time in a process, and what was found of a draft is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from questionnaire.actions.editing.draft_check import MOST_KEPT
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.trial import ReadableDraft
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import errors
from questionnaire.core.checks import check_draft
from questionnaire.core.checks.example_case import case_of_witness
from questionnaire.core.checks.findings import Proved
from questionnaire.core.checks.ways import Way, WayFound, find_way

_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class WayCase:
    """The answers as a case; empty without any. `empty_lists`: lists of the policy that the email domain would have to
    be on, and that have no domain. `has_errors`: the draft has errors, with which nothing is searched."""

    outcome: Proved
    case: Mapping[str, Any]
    empty_lists: tuple[str, ...] = ()
    has_errors: bool = False


def way_to(toolbox: Toolbox, draft: Draft, tried: ReadableDraft, way: Way, now: datetime) -> WayCase:
    """Writes nothing."""
    found = _kept(toolbox, draft, tried, way) if tried.is_newest else None
    if found is None:
        return WayCase("no example found", {}, has_errors=True)
    if found.witness is None:
        return WayCase(found.outcome, {})
    case = case_of_witness(found.witness, tried.policy, toolbox.domains, now)
    lists, known = dict(tried.policy.lists), found.witness.known
    return WayCase("example", case, tuple(name for name in (known.lists if known else ()) if not lists.get(name)))


def _kept(toolbox: Toolbox, draft: Draft, tried: ReadableDraft, way: Way) -> WayFound | None:
    text = json.dumps(draft.document, ensure_ascii=False)
    kept, place = toolbox.versions.checks, (text, (tried.policy.id, tried.policy.version), way)
    with _ONE_AT_A_TIME:
        if place not in kept:
            while len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)), None)
            wrong = errors(check_draft(tried.survey, tried.policy))
            kept[place] = None if wrong else find_way(tried.survey, tried.policy, way)
    found: WayFound | None = kept[place]
    return found
