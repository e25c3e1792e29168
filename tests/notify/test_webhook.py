"""Webhooks: what is signed, with which secrets, and what the answers of an endpoint mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from questionnaire import bootstrap
from questionnaire.core.delivery.channel_settings import WebhookEndpoint
from questionnaire.core.delivery.outbound_rules import read_allowed_host
from questionnaire.core.delivery.webhook_events import EVENT_TYPES, TEST
from questionnaire.notify.channel import Delivery
from questionnaire.notify.compose_events import webhook_event
from questionnaire.notify.result import Delivered, Failed
from questionnaire.notify.webhook.body import webhook_body
from questionnaire.notify.webhook.webhook_channel import WebhookChannel, signed_headers, webhook_id
from tests.conventions.checkout import text
from tests.http_receiver import Receiver, Reply, open_receiver
from tests.notify.samples import LEAD_FACTS, MONDAY
from tests.rows import FRIDAY

NEW, OLD, OTHER = ("whsec_" + letter * 32 for letter in "ABC")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


def _channel(receiver: Receiver, *secrets: str, is_on: bool = True) -> WebhookChannel:
    host = read_allowed_host(receiver.host)
    assert host is not None
    return WebhookChannel({"e1": WebhookEndpoint("e1", receiver.url(), secrets, is_on)}, (host,))


def _delivery(channel: WebhookChannel, at: datetime = FRIDAY) -> Delivery:
    payload = channel.render(webhook_event("e1", "lead.assigned", MONDAY, LEAD_FACTS, 42))
    return Delivery("webhook_event", "e1", payload, "<0123abcd@q.example>", FRIDAY, at)


def test_a_receiver_verifies_a_delivery_with_the_library_of_the_specification(receiver: Receiver) -> None:
    channel, now = _channel(receiver, NEW), bootstrap.now()
    assert channel.send(_delivery(channel, now)) == Delivered()
    assert channel.send(_delivery(channel, now + timedelta(seconds=5))) == Delivered()
    first, second = receiver.requests
    event = Webhook(NEW).verify(first.body, first.headers)
    assert event == {
        "type": "lead.assigned",
        "timestamp": "2026-10-05T07:30:00.000Z",
        "version": 1,
        "sequence": 42,
        "data": LEAD_FACTS,
    }
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == "msg_0123abcd"
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 5
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(first.body.replace(b"42", b"43"), first.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER).verify(first.body, first.headers)


def test_while_a_secret_is_rotated_both_verify(receiver: Receiver) -> None:
    channel = _channel(receiver, NEW, OLD)
    channel.send(_delivery(channel, bootstrap.now()))
    (request,) = receiver.requests
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    assert Webhook(NEW).verify(request.body, request.headers) == Webhook(OLD).verify(request.body, request.headers)


def test_the_signature_is_that_of_the_example_in_the_specification() -> None:
    # Source: github.com/standard-webhooks, tests of the libraries.
    body, at = '{"test": 2432232314}', datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",), "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert "." not in webhook_id("<a@q.example.com>")


ANSWERS: list[tuple[Reply, Failed]] = [
    (Reply(400), Failed("the endpoint answered 400", retryable=True, destination_down=False)),
    (
        Reply(301, b"", {"Location": "https://crm.example/"}),
        Failed("the endpoint answered 301; redirects are not followed", retryable=True, destination_down=False),
    ),
    (Reply(410), Failed("the endpoint answered 410", retryable=False, destination_down=False, gone=True)),
    (
        Reply(429, b"", {"Retry-After": "120"}),
        Failed("the endpoint answered 429", retryable=True, destination_down=False, wait=timedelta(minutes=2)),
    ),
    (
        Reply(503, b"", {"Retry-After": "99999999"}),
        Failed("the endpoint answered 503", retryable=True, destination_down=True, wait=timedelta(hours=24)),
    ),
    (Reply(500), Failed("the endpoint answered 500", retryable=True, destination_down=True)),
]


def test_every_answer_but_success_is_tried_again_unless_the_endpoint_is_gone(receiver: Receiver) -> None:
    channel, wrong = _channel(receiver, NEW), []
    for reply, result in ANSWERS:
        receiver.replies = [reply]
        if (found := channel.send(_delivery(channel))) != result:
            wrong.append((reply, found))
    assert wrong == []


def test_an_endpoint_that_is_off_deleted_or_without_a_secret_gets_nothing(receiver: Receiver) -> None:
    off = _channel(receiver, NEW, is_on=False)
    deleted = WebhookChannel({})
    locked = _channel(receiver)
    inside = WebhookChannel({"e1": WebhookEndpoint("e1", "https://10.0.0.1/hook", (NEW,))})
    results = [channel.send(_delivery(channel)) for channel in (off, deleted, locked, inside)]
    assert [isinstance(result, Failed) and result.error for result in results] == [
        "the endpoint is switched off",
        "the endpoint was deleted",
        "its secret can’t be decrypted: the secret key was changed",
        "the URL may not be used: address",
    ]
    assert not any(isinstance(result, Failed) and result.retryable for result in results)
    assert receiver.requests == []


def test_every_example_of_the_docs_is_a_body_as_it_is_sent() -> None:
    examples = {name: json.loads(code) for name, code in _examples()}
    assert set(examples) == {TEST, *EVENT_TYPES}
    for name, example in examples.items():
        at = datetime.fromisoformat(example["timestamp"])
        made = webhook_body(webhook_event("e1", name, at, example["data"], example.get("sequence")))
        assert list(made.items()) == list(example.items()), name


def _examples() -> list[tuple[str, Any]]:
    page = text("docs/webhooks.md").partition("## Events")[2]
    return re.findall(r"### `([a-z._]+)`\n[^#]*?```json\n(.*?)```", page, re.DOTALL)
