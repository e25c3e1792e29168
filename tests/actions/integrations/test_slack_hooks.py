"""Slack beside email: one message for each lead and event, in the owner's channel, and nothing of it twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from questionnaire.actions import channel_settings
from questionnaire.actions.handoff import notifications
from questionnaire.actions.integrations import slack_hooks
from questionnaire.actions.integrations.slack_hooks import HookEntry
from questionnaire.core.delivery.channel_settings import COMPANY, FULL
from questionnaire.storage.db.engine import Database
from questionnaire.storage.people import settings_store, staff
from questionnaire.storage.tables import DeliveryRow
from tests.actions.installation import Office, open_office, typed
from tests.cast import anna
from tests.http_receiver import Receiver, Reply, open_receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


@pytest.fixture
def office(database: Database, receiver: Receiver) -> Office:
    opened = open_office(database, QUESTIONNAIRE_OUTBOUND_HOSTS=receiver.host)
    opened.clock.at = anna().at
    return opened


def _set(office: Office, company: str, **people: HookEntry) -> None:
    by_id = {_staff_id(office, rep): entry for rep, entry in people.items()}
    assert slack_hooks.change(office.toolbox, HookEntry(company), FULL, by_id, office.clock.at) == ()


def _staff_id(office: Office, rep: str) -> str:
    with office.toolbox.database.reading() as session:
        person = staff.by_rep(session, rep)
    assert person is not None
    return person.id


def _paths(receiver: Receiver) -> list[str]:
    """Where messages arrived since the last look."""
    found = [request.path for request in receiver.requests]
    receiver.requests.clear()
    return found


def _rows(office: Office, channel: str) -> list[DeliveryRow]:
    with office.toolbox.database.reading() as session:
        return list(session.exec(select(DeliveryRow).where(DeliveryRow.channel == channel)).all())


def test_a_lead_is_told_once_in_the_channel_of_its_owner_beside_the_email(office: Office, receiver: Receiver) -> None:
    _set(office, receiver.url("/all"), lena=HookEntry(member="U012AB3CD"))
    office.accept(typed(anna().filled), anna().at)
    office.work()
    (request,) = receiver.requests
    body = json.loads(request.body)
    assert (request.path, body["blocks"][0]["text"]["text"]) == ("/all", "A1 · Anna Keller, Nordwind Software")
    assert "<@U012AB3CD>" in body["blocks"][1]["text"]["text"]
    assert {"*Owner*\nLena Vogt"} <= {field["text"] for field in body["blocks"][2]["fields"]}
    assert f"/desk/leads/{office.lead().id}" in request.body.decode()
    assert "555" not in request.body.decode()
    assert "lead_assigned" in {row.kind for row in _rows(office, "mail")}
    # A job that runs twice tells nobody twice; told is told.
    (event,) = office.events("assigned")
    notifications.notify(office.toolbox, "lead_assigned", office.events("submitted")[0].response_id or "", event.id)
    office.work()
    assert len(receiver.requests) == 1
    assert [row.kind for row in _rows(office, "slack")] == ["lead_assigned"]


def test_several_managers_get_their_emails_and_their_common_channel_one_message(
    office: Office, receiver: Receiver
) -> None:
    office.hire("noor", "manager")
    _set(office, receiver.url("/all"))
    away = [_staff_id(office, rep) for rep in ("lena", "max")]
    with office.toolbox.database.writing() as session:
        for staff_id in away:
            staff.set_active(session, staff_id, False)
    office.accept(typed(anna().filled), anna().at)
    office.work()
    queued = [row.recipient for row in _rows(office, "mail") if row.kind == "lead_in_queue"]
    assert sorted(queued) == ["ines@nordlicht.example", "noor@nordlicht.example"]
    (request,) = receiver.requests
    assert "No one owns this lead" in request.body.decode()


def test_a_hook_that_slack_removed_is_told_to_administrators_and_the_company_channel_takes_over(
    office: Office, receiver: Receiver
) -> None:
    office.hire("ada", "admin")
    _set(office, receiver.url("/all"), lena=HookEntry(receiver.url("/lena")))
    receiver.replies = [Reply(404, b"no_service")]
    office.accept(typed(anna().filled), anna().at)
    office.work()
    assert _paths(receiver) == ["/lena"]
    (row,) = _rows(office, "slack")
    assert row.last_error == "Slack answered 404 no_service: the hook was removed in Slack, or its channel"
    (mail,) = [row for row in _rows(office, "mail") if row.kind == "channel_off"]
    assert (mail.recipient, mail.payload["subject"]) == (
        "ada@nordlicht.example", "[Slack is off] lena@nordlicht.example",
    )  # fmt: skip
    lena = next(person for person in slack_hooks.view(office.toolbox).people if person.name == "Lena Vogt")
    assert (lena.has_hook, "no_service" in lena.error) == (True, True)
    slack_hooks.send_test(office.toolbox, "lena@nordlicht.example", "en", office.clock.at)
    office.work()
    assert _paths(receiver) == ["/all"]
    # A new hook is used again.
    _set(office, "", lena=HookEntry(receiver.url("/lena-2")))
    slack_hooks.send_test(office.toolbox, "lena@nordlicht.example", "en", office.clock.at)
    office.work()
    assert _paths(receiver) == ["/lena-2"]


def test_a_hook_is_stored_so_that_the_database_alone_does_not_tell_it(office: Office, receiver: Receiver) -> None:
    hook = receiver.url("/services/T1/B1/geheim")
    _set(office, hook, lena=HookEntry(hook, member="U012AB3CD"))
    with office.toolbox.database.reading() as session:
        stored = json.dumps(settings_store.find(session, "slack"))
    assert "geheim" not in stored
    assert channel_settings.channels(office.toolbox).slack.hook == hook
    assert "geheim" not in repr(channel_settings.settings(office.toolbox))
    other = replace(office.toolbox.settings, secret_keys=(b"another-key-of-the-operator-0123456789",))
    elsewhere = replace(office.toolbox, settings=other)
    assert channel_settings.channels(elsewhere, fresh=True).slack.address("lena@nordlicht.example") == ""
    assert not slack_hooks.view(elsewhere).is_readable
    # Nothing entered keeps a hook; only "remove" removes it.
    _set(office, "")
    assert channel_settings.channels(office.toolbox).slack.hook_of(COMPANY) == hook
    slack_hooks.change(office.toolbox, HookEntry(remove=True), "link", {}, office.clock.at)
    assert channel_settings.channels(office.toolbox).slack.hook == ""


def test_what_is_no_hook_and_no_member_is_refused_and_nothing_stored(office: Office) -> None:
    lena = {_staff_id(office, "lena"): HookEntry("https://10.0.0.1/", member="<!channel>")}
    problems = slack_hooks.change(office.toolbox, HookEntry("http://hooks.slack.com/x"), FULL, lena, office.clock.at)
    assert [problem.code for problem in problems] == ["slack_hook", "slack_hook", "slack_member"]
    assert not slack_hooks.view(office.toolbox).is_used


def test_a_message_that_came_too_early_waits_as_long_as_slack_asks(office: Office, receiver: Receiver) -> None:
    _set(office, receiver.url("/all"))
    receiver.replies = [Reply(429, b"rate_limited", {"Retry-After": "120"})]
    slack_hooks.send_test(office.toolbox, "lena@nordlicht.example", "en", office.clock.at)
    office.work()
    office.clock.forward(seconds=119)
    office.work()
    assert len(receiver.requests) == 1, "the schedule alone would have tried after five seconds"
    office.clock.forward(seconds=1)
    office.work()
    assert len(receiver.requests) == 2
    assert [row.state for row in _rows(office, "slack")] == ["sent"]
