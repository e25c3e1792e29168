"""Greets the newcomer: says what a half-added channel still lacks, and tries a toy of one on real databases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from questionnaire.actions.delivery import delivery, outbox_view
from questionnaire.core.delivery.channel_settings import ChannelSettings, SlackSettings, WebhookEndpoint
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.notify import registry
from questionnaire.notify.channel import Channel, Delivery
from questionnaire.notify.compose import KINDS
from questionnaire.notify.notification import Notification
from questionnaire.notify.registry import CHANNELS
from questionnaire.notify.result import IN_MAILBOX, Delivered
from questionnaire.settings import Settings
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.conventions.checkout import text, told
from tests.notify.samples import notifications
from tests.notify.toy import BUSY, REFUSED, Toy, register
from tests.rows import FRIDAY
from tests.toolboxes import Clock, still_toolbox, toolbox_for

MEMBERS = ("address", "destination", "render", "send", "preview")


def lacking(name: str, make: Callable[[Settings], Channel], settings: Settings) -> list[str]:
    """What this channel still needs before it is one, in words."""
    wrong = []
    if not re.match(rf"questionnaire\.notify\.{name}(\.|$)", make.__module__):
        wrong.append(f"is made in {make.__module__}; its place is questionnaire/notify/{name}.py or a folder {name}/")
    contract = text("pyproject.toml").partition('containers = ["questionnaire.notify"]')[2].partition("\n]")[0]
    if not re.search(rf"\b{name}\b", contract):
        wrong.append("stands in no line of channels of the notify contract in pyproject.toml")
    if f"`{name}`" not in text("docs/operating.md").partition("## Outgoing messages")[2].partition("\n## ")[0]:
        wrong.append("is not described in docs/operating.md under “Outgoing messages”")
    if not any(name in registry.channels_of(one) for one in notifications("en")):
        wrong.append("takes no notification: let channels_for() in notify/registry.py choose it")
    try:
        channel = make(settings)
    except AttributeError as error:
        unmade = (
            f"cannot be made from the settings: {error}; its setting lacks a field, see “a setting” in CONTRIBUTING.md"
        )
        return [f"channel `{name}` {line}" for line in (*wrong, unmade)]
    missing = [
        f"lacks {member}(), see Channel in notify/channel.py" for member in MEMBERS if not hasattr(channel, member)
    ]
    if not missing:
        samples = [one for language in ("en", "fr") for one in notifications(language)]
        chosen = [one for one in samples if name in registry.channels_of(one)]
        wrong += _unfit(channel, chosen or samples)
    return [f"channel `{name}` {line}" for line in dict.fromkeys([*wrong, *missing])]


def _unfit(channel: Channel, samples: Iterable[Notification]) -> Iterable[str]:
    """What is wrong with what it makes of each kind of notification."""
    for sample in samples:
        address = channel.address(sample.recipient)
        if not address or not channel.destination(address):
            yield (
                "has no address for a recipient, or no destination for its circuit breaker; if it needs a setting, set "
                "it in _settings() of tests/notify/test_channels.py"
            )
        payload = channel.render(sample)
        if json.loads(json.dumps(dict(payload))) != dict(payload):
            yield f"renders `{sample.kind}` into something that is not plain JSON"
        preview = channel.preview(payload)
        if not preview.title or "{{" in preview.title + preview.text:
            yield f"shows `{sample.kind}` in the outbox without a title, or with markup left over"
        links = re.findall(r"https://q[^'\"), ]*", str(sample.context))
        if links and not any(link in preview.text for link in links):
            yield f"leaves out the link of `{sample.kind}`"


def _settings() -> Settings:
    settings = toolbox_for("sqlite:////tmp/never-opened/q.sqlite3").settings
    slack = SlackSettings(hook="https://hooks.slack.example/services/T1/B1/x")
    endpoint = WebhookEndpoint("e1", "https://crm.example/hook", ("whsec_" + "A" * 32,))
    return replace(settings, channels=ChannelSettings(slack, {"e1": endpoint}))


def test_every_channel_is_whole() -> None:
    wrong = [line for name, make in CHANNELS.items() for line in lacking(name, make, _settings())]
    assert not wrong, told(wrong)


def test_in_the_demo_no_channel_sends_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Toy(tmp_path)
    monkeypatch.setitem(CHANNELS, "toy", lambda settings: toy)
    message = Delivery("lead_assigned", "#lena", {"kind": "lead_assigned"}, "<1@q.example>", FRIDAY, FRIDAY)
    assert registry.open_channel("toy", replace(_settings(), demo=True)).send(message) == Delivered(IN_MAILBOX)
    assert toy.attempts == 0
    assert registry.open_channel("toy", _settings()).send(message) == Delivered()


def test_a_channel_without_its_setting_says_so() -> None:
    def make(settings: Settings) -> Channel:
        return settings.matrix_url  # type: ignore[attr-defined, no-any-return]

    assert "cannot be made from the settings" in told(lacking("half", make, _settings()))


def test_a_half_added_channel_is_told_what_it_lacks(tmp_path: Path) -> None:
    class Half(Toy):
        def render(self, notification: Notification) -> dict[str, object]:
            return {"kind": notification.kind, "links": (), "language": ""}

    half = Half(tmp_path)
    said = told(lacking("half", lambda settings: half, _settings()))
    for words in (
        "its place is questionnaire/notify/half.py",
        "the notify contract",
        "not described in docs/operating.md",
        "takes no notification: let channels_for()",
        "renders `digest` into something that is not plain JSON",
        "leaves out the link of `lead_assigned`",
    ):
        assert words in said
    said = told(lacking("half", lambda settings: object(), _settings()))  # type: ignore[arg-type, return-value]
    assert all(f"lacks {member}()" in said for member in MEMBERS)


class Outbox:
    """An installation whose notifications go out by the toy channel; its jobs are done by hand."""

    def __init__(self, database: Database, toy: Toy) -> None:
        self.clock, self.database, self.toy, self.posted = Clock(), database, toy, 0
        self.toolbox = still_toolbox(database, self.clock)

    def post(self, notification: Notification, cause: str = "") -> list[str]:
        self.posted += 1
        messages = delivery.render(self.toolbox, notification)
        with self.database.writing() as session:
            return list(delivery.post(self.toolbox, session, messages, cause or f"cause {self.posted}"))

    def work(self) -> int:
        done = 0
        while True:
            with self.database.writing() as session:
                jobs = job_queue.due_jobs(session, tuple(JOB_TYPES), self.clock.at, 50)
                for job in jobs:
                    job_queue.claim(session, job, "worker-1")
            for job in jobs:
                perform(self.toolbox, JOB_TYPES, job.key, job.turn, job.claims)
            if not jobs:
                return done
            done += len(jobs)

    def job(self, delivery_id: str) -> JobRow:
        with self.database.reading() as session:
            return session.get_one(JobRow, f"deliver:{delivery_id}")

    def state(self, delivery_id: str) -> str:
        view = outbox_view.mail(self.toolbox, delivery_id)
        assert view is not None
        return view.line.state


@pytest.fixture
def outbox(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    folder = tmp_path / "room"
    folder.mkdir()
    toy = Toy(folder)
    register(monkeypatch, toy)
    return Outbox(database, toy)


SAMPLES = {sample.kind: sample for sample in notifications("en")}
ANY = SAMPLES["lead_assigned"]


def test_a_message_of_every_kind_arrives_once_through_any_channel(outbox: Outbox) -> None:
    for kind in KINDS:
        assert len(outbox.post(SAMPLES[kind], "r1")) == 1
        assert outbox.post(SAMPLES[kind], "r1") == []
    outbox.work()
    assert outbox.toy.kinds() == sorted(KINDS)
    box = outbox_view.mails(outbox.toolbox)
    assert {(line.subject, line.state) for line in box.mails} == {(f"Toy: {kind}", "sent") for kind in KINDS}


def test_what_was_refused_for_now_is_tried_again_whatever_the_channel(outbox: Outbox) -> None:
    outbox.toy.answers = [BUSY]
    (delivery_id,) = outbox.post(ANY)
    outbox.work()
    assert (outbox.state(delivery_id), outbox.job(delivery_id).last_error) == ("queued", "DeliveryFailed: busy")
    outbox.clock.at = outbox.job(delivery_id).not_before
    outbox.work()
    assert outbox.state(delivery_id) == "sent"
    (line,) = outbox_view.mails(outbox.toolbox).mails
    assert (line.attempts, line.error) == (2, "")


def test_what_was_given_up_is_seen_and_sent_again_whatever_the_channel(outbox: Outbox) -> None:
    outbox.toy.answers = [REFUSED]
    (delivery_id,) = outbox.post(ANY)
    outbox.work()
    (line,) = outbox_view.mails(outbox.toolbox).dead
    assert (line.subject, line.to, line.state, line.error) == ("Toy: lead_assigned", "#lena", "dead", "no such room")
    assert outbox_view.replay(outbox.toolbox, delivery_id)
    assert not outbox_view.replay(outbox.toolbox, delivery_id)
    outbox.work()
    assert outbox.state(delivery_id) == "sent"
    assert outbox_view.mails(outbox.toolbox).dead == ()


def test_a_destination_that_is_down_is_left_alone_and_probed_whatever_the_channel(outbox: Outbox) -> None:
    outbox.toy.down = True
    sent = [delivery_id for _ in range(6) for delivery_id in outbox.post(ANY)]
    outbox.work()
    assert outbox.toy.attempts == 3
    with outbox.database.reading() as session:
        breaker = circuit_breakers.breaker(session, "toy room")
    assert breaker.is_open
    outbox.clock.at = breaker.probe_at or FRIDAY
    delivery.probe_destinations(outbox.toolbox)
    outbox.work()
    assert outbox.toy.attempts == 4
    outbox.toy.down = False
    outbox.clock.forward(minutes=1)
    delivery.probe_destinations(outbox.toolbox)
    outbox.work()
    assert {outbox.state(delivery_id) for delivery_id in sent} == {"sent"}
    assert outbox.toy.attempts == 10
    assert outbox.clock.at - FRIDAY < timedelta(minutes=2)


def test_one_notification_by_two_channels_is_two_messages_that_do_not_wait_for_each_other(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, outbox.toy, ("mail", "toy"))
    outbox.toy.answers = [BUSY]
    by_mail, by_toy = outbox.post(ANY)
    outbox.work()
    assert (outbox.state(by_mail), outbox.state(by_toy)) == ("delivered_to_mailbox", "queued")
    with outbox.database.reading() as session:
        mail, toy = (session.get_one(DeliveryRow, name) for name in (by_mail, by_toy))
        assert (mail.channel, mail.recipient, toy.channel, toy.recipient) == ("mail", "lena@n.example", "toy", "#lena")
        assert delivery.is_posted(outbox.toolbox, session, ANY.kind, "cause 1", ANY.recipient)
        assert not delivery.is_posted(outbox.toolbox, session, ANY.kind, "cause 2", ANY.recipient)


def test_a_message_whose_channel_is_gone_is_given_up_and_still_shown(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    (delivery_id,) = outbox.post(ANY)
    monkeypatch.delitem(registry.CHANNELS, "toy")
    outbox.work()
    view = outbox_view.mail(outbox.toolbox, delivery_id)
    assert view is not None
    assert (view.line.state, view.line.subject) == ("dead", "lead_assigned")
    assert "there is no channel toy" in view.line.error
    assert '"links"' in view.text
