"""Endpoints of webhooks: what happens to leads arrives there, signed and once, whatever workers and receivers do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from standardwebhooks import Webhook

from questionnaire import bootstrap
from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.handoff import lead_acts
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.integrations.webhook_endpoints import EndpointView
from questionnaire.actions.respond import resume
from questionnaire.actions.views import Person
from questionnaire.core.delivery.webhook_events import EVENT_TYPES
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow, WebhookEndpointRow
from tests.actions.installation import Office, everything, open_office, typed
from tests.actions.respond.test_resume import VISIT, partial
from tests.cast import anna
from tests.conventions.checkout import text
from tests.http_receiver import Receiver, Reply, open_receiver

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")
KEY = "e" * 32


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


@pytest.fixture
def office(database: Database, receiver: Receiver) -> Office:
    opened = open_office(database, QUESTIONNAIRE_OUTBOUND_HOSTS=receiver.host)
    opened.clock.at = anna().at
    return opened


def _add(office: Office, receiver: Receiver, *events: str) -> str:
    secret, problems = webhook_endpoints.add(
        office.toolbox, KEY, receiver.url(), events or EVENT_TYPES, office.clock.at
    )
    assert problems == ()
    return secret


def _view(office: Office) -> EndpointView:
    view = webhook_endpoints.endpoint(office.toolbox, KEY)
    assert view is not None
    return view


def _do(office: Office, act: Act) -> str:
    result = lead_acts.perform(office.toolbox, LENA, office.lead().id, act)
    assert result is not None
    assert result.refusal is None
    return result.event


def _bodies(receiver: Receiver) -> dict[str, Any]:
    """Type -> body, of everything that arrived since the last look."""
    found = {body["type"]: body for body in (json.loads(request.body) for request in receiver.requests)}
    assert len(found) == len(receiver.requests)
    receiver.requests.clear()
    return found


def _shape(value: Any) -> Any:
    return {name: _shape(inner) for name, inner in value.items()} if isinstance(value, dict) else type(value)


def _example(name: str) -> Any:
    page = text("docs/webhooks.md").partition(f"### `{name}`")[2]
    return json.loads(page.partition("```json")[2].partition("```")[0])


def test_the_life_of_a_lead_is_told_as_the_docs_say(office: Office, receiver: Receiver) -> None:
    _add(office, receiver)
    office.accept(typed(anna().filled), anna().at)
    office.work()
    told = _bodies(receiver)
    assert set(told) == {
        "response.completed", "lead.created", "lead.scored", "lead.mql", "lead.sql_ready", "lead.assigned",
    }  # fmt: skip
    assert told["lead.scored"]["sequence"] < told["lead.assigned"]["sequence"]
    assert (told["lead.created"]["data"]["lead"]["stage"], told["lead.assigned"]["data"]["lead"]["owner"]) == (
        "lead",
        "lena",
    )
    office.clock.at = datetime.fromisoformat("2026-10-05T09:18:00+02:00")
    office.work()
    receiver.requests.clear()
    undone = _do(office, acts.LogContact())
    _do(office, acts.UndoAct(undone))
    _do(office, acts.LogContact())
    office.work()
    assert _bodies(receiver) == {}, "what can be undone is not told yet"
    office.clock.forward(minutes=11)
    office.work()
    told |= _bodies(receiver)
    assert "lead.contacted" in told
    _do(office, acts.RejectLead("no_budget", "Anna said the 2026 budget is spent."))
    office.clock.forward(minutes=11)
    office.work()
    told |= _bodies(receiver)
    wrong = [name for name, body in told.items() if _shape(body) != _shape(_example(name))]
    assert {"lead.feedback", "lead.recycled"} <= set(told)
    assert wrong == []
    said = json.dumps(told)
    assert [word for word in ("Anna", "Keller", "nordwind", "555", "budget is spent") if word in said] == []


def test_an_endpoint_gets_what_it_has_chosen_and_without_one_nothing_is_queued(
    office: Office, receiver: Receiver
) -> None:
    office.accept(typed(anna().filled), anna().at)
    with office.toolbox.database.reading() as session:
        assert [job.name for job in everything(session, JobRow) if job.name == "announce"] == []
    _add(office, receiver, "lead.contacted")
    webhook_endpoints.choose_events(office.toolbox, KEY, ["lead.feedback", "unknown"])
    assert _view(office).events == ("lead.feedback",)
    _do(office, acts.ConfirmSql({"problem": "no target for first contact", "budget": "20k", "interest": "yes"}))
    office.clock.forward(minutes=11)
    office.work()
    assert set(_bodies(receiver)) == {"lead.feedback"}


def test_who_begins_to_answer_is_told_once_and_without_a_name(office: Office, receiver: Receiver) -> None:
    _add(office, receiver, "response.started")
    for given in ({}, {"employees": ["50_199"]}, {"employees": ["50_199"], "industry": ["saas"]}):
        resume.save(office.toolbox, partial(office, given), office.clock.at)
    office.work()
    (request,) = receiver.requests
    body = json.loads(request.body)
    assert _shape(body) == _shape(_example("response.started"))
    assert VISIT not in str(request)


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_id(office: Office, receiver: Receiver) -> None:
    """The receiver drops the second copy by its id. The late worker's word counts no more."""
    secret = _add(office, receiver, "lead.created")
    office.accept(typed(anna().filled), anna().at)
    _run(office, "announce")
    first = _claim(office, "deliver", "worker-1")

    def take_over() -> None:
        """While the first worker waits for the answer, another one takes it for dead."""
        receiver.on_request = lambda: None
        with office.toolbox.database.writing() as session:
            assert job_queue.hand_back(session, first.key, "worker-1", office.clock.at)
        second = _claim(office, "deliver", "worker-2")
        assert second.key == first.key
        perform(office.toolbox, JOB_TYPES, second.key, second.turn, second.claims)

    receiver.on_request = take_over
    office.clock.at = bootstrap.now()
    perform(office.toolbox, JOB_TYPES, first.key, first.turn, first.claims)
    assert len(receiver.requests) == 2
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({request.body for request in receiver.requests}) == 1
    for request in receiver.requests:
        assert Webhook(secret).verify(request.body, request.headers)["type"] == "lead.created"
    (line,) = outbox_view.of_endpoint(office.toolbox, KEY)
    assert (line.state, line.error) == ("sent", "")
    office.work()
    assert len(receiver.requests) == 2


