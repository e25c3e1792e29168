"""What speaks for a lead: who the person is, what they did, what they plan. Read from the evidence that decided.

`profile` collects it as codes, `profile_text` puts it into the one sentence a rep could repeat. Standard criteria and
signals have labels; for an author's own names the answer's words are used, so that no name of a level or of a field
ever stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base.labels import LEVELS, SIGNALS, humanize, level_name, signal_name
from questionnaire.core.base.texts import listed
from questionnaire.core.base.translation import Translator
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import Evidence, Known
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.signals import SignalScore

PLANS = ("timeline", "trigger_event", "budget")
COUNTED = frozenset({"returns_3_in_30_days", "pages_5_in_session", "email_opens_3"})
"""Signals that count by themselves: nobody comes back three times twice."""
NO_INTENT = frozenset({"survey_completed", "unsubscribe", "hard_bounce", "spam_complaint"})
"""Signals that say nothing of what the person wants."""


def profile(policy: Policy, evidence: Evidence, scorecard: Scorecard) -> dict[str, Any]:
    """As JSON values; what is unknown has no key.

    `seniority`, `buying_role`: levels. `company`: ICP criteria matched, of how many, and whether in a core region.
    `signals`: the names and counts of the two strongest. `plans`: [criterion, level], or the words of an answer. With
    none of these: `answers`, the words of those worth most, and the label's `grade` and `rank`.
    """
    found: dict[str, Any] = {name: level for name in ("buying_role", "seniority") if (level := _level(evidence, name))}
    found |= {"company": _company(policy, evidence), "signals": _signals(policy, scorecard),
              "plans": list(_plans(policy, evidence))}  # fmt: skip
    found = {name: value for name, value in found.items() if value}
    if found:
        return found
    given = sorted(scorecard.fit.contributions, key=lambda one: -one.points)
    answers = [answer_words(evidence, evidence.known[one.criterion]) for one in given[:2] if one.points]
    label = {"grade": scorecard.fit.grade, "rank": scorecard.intent.rank}
    return {"answers": answers, **label} if answers else label


def _level(evidence: Evidence, criterion: str) -> str | None:
    """The level of a standard criterion, None for one that says nothing in favour."""
    known = evidence.known.get(criterion)
    return known.level if known is not None and known.level in LEVELS.get(criterion, {}) else None


def _company(policy: Policy, evidence: Evidence) -> dict[str, Any] | None:
    icp = {name: criterion for name, criterion in policy.fit.criteria.items() if criterion.icp}
    matched = [name for name in icp if name in evidence.known and evidence.known[name].level in icp[name].icp]
    zone = evidence.known.get("zone")
    core = zone is not None and zone.level == "core"
    return {"matched": len(matched), "of": len(icp), "core_region": core} if matched else None


def _signals(policy: Policy, scorecard: Scorecard) -> list[list[Any]]:
    def order(seen: SignalScore) -> tuple[bool, int]:
        return (seen.signal not in policy.mql.immediate_on, ("strong", "medium", "weak").index(seen.strength))

    positive = SIGNALS.keys() - NO_INTENT
    told = [seen for seen in sorted(scorecard.intent.signals, key=order) if seen.signal in positive]
    return [[seen.signal, seen.count] for seen in told[:2]]


def _plans(policy: Policy, evidence: Evidence) -> Iterator[Any]:
    for name in dict.fromkeys([*PLANS, *policy.timing.criteria]):
        known = evidence.known.get(name)
        if known is None:
            continue
        if name in PLANS and _level(evidence, name):
            yield [name, known.level]
        elif policy.criteria[name].points(known.level):
            yield answer_words(evidence, known)


def answer_words(evidence: Evidence, known: Known) -> str:
    """The answer behind a level, in the words the prospect chose."""
    for one in reversed(evidence.filled):
        item = one.survey.question(known.name)
        if item is not None and known.kind == "answer":
            return one.value_words(item, known.value)
    return humanize(str(known.value))


def profile_text(found: Mapping[str, Any], words: Translator) -> str:
    """ "Decision-maker (VP) at an ICP company in a core region; asked for a demo; project within three months." """
    plans = ", ".join(
        plan if isinstance(plan, str) else level_name(plan[0], plan[1], words) for plan in found.get("plans", ())
    )
    parts = [_person_text(found, words), _signals_text(found.get("signals", ()), words), plans]
    sentence = listed((part for part in parts if part), words.language) or ", ".join(found.get("answers", ()))
    sentence = sentence or words("FIT %(grade)s and INTENT %(rank)s", grade=found.get("grade"), rank=found.get("rank"))
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _person_text(found: Mapping[str, Any], words: Translator) -> str:
    role, rank = (level_name(name, found.get(name, ""), words) for name in ("buying_role", "seniority"))
    person = words("%(role)s (%(rank)s)", role=role, rank=rank) if role and rank else role or rank
    company = _company_text(found["company"], words) if "company" in found else ""
    if person and company:
        return words("%(person)s at %(company)s", person=person, company=company)
    return person or company


def _company_text(company: Mapping[str, Any], words: Translator) -> str:
    if company["matched"] == company["of"]:
        return words("an ICP company in a core region") if company["core_region"] else words("an ICP company")
    return words("a company that matches %(n)s of %(of)s ICP criteria", n=company["matched"], of=company["of"])


def _signals_text(signals: list[tuple[str, int]], words: Translator) -> str:
    said = [_signal_text(signal, count, words) for signal, count in signals]
    return words("%(first)s and %(last)s", first=said[0], last=said[1]) if len(said) > 1 else "".join(said)


def _signal_text(signal: str, count: int, words: Translator) -> str:
    phrase = signal_name(signal, words)
    if count == 1 or signal in COUNTED:
        return phrase
    if count == 2:
        return words("%(did)s twice", did=phrase)
    return words("%(did)s %(n)s times", did=phrase, n=count)
