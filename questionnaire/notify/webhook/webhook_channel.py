"""Webhooks as a channel: a signed POST to an endpoint, by the Standard Webhooks specification.

`webhook-id` is the same for every attempt, so that a receiver can drop a second copy; the timestamp is that of the
attempt. While a secret is being rotated, a delivery bears a signature with each. Any answer but 2xx is a failure that
is tried again: a receiver under repair often answers 4xx. 410 means that the endpoint is no more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

from questionnaire.core.delivery.channel_settings import WebhookEndpoint
from questionnaire.core.delivery.outbound_rules import AllowedHost
from questionnaire.notify.channel import Delivery, Payload, Preview
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import Delivered, Failed
from questionnaire.notify.webhook.body import body_text, webhook_body
from questionnaire.outbound import HttpAnswer, RequestFailed, RequestRefused, post
from questionnaire.settings import Settings

LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """`endpoints`: id -> endpoint; `allowed` are hosts that the operator named. The payload holds the type and the
    body, byte for byte as it is signed."""

    endpoints: Mapping[str, WebhookEndpoint]
    allowed: Sequence[AllowedHost] = ()

    @classmethod
    def of(cls, settings: Settings) -> WebhookChannel:
        return cls(settings.channels.webhooks, settings.outbound_hosts)

    def address(self, recipient: Recipient) -> str:
        return recipient.endpoint if recipient.endpoint in self.endpoints else ""

    def destination(self, address: str) -> str:
        """One for each endpoint: another one on the same host may work."""
        return f"webhook {address}"

    def reaches(self, address: str) -> bool:
        return address in self.endpoints and self.endpoints[address].is_on

    def render(self, notification: Notification) -> Payload:
        return {"type": notification.context["type"], "body": body_text(webhook_body(notification))}

    def send(self, delivery: Delivery) -> Delivered | Failed:
        endpoint = self.endpoints.get(delivery.recipient)
        if endpoint is None:
            return Failed("the endpoint was deleted", retryable=False, destination_down=False)
        if not endpoint.is_on:
            return Failed("the endpoint is switched off", retryable=False, destination_down=False)
        if not endpoint.secrets:
            return Failed(
                "its secret can’t be decrypted: the secret key was changed", retryable=False, destination_down=False
            )
        body = str(delivery.payload["body"])
        headers = signed_headers(endpoint.secrets, webhook_id(delivery.message_id), delivery.attempt_at, body)
        try:
            return _result(post(endpoint.url, body.encode(), headers, self.allowed))
        except RequestRefused as refused:
            return Failed(f"the URL may not be used: {refused.code}", retryable=False, destination_down=False)
        except RequestFailed as failed:
            return Failed(str(failed), retryable=True, destination_down=True)

    def preview(self, payload: Payload) -> Preview:
        text = json.dumps(json.loads(str(payload["body"])), ensure_ascii=False, indent=2)
        return Preview(str(payload["type"]), text)


def webhook_id(message_id: str) -> str:
    """`msg_…`, from the id that every channel uses. A dot would end it in the signed text."""
    return "msg_" + message_id.strip("<>").partition("@")[0]


def signed_headers(secrets: Sequence[str], message: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers of the specification; one signature for each secret, the newest first."""
    moment = at.astimezone(UTC)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message, moment, body) for secret in secrets),
    }


def _result(answer: HttpAnswer) -> Delivered | Failed:
    if 200 <= answer.status < 300:
        return Delivered()
    error = f"the endpoint answered {answer.status}"
    if answer.status == 410:
        return Failed(error, retryable=False, destination_down=False, gone=True)
    if 300 <= answer.status < 400:
        error += "; redirects are not followed"
    return Failed(error, retryable=True, destination_down=answer.status >= 500, wait=_wait(answer))


def _wait(answer: HttpAnswer) -> timedelta:
    """Retry-After in seconds; a date is not read."""
    text = answer.headers.get("retry-after", "")
    is_number = answer.status in (429, 503) and text.isascii() and text.isdigit() and len(text) < 10
    return min(timedelta(seconds=int(text)), LONGEST_WAIT) if is_number else timedelta(0)
