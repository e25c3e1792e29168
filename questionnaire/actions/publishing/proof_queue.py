"""Has a draft searched by the worker, and the effect of a survey’s draft computed, in the transaction that made its
newest revision, or that published something on which they rest: the policy of a survey, a survey of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts
from questionnaire.storage.tables import DraftRow

JOB = "prove_draft"
EFFECT_JOB = "survey_effect"
SEARCHED = ("survey", "policy")
PAUSE = timedelta(seconds=2)
"""A policy is searched with every survey in force, and an effect judges hundreds of leads: once for a burst of
changes."""


def queue_proof(toolbox: Toolbox, session: Session, row: DraftRow | None, because: str = "") -> None:
    """Once for each revision of a survey or policy, and for each reason; cases are not searched by themselves."""
    if row is not None and row.kind in SEARCHED:
        args = {"draft": row.id, "revision": row.revision}
        key = f"{JOB}:{row.id}:{row.revision}:{because}".removesuffix(":")
        wait = toolbox.now() + PAUSE if row.kind == "policy" and not because else None
        toolbox.queue.enqueue(session, JOB, key, args, not_before=wait)
        if row.kind == "survey":
            effect = key.replace(JOB, EFFECT_JOB, 1)
            later = toolbox.now() + PAUSE
            toolbox.queue.enqueue(session, EFFECT_JOB, effect, {"draft": row.id}, not_before=later)


def queue_proofs_after(
    toolbox: Toolbox, session: Session, kind: str, name: str, version: int, content: Mapping[str, Any]
) -> None:  # fmt: skip
    """After a version was published, the drafts on the other side are searched again."""
    because = f"{kind} {name} {version}"
    if kind == "survey":
        queue_proof(toolbox, session, drafts.of_name(session, "policy", str(content.get("policy") or "")), because)
        return
    for row in drafts.every(session, "survey"):
        if row.content.get("policy") == name:
            queue_proof(toolbox, session, row, because)
