"""Routing of several leads one after the other, as a rehearsal: every pool starts anew, and no lead is ever closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import Assignment, route
from questionnaire.core.policy import Policy


def rehearse(leads: Iterable[tuple[Policy, Mapping[str, Any]]]) -> tuple[Assignment, ...]:
    """Who would get each lead, in order of arrival. Caps on open leads don’t count: no lead is ever closed."""
    credits: dict[str, Mapping[str, int]] = {}
    found: list[Assignment] = []
    for policy, facts in leads:
        assignment = route(policy, facts, Book(credits))
        if assignment.pool is not None and assignment.credits is not None:
            credits[assignment.pool] = assignment.credits
        found.append(assignment)
    return tuple(found)
