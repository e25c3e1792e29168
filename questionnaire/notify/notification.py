"""What somebody is to be told, before any channel has put it into a form of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.translation import NO_PHRASES, Phrases

UNSUBSCRIBE = "unsubscribe"
"""In the context of what was not requested: the address with which its reader unsubscribes."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person; each channel finds its own address in it. `language` is a code such as "fr",
    `phrases` are what a survey says in its own words. `endpoint` is the id of an endpoint of webhooks, which is told
    instead of a person."""

    email: str
    language: str = "en"
    phrases: Phrases = NO_PHRASES
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Notification:
    """`kind` is one of compose.KINDS. `context` holds what the templates of the channels print: values of the field and
    text that is safe for one line, nothing that belongs to one channel.
    """

    kind: str
    recipient: Recipient
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Appointment:
    """An entry for the recipient's calendar that ends at `due_at`. `uid` is the same each time it is sent."""

    uid: str
    title: str
    link: str
    due_at: datetime
    written_at: datetime
