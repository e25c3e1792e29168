"""The one sentence a rep could repeat: why this lead, said from the evidence that decided.

Standard criteria and signals have phrases of their own; for an author's own names the answer's words are used, so
that no name of a level or of a field ever stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.base.texts import listed
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import Evidence, Known
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.signals import SignalScore

SENIORITY: Mapping[str, str] = {
    "c_level": gettext_noop("C-level"),
    "vp": gettext_noop("VP"),
    "director": gettext_noop("director"),
    "manager": gettext_noop("manager"),
}
ROLES: Mapping[str, str] = {
    "decision_maker": gettext_noop("decision-maker"),
    "influencer": gettext_noop("influencer"),
    "user": gettext_noop("user"),
    "external": gettext_noop("external adviser"),
}
SIGNALS: Mapping[str, str] = {
    "demo_request": gettext_noop("asked for a demo"),
    "contact_request": gettext_noop("asked for a call"),
    "pricing_page_visit": gettext_noop("viewed the pricing page"),
    "pages_5_in_session": gettext_noop("viewed five pages in one visit"),
    "returns_3_in_30_days": gettext_noop("came back three times within 30 days"),
    "webinar_attended": gettext_noop("attended a webinar"),
    "case_study_download": gettext_noop("downloaded a case study"),
    "case_study_request": gettext_noop("asked for a case study"),
    "whitepaper_download": gettext_noop("downloaded a white paper"),
    "email_opens_3": gettext_noop("opened several emails"),
    "free_trial_start": gettext_noop("started a free trial"),
}
TIMELINES: Mapping[str, str] = {
    "lt_3m": gettext_noop("project within three months"),
    "m3_6": gettext_noop("project in three to six months"),
    "m6_12": gettext_noop("project within twelve months"),
}
BUDGETS: Mapping[str, str] = {
    "allocated": gettext_noop("budget allocated"),
    "estimated": gettext_noop("budget estimated"),
    "possible": gettext_noop("budget possible"),
}
EVENTS: Mapping[str, str] = {
    "hiring": gettext_noop("is hiring"),
    "fundraise": gettext_noop("raised money"),
    "migration": gettext_noop("is migrating a system"),
}
PLANS = {"timeline": TIMELINES, "trigger_event": EVENTS, "budget": BUDGETS}
COUNTED = frozenset({"returns_3_in_30_days", "pages_5_in_session", "email_opens_3"})
"""Signals that count by themselves: nobody comes back three times twice."""


def why(policy: Policy, evidence: Evidence, scorecard: Scorecard, words: Translator) -> str:
    """ "Decision-maker (VP) at an ICP company in the core zone; asked for a demo; project within three months." """
    parts = [_who(policy, evidence, words), _did(policy, scorecard, words), _when(policy, evidence, words)]
    sentence = listed((part for part in parts if part), words.language) or _otherwise(evidence, scorecard, words)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _otherwise(evidence: Evidence, scorecard: Scorecard, words: Translator) -> str:
    """Where an author's own names leave no phrase: the answers worth most, else the label. There is always a why."""
    given = sorted(scorecard.fit.contributions, key=lambda one: -one.points)
    said = [answer_words(evidence, evidence.known[one.criterion]) for one in given[:2] if one.points]
    return ", ".join(said) or words("FIT %(grade)s and INTENT %(rank)s", grade=scorecard.fit.grade,
                                    rank=scorecard.intent.rank)  # fmt: skip


def _who(policy: Policy, evidence: Evidence, words: Translator) -> str:
    role = _phrase(evidence.known.get("buying_role"), ROLES, words)
    rank = _phrase(evidence.known.get("seniority"), SENIORITY, words)
    person = words("%(role)s (%(rank)s)", role=role, rank=rank) if role and rank else role or rank
    company = _company(policy, evidence, words)
    if person and company:
        return words("%(person)s at %(company)s", person=person, company=company)
    return person or company


def _company(policy: Policy, evidence: Evidence, words: Translator) -> str:
    icp = {name: criterion for name, criterion in policy.fit.criteria.items() if criterion.icp}
    if not icp:
        return ""
    matched = [name for name in icp if name in evidence.known and evidence.known[name].level in icp[name].icp]
    zone = evidence.known.get("zone")
    if len(matched) == len(icp):
        core = zone is not None and zone.level == "core"
        return words("an ICP company in a core region") if core else words("an ICP company")
    return words("a company that matches %(n)s of %(of)s ICP criteria", n=len(matched), of=len(icp)) if matched else ""


def _did(policy: Policy, scorecard: Scorecard, words: Translator) -> str:
    def order(seen: SignalScore) -> tuple[bool, int]:
        return (seen.signal not in policy.mql.immediate_on, ("strong", "medium", "weak").index(seen.strength))

    said = [_signal(seen, words) for seen in sorted(scorecard.intent.signals, key=order) if seen.signal in SIGNALS]
    if len(said) < 2:
        return "".join(said)
    return words("%(first)s and %(last)s", first=said[0], last=said[1])


def _signal(seen: SignalScore, words: Translator) -> str:
    phrase = words(SIGNALS[seen.signal])
    if seen.count == 1 or seen.signal in COUNTED:
        return phrase
    if seen.count == 2:
        return words("%(did)s twice", did=phrase)
    return words("%(did)s %(n)s times", did=phrase, n=seen.count)


def _when(policy: Policy, evidence: Evidence, words: Translator) -> str:
    return ", ".join(phrase for phrase in _plans(policy, evidence, words) if phrase)


def _plans(policy: Policy, evidence: Evidence, words: Translator) -> Iterator[str]:
    for name in dict.fromkeys([*PLANS, *policy.timing.criteria]):
        known = evidence.known.get(name)
        phrase = _phrase(known, PLANS.get(name, {}), words)
        if phrase or known is None or not policy.criteria[name].points(known.level):
            yield phrase
        else:
            yield answer_words(evidence, known)


def _phrase(known: Known | None, phrases: Mapping[str, str], words: Translator) -> str:
    """The standard phrase of a level; nothing for a level that says nothing in favour."""
    return words(phrases[known.level]) if known is not None and known.level in phrases else ""


def answer_words(evidence: Evidence, known: Known) -> str:
    """The answer behind a level, in the words the prospect chose."""
    for one in reversed(evidence.filled):
        item = one.survey.question(known.name)
        if item is not None and known.kind == "answer":
            return item.say(known.value, one.language)
    return str(known.value).replace("_", " ")
