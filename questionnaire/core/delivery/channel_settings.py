"""What administrators set for the channels besides email: where Slack messages go, and the endpoints of webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

COMPANY = "company channel"
"""The address of Slack messages that go to the company's hook; that of a person's own hook is their email address."""
FULL, LINK = "full", "link"
ROTATION = timedelta(hours=24)
"""How long deliveries are signed with the former secret too, after it was rotated."""
GIVEN_UP_AFTER = timedelta(days=5)
"""An endpoint that has accepted nothing for this long is switched off: longer than all attempts of one delivery."""


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """A rep on Slack: their own hook, "" for the company's, and the member id to mention, "" for none."""

    hook: str = field(default="", repr=False)
    member: str = ""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """`hook` is the company's, "" for none. `shows` is FULL (name, company, why) or LINK (nothing but a link).

    `people`: email address -> their own. `broken` are the addresses whose hook Slack no longer knows.
    """

    hook: str = field(default="", repr=False)
    shows: str = FULL
    people: Mapping[str, SlackPerson] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def address(self, email: str) -> str:
        """Where messages for this person go: their own hook, else the company's; "" when nowhere."""
        if self.person(email).hook and email not in self.broken:
            return email
        return COMPANY if self.hook and COMPANY not in self.broken else ""

    def hook_of(self, address: str) -> str:
        return self.hook if address == COMPANY else self.person(address).hook

    def person(self, email: str) -> SlackPerson:
        return self.people.get(email, SlackPerson())


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """One endpoint. `secrets` sign its deliveries, the newest first; none when they can't be decrypted."""

    id: str
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """`webhooks`: id -> endpoint."""

    slack: SlackSettings = field(default_factory=SlackSettings)
    webhooks: Mapping[str, WebhookEndpoint] = field(default_factory=dict)


def is_given_up(failing_since: datetime, now: datetime) -> bool:
    return now - failing_since >= GIVEN_UP_AFTER


def live_secrets(secret: str, former: str, former_until: datetime | None, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now: the former one too, as long as a rotation lasts."""
    is_rotating = bool(former) and former_until is not None and now < former_until
    return tuple(one for one in (secret, former if is_rotating else "") if one)