def _claim(office: Office, name: str, worker: str) -> JobRow:
    with office.toolbox.database.writing() as session:
        (job,) = job_queue.due_jobs(session, (name,), office.clock.at, 1)
        job_queue.claim(session, job, worker)
        return JobRow(**job.model_dump())


def _run(office: Office, name: str) -> None:
    with office.toolbox.database.writing() as session:
        jobs = job_queue.due_jobs(session, (name,), office.clock.at, 50)
        for job in jobs:
            job_queue.claim(session, job)
    for job in jobs:
        perform(office.toolbox, JOB_TYPES, job.key, job.turn, job.claims)


def test_a_delivery_that_was_given_up_is_seen_with_its_answer_and_sent_again(
    office: Office, receiver: Receiver
) -> None:
    secret = _add(office, receiver, "lead.created")
    receiver.reply = Reply(400)
    office.accept(typed(anna().filled), anna().at)
    began = office.clock.at
    for _ in range(10):
        office.work()
        office.clock.at = max(office.clock.at, _planned(office))
    assert timedelta(hours=75) <= office.clock.at - began <= timedelta(hours=84)
    (line,) = outbox_view.mails(office.toolbox).dead
    assert (line.kind, line.subject, line.channel, line.attempts) == ("webhook_event", "lead.created", "webhook", 10)
    assert line.error == "the endpoint answered 400"
    view = outbox_view.mail(office.toolbox, line.id)
    assert view is not None
    assert '"type": "lead.created"' in view.text
    assert secret not in view.text + str(view.headers)
    receiver.reply, sent = Reply(), len(receiver.requests)
    webhook_endpoints.switch(office.toolbox, KEY, on=True, now=office.clock.at)
    assert outbox_view.replay(office.toolbox, line.id)
    office.work()
    assert len(receiver.requests) == sent + 1
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert _view(office).failing_since is None


