"""Slack: what a message says and how it is written, and what Slack's answers mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from questionnaire.core.delivery.channel_settings import COMPANY, LINK, SlackPerson, SlackSettings
from questionnaire.core.delivery.outbound_rules import read_allowed_host
from questionnaire.notify import compose, compose_handoff, registry
from questionnaire.notify.brief import Headline
from questionnaire.notify.channel import Delivery
from questionnaire.notify.notification import Notification
from questionnaire.notify.result import Delivered, Failed
from questionnaire.notify.slack.blocks import LONGEST_HEADER, LONGEST_TEXT, escaped, mention
from questionnaire.notify.slack.slack_channel import SlackChannel
from tests.documents import golden
from tests.http_receiver import Receiver, Reply, open_receiver
from tests.notify.samples import ANNA, notifications
from tests.rows import FRIDAY

HOOK = "https://hooks.slack.example/services/T1/B1/secret"
LENA = "lena@n.example"


def _channel(shows: str = "full", member: str = "", hook: str = HOOK) -> SlackChannel:
    return SlackChannel(SlackSettings(hook, shows, {LENA: SlackPerson(member=member)}))


def _for_slack(language: str) -> list[Notification]:
    return [one for one in notifications(language) if "slack" in registry.channels_of(one)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_messages_read_like_this(language: str) -> None:
    told = {
        shows: [
            {"kind": one.kind, **_channel(shows, "U012AB3CD").render(one)} for one in _for_slack(language)
        ]
        for shows in ("full", LINK)
    }  # fmt: skip
    golden.check(f"slack.{language}.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def test_a_message_names_no_telephone_number_no_address_and_with_a_link_alone_nobody() -> None:
    full = json.dumps([dict(_channel().render(one)) for one in _for_slack("en")])
    assert "Anna Keller" in full
    hidden = (ANNA.phone, ANNA.email, ANNA.linkedin, "555", "a@b.example", "bo@b.example")
    assert [word for word in hidden if word in full] == []
    bare = json.dumps([dict(_channel(LINK).render(one)) for one in _for_slack("en")])
    known = (*full_words(), ANNA.phone, ANNA.email)
    assert [word for word in known if word in bare] == []
    assert ANNA.link in bare


def full_words() -> tuple[str, ...]:
    return ("Anna", "Keller", "Nordwind", "VP Sales", "pricing", "A1", "Mon 09:30", "which CRM", "bo@b.example")


HOSTILE = "<!channel> & <@U999> *bold* `code` <https://evil.example|x> @here"


def test_what_a_prospect_typed_mentions_nobody_and_is_no_link() -> None:
    brief = replace(ANNA, headline=Headline(HOSTILE, HOSTILE, HOSTILE, "", "", HOSTILE), why=HOSTILE, opener=HOSTILE,
                    open=(HOSTILE,), label="A1", owner=HOSTILE)  # fmt: skip
    made = [
        compose.lead_assigned(LENA, brief, "en"),
        compose.lead_in_queue(LENA, brief, HOSTILE, HOSTILE, "en"),
        compose.new_answers(LENA, brief, [HOSTILE], False, "en"),
        compose_handoff.sla_warning(LENA, brief, "en"),
        compose_handoff.sla_breached(LENA, brief, HOSTILE, None, "en"),
        compose_handoff.lead_moved(LENA, brief, HOSTILE, "", None, "en"),
        compose_handoff.lead_moved(LENA, brief, "", HOSTILE, None, "en"),
        compose.digest(
            LENA, "lead_assigned", [compose.DigestLine(brief.headline)], 2, "https://q.example", "UTC", "en"
        ),
    ]
    texts = [text for one in made for text in _texts(_channel(member="U012AB3CD").render(one))]
    assert len(texts) > 20
    for text in texts:
        assert "<" not in text.replace("<@U012AB3CD>", ""), text
        assert ">" not in text.replace("<@U012AB3CD>", ""), text


def _texts(body: Any) -> list[str]:
    """Every text of a message, but for the addresses of its buttons."""
    if isinstance(body, dict):
        return [text for name, value in body.items() if name not in ("url", "type", "style") for text in _texts(value)]
    if isinstance(body, list):
        return [text for value in body for text in _texts(value)]
    return [body] if isinstance(body, str) else []


def test_the_longest_texts_stay_within_the_limits_of_slack() -> None:
    long = "Ω<&" * 2000
    brief = replace(ANNA, headline=Headline(long, long, long), why=long, opener=long, open=(long,) * 9, owner=long)
    lines = [compose.DigestLine(brief.headline)] * 10
    digest = compose.digest(LENA, "lead_assigned", lines, 99, "https://q", "UTC", "en")
    for notification in (
        compose.lead_assigned(LENA, brief, "en"),
        compose_handoff.sla_warning(LENA, brief, "en"),
        digest,
    ):
        body = _channel().render(notification)
        assert len(body["text"]) <= LONGEST_TEXT
        for block in body["blocks"]:
            if block["type"] == "header":
                assert len(block["text"]["text"]) <= LONGEST_HEADER
            for text in [block["text"]] if "text" in block else block.get("fields", []):
                assert 0 < len(text["text"]) <= (2000 if "fields" in block else LONGEST_TEXT)
                whole = text["text"].rstrip("…")
                assert text["type"] == "plain_text" or not whole.endswith(("&", "&l", "&am"))
    assert escaped("<" * 10, 9) == "&lt;&lt;…"
    assert [mention(member) for member in ("U012AB3CD", "channel", "!here", "")] == ["<@U012AB3CD>", "", "", ""]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


ANSWERS: list[tuple[Reply, Delivered | Failed]] = [
    (Reply(200, b"ok"), Delivered()),
    (
        Reply(429, b"rate_limited", {"Retry-After": "30"}),
        Failed("Slack answered 429 rate_limited", retryable=True, destination_down=False, wait=timedelta(seconds=30)),
    ),
    (
        Reply(429, b"", {"Retry-After": "soon"}),
        Failed("Slack answered 429", retryable=True, destination_down=False),
    ),
    (
        Reply(404, b"channel_not_found"),
        Failed(
            "Slack answered 404 channel_not_found: the hook was removed in Slack, or its channel",
            retryable=False,
            destination_down=False,
            gone=True,
        ),
    ),
    (
        Reply(403, b"no_service"),
        Failed(
            "Slack answered 403 no_service: the hook was removed in Slack, or its channel",
            retryable=False,
            destination_down=False,
            gone=True,
        ),
    ),
    (
        Reply(400, b"invalid_payload"),
        Failed("Slack answered 400 invalid_payload", retryable=False, destination_down=False),
    ),
    (Reply(302, b""), Failed("Slack answered 302", retryable=False, destination_down=False)),
    (
        Reply(503, b"rollup_error"),
        Failed("Slack answered 503 rollup_error", retryable=True, destination_down=True),
    ),
]


def test_every_answer_of_slack_says_what_to_do_next(receiver: Receiver) -> None:
    host = read_allowed_host(receiver.host)
    assert host is not None
    channel = SlackChannel(SlackSettings(receiver.url("/services/T1/B1/x")), (host,))
    assert channel.destination(COMPANY) == "127.0.0.1"
    body = channel.render(compose.lead_assigned(LENA, ANNA, "en"))
    message = Delivery("lead_assigned", COMPANY, body, "<1@q.example>", FRIDAY, FRIDAY)
    wrong = []
    for reply, result in ANSWERS:
        receiver.replies = [reply]
        if (found := channel.send(message)) != result:
            wrong.append((reply, found))
    assert wrong == []
    assert json.loads(receiver.requests[0].body) == dict(body)


def test_a_message_without_a_hook_or_to_a_refused_one_fails_at_once() -> None:
    message = Delivery("lead_assigned", COMPANY, {"text": "x", "blocks": []}, "<1@q.example>", FRIDAY, FRIDAY)
    nothing = Failed("no Slack hook is set for this address", retryable=False, destination_down=False)
    assert SlackChannel(SlackSettings()).send(message) == nothing
    assert SlackChannel(SlackSettings(HOOK, broken=frozenset({COMPANY}))).send(message) == nothing
    refused = SlackChannel(SlackSettings("https://169.254.169.254/x")).send(message)
    assert refused == Failed("the hook may not be used: address", retryable=False, destination_down=False)


def test_a_link_made_for_one_reader_stays_out_of_the_channel() -> None:
    brief = replace(ANNA, link="https://q.example/l/token-of-lena", page="https://q.example/desk/leads/lead-anna")
    lines = [compose.DigestLine(brief.headline)]
    made = [
        compose.lead_assigned(LENA, brief, "en"),
        compose_handoff.sla_warning(LENA, brief, "en"),
        compose.digest(LENA, "lead_assigned", lines, 1, brief.link, "UTC", "en", "https://q.example/desk"),
    ]
    told = json.dumps([dict(_channel().render(one)) for one in made])
    assert "token-of-lena" not in told
    assert told.count("https://q.example/desk") == 3
