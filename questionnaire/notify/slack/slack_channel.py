"""Slack as a channel: one POST to an incoming webhook, the company's or a person's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from questionnaire.core.delivery.channel_settings import SlackSettings
from questionnaire.core.delivery.outbound_rules import AllowedHost
from questionnaire.notify.channel import Delivery, Payload, Preview
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import Delivered, Failed
from questionnaire.notify.slack.blocks import plain_lines
from questionnaire.notify.slack.message_texts import slack_message
from questionnaire.outbound import HttpAnswer, RequestFailed, RequestRefused, post
from questionnaire.settings import Settings

LONGEST_WAIT = timedelta(hours=1)
# What Slack answers for a hook that will never work again. Source: docs.slack.dev, “Incoming webhooks”.
GONE = ("no_service", "no_service_id", "no_team", "team_disabled", "channel_not_found", "channel_is_archived",
        "invalid_token", "no_active_hooks", "action_prohibited")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """`allowed` are hosts that the operator named. The payload is the body of the request."""

    slack: SlackSettings
    allowed: Sequence[AllowedHost] = ()

    @classmethod
    def of(cls, settings: Settings) -> SlackChannel:
        return cls(settings.channels.slack, settings.outbound_hosts)

    def address(self, recipient: Recipient) -> str:
        return self.slack.address(recipient.email)

    def destination(self, address: str) -> str:
        """One for each server: when Slack is down, it is down for every hook."""
        return urlsplit(self.slack.hook_of(address)).hostname or "slack"

    def reaches(self, address: str) -> bool:
        return bool(self.slack.hook_of(address))

    def render(self, notification: Notification) -> Payload:
        member = self.slack.person(notification.recipient.email).member
        return slack_message(notification, self.slack.shows, member)

    def send(self, delivery: Delivery) -> Delivered | Failed:
        hook = self.slack.hook_of(delivery.recipient)
        if not hook or delivery.recipient in self.slack.broken:
            return Failed("no Slack hook is set for this address", retryable=False, destination_down=False)
        body = json.dumps(dict(delivery.payload), ensure_ascii=False).encode()
        try:
            return _result(post(hook, body, {}, self.allowed))
        except RequestRefused as refused:
            return Failed(f"the hook may not be used: {refused.code}", retryable=False, destination_down=False)
        except RequestFailed as failed:
            return Failed(str(failed), retryable=True, destination_down=True)

    def preview(self, payload: Payload) -> Preview:
        return Preview(str(payload["text"]), "\n\n".join(plain_lines(payload)))


def _result(answer: HttpAnswer) -> Delivered | Failed:
    said = " ".join(answer.text.split())[:100]
    error = f"Slack answered {answer.status} {said}".strip()
    if 200 <= answer.status < 300:
        return Delivered()
    if answer.status == 429:
        return Failed(error, retryable=True, destination_down=False, wait=_wait(answer))
    if answer.status >= 500:
        return Failed(error, retryable=True, destination_down=True)
    is_gone = answer.status in (404, 410) or said in GONE
    if is_gone:
        error = f"{error}: the hook was removed in Slack, or its channel"
    return Failed(error, retryable=False, destination_down=False, gone=is_gone)


def _wait(answer: HttpAnswer) -> timedelta:
    """Retry-After in seconds, as Slack sends it."""
    text = answer.headers.get("retry-after", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return min(timedelta(seconds=int(text)), LONGEST_WAIT) if is_number else timedelta(0)
