"""The one sentence a rep could repeat: why this lead, said from the evidence that decided.

Standard criteria and signals have phrases of their own; for an author's own names the answer's words are used, so
that no name of a level or of a field ever stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.base.texts import listed
from questionnaire.core.base.translation import Words, later
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import Evidence, Known
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.signals import Seen

SENIORITY: Mapping[str, str] = {
    "c_level": later("C level"), "vp": later("VP"), "director": later("director"), "manager": later("manager"),
}  # fmt: skip
ROLES: Mapping[str, str] = {
    "decision_maker": later("decision-maker"), "influencer": later("influencer"), "user": later("user"),
    "external": later("adviser from outside"),
}  # fmt: skip
SIGNALS: Mapping[str, str] = {
    "demo_request": later("asked for a demo"),
    "contact_request": later("asked for a call"),
    "pricing_page_visit": later("saw the pricing page"),
    "pages_5_in_session": later("read five pages in one visit"),
    "returns_3_in_30_days": later("came back three times within 30 days"),
    "webinar_attended": later("attended a webinar"),
    "case_study_download": later("downloaded a case study"),
    "case_study_request": later("asked for a case study"),
    "whitepaper_download": later("downloaded a white paper"),
    "email_opens_3": later("opened several e-mails"),
    "free_trial_start": later("started a free trial"),
}
TIMELINES: Mapping[str, str] = {
    "lt_3m": later("project within three months"),
    "m3_6": later("project in three to six months"),
    "m6_12": later("project within twelve months"),
}
BUDGETS: Mapping[str, str] = {
    "allocated": later("budget allocated"),
    "estimated": later("budget estimated"),
    "possible": later("budget can be found"),
}
EVENTS: Mapping[str, str] = {
    "hiring": later("is hiring"), "fundraise": later("raised money"), "migration": later("is migrating a system"),
}  # fmt: skip
PLANS = {"timeline": TIMELINES, "trigger_event": EVENTS, "budget": BUDGETS}
COUNTED = frozenset({"returns_3_in_30_days", "pages_5_in_session", "email_opens_3"})
"""Signals that count by themselves: nobody comes back three times twice."""


def why(policy: Policy, evidence: Evidence, scorecard: Scorecard, words: Words) -> str:
    """ "Decision-maker (VP) at an ICP company in the core zone; asked for a demo; project within three months." """
    parts = [_who(policy, evidence, words), _did(policy, scorecard, words), _when(policy, evidence, words)]
    sentence = listed((part for part in parts if part), words.language) or _otherwise(evidence, scorecard, words)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _otherwise(evidence: Evidence, scorecard: Scorecard, words: Words) -> str:
    """Where an author's own names leave no phrase: the answers worth most, else the label. There is always a why."""
    given = sorted(scorecard.fit.contributions, key=lambda one: -one.points)
    said = [answer_words(evidence, evidence.known[one.criterion]) for one in given[:2] if one.points]
    return ", ".join(said) or words("FIT %(grade)s and INTENT %(rank)s", grade=scorecard.fit.grade,
                                    rank=scorecard.intent.rank)  # fmt: skip


def _who(policy: Policy, evidence: Evidence, words: Words) -> str:
    role = _phrase(evidence.known.get("buying_role"), ROLES, words)
    rank = _phrase(evidence.known.get("seniority"), SENIORITY, words)
    person = words("%(role)s (%(rank)s)", role=role, rank=rank) if role and rank else role or rank
    company = _company(policy, evidence, words)
    if person and company:
        return words("%(person)s at %(company)s", person=person, company=company)
    return person or company


def _company(policy: Policy, evidence: Evidence, words: Words) -> str:
    icp = {name: criterion for name, criterion in policy.fit.criteria.items() if criterion.icp}
    if not icp:
        return ""
    matched = [name for name in icp if name in evidence.known and evidence.known[name].level in icp[name].icp]
    zone = evidence.known.get("zone")
    if len(matched) == len(icp):
        core = zone is not None and zone.level == "core"
        return words("an ICP company in the core zone") if core else words("an ICP company")
    return words("a company that matches %(n)s of %(of)s ICP criteria", n=len(matched), of=len(icp)) if matched else ""


def _did(policy: Policy, scorecard: Scorecard, words: Words) -> str:
    def order(seen: Seen) -> tuple[bool, int]:
        return (seen.signal not in policy.mql.immediate_on, ("strong", "medium", "weak").index(seen.strength))

    said = [_signal(seen, words) for seen in sorted(scorecard.intent.signals, key=order) if seen.signal in SIGNALS]
    if len(said) < 2:
        return "".join(said)
    return words("%(first)s and %(last)s", first=said[0], last=said[1])


def _signal(seen: Seen, words: Words) -> str:
    phrase = words(SIGNALS[seen.signal])
    if seen.count == 1 or seen.signal in COUNTED:
        return phrase
    if seen.count == 2:
        return words("%(did)s twice", did=phrase)
    return words("%(did)s %(n)s times", did=phrase, n=seen.count)


def _when(policy: Policy, evidence: Evidence, words: Words) -> str:
    return ", ".join(phrase for phrase in _plans(policy, evidence, words) if phrase)


def _plans(policy: Policy, evidence: Evidence, words: Words) -> Iterator[str]:
    for name in dict.fromkeys([*PLANS, *policy.timing.criteria]):
        known = evidence.known.get(name)
        phrase = _phrase(known, PLANS.get(name, {}), words)
        if phrase or known is None or not policy.criteria[name].points(known.level):
            yield phrase
        else:
            yield answer_words(evidence, known)


def _phrase(known: Known | None, phrases: Mapping[str, str], words: Words) -> str:
    """The standard phrase of a level; nothing for a level that says nothing in favour."""
    return words(phrases[known.level]) if known is not None and known.level in phrases else ""


def answer_words(evidence: Evidence, known: Known) -> str:
    """The answer behind a level, in the words the prospect chose."""
    for one in reversed(evidence.filled):
        item = one.survey.question(known.name)
        if item is not None and known.kind == "answer":
            return item.say(known.value, one.language)
    return str(known.value).replace("_", " ")
