"""What people read for a fact in a condition, as the evidence of a checklist item names it."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import fact_name, humanize
from questionnaire.core.base.translation import Translator, gettext_noop

_ALONE: Mapping[str, str] = {"language": gettext_noop("language"), "survey": gettext_noop("survey")}
_PARTS: Mapping[str, str] = {
    "source": gettext_noop("source"), "medium": gettext_noop("channel"), "name": gettext_noop("name"),
    "term": gettext_noop("term"), "content": gettext_noop("content"),
}  # fmt: skip
_PREFIXES: Mapping[str, str] = {
    "campaign": gettext_noop("campaign (%(part)s)"), "first_campaign": gettext_noop("first campaign (%(part)s)"),
    "hidden": gettext_noop("hidden field “%(part)s”"), "claim": gettext_noop("unverified field “%(part)s”"),
    "score": gettext_noop("score for “%(part)s”"), "calculated": gettext_noop("calculated value “%(part)s”"),
    "answer": gettext_noop("answer to “%(part)s”"),
}  # fmt: skip


def fact_in_words(fact: str, words: Translator) -> str:
    """`campaign.source` -> `campaign (source)`; a fact of the closed list by its label."""
    prefix, point, part = fact.partition(".")
    if point and prefix in _PREFIXES:
        named = words(_PARTS[part]) if prefix.endswith("campaign") and part in _PARTS else humanize(part)
        return words(_PREFIXES[prefix], part=named)
    return words(_ALONE[fact]) if fact in _ALONE else fact_name(fact, words)
