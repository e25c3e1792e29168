"""Every verdict in one sentence: why a lead goes to a rep, or why it does not yet."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.checklist import Ticked, open_boxes
from questionnaire.core.scoring.confirmation import CONTRADICTORY
from questionnaire.core.scoring.evidence import Evidence
from questionnaire.core.scoring.lead_reason import why
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.verdict import Verdict

REASONS: Mapping[str, str] = {
    "competitor": gettext_noop("competitor"),
    "blacklist": gettext_noop("on the blocklist"),
    "invalid_contact": gettext_noop("invalid contact details"),
    "not_icp": gettext_noop("outside the ICP"),
    "already_customer": gettext_noop("already a customer"),
}
TEAMS: Mapping[str, str] = {
    "partner_team": gettext_noop("the partner team"),
    "account_owner": gettext_noop("the account owner"),
}


def sentence(
    policy: Policy,
    evidence: Evidence,
    scorecard: Scorecard,
    boxes: tuple[Ticked, ...],
    verdict: Verdict,
    words: Translator,
) -> str:
    """The why of a verdict, in one sentence, in the language of `words`."""
    reason = verdict.reason or ""
    if verdict.stage is Stage.SQL_READY:
        return why(policy, evidence, scorecard, words)
    if verdict.stage is Stage.DISQUALIFIED:
        return words("Disqualified: %(reason)s.", reason=_reason(reason, words))
    if verdict.stage is Stage.DIVERTED:
        to = verdict.to or ""
        return words("Routed to %(team)s.", team=words(TEAMS[to]) if to in TEAMS else _plain(to))
    if reason == "not_now":
        return words(
            "Said “not now”. Follow up from %(day)s.", day=day_name(verdict.until, words) if verdict.until else ""
        )
    return _undecided(policy, scorecard, boxes, reason, words) + _why_anyway(
        policy, evidence, scorecard, verdict, words
    )


def _undecided(policy: Policy, scorecard: Scorecard, boxes: tuple[Ticked, ...], reason: str, words: Translator) -> str:
    left = ", ".join(box.id for box in open_boxes(boxes))
    known, of = scorecard.fit.completeness.known, scorecard.fit.completeness.of
    said = {
        "incomplete": words("Not enough information: %(known)s of %(of)s key criteria known.", known=known, of=of),
        "incomplete_hand_raise": words(
            "Requested contact, but only %(known)s of %(of)s key criteria are known.", known=known, of=of
        ),
        "not_now_hand_raise": words("Requested contact after a recent “not now”: needs review."),
        "below_threshold": _below(policy, scorecard, words),
        "fit_not_good": words("Shows intent, but FIT is only %(grade)s.", grade=scorecard.fit.grade),
        "blocked": words("Blocked by checklist: %(boxes)s.", boxes=left),
        "inconsistent": words("Contact details don’t match up: needs review."),
        CONTRADICTORY: words("Unconfirmed answers under this email address contradict each other: check them first."),
        "high_value": words("High-value lead: needs review."),
        "manual": words("Every handoff needs approval."),
        "open_boxes": words("Checklist not met: %(boxes)s.", boxes=left),
    }
    return said.get(reason, "")


def _below(policy: Policy, scorecard: Scorecard, words: Translator) -> str:
    """Which part of the MQL line was missed."""
    line, total = policy.mql, scorecard.total
    if total < line.threshold:
        return words(
            "Below the MQL threshold: %(total)s of %(threshold)s.", total=half_up(total), threshold=line.threshold
        )
    if scorecard.fit.score < line.min_fit:
        return words("Below the MQL threshold: FIT %(fit)s, minimum %(least)s.",
                     fit=scorecard.fit.score, least=line.min_fit)  # fmt: skip
    return words("Below the MQL threshold: INTENT %(intent)s, minimum %(least)s.",
                 intent=half_up(scorecard.intent.score), least=line.min_intent)  # fmt: skip


def _why_anyway(policy: Policy, evidence: Evidence, scorecard: Scorecard, verdict: Verdict, words: Translator) -> str:
    """What a reviewer needs beside the doubt: what speaks for the lead."""
    if verdict.stage is not Stage.REVIEW:
        return ""
    said = why(policy, evidence, scorecard, words)
    return f" {said}" if said else ""


def _reason(code: str, words: Translator) -> str:
    return words(REASONS[code]) if code in REASONS else _plain(code)


def _plain(code: str) -> str:
    return code.replace("_", " ")
