"""The endpoints of webhooks: adding, changing, switching, rotating a secret, sending a test."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions import channel_settings
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.delivery.channel_settings import ROTATION
from questionnaire.core.delivery.outbound_rules import UrlRefusal, read_target
from questionnaire.core.delivery.retry import Breaker
from questionnaire.core.delivery.webhook_events import EVENT_TYPES, TEST
from questionnaire.notify import compose_events, registry
from questionnaire.storage import Session
from questionnaire.storage.delivery import circuit_breakers, webhook_endpoints
from questionnaire.storage.delivery.webhook_endpoints import OFF, ON
from questionnaire.storage.tables import WebhookEndpointRow

MOST = 20
URL_HINTS: Mapping[str, str] = {
    "url": "write https://crm.example.com/hooks/leads",
    "user": "leave user and password out; the signature shows who sends",
    "http": "write https://; the operator may allow http for this host",
    "port": "leave the port out; the operator may allow it for this host",
    "address": "name a host on the internet; the operator may allow this one",
}


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint as its page shows it. `is_readable`: its secret can be decrypted; `former_until`: the former one
    signs too until then, None when it does not."""

    id: str
    url: str
    events: tuple[str, ...]
    is_on: bool
    off_reason: str
    off_at: datetime | None
    failing_since: datetime | None
    succeeded_at: datetime | None
    last_error: str
    created_at: datetime
    is_readable: bool
    former_until: datetime | None


def endpoints(toolbox: Toolbox) -> tuple[EndpointView, ...]:
    with toolbox.database.reading() as session:
        return tuple(_view(toolbox, row) for row in webhook_endpoints.all_endpoints(session))


def endpoint(toolbox: Toolbox, endpoint_id: str) -> EndpointView | None:
    with toolbox.database.reading() as session:
        row = webhook_endpoints.get(session, endpoint_id)
        return _view(toolbox, row) if row is not None else None


def add(
    toolbox: Toolbox, endpoint_id: str, url: str, events: Sequence[str], now: datetime
) -> tuple[str, tuple[Problem, ...]]:
    """The secret of a new endpoint, or why there is none. `endpoint_id` names one press of the button: "" and no
    problem when it was pressed before."""
    problems = [*_url_problems(toolbox, url), *_event_problems(events)]
    if len(endpoints(toolbox)) >= MOST:
        problems.append(Problem("webhook_most", ("url",), f"there are {MOST} endpoints", "delete one"))
    if problems:
        return "", tuple(problems)
    secret = _new_secret(toolbox)
    row = WebhookEndpointRow(
        id=endpoint_id,
        url=url.strip(),
        events=_in_order(events),
        secret=channel_settings.write_secret(toolbox, secret),
        created_at=now,
    )
    with toolbox.database.writing() as session:
        is_new = webhook_endpoints.add(session, row)
    channel_settings.forget(toolbox)
    return (secret if is_new else ""), ()


def choose_events(toolbox: Toolbox, endpoint_id: str, events: Sequence[str]) -> tuple[Problem, ...]:
    problems = tuple(_event_problems(events))
    if not problems:
        with toolbox.database.writing() as session:
            row = webhook_endpoints.lock(session, endpoint_id)
            if row is not None:
                row.events = _in_order(events)
    return problems


def switch(toolbox: Toolbox, endpoint_id: str, *, on: bool, now: datetime) -> None:
    """Switched on, it starts anew: what failed before counts no more."""
    with toolbox.database.writing() as session:
        if on:
            _close_breaker(toolbox, session, endpoint_id)
        row = webhook_endpoints.lock(session, endpoint_id)
        if row is not None and on:
            row.state, row.off_reason, row.off_at, row.failing_since = ON, "", None, None
        elif row is not None and row.state == ON:
            row.state, row.off_reason, row.off_at = OFF, "admin", now
    channel_settings.forget(toolbox)


def rotate(toolbox: Toolbox, endpoint_id: str, now: datetime) -> str:
    """A new secret, returned once; the former one signs too for a day. "" when there is no such endpoint."""
    secret = _new_secret(toolbox)
    with toolbox.database.writing() as session:
        row = webhook_endpoints.lock(session, endpoint_id)
        if row is None:
            return ""
        row.former_secret, row.former_until = row.secret, now + ROTATION
        row.secret = channel_settings.write_secret(toolbox, secret)
    channel_settings.forget(toolbox)
    return secret


def delete(toolbox: Toolbox, endpoint_id: str) -> None:
    with toolbox.database.writing() as session:
        webhook_endpoints.delete(session, endpoint_id)
    channel_settings.forget(toolbox)


def send_test(toolbox: Toolbox, endpoint_id: str, now: datetime) -> str:
    """Puts a test into the outbox, and returns its id; "" when there is no such endpoint. It is tried at once, even if
    the endpoint is paused: somebody is waiting to see what it says."""
    link = f"{toolbox.settings.public_url}/desk/settings/webhooks/{endpoint_id}"
    notification = compose_events.webhook_event(endpoint_id, TEST, now, {"url": link})
    messages = delivery.render(toolbox, notification, fresh=True)
    with toolbox.database.writing() as session:
        _close_breaker(toolbox, session, endpoint_id)
        posted = delivery.post(toolbox, session, messages, f"{TEST} {now.isoformat()} {toolbox.new_id()}")
    return posted[0] if posted else ""


def _close_breaker(toolbox: Toolbox, session: Session, endpoint_id: str) -> None:
    """Before the row of the endpoint is locked, as everywhere."""
    settings = channel_settings.settings(toolbox)
    name = registry.open_channel("webhook", settings).destination(endpoint_id)
    circuit_breakers.lock(session, name)
    circuit_breakers.keep(session, name, Breaker())


def _new_secret(toolbox: Toolbox) -> str:
    """`whsec_` and 24 random bytes in base64, as the specification has it."""
    token = toolbox.new_token()
    random = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    return "whsec_" + base64.b64encode(random).decode()


def _in_order(events: Iterable[str]) -> list[str]:
    chosen = set(events)
    return [name for name in EVENT_TYPES if name in chosen]


def _url_problems(toolbox: Toolbox, url: str) -> Iterable[Problem]:
    target = read_target(url, toolbox.settings.outbound_hosts)
    if isinstance(target, UrlRefusal):
        yield Problem("webhook_url", ("url", target.code), "nothing can be sent to this URL", URL_HINTS[target.code])


def _event_problems(events: Sequence[str]) -> Iterable[Problem]:
    if not _in_order(events):
        yield Problem("webhook_events", ("events",), "no event is chosen", "choose at least one")


def _view(toolbox: Toolbox, row: WebhookEndpointRow) -> EndpointView:
    is_rotating = bool(row.former_secret) and row.former_until is not None and row.former_until > toolbox.now()
    return EndpointView(
        id=row.id,
        url=row.url,
        events=tuple(row.events),
        is_on=row.state == ON,
        off_reason=row.off_reason,
        off_at=row.off_at,
        failing_since=row.failing_since,
        succeeded_at=row.succeeded_at,
        last_error=row.last_error,
        created_at=row.created_at,
        is_readable=bool(channel_settings.read_secret(toolbox, row.secret)),
        former_until=row.former_until if is_rotating else None,
    )
