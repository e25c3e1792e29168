"""The result of sending one message, in terms of what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

SENT = "sent"
IN_MAILBOX = "delivered_to_mailbox"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The destination accepted the message. `state` is the delivery's state from now on: SENT or IN_MAILBOX."""

    state: str = SENT


@dataclass(frozen=True, slots=True)
class Failed:
    """The destination did not accept the message; `error` is its answer.

    `retryable`: another attempt may succeed. `destination_down`: no message would have been accepted, so that this
    counts against the destination (circuit breaker). `unknown_recipient`: it says that there is no such recipient.
    `gone`: the destination said that it is no more, so that nothing else need be tried there. `wait` is how long it
    asked to be left alone, at least.
    """

    error: str
    retryable: bool
    destination_down: bool
    unknown_recipient: bool = False
    gone: bool = False
    wait: timedelta = timedelta(0)
