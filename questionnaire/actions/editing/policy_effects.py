"""The job that computes the effect of a draft on past leads, and what pages show of it.

Bounded: the newest leads of three months, at most 500, read in batches. It is queued with each change of a draft and
computes that of the newest revision; what it computed stays until the next result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.assessing.history import filled_of
from questionnaire.actions.editing.past_leads import past_leads
from questionnaire.actions.editing.policy_check import check_policy_document
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import Explanation, read_explanation
from questionnaire.core.handoff.routing import Assignment
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.policy_effect import LEAST_LEADS, JudgedTwice, PolicyEffect, RoutedTwice, effect_of
from questionnaire.storage.publishing import drafts, policy_effects, publications

JOB = "policy_effect"
PERIOD = timedelta(days=90)
MOST_LEADS = 500
_PAUSE = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class ChangedLead:
    """A lead whose stage would change. `now` is the stage it has reached since."""

    id: str
    name: str
    company: str
    now: str
    before: str
    after: str
    why_before: Explanation | None
    why_after: Explanation | None


@dataclass(frozen=True, slots=True)
class ReroutedLead:
    """A lead that somebody else would get: a rep or queue each, "" for nobody. `why` is that of the draft's rules."""

    id: str
    name: str
    company: str
    before: str
    after: str
    why: Explanation | None


@dataclass(frozen=True, slots=True)
class EffectView:
    """`state`: `waiting` before the first result, `few` with too few leads, `unreadable` for a draft with mistakes,
    else `done`. `is_newest`: of the draft as it is now. Pairs are (in force, draft); `reps`: (name, in force, draft).
    """

    state: str
    is_newest: bool
    leads: int = 0
    since: datetime | None = None
    until: datetime | None = None
    mqls: tuple[int, int] = (0, 0)
    ready: tuple[int, int] = (0, 0)
    monthly: tuple[int, int] = (0, 0)
    promise: int | None = None
    moves: tuple[tuple[str, str, int], ...] = ()
    reasons_only: int = 0
    moved: int = 0
    changed: tuple[ChangedLead, ...] = ()
    reps: tuple[tuple[str, int, int], ...] = ()
    rerouted: tuple[ReroutedLead, ...] = ()
    rep_names: Mapping[str, str] = field(default_factory=dict)


def request_effect(toolbox: Toolbox, draft_id: str, revision: int, now: datetime) -> None:
    """Queues the computation for a draft; each revision at most once in a minute."""
    with toolbox.database.writing() as session:
        key = f"{JOB}:{draft_id}:{revision}:{now:%Y%m%d%H%M}"
        toolbox.queue.enqueue(session, JOB, key, {"draft": draft_id}, not_before=now + _PAUSE)


def compute_effect(toolbox: Toolbox, draft_id: str) -> None:
    """The job. Computes nothing twice: of several changes the first job sees all of them."""
    with toolbox.database.reading() as session:
        row = drafts.find(session, draft_id)
        if row is None:
            return
        name, revision, document = row.name, row.revision, row.content
        version = publications.newest_version(session, "policy", name)
        before = policy_of(toolbox, session, name, version) if version is not None else None
        known = policy_effects.find(session, draft_id)
        if known is not None and known.revision == revision and known.at > toolbox.now() - timedelta(minutes=1):
            return
    check = check_policy_document(toolbox, name, document)
    content: dict[str, Any]
    if check.policy is None or not check.is_whole:
        content = {"state": "unreadable"}
    elif before is None:
        content = {"state": "few", "leads": 0}
    else:
        content = _written(effect_of(tuple(_judged(toolbox, name, before, check.policy))), check.policy)
    with toolbox.database.writing() as session:
        policy_effects.keep(session, draft_id, revision, toolbox.now(), content)


def _judged(toolbox: Toolbox, name: str, before: Policy, after: Policy) -> Iterator[JudgedTwice]:
    with toolbox.database.reading() as session:
        ids = policy_effects.newest_leads(session, toolbox.now() - PERIOD, MOST_LEADS)
    for session, lead in past_leads(toolbox, ids[::-1]):
        if lead.responses[-1].policy_id != name:
            continue
        filled = [filled_of(toolbox, session, row) for row in lead.responses]
        judged = [
            assess(policy, filled, (), lead.history, filled[-1].at, toolbox.domains) for policy in (before, after)
        ]
        yield JudgedTwice(lead.id, judged[0], judged[1])


