"""Notifications to programs: what happened, for an endpoint of webhooks; to administrators: a channel is off; and to
the heads who sign a policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.editing.difference_lines import DifferenceGroup
from questionnaire.notify.brief import CALL_BY_IN_FULL
from questionnaire.notify.mail.headers import header_text
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.templating import formats_for, words_for

MOST_LINES = 12
"""So many changes are in a letter; the others are on the page."""


@dataclass(frozen=True, slots=True)
class SignatureDue:
    """The content that waits for a signature. `name` is the id of the policy, `other` the head who has signed, "" for
    nobody; `effective_on` is None for as soon as both have signed."""

    name: str
    version: int
    changes: Sequence[DifferenceGroup]
    sha256: str
    effective_on: date | None
    asked_at: datetime
    is_reminder: bool
    other: str
    link: str
    zone: str
    language: str


def webhook_event(
    endpoint: str, event_type: str, at: datetime, facts: Mapping[str, Any], sequence: int | None = None
) -> Notification:
    """To an endpoint, by its id. `facts` are JSON: ids, codes and links. `at` is when it happened."""
    values = {"type": event_type, "at": at, "facts": dict(facts), "sequence": sequence}
    return Notification("webhook_event", Recipient("", endpoint=endpoint), values)


def channel_off(to: str, channel: str, name: str, error: str, link: str, language: str) -> Notification:
    """To an administrator: nothing more is sent to a Slack hook or an endpoint of webhooks (`channel`), until somebody
    looks after it. `name` says which, `error` is its last answer, `link` leads to its settings."""
    values = {"channel": channel, "name": header_text(name), "error": header_text(error), "link": link}
    return Notification("channel_off", Recipient(to, language), values)


def slack_test(to: str, link: str, language: str) -> Notification:
    """To the administrator who asked for it, where their Slack messages go: the hook works."""
    return Notification("slack_test", Recipient(to, language), {"link": link})


def signature_due(to: str, due: SignatureDue) -> Notification:
    """To a head whose signature is missing: the exact content that waits, and the page on which it is signed."""
    formats, words = formats_for(due.language), words_for(due.language)
    lines = [
        (words("%(name)s: %(text)s", name=group.title, text=line.place), line.parts)
        for group in due.changes
        for line in group.lines
    ]
    values = {
        "policy": header_text(humanize(due.name.replace("-", " ")).capitalize()),
        "version": due.version,
        "changes": len(lines),
        "lines": [
            {"place": header_text(place), **{kind: header_text(text) for kind, text in parts}}
            for place, parts in lines[:MOST_LINES]
        ],
        "rest": max(0, len(lines) - MOST_LINES),
        "hash": due.sha256[:12],
        "day": formats.date(due.effective_on) if due.effective_on is not None else "",
        "asked": formats.moment(due.asked_at, due.zone, CALL_BY_IN_FULL),
        "is_reminder": due.is_reminder,
        "other": header_text(due.other),
        "link": due.link,
    }
    return Notification("signature_due", Recipient(to, due.language), values)


KINDS: Mapping[str, Callable[..., Notification]] = {
    "webhook_event": webhook_event,
    "channel_off": channel_off,
    "slack_test": slack_test,
    "signature_due": signature_due,
}
