"""A channel that writes each message into a file, as small as one can be: for what holds for every channel."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from questionnaire.notify import registry
from questionnaire.notify.channel import Channel, Delivery, Payload, Preview
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import Delivered, Failed
from questionnaire.settings import Settings

BUSY = Failed("busy", retryable=True, destination_down=False)
REFUSED = Failed("no such room", retryable=False, destination_down=False)
DOWN = Failed("nobody there", retryable=True, destination_down=True)


@dataclass
class Toy:
    """`answers` are given once each, to the next attempts; `down`: every attempt fails."""

    folder: Path
    answers: list[Failed] = field(default_factory=list)
    down: bool = False
    attempts: int = 0

    def address(self, recipient: Recipient) -> str:
        return f"#{recipient.email.partition('@')[0]}"

    def destination(self, address: str) -> str:
        return f"toy {self.folder.name}"

    def reaches(self, address: str) -> bool:
        return True

    def render(self, notification: Notification) -> Payload:
        context = notification.context
        links = [context[name] for name in ("link", "result_link") if name in context]
        if "brief" in context:
            links.append(context["brief"].link)
        return {"kind": notification.kind, "language": notification.recipient.language, "links": links}

    def send(self, delivery: Delivery) -> Delivered | Failed:
        self.attempts += 1
        if self.down or self.answers:
            return DOWN if self.down else self.answers.pop(0)
        name = delivery.message_id.strip("<>").partition("@")[0]
        (self.folder / name).write_text(json.dumps({"to": delivery.recipient, **delivery.payload}), "utf-8")
        return Delivered()

    def preview(self, payload: Payload) -> Preview:
        return Preview(f"Toy: {payload['kind']}", "\n".join(payload["links"]), (("Language", payload["language"]),))

    def kinds(self) -> list[str]:
        """Of what arrived."""
        return sorted(json.loads(file.read_text("utf-8"))["kind"] for file in self.folder.iterdir())


def register(
    monkeypatch: pytest.MonkeyPatch, toy: Channel, channels: tuple[str, ...] = ("toy",)
) -> Callable[[Settings], Channel]:
    """From now on in this test, notifications go out by `channels`."""

    def make(settings: Settings) -> Channel:
        return toy

    monkeypatch.setitem(registry.CHANNELS, "toy", make)
    monkeypatch.setattr(registry, "channels_for", lambda kind, recipient, of="": channels)
    return make
