"""A level of a criterion as a sales director knows it: its title, else its numbers, else its name."""

from __future__ import annotations

from questionnaire.core.base.formats import locale_of
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.quantity_words import band_text
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import level_title


def level_words(policy: Policy, criterion: str, level: str, words: Translator) -> str:
    rule = policy.criteria[criterion]
    if level in rule.levels and rule.levels[level].title is None and level in rule.bands:
        return band_text(rule.bands[level], words, locale_of(words.language))
    title = level_title(policy, criterion, level, words)
    return title[:1].upper() + title[1:]
