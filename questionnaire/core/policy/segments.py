"""Segments of a policy: other points, thresholds or SLA terms for a persona, a use case or a kind of company.

A segment changes only the keys it names: mappings are merged key by key, lists and single values replaced as a whole.
The result is a policy of its own, read and validated once, when the policy is read. Source: format.md, "Judging".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.problems import Problem, Where, path_text
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions import Slug

SETTLED_LATER = ("stage", "reason", "fit_grade", "label", "fit", "intent", "timing", "total")
"""Facts that rest on the points of a policy, and so on the segment itself: no segment may depend on them."""


class Segment(Authored):
    """Leads that match `when`, and what the policy changes for them. Every other key is a part of the policy."""

    id: Slug
    when: When
    title: LocalizedText | None = None
    phrases: Any = None
    fit: Any = None
    intent: Any = None
    timing: Any = None
    mql: Any = None
    sql: Any = None
    disqualify: Any = None
    divert: Any = None
    verify: Any = None
    checklist: Any = None
    routing: Any = None
    sla: Any = None
    kpi_bands: Any = None

    @property
    def changes(self) -> Mapping[str, Any]:
        """The authored keys of the policy that differ in this segment."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"id", "when", "title"}}


def merge(base: Any, changes: Any) -> Any:
    """`base` with `changes`: mappings key by key and deeply, everything else as a whole."""
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    return {**base, **{key: merge(base.get(key), value) for key, value in changes.items()}}


def merged_policy(raw: Mapping[Any, Any], segment: Segment) -> dict[Any, Any]:
    """The authored policy of one segment, without segments of its own."""
    return {key: value for key, value in merge(raw, segment.changes).items() if key != "segments"}


def in_segment(problem: Problem, index: int, segment: Segment) -> Problem:
    """The problem of a merged policy, at the place in the segment that causes it."""
    place = _authored_part(problem.where, segment.changes)
    rest = path_text(problem.where[len(place) :])
    below = f"`{rest}`: " if rest else ""
    return replace(
        problem, where=("segments", index, *place), message=f"in the segment `{segment.id}`: {below}{problem.message}"
    )


def _authored_part(where: Where, changes: Any) -> Where:
    """The longest part of the path that the segment itself wrote."""
    place: list[str | int] = []
    for step in where:
        if isinstance(changes, Mapping):
            written = next((key for key in changes if str(key) == str(step)), None)
            if written is None:
                break
            changes = changes[written]
        elif isinstance(changes, list | tuple) and isinstance(step, int) and step < len(changes):
            changes = changes[step]
        else:
            break
        place.append(step)
    return tuple(place)
