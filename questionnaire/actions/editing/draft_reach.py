"""The least and greatest score on each axis that answers to a draft lead to. It takes a search, so a page asks for it
after it is shown. The result is kept in this process by the document itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from questionnaire.actions.editing.draft_check import MOST_KEPT, check_document
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.checks.findings import Bounds
from questionnaire.core.checks.score_reach import score_reach


def draft_reach(toolbox: Toolbox, document: Mapping[str, Any]) -> Bounds | None:
    """None for a draft with errors, or without a policy: nobody can answer it yet."""
    check = check_document(toolbox, document)
    if check.survey is None or check.policy is None or not check.is_whole or check.errors:
        return None
    kept = toolbox.versions.checks
    place = (json.dumps(document, ensure_ascii=False), (check.policy.id, check.policy.version), "reach")
    if place not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[place] = score_reach(check.survey, check.policy)
    found: Bounds = kept[place]
    return found
