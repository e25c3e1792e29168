"""What follows from an act: the event to write, and whose the lead is then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from questionnaire.core.policy.handoff import RejectionReason


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has the lead from now on: a rep or a queue, or with neither nobody. `due_at`: the first contact is due."""

    rep: str | None = None
    queue: str | None = None
    due_at: datetime | None = None


NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class Decision:
    """`becomes` holds the columns of the lead that change, moments as datetimes. `owner` is None while it stays.

    `reason` is the policy's entry when the lead was rejected. `routes`: the lead now goes to a rep by the rules.
    """

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    becomes: Mapping[str, Any] = field(default_factory=dict)
    owner: Owner | None = None
    reason: RejectionReason | None = None
    routes: bool = False
