"""What speaks for a lead: who the person is, what they did, what they plan. Read from the evidence that decided.

`profile` collects it as codes and phrases, `profile_text` puts it into the one sentence a rep could repeat. What has no
phrase is quoted in the words of the answer; no name of a level, signal or field ever stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base.texts import listed
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import level_phrase, phrase_text, quotation, signal_phrase
from questionnaire.core.scoring.evidence import ANSWER, Evidence, Known
from questionnaire.core.scoring.lead_traits import PERSON, PLANS, traits
from questionnaire.core.scoring.scorecard import Scorecard
from questionnaire.core.scoring.signals import SignalScore

COUNTED = frozenset({"returns_3_in_30_days", "pages_5_in_session", "email_opens_3"})
"""Signals that count by themselves: nobody comes back three times twice."""
NO_INTENT = frozenset({"survey_completed", "unsubscribe", "hard_bounce", "spam_complaint"})
"""Signals that say nothing of what the person wants."""
HAND_RAISE, STRONG_INTEREST = gettext_noop("asked to be contacted"), gettext_noop("showed strong interest")
_NO_WORDS: Mapping[str, str] = {"hand_raise": HAND_RAISE, "strong_interest": STRONG_INTEREST}
"""Code -> words for a signal that neither the policy nor an answer has words for."""


def profile(policy: Policy, evidence: Evidence, scorecard: Scorecard) -> dict[str, Any]:
    """As JSON values; what is unknown has no key.

    `buying_role`, `seniority`: levels, or other phrases. `company`: ICP criteria matched, of how many, and whether in
    a core region. `traits`: the authored phrases of other FIT criteria. `signals`: the phrases and counts of the two
    strongest. `plans`: phrases. With none of these: `answers`, those worth most, and the label's `grade` and `rank`.
    A phrase may be a quotation; see core/policy/names.
    """
    person = {name: _phrase(policy, evidence, name) for name in PERSON}
    known = {name: phrase[1] if isinstance(phrase, list) else phrase for name, phrase in person.items()}
    known |= {"company": _company(policy, evidence), "traits": traits(policy, scorecard),
              "signals": _signals(policy, evidence, scorecard), "plans": list(_plans(policy, evidence))}  # fmt: skip
    known = {name: value for name, value in known.items() if value}
    if known:
        return known
    best = sorted(scorecard.fit.contributions, key=lambda contribution: -contribution.points)[:2]
    phrases = [_phrase(policy, evidence, contribution.criterion) for contribution in best if contribution.points > 0]
    answers = [phrase for phrase in phrases if phrase]
    label = {"grade": scorecard.fit.grade, "rank": scorecard.intent.rank}
    return {"answers": answers, **label} if answers else label


def _phrase(policy: Policy, evidence: Evidence, criterion: str) -> Any:
    """The phrase of a known level, else the answer that gave it; None for what says nothing in the lead's favour."""
    known = evidence.known.get(criterion)
    if known is None or criterion not in policy.criteria:
        return None
    phrase = level_phrase(policy, criterion, known.level)
    return phrase or (_quoted(evidence, known) if favourable(policy, criterion, known.level) else None)


def favourable(policy: Policy, criterion: str, level: str) -> bool:
    """Whether a level speaks for the lead. Only then its answer is quoted; a phrase of the policy always stands."""
    return policy.criteria[criterion].points(level) > 0


def _company(policy: Policy, evidence: Evidence) -> dict[str, Any] | None:
    icp = {name: criterion for name, criterion in policy.fit.criteria.items() if criterion.icp}
    matched = [name for name in icp if name in evidence.known and evidence.known[name].level in icp[name].icp]
    zone = evidence.known.get("zone")
    core = zone is not None and zone.level == "core"
    return {"matched": len(matched), "of": len(icp), "core_region": core} if matched else None


def _signals(policy: Policy, evidence: Evidence, scorecard: Scorecard) -> list[list[Any]]:
    """A hand-raise comes first, whatever else was seen."""

    def order(score: SignalScore) -> tuple[bool, int]:
        return (score.signal not in policy.mql.immediate_on, ("strong", "medium", "weak").index(score.strength))

    counted = [
        score
        for score in scorecard.intent.signals
        if score.signal not in NO_INTENT and not score.disengagement and score.points >= 0
    ]
    parts: list[list[Any]] = []
    for score in sorted(counted, key=order):
        phrase = _signal_phrase(policy, evidence, score)
        is_counted = score.signal not in COUNTED and phrase not in ("hand_raise", "strong_interest")
        part = [phrase, score.count if is_counted else 1]
        if phrase is not None and part not in parts:
            parts.append(part)
    return parts[:2]


