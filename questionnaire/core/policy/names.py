"""What people read for the criteria, levels and signals of a policy.

`…_title` is for tables: the author’s title, else the author’s phrase, else the product’s label where the policy says
`phrases: standard`, else the name without its underscores. `…_phrase` is a part of the sentence for the rep, as stored
JSON, or None when the policy has no words for it. Source: format.md, "Judging".
"""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.labels import CRITERIA, LEVELS, SIGNALS, heading, label, level_name, signal_name
from questionnaire.core.base.texts import LocalizedText, read_text, write_text
from questionnaire.core.base.translation import Translator
from questionnaire.core.policy import Policy
from questionnaire.core.policy.segments import Segment

STANDARD = "standard"
_TEXT, _QUOTE = "text", "quote"


def criterion_title(policy: Policy, criterion: str, words: Translator) -> str:
    rule = policy.criteria.get(criterion)
    authored = rule.title if rule is not None else None
    return authored.say(words.language) if authored else heading(_table(policy, CRITERIA), criterion, words)


def level_title(policy: Policy, criterion: str, level: str, words: Translator) -> str:
    rule = policy.criteria.get(criterion)
    of_level = rule.levels.get(level) if rule is not None else None
    authored = of_level and (of_level.title or of_level.phrase)
    return authored.say(words.language) if authored else label(_levels(policy, criterion), level, words)


def signal_title(policy: Policy, signal: str, words: Translator) -> str:
    rule = policy.intent.signals.get(signal)
    authored = rule and (rule.title or rule.phrase)
    return authored.say(words.language) if authored else label(_table(policy, SIGNALS), signal, words)


def segment_title(segment: Segment, words: Translator) -> str:
    return segment.title.say(words.language) if segment.title else segment.id.replace("-", " ")


def level_phrase(policy: Policy, criterion: str, level: str) -> Any:
    """`{"text": {language: words}}`, or `[criterion, level]` for one of the product's phrases, or None."""
    if (authored := policy.criteria[criterion].levels[level].phrase) is not None:
        return _authored(authored)
    return [criterion, level] if level in _levels(policy, criterion) else None


def signal_phrase(policy: Policy, signal: str) -> Any:
    """`{"text": {language: words}}`, or the name of the signal for one of the product's phrases, or None."""
    if (authored := policy.intent.signals[signal].phrase) is not None:
        return _authored(authored)
    return signal if signal in _table(policy, SIGNALS) else None


def quotation(answer: str, language: str) -> dict[str, str]:
    """An answer in the words the prospect chose, which keep their language inside the sentence."""
    return {_QUOTE: answer, "language": language}


def phrase_text(phrase: Any, words: Translator) -> str:
    """A stored phrase or quotation in the language of `words`. A text of an older row is read as it stands."""
    if isinstance(phrase, dict):
        if _QUOTE in phrase:
            return words("“%(answer)s”", answer=phrase[_QUOTE])
        return read_text(phrase[_TEXT]).say(words.language)
    if isinstance(phrase, list | tuple):
        return level_name(phrase[0], phrase[1], words)
    return signal_name(phrase, words) if phrase in SIGNALS else str(phrase)


def _authored(text: LocalizedText) -> dict[str, Any]:
    return {_TEXT: write_text(text)}


def _table(policy: Policy, table: Any) -> Any:
    return table if policy.phrases == STANDARD else {}


def _levels(policy: Policy, criterion: str) -> Any:
    return _table(policy, LEVELS).get(criterion, {})
