"""Every verdict in one sentence: why a lead goes to a rep, or why it does not yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.explanation import Explanation
from questionnaire.core.base.formats import signed
from questionnaire.core.base.labels import REASONS, TEAMS, label
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.checklist import Ticked, open_boxes
from questionnaire.core.scoring.confirmation import CONTRADICTORY
from questionnaire.core.scoring.evidence import Evidence
from questionnaire.core.scoring.lead_reason import profile, profile_text
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.verdict import Verdict

SENTENCES: Mapping[str, str] = {
    "disqualified": gettext_noop("Disqualified: %(reason)s."),
    "diverted": gettext_noop("Routed to %(team)s."),
    "not_now": gettext_noop("Said “not now”. Follow up from %(day)s."),
    "incomplete": gettext_noop("Not enough information: %(known)s of %(of)s key criteria known."),
    "incomplete_hand_raise": gettext_noop("Requested contact, but only %(known)s of %(of)s key criteria are known."),
    "not_now_hand_raise": gettext_noop("Requested contact after a recent “not now”: needs review."),
    "total_below_threshold": gettext_noop("Below the MQL threshold: %(total)s of %(threshold)s."),
    "fit_below_minimum": gettext_noop("Below the MQL threshold: FIT %(fit)s, minimum %(least)s."),
    "intent_below_minimum": gettext_noop("Below the MQL threshold: INTENT %(intent)s, minimum %(least)s."),
    "fit_not_good": gettext_noop("Shows intent, but FIT is only %(grade)s."),
    "blocked": gettext_noop("Blocked by checklist: %(boxes)s."),
    "inconsistent": gettext_noop("Contact details don’t match up: needs review."),
    CONTRADICTORY: gettext_noop(
        "Unconfirmed answers under this email address contradict each other: check them first."
    ),
    "high_value": gettext_noop("High-value lead: needs review."),
    "manual": gettext_noop("Every handoff needs approval."),
    "open_boxes": gettext_noop("Checklist not met: %(boxes)s."),
}
"""Code -> sentence. Its values are the explanation's parameters, `_values` says which of these are labelled first."""


def explain(
    policy: Policy, evidence: Evidence, scorecard: Scorecard, boxes: tuple[Ticked, ...], verdict: Verdict
) -> Explanation:
    """Why this verdict. In `params`, `profile` is what speaks for the lead: for a rep, and for a reviewer beside the
    doubt."""
    if verdict.stage is Stage.DISQUALIFIED:
        return Explanation("disqualified", {"reason": verdict.reason or ""})
    if verdict.stage is Stage.DIVERTED:
        return Explanation("diverted", {"team": verdict.to or ""})
    if verdict.reason == "not_now":
        return Explanation("not_now", {"day": verdict.until.isoformat() if verdict.until else ""})
    code, params = _undecided(policy, scorecard, boxes, verdict.reason or str(verdict.stage))
    if verdict.stage in (Stage.SQL_READY, Stage.REVIEW):
        params = {**params, "profile": profile(policy, evidence, scorecard)}
    return Explanation(code, params)


def _undecided(
    policy: Policy, scorecard: Scorecard, boxes: tuple[Ticked, ...], reason: str
) -> tuple[str, dict[str, Any]]:
    """The code and the parameters of its sentence."""
    if reason == "below_threshold":
        return _below(policy, scorecard)
    known = {"known": scorecard.fit.completeness.known, "of": scorecard.fit.completeness.of}
    ids = {"boxes": [box.id for box in open_boxes(boxes)]}
    params: Mapping[str, dict[str, Any]] = {
        "incomplete": known, "incomplete_hand_raise": known, "fit_not_good": {"grade": scorecard.fit.grade},
        "blocked": ids, "open_boxes": ids,
    }  # fmt: skip
    return reason, params.get(reason, {})


FLOORED = gettext_noop("%(axis)s adds up to %(raw)s and counts as 0.")


def _below(policy: Policy, scorecard: Scorecard) -> tuple[str, dict[str, Any]]:
    """Which part of the MQL line was missed. `floored`: the sums of FIT and INTENT that lie below 0, by axis."""
    code, params = _missed_line(policy, scorecard)
    sums = {"FIT": scorecard.fit.raw, "INTENT": scorecard.intent.raw}
    floored = {axis: half_up(raw) for axis, raw in sums.items() if raw < 0}
    return code, {**params, "floored": floored} if floored else params


def _missed_line(policy: Policy, scorecard: Scorecard) -> tuple[str, dict[str, Any]]:
    line, total = policy.mql, scorecard.total
    if total < line.threshold:
        return "total_below_threshold", {"total": half_up(total), "threshold": line.threshold}
    if scorecard.fit.score < line.min_fit:
        return "fit_below_minimum", {"fit": half_up(scorecard.fit.score), "least": line.min_fit}
    return "intent_below_minimum", {"intent": half_up(scorecard.intent.score), "least": line.min_intent}


def verdict_text(why: Explanation | None, words: Translator) -> str:
    """An explanation of a verdict in the language of `words`; "" for none."""
    if why is None:
        return ""
    written = why.written(words.language)
    if written is not None:
        return written
    told = words(SENTENCES[why.code], **_values(why.params, words)) if why.code in SENTENCES else ""
    profiled = profile_text(why.params["profile"], words) if "profile" in why.params else ""
    floored = [words(FLOORED, axis=axis, raw=signed(raw)) for axis, raw in why.params.get("floored", {}).items()]
    return " ".join(part for part in (told, *floored, profiled) if part)


def _values(params: Mapping[str, Any], words: Translator) -> dict[str, Any]:
    values = dict(params)
    if "reason" in values:
        values["reason"] = label(REASONS, values["reason"], words)
    if "team" in values:
        values["team"] = label(TEAMS, values["team"], words)
    if values.get("day"):
        values["day"] = day_name(date.fromisoformat(values["day"]), words)
    if "boxes" in values:
        values["boxes"] = ", ".join(values["boxes"])
    return values