def _signal_phrase(policy: Policy, evidence: Evidence, score: SignalScore) -> Any:
    return spoken_signal(policy, score.signal, _answer_that_emits(evidence, score.signal), score.strength)


def spoken_signal(policy: Policy, signal: str, quote: Any, strength: str) -> Any:
    """The phrase of a signal: authored, else the product's, else the answer that emitted it; None for none."""
    phrase = signal_phrase(policy, signal) or quote
    if phrase is not None:
        return phrase
    if signal in policy.mql.immediate_on:
        return "hand_raise"
    return "strong_interest" if strength == "strong" else None


def _answer_that_emits(evidence: Evidence, signal: str) -> Any:
    """The choice that emitted the signal, in the words of the newest response that did."""
    for response, journey in zip(reversed(evidence.filled), reversed(evidence.journeys), strict=True):
        for name, value in journey.answers.items():
            item = response.survey.items[name]
            for choice in value if isinstance(value, tuple) else (value,):
                if item.quotable and signal in item.emits(choice):
                    return quotation(response.value_words(item, choice), response.language)
    return None


def _plans(policy: Policy, evidence: Evidence) -> Iterator[Any]:
    for name in dict.fromkeys([*PLANS, *policy.timing.criteria]):
        phrase = _phrase(policy, evidence, name)
        if phrase:
            yield phrase


def _quoted(evidence: Evidence, known: Known) -> Any:
    """The choice behind a level, in the words the prospect saw; None for a number, an import, a field."""
    for response in reversed(evidence.filled):
        item = response.survey.question(known.name)
        if item is not None and known.kind == ANSWER and item.quotable:
            return quotation(response.value_words(item, known.value), response.language)
    return None


def profile_text(known: Mapping[str, Any], words: Translator) -> str:
    """ "Decision-maker (VP) at an ICP company in a core region; asked for a demo; project within three months." """
    plans = ", ".join(words_of_phrase(plan, words) for plan in known.get("plans", ()))
    about = ", ".join(words_of_phrase(trait, words) for trait in known.get("traits", ()))
    parts = [_person_text(known, words), about, _signals_text(known.get("signals", ()), words), plans]
    answers = ", ".join(words_of_phrase(answer, words) for answer in known.get("answers", ()))
    sentence = listed((part for part in parts if part), words.language) or answers
    sentence = sentence or words("FIT %(grade)s and INTENT %(rank)s", grade=known.get("grade"), rank=known.get("rank"))
    return f"{sentence[:1].upper()}{sentence[1:]}."


def signal_text(policy: Policy, evidence: Evidence, score: SignalScore, words: Translator) -> str:
    """What a signal says of the person, "" when there are no words for it."""
    phrase = _signal_phrase(policy, evidence, score)
    return words_of_phrase(phrase, words) if phrase is not None else ""


def words_of_phrase(phrase: Any, words: Translator) -> str:
    """A stored phrase, or the code of the words for a signal without any."""
    is_code = isinstance(phrase, str) and phrase in _NO_WORDS
    return words(_NO_WORDS[phrase]) if is_code else phrase_text(phrase, words)


def _person_text(known: Mapping[str, Any], words: Translator) -> str:
    role, rank = (_person_part(name, known.get(name), words) for name in PERSON)
    person = words("%(role)s (%(rank)s)", role=role, rank=rank) if role and rank else role or rank
    company = _company_text(known["company"], words) if "company" in known else ""
    if person and company:
        return words("%(person)s at %(company)s", person=person, company=company)
    return person or company


def _person_part(name: str, phrase: Any, words: Translator) -> str:
    """The role or the seniority; a bare text is the level of one of the product's phrases."""
    if phrase is None:
        return ""
    return words_of_phrase([name, phrase] if isinstance(phrase, str) else phrase, words)


def _company_text(company: Mapping[str, Any], words: Translator) -> str:
    if company["matched"] == company["of"]:
        return words("an ICP company in a core region") if company["core_region"] else words("an ICP company")
    return words.ngettext("a company that matches %(n)s of %(of)s ICP criteria",
                          "a company that matches %(n)s of %(of)s ICP criteria",
                          company["matched"], of=company["of"])  # fmt: skip


def _signals_text(signals: list[tuple[Any, int]], words: Translator) -> str:
    texts = [_signal_text(phrase, count, words) for phrase, count in signals]
    return words("%(first)s and %(last)s", first=texts[0], last=texts[1]) if len(texts) > 1 else "".join(texts)


def _signal_text(phrase: Any, count: int, words: Translator) -> str:
    text = words_of_phrase(phrase, words)
    # Older rows count these too.
    if count == 1 or (isinstance(phrase, str) and phrase in COUNTED):
        return text
    if count == 2:
        return words("%(did)s twice", did=text)
    return words("%(did)s %(n)s times", did=text, n=count)
