"""The events that webhooks tell, and which of them an event of a lead is. Source: domain.md 3.3.

A change of the stage is an event of its own, once for each crossing: an assessment that leaves a lead where it was
tells scores, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import gettext_noop as _

TEST = "webhook.test"
"""Sent on request, to an endpoint whatever it has chosen."""
EVENT_GROUPS = (
    (_("Responses"), (
        ("response.started", _("Someone answered their first question")),
        ("response.completed", _("Someone completed a diagnostic")),
        ("report.ready", _("Their report was created")),
    )),
    (_("Leads"), (
        ("lead.created", _("A new lead")),
        ("lead.updated", _("A known lead answered again, or moved on")),
        ("lead.scored", _("A lead was scored")),
        ("lead.mql", _("It became an MQL")),
        ("lead.review_requested", _("It waits for a review")),
        ("lead.sql_ready", _("It is ready for sales")),
        ("lead.disqualified", _("It was disqualified")),
        ("lead.diverted", _("It was diverted, for example to partners")),
        ("lead.merged", _("It and another lead turned out to be one person")),
    )),
    (_("At sales"), (
        ("lead.assigned", _("A rep or a queue got it")),
        ("lead.reassigned", _("Someone else got it")),
        ("lead.sla_warning", _("Its deadline is near")),
        ("lead.sla_breached", _("A deadline passed")),
        ("lead.contacted", _("A rep reached the person")),
        ("lead.feedback", _("A rep said what it is worth")),
        ("lead.sql_confirmed", _("A rep confirmed it as SQL")),
        ("lead.recycled", _("A rep sent it back to nurturing")),
    )),
    (_("Publishing"), (
        ("survey.published", _("A version of a survey was published")),
        ("policy.published", _("A version of a policy came into force")),
    )),
)  # fmt: skip
"""What an endpoint can choose, in the order of a lead's life: title, then each type with what happened."""
EVENT_TYPES = tuple(name for _title, types in EVENT_GROUPS for name, _what in types)
TOLD_KINDS = frozenset(
    {"submitted", "address_confirmed", "assessed", "withdrawn", "assigned", "warned", "breached", "woken", "contacted",
     "confirmed", "rejected", "recycled", "opportunity", "reviewed", "reopened", "won", "lost",
     "merged", "undone"}
)  # fmt: skip
"""Kinds of events of a lead that are an event of a webhook."""

# What an event may say besides the lead: codes and moments, never what a person wrote.
_FACTS: Mapping[str, tuple[str, ...]] = {
    "submitted": ("confirmed", "unconfirmed", "ending"),
    "assigned": ("rule", "pool", "from", "cause"),
    "warned": ("clock", "due"),
    "breached": ("clock", "due", "does"),
    "rejected": ("reason",),
    "recycled": ("reason",),
    "reviewed": ("approved",),
    "merged": ("into", "from"),
}
_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "address_confirmed": ("lead.updated",),
    "withdrawn": ("lead.updated",),
    "assessed": ("lead.scored",),
    "warned": ("lead.sla_warning",),
    "breached": ("lead.sla_breached",),
    "contacted": ("lead.contacted",),
    "confirmed": ("lead.feedback", "lead.sql_confirmed"),
    "rejected": ("lead.feedback",),
    "recycled": ("lead.feedback",),
    "woken": ("lead.updated",),
    "opportunity": ("lead.updated",),
    "reopened": ("lead.updated",),
    "won": ("lead.updated",),
    "lost": ("lead.updated",),
    "merged": ("lead.merged",),
}
_BY_STAGE: Mapping[str, str] = {
    Stage.MQL: "lead.mql",
    Stage.REVIEW: "lead.review_requested",
    Stage.SQL_READY: "lead.sql_ready",
    Stage.DISQUALIFIED: "lead.disqualified",
    Stage.DIVERTED: "lead.diverted",
}
_BEFORE_MQL = frozenset({Stage.LEAD, Stage.NURTURE})
_HANDED_BACK = frozenset({"rejected", "recycled"})


def event_types(
    kind: str, facts: Mapping[str, Any], before: str, after: str, *, is_first: bool = False
) -> tuple[str, ...]:
    """The events that one of a lead is. `before` and `after` are its stages; `is_first`: the lead is new by it."""
    if kind == "submitted":
        return ("response.completed", *_arrived(facts, is_first))
    if kind == "undone":
        # Others never heard of an act that was taken back in time. Of a merge they did.
        return ("lead.updated",) if facts.get("kind") == "merged" else ()
    if kind == "assigned":
        return ("lead.reassigned" if facts.get("from") else "lead.assigned",)
    types = list(_BY_KIND.get(kind, ()))
    if kind not in TOLD_KINDS or before == after:
        return tuple(types)
    if kind in _HANDED_BACK and after == Stage.NURTURE:
        types.append("lead.recycled")
    if after == Stage.SQL_READY and before in _BEFORE_MQL:
        # The fast track passes through MQL in the same instant, so that funnels add up.
        types.append("lead.mql")
    return (*types, *([_BY_STAGE[after]] if after in _BY_STAGE else ()))


def _arrived(facts: Mapping[str, Any], is_first: bool) -> tuple[str, ...]:
    """What a response is to its lead: an unconfirmed repeat changes nothing of it."""
    if is_first:
        return ("lead.created",)
    return () if facts.get("unconfirmed") else ("lead.updated",)


def told_facts(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in _FACTS.get(kind, ()) if facts.get(name) is not None}
