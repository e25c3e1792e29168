"""Mail that was not requested: the way out of it, and the list that holds it back, with a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from questionnaire.actions.delivery import delivery, outbox_view, suppressions
from questionnaire.core.brand.theme import Theme
from questionnaire.notify import compose, registry
from questionnaire.notify.audience import AUDIENCES, Audience, UndeclaredKind
from questionnaire.storage.db.engine import Database
from tests.actions.delivery.test_delivery import Post
from tests.rows import FRIDAY
from tests.smtp_server import PostOffice, open_post_office

ANNA = "Anna.Keller@Nordwind.example"
LINK = re.compile(rb"^List-Unsubscribe: <(https://q\.example/u/[\w.-]+)>\r?$", re.MULTILINE)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture
def unrequested(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of mail that nobody asked for: until there is one, the report stands in."""
    monkeypatch.setitem(AUDIENCES, "report_ready", Audience.UNREQUESTED)


def _mail(post: Post, cause: str, to: str = ANNA, language: str = "en") -> str:
    note = compose.report_ready(
        to, "Anna", "https://q.example/r/t", "https://q.example/r/t/report.pdf", Theme(name="N"), language
    )
    messages = delivery.render(post.toolbox, note)
    with post.database.writing() as session:
        (mail_id,) = delivery.post(post.toolbox, session, messages, cause)
    post.work()
    return mail_id


@pytest.mark.usefixtures("unrequested")
def test_who_unsubscribes_gets_no_mail_of_that_kind_until_they_undo_it(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    assert post.mail(_mail(post, "r1", language="de")).state == "sent"
    raw = office.letters[0].content
    found = LINK.search(raw)
    assert found, "the link is whole, on one line, and no encoded word"
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    assert f"Diese E-Mails abbestellen: {found[1].decode()}" in body.get_content()
    link = suppressions.read_link(post.toolbox, found[1].decode().rpartition("/")[2], FRIDAY)
    assert link is not None
    suppressions.unsubscribe(post.toolbox, link.address, FRIDAY)
    suppressions.unsubscribe(post.toolbox, link.address, FRIDAY)
    held = _mail(post, "r2", "anna.keller+news@nordwind.example")
    assert (post.mail(held).state, post.job(held).state, len(office.letters)) == ("suppressed", "done", 1)
    view = outbox_view.mail(post.toolbox, held)
    assert view is not None
    assert (view.line.state, view.line.error) == ("suppressed", "")
    suppressions.resubscribe(post.toolbox, link.address)
    assert post.mail(_mail(post, "r3")).state == "sent"
    assert len(office.letters) == 2


def test_what_somebody_asks_for_reaches_them_whatever_they_said_before(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    suppressions.unsubscribe(post.toolbox, ANNA, FRIDAY)
    assert post.mail(_mail(post, "r1")).state == "sent"
    assert b"List-Unsubscribe" not in office.letters[0].content


def test_a_mailbox_that_does_not_exist_gets_nothing_more_that_was_not_requested(
    database: Database, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(database, office.port)
    spam, gone = "bo@nordwind.example", "gone@nordwind.example"
    office.answers = {spam: "550 5.7.1 Looks like spam", gone: "550 5.1.1 No such user"}
    assert [post.job(_mail(post, "r1", to)).state for to in (spam, gone)] == ["dead", "dead"]
    post.post(1, to="rep@nordlicht.example")
    (entry,) = suppressions.entries(post.toolbox).lines
    assert (entry.address, entry.reason, entry.detail) == (gone, "bounced", "550 5.1.1 No such user")
    monkeypatch.setitem(AUDIENCES, "report_ready", Audience.UNREQUESTED)
    assert post.mail(_mail(post, "r2", gone)).state == "suppressed"
    assert post.job(_mail(post, "r2", spam)).state == "dead"


def test_a_rep_whose_mailbox_is_gone_is_no_entry_of_the_list(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    office.answers = {"rep1@n.example": "550 5.1.1 No such user"}
    mail_id = post.post(1)
    post.work()
    assert post.job(mail_id).state == "dead"
    assert suppressions.entries(post.toolbox).lines == ()


@pytest.mark.usefixtures("unrequested")
def test_a_new_kind_of_mail_cannot_leave_without_saying_whom_it_is_for(database: Database) -> None:
    post = Post(database)
    sample = compose.report_ready(
        ANNA, "", "https://q.example/r/t", "https://q.example/r/t/report.pdf", Theme(name="N"), "en"
    )
    with pytest.raises(UndeclaredKind, match="`newsletter` has no line in AUDIENCES"):
        delivery.render(post.toolbox, replace(sample, kind="newsletter"))
    bare = registry.render(sample, post.toolbox.settings)
    with database.writing() as session:
        with pytest.raises(UndeclaredKind):
            delivery.post(post.toolbox, session, [replace(bare[0], kind="newsletter")], "r1")
        with pytest.raises(ValueError, match="lacks its link"):
            delivery.post(post.toolbox, session, bare, "r1")
