"""Segments in the agreement: for which leads, and what is different for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base.conditions import parse
from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.labels import group_name
from questionnaire.core.base.quantities import read_period
from questionnaire.core.documents.agreement.key_words import SKIPPED, key_words
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.documents.agreement.parts import PARTS, AgreementPart, AgreementTable, PolicySection
from questionnaire.core.documents.agreement.quantity_words import period_text, term_text
from questionnaire.core.policy.names import criterion_title, segment_title, signal_title

CONDITIONS = frozenset({"when", "check", "review_if"})
PERIODS = frozenset({"window", "valid_for", "lasts", "every", "nurture"})
TERMS = frozenset({"within", "assign_within", "review_within", "feedback_within", "after"})


def segments_part(section: PolicySection) -> AgreementPart:
    words = section.words
    titles = {key: words(part.title) for part in PARTS for key in part.keys}
    rows = tuple(
        (segment_title(segment, words), section.condition.sentence(segment.when),
         "; ".join(f"{title}: {', '.join(_changes(section, (key,), segment.changes[key]))}"
                   for key, title in titles.items() if key in segment.changes))
        for segment in section.policy.segments
    )  # fmt: skip
    heads = (words("Segment"), words("When"), words("What differs"))
    return section.part("segments", (), (AgreementTable(words("Segments, first match decides"), heads, rows),))


def _changes(section: PolicySection, path: tuple[str, ...], change: Any) -> Iterator[str]:
    """Each value of its own with its place: “least total: 60”, “Company size, 50–500: 20”."""
    if isinstance(change, Mapping) and path[-1] not in CONDITIONS:
        for key, value in change.items():
            yield from _changes(section, (*path, str(key)), value)
        return
    names = [name for depth in range(1, len(path)) if (name := _name(section, path[: depth + 1]))]
    yield _entry(section, ", ".join(names), change_text(section, path[-1], change))


def _entry(section: PolicySection, place: str, text: str) -> str:
    return section.words("%(name)s: %(text)s", name=place, text=text) if place else text


def _name(section: PolicySection, path: tuple[str, ...]) -> str:
    """What a step of the way is called, "" for one that says nothing."""
    policy, words, name, above = section.policy, section.words, path[-1], path[-2]
    if above == "criteria":
        return criterion_title(policy, name, words)
    if above in ("levels", "bands", "countries") and path[1:2] == ("criteria",) and path[2] in policy.criteria:
        return level_words(policy, path[2], name, words)
    if above == "signals":
        return signal_title(policy, name, words)
    if above == "groups":
        return group_name(name, words)
    return "" if name in SKIPPED else key_words(name, words)


def change_text(section: PolicySection, key: str, change: Any) -> str:
    """An authored value as text: conditions as sentences, periods and terms in words."""
    words = section.words
    if change is None:
        return words("left out")
    if key in CONDITIONS:
        condition, problems = parse(change)
        return str(change) if problems or condition is None else section.condition.text(condition)
    if isinstance(change, bool):
        return words("yes") if change else words("no")
    if isinstance(change, Mapping):
        return ", ".join(_entry(section, key_words(str(name), words), change_text(section, str(name), value))
                         for name, value in change.items())  # fmt: skip
    if isinstance(change, list | tuple):
        return "; ".join(change_text(section, key, one) for one in change)
    return _quantity(section, key, str(change))


def _quantity(section: PolicySection, key: str, text: str) -> str:
    if key in PERIODS:
        return period_text(read_period(text), section.words)
    return term_text(SlaTime.parse(text), section.words) if key in TERMS else text
