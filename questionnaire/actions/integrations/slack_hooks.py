"""Slack: the company's hook, what messages show, and for each rep a hook or a member to mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions import channel_settings
from questionnaire.actions.channel_settings import SLACK
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.delivery.channel_settings import COMPANY, FULL, LINK
from questionnaire.core.delivery.outbound_rules import UrlRefusal, read_target
from questionnaire.notify import compose, compose_events, registry
from questionnaire.notify.brief import Brief, Headline
from questionnaire.notify.channel import Preview
from questionnaire.storage.people import settings_store, staff
from questionnaire.templating import words_for

_MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class SlackPersonView:
    """A rep. `has_hook`: their own; `error`: Slack’s last answer, once the hook is gone."""

    id: str
    name: str
    member: str
    has_hook: bool
    error: str


@dataclass(frozen=True, slots=True)
class SlackView:
    """`is_readable`: no hook is stored, or it can be decrypted."""

    has_hook: bool
    is_readable: bool
    shows: str
    error: str
    people: tuple[SlackPersonView, ...]

    @property
    def is_used(self) -> bool:
        return self.has_hook or any(person.has_hook for person in self.people)


@dataclass(frozen=True, slots=True)
class HookEntry:
    """What was entered for one hook: "" keeps the one that is stored, unless it is to be removed."""

    hook: str = field(default="", repr=False)
    remove: bool = False
    member: str = ""


def view(toolbox: Toolbox) -> SlackView:
    with toolbox.database.reading() as session:
        stored = settings_store.find(session, SLACK) or {}
        reps = [person for person in staff.all_staff(session) if person.rep and person.active]
    people: Mapping[str, Any] = stored.get("people") or {}
    broken: Mapping[str, Any] = stored.get("broken") or {}
    return SlackView(
        has_hook=bool(stored.get("hook")),
        is_readable=not stored.get("hook") or bool(channel_settings.read_hook(toolbox, stored["hook"])),
        shows=stored.get("shows") or FULL,
        error=str(broken.get(COMPANY, {}).get("error", "")),
        people=tuple(
            SlackPersonView(
                person.id,
                person.name or person.email,
                people.get(person.id, {}).get("member") or "",
                bool(people.get(person.id, {}).get("hook")),
                str(broken.get(person.email, {}).get("error", "")),
            )
            for person in reps
        ),
    )


def change(
    toolbox: Toolbox, company: HookEntry, shows: str, people: Mapping[str, HookEntry], now: datetime
) -> tuple[Problem, ...]:
    """Stores what was entered; `people` by their id on the staff. With a problem, nothing is stored."""
    entries = {"company": company, **people}
    problems = tuple(problem for where, entry in entries.items() for problem in _problems(toolbox, where, entry))
    if problems:
        return problems
    with toolbox.database.writing() as session:
        stored = dict(settings_store.find(session, SLACK) or {})
        own = dict(stored.get("people") or {})
        emails = {person.id: person.email for person in staff.all_staff(session)}
        broken = dict(stored.get("broken") or {})
        for staff_id, entry in people.items():
            if staff_id in emails:
                own[staff_id] = _merged(toolbox, own.get(staff_id) or {}, entry)
                _mend(broken, emails[staff_id], entry)
        _mend(broken, COMPANY, company)
        values = {
            "hook": _merged(toolbox, stored, company)["hook"],
            "shows": shows if shows in (FULL, LINK) else FULL,
            "people": {staff_id: one for staff_id, one in own.items() if any(one.values())},
            "broken": broken,
        }
        settings_store.keep(session, SLACK, values, now)
    channel_settings.forget(toolbox)
    return ()


def _merged(toolbox: Toolbox, stored: Mapping[str, Any], entry: HookEntry) -> dict[str, Any]:
    hook = "" if entry.remove else stored.get("hook") or ""
    if entry.hook.strip():
        hook = channel_settings.write_hook(toolbox, entry.hook.strip())
    return {"hook": hook, "member": entry.member.strip()}


def _mend(broken: dict[str, Any], address: str, entry: HookEntry) -> None:
    if entry.hook.strip() or entry.remove:
        broken.pop(address, None)


def _problems(toolbox: Toolbox, where: str, entry: HookEntry) -> Iterable[Problem]:
    if entry.hook.strip() and isinstance(read_target(entry.hook, toolbox.settings.outbound_hosts), UrlRefusal):
        hint = "copy it in Slack; it begins with https://hooks.slack.com/services/"
        yield Problem("slack_hook", (where, "hook"), "this is not the URL of a hook", hint)
    if entry.member.strip() and not _MEMBER.fullmatch(entry.member.strip()):
        yield Problem("slack_member", (where, "member"), "this is not a member id", "copy it from the profile in Slack")


def preview(toolbox: Toolbox, language: str, zone: str) -> Preview:
    """A new lead as it would stand in the channel now."""
    words = words_for(language)
    now = toolbox.now()
    brief = Brief(
        headline=Headline("Anna Keller", "VP Sales", "Nordwind Software", "50–199", "DE"),
        link=f"{toolbox.settings.public_url}/desk/leads/…",
        thread="",
        zone=zone,
        why=words("Decision-maker, asked for a demo, project within three months."),
        label="A1",
        due_at=now + timedelta(hours=1),
        owner="Lena Vogt",
    )
    channel = registry.open_channel("slack", channel_settings.settings(toolbox, fresh=True))
    return channel.preview(channel.render(compose.lead_assigned("", brief, language)))


def send_test(toolbox: Toolbox, to: str, language: str, now: datetime) -> str:
    """Puts a message into the outbox, and returns its id; "" when messages for this person go nowhere."""
    link = f"{toolbox.settings.public_url}/desk/settings/slack"
    messages = delivery.render(toolbox, compose_events.slack_test(to, link, language), fresh=True)
    with toolbox.database.writing() as session:
        posted = delivery.post(toolbox, session, messages, f"slack_test {now.isoformat()} {toolbox.new_id()}")
    return posted[0] if posted else ""