def _written(effect: PolicyEffect, policy: Policy) -> dict[str, Any]:
    if effect.leads < LEAST_LEADS or effect.since is None or effect.until is None:
        return {"state": "few", "leads": effect.leads}
    days = max(1, (effect.until - effect.since).days + 1)
    promise = policy.sql.promise.mqls_per_month if policy.sql.promise is not None else None
    names = policy.rep_names
    return {
        "state": "done", "leads": effect.leads, "since": effect.since.isoformat(), "until": effect.until.isoformat(),
        "mqls": effect.mqls, "ready": effect.ready, "monthly": [round(n * 30 / days) for n in effect.mqls],
        "promise": promise, "moves": effect.moves, "reasons_only": effect.reasons_only,
        "moved": sum(count for _, _, count in effect.moves),
        "changed": [_changed(lead) for lead in effect.changed],
        "rerouted": [_rerouted(lead, names) for lead in effect.rerouted], "names": dict(names),
        "reps": sorted(([names.get(rep, rep), *pair] for rep, pair in effect.reps.items()),
                       key=lambda one: (one[0] == "", -one[1], one[0])),
    }  # fmt: skip


def _changed(lead: JudgedTwice) -> dict[str, Any]:
    """Without name and company, which are read with the page, so that an erased lead is nowhere."""
    before, after = lead.before.verdict, lead.after.verdict
    return {
        "id": lead.id, "before": str(before.stage), "after": str(after.stage),
        "why": [one.why.as_json if one.why else None for one in (before, after)],
    }  # fmt: skip


def _rerouted(lead: RoutedTwice, names: Mapping[str, str]) -> dict[str, Any]:
    def holder(assignment: Assignment | None) -> str:
        if assignment is None:
            return ""
        return names.get(assignment.rep, assignment.rep) if assignment.rep else assignment.queue or ""

    why = lead.after.why.as_json if lead.after is not None else None
    return {"id": lead.id, "before": holder(lead.before), "after": holder(lead.after), "why": why}


def effect_view(toolbox: Toolbox, draft_id: str, revision: int) -> EffectView:
    """Writes nothing."""
    with toolbox.database.reading() as session:
        row = policy_effects.find(session, draft_id)
        parts = [row.content.get(part, ()) for part in ("changed", "rerouted")] if row is not None else []
        ids = sorted({one["id"] for part in parts for one in part})
        leads = policy_effects.leads_of(session, ids)
    if row is None:
        return EffectView("waiting", is_newest=False)
    stored: Mapping[str, Any] = row.content
    is_newest = row.revision == revision
    if stored["state"] != "done":
        return EffectView(str(stored["state"]), is_newest, int(stored.get("leads", 0)))
    changed = tuple(
        ChangedLead(lead.id, lead.name, lead.company, lead.stage, one["before"], one["after"],
                    *(read_explanation(why) if why else None for why in one["why"]))
        for one in stored["changed"]
        if (lead := leads.get(one["id"])) is not None
    )  # fmt: skip
    rerouted = tuple(
        ReroutedLead(lead.id, lead.name, lead.company, one["before"], one["after"],
                     read_explanation(one["why"]) if one["why"] else None)
        for one in stored.get("rerouted", ())
        if (lead := leads.get(one["id"])) is not None
    )  # fmt: skip
    return EffectView(
        "done", is_newest, stored["leads"], datetime.fromisoformat(stored["since"]),
        datetime.fromisoformat(stored["until"]), _pair(stored["mqls"]), _pair(stored["ready"]),
        _pair(stored["monthly"]),
        stored["promise"], tuple((before, after, n) for before, after, n in stored["moves"]), stored["reasons_only"],
        stored["moved"], changed, tuple((name, today, draft) for name, today, draft in stored["reps"]),
        rerouted, stored.get("names", {}),
    )  # fmt: skip


def _pair(raw: Sequence[int]) -> tuple[int, int]:
    return raw[0], raw[1]
