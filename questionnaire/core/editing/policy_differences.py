"""What differs between two versions of a policy, part by part, in words that both heads read before they sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from questionnaire.core.base.conditions import parse
from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.quantities import read_period
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.documents.agreement.key_words import SKIPPED, key_words
from questionnaire.core.documents.agreement.policy_condition import PolicyCondition
from questionnaire.core.documents.agreement.quantity_words import period_text, term_text
from questionnaire.core.documents.agreement.segment_parts import CONDITIONS, PERIODS, TERMS
from questionnaire.core.editing.difference_lines import DifferenceGroup, DifferenceLine
from questionnaire.core.editing.differences import DraftDifference
from questionnaire.core.editing.outline import text_in
from questionnaire.core.editing.paths import Document
from questionnaire.core.editing.policy_places import part_of_path, policy_place
from questionnaire.core.policy import Policy

LONGEST = 1200


@dataclass(frozen=True, slots=True)
class PolicyDifferences:
    """The words for the differences between `old` and `new`; the policies are None where they can’t be read."""

    old: Document
    new: Document
    old_policy: Policy | None
    new_policy: Policy | None
    words: Translator

    def groups(self, found: tuple[DraftDifference, ...]) -> tuple[DifferenceGroup, ...]:
        """One group for each part, in the order of the parts."""
        order = {part.name: index for index, part in enumerate(PARTS)}
        titles = {part.name: self.words(part.title) for part in PARTS}
        ordered = sorted(found, key=lambda one: order[part_of_path(one.path)])
        return tuple(
            DifferenceGroup(titles[name], tuple(self._line(one, titles[name]) for one in several))
            for name, several in groupby(ordered, lambda one: part_of_path(one.path))
        )

    def _line(self, one: DraftDifference, title: str) -> DifferenceLine:
        is_gone = one.code == "removed"
        document, policy = (self.old, self.old_policy) if is_gone else (self.new, self.new_policy)
        place = policy_place(document, policy, one.path, self.words).removeprefix(title).removeprefix(", ")
        place = place[:1].upper() + place[1:] or title
        if one.code == "moved":
            return DifferenceLine(place, (("new", self.words("moved")),))
        if one.code == "renamed":
            return DifferenceLine(place, (("old", str(one.old[-1])), ("new", str(one.new[-1]))))
        key = str(one.path[-1])
        return DifferenceLine(place, tuple(self._parts(one, key)))

    def _parts(self, one: DraftDifference, key: str) -> Iterator[tuple[str, str]]:
        if one.code != "added":
            yield "old", self._said(key, one.old, self.old_policy)[:LONGEST]
        if one.code != "removed":
            yield "new", self._said(key, one.new, self.new_policy)[:LONGEST]

    def _said(self, key: str, value: Any, policy: Policy | None) -> str:
        words = self.words
        if key in CONDITIONS and policy is not None:
            condition, problems = parse(value)
            return str(value) if problems or condition is None else PolicyCondition(policy, words).sentence(condition)
        if isinstance(value, bool):
            return words("yes") if value else words("no")
        if isinstance(value, str):
            return self._quantity(key, value)
        if isinstance(value, Mapping):
            return ", ".join(self._entry(str(name), inner, policy) for name, inner in value.items())
        if isinstance(value, list):
            return ", ".join(self._said(key, inner, policy) for inner in value)
        return text_in(value, words.language)

    def _entry(self, name: str, inner: Any, policy: Policy | None) -> str:
        said = self._said(name, inner, policy)
        return said if name in SKIPPED else f"{key_words(name, self.words)}: {said}"

    def _quantity(self, key: str, value: str) -> str:
        try:
            if key in PERIODS:
                return period_text(read_period(value), self.words)
            return term_text(SlaTime.parse(value), self.words) if key in TERMS else value
        except ValueError:
            return value
