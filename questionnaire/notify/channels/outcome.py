"""What became of a message, in words that say what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from questionnaire.notify.message import Envelope


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody took it. `state` is what the outbox calls that."""

    state: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nobody took it. `again`: worth another try; `whole`: the destination as such is away, for every message."""

    error: str
    again: bool
    whole: bool


class Channel(Protocol):
    """A way out. `destination` names where it leads, for the breaker; `delivers` is the state of what it sent."""

    @property
    def destination(self) -> str: ...

    def send(self, envelope: Envelope) -> Sent | NotSent: ...