def _planned(office: Office) -> datetime:
    """When the one delivery of a webhook is tried next."""
    with office.toolbox.database.reading() as session:
        (row,) = session.exec(select(DeliveryRow).where(DeliveryRow.channel == "webhook")).all()
        return session.get_one(JobRow, row.job_key).not_before


def test_an_endpoint_that_fails_for_five_days_or_is_gone_is_switched_off_and_administrators_hear_of_it(
    office: Office, receiver: Receiver
) -> None:
    office.hire("ada", "admin")
    _add(office, receiver, "lead.created", "lead.scored")
    receiver.reply = Reply(500)
    office.accept(typed(anna().filled), anna().at)
    office.work()
    assert (_view(office).is_on, _view(office).last_error) == (True, "the endpoint answered 500")
    began = _view(office).failing_since
    assert began is not None
    office.clock.at = began + timedelta(days=5)
    webhook_endpoints.send_test(office.toolbox, KEY, office.clock.at)
    office.work()
    view = _view(office)
    assert (view.is_on, view.off_reason) == (False, "failing")
    mails = [mail for mail in _mails(office) if mail.kind == "channel_off"]
    assert [(mail.recipient, mail.payload["subject"]) for mail in mails] == [
        ("ada@nordlicht.example", "[Webhook is off] 127.0.0.1")
    ]
    assert "/desk/settings/webhooks" in mails[0].payload["text"]
    webhook_endpoints.switch(office.toolbox, KEY, on=True, now=office.clock.at)
    receiver.reply = Reply(410)
    webhook_endpoints.send_test(office.toolbox, KEY, office.clock.at)
    office.work()
    assert _view(office).off_reason == "gone"


def _mails(office: Office) -> list[DeliveryRow]:
    office.work()
    with office.toolbox.database.reading() as session:
        return list(session.exec(select(DeliveryRow).where(DeliveryRow.channel == "mail")).all())


def test_a_rotated_secret_signs_beside_the_former_one_for_a_day(office: Office, receiver: Receiver) -> None:
    office.clock.at = bootstrap.now()
    former = _add(office, receiver)
    new = webhook_endpoints.rotate(office.toolbox, KEY, office.clock.at)
    webhook_endpoints.send_test(office.toolbox, KEY, office.clock.at)
    office.work()
    (request,) = receiver.requests
    assert Webhook(former).verify(request.body, request.headers)["type"] == "webhook.test"
    assert Webhook(new).verify(request.body, request.headers)["type"] == "webhook.test"
    office.clock.forward(hours=24, seconds=1)
    webhook_endpoints.send_test(office.toolbox, KEY, office.clock.at)
    office.work()
    assert len(receiver.requests[1].headers["webhook-signature"].split(" ")) == 1
    with office.toolbox.database.reading() as session:
        stored = session.get_one(WebhookEndpointRow, KEY)
        kept = f"{stored.secret} {stored.former_secret} {[row.payload for row in everything(session, DeliveryRow)]}"
    assert [secret for secret in (former, new) if secret in kept or secret.removeprefix("whsec_") in kept] == []


def test_an_endpoint_that_was_deleted_gets_nothing_more(office: Office, receiver: Receiver) -> None:
    _add(office, receiver)
    webhook_endpoints.send_test(office.toolbox, KEY, office.clock.at)
    webhook_endpoints.delete(office.toolbox, KEY)
    office.work()
    (line,) = outbox_view.mails(office.toolbox).dead
    assert (line.error, receiver.requests) == ("the endpoint was deleted", [])


def test_a_url_inside_the_network_and_no_event_are_refused(office: Office) -> None:
    secret, problems = webhook_endpoints.add(office.toolbox, KEY, "https://10.0.0.1/", ["nothing"], office.clock.at)
    assert secret == ""
    assert [(problem.code, problem.where) for problem in problems] == [
        ("webhook_url", ("url", "address")),
        ("webhook_events", ("events",)),
    ]
