"""The outbox at the desk: messages as text, replayed by those who look after delivery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from questionnaire.actions.delivery import delivery as mailing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow, StaffRow
from tests.notify.samples import notifications
from tests.notify.toy import Toy, register
from tests.web.client import csrf
from tests.web.stored import store_mail

Desk = Callable[[str], FlaskClient]


def test_a_mail_is_shown_as_text_with_links_and_nothing_else(as_role: Desk, toolbox: Toolbox) -> None:
    address = store_mail(toolbox, "sent")
    ops = as_role("ops")
    assert "Your report &lt;is&gt; ready" in ops.get("/desk/mailbox").text
    page = ops.get(address).text
    assert '<a href="https://diagnostic.example/r/abc">' in page
    assert "&lt;script&gt;" in page


def test_a_mail_that_gave_up_can_be_sent_again_by_who_looks_after_the_post(as_role: Desk, toolbox: Toolbox) -> None:
    address = store_mail(toolbox, "dead")
    ops = as_role("ops")
    page = ops.get(address)
    assert "550 no such mailbox" in page.text
    assert ops.post(f"{address}/replay", data={"csrf_token": csrf(page)}).status_code == 303
    with toolbox.database.reading() as session:
        assert session.get_one(JobRow, "deliver:m1").state == "waiting"
        assert session.get_one(DeliveryRow, "m1").state == "queued"
    assert as_role("rep").get(address).status_code == 403


def test_our_own_limit_is_named_in_the_language_of_the_reader(as_role: Desk, toolbox: Toolbox) -> None:
    address = store_mail(toolbox, "dead")
    with toolbox.database.writing() as session:
        mail = session.get(DeliveryRow, "m1")
        assert mail
        mail.last_error = "the cap of 10 mails in 24 h for one mailbox is reached"
        session.exec(select(StaffRow).where(col(StaffRow.role) == "ops")).one().language = "fr"
    page = as_role("ops").get(address).text
    assert "limite de 10 e-mails en 24\u00a0h pour ce destinataire atteinte" in page


def test_the_outbox_page_shows_messages_of_any_channel(
    as_role: Desk, toolbox: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, Toy(tmp_path))
    messages = mailing.render(toolbox, notifications("en")[0])
    with toolbox.database.writing() as session:
        (delivery_id,) = mailing.post(toolbox, session, messages, "r1")
        job_queue.stop(session, f"deliver:{delivery_id}", "DeliveryFailed: no such room", toolbox.now())
    ops = as_role("ops")
    assert "Toy: report_ready" in ops.get("/desk/mailbox").text
    page = ops.get(f"/desk/mailbox/{delivery_id}")
    assert '<a href="https://q/r/t">' in page.text
    assert "#anna" in page.text
    assert ops.post(f"/desk/mailbox/{delivery_id}/replay", data={"csrf_token": csrf(page)}).status_code == 303


def test_an_empty_mailbox_says_what_will_be_in_it(as_role: Desk) -> None:
    assert "No messages yet" in as_role("ops").get("/desk/mailbox").text
