"""Answers on their way: saved, found again by a mailed link, finished once, and counted without saying whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from questionnaire.actions.respond import resume
from questionnaire.actions.respond.acceptance import AcceptedResponse, SubmissionContext
from questionnaire.actions.respond.resume import Link, PartialResponse
from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.storage.tables import PartialResponseRow, VisitRow
from tests.actions.installation import SLUG, Office, everything, send_form, typed
from tests.cast import anna
from tests.smtp_server import open_post_office

DRAFT, VISIT = "d" * 32, "e" * 32


def partial(office: Office, given: Mapping[str, Sequence[str]], **more: Any) -> PartialResponse:
    values: dict[str, Any] = {
        "survey": office.publication.survey, "language": "en", "draft": DRAFT, "visit": VISIT, "typed": given,
        "seen": ("employees", "industry"), "at": ("industry",), **more,
    }  # fmt: skip
    return PartialResponse(**values)


def rows(office: Office, table: type[Any]) -> list[Any]:
    with office.toolbox.database.reading() as session:
        return everything(session, table)


def link_in(office: Office) -> str:
    (mail,) = [mail for mail in office.mails() if mail.kind == "resume_link"]
    return next(word for word in mail.text.split() if word.startswith("https://"))


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["resume"][0]


def test_a_screen_saves_what_was_typed_and_the_next_one_replaces_it(office: Office) -> None:
    resume.save(office.toolbox, partial(office, {"employees": ["50_199"]}), office.clock.at)
    first = office.clock.at
    office.clock.forward(days=2)
    more = partial(office, {"employees": ["50_199"], "industry": ["saas"]}, at=("buying_role",))
    resume.save(office.toolbox, more, office.clock.at)
    (row,) = rows(office, PartialResponseRow)
    assert row.fields["typed"] == {"employees": ["50_199"], "industry": ["saas"]}
    assert (row.created_at, row.expires_at) == (first, office.clock.at + timedelta(days=30))
    (visit,) = rows(office, VisitRow)
    assert (visit.day, visit.seen, visit.answered) == (
        first.date(), ["employees", "industry"], ["employees", "industry"],
    )  # fmt: skip


def test_a_look_is_a_visit_and_no_draft(office: Office) -> None:
    resume.save(office.toolbox, partial(office, {}), office.clock.at)
    assert rows(office, PartialResponseRow) == []
    assert len(rows(office, VisitRow)) == 1


def test_a_visit_holds_neither_answers_nor_the_number_of_the_draft(office: Office) -> None:
    resume.save(office.toolbox, partial(office, {"employees": ["50_199"]}), office.clock.at)
    (visit,) = rows(office, VisitRow)
    assert "50_199" not in str(visit.model_dump())
    assert DRAFT not in str(visit.model_dump())


def test_contact_details_are_kept_only_when_a_consent_was_ticked(office: Office) -> None:
    given = {"employees": ["50_199"], "email": ["anna@nordwind.example"]}
    resume.save(office.toolbox, partial(office, given), office.clock.at)
    (row,) = rows(office, PartialResponseRow)
    assert row.fields["typed"] == {"employees": ["50_199"]}
    resume.save(office.toolbox, partial(office, given, agreed=True), office.clock.at)
    (row,) = rows(office, PartialResponseRow)
    assert row.fields["typed"]["email"] == ["anna@nordwind.example"]


@pytest.mark.parametrize("number", ["", "short", "D" * 32, "d" * 33, "../" * 10])
def test_numbers_that_are_none_save_nothing(office: Office, number: str) -> None:
    resume.save(office.toolbox, partial(office, {"employees": ["1_9"]}, draft=number, visit=number), office.clock.at)
    assert rows(office, PartialResponseRow) == rows(office, VisitRow) == []


def test_more_than_a_survey_holds_is_not_kept(office: Office) -> None:
    flood = {"employees": ["x" * 5000] * 60}
    resume.save(office.toolbox, partial(office, flood), office.clock.at)
    assert rows(office, PartialResponseRow) == []


def test_a_mailed_link_leads_back_for_thirty_days(office: Office) -> None:
    given = partial(office, {"employees": ["50_199"]}, known="a-signed-link")
    done = resume.mail_link(office.toolbox, given, " me@elsewhere.example ", office.clock.at)
    assert done is Link.ON_ITS_WAY
    link = link_in(office)
    (mail,) = [mail for mail in office.mails() if mail.kind == "resume_link"]
    assert mail.to == "me@elsewhere.example"
    assert "k=a-signed-link" in link
    assert "me@elsewhere.example" not in str([row.model_dump() for row in rows(office, PartialResponseRow)])
    back = resume.resume(office.toolbox, SLUG, token_of(link), office.clock.at + timedelta(days=29))
    assert back is not None
    assert (back.typed, back.at, back.survey_version) == ({"employees": ["50_199"]}, "industry", 4)
    assert resume.resume(office.toolbox, SLUG, token_of(link), office.clock.at + timedelta(days=30)) is None
    assert resume.resume(office.toolbox, "another", token_of(link), office.clock.at) is None
    assert resume.resume(office.toolbox, SLUG, "forged", office.clock.at) is None


def test_a_link_can_be_asked_for_before_the_first_answer(office: Office) -> None:
    done = resume.mail_link(office.toolbox, partial(office, {}), "me@elsewhere.example", office.clock.at)
    assert done is Link.ON_ITS_WAY
    back = resume.resume(office.toolbox, SLUG, token_of(link_in(office)), office.clock.at)
    assert back is not None
    assert back.typed == {}


def test_nobody_is_written_to_at_what_is_no_address(office: Office) -> None:
    nowhere = resume.mail_link(office.toolbox, partial(office, {}), "not an address", office.clock.at)
    nothing = resume.mail_link(office.toolbox, partial(office, {}, draft=""), "me@a.example", office.clock.at)
    assert nowhere is nothing is Link.NO_ADDRESS
    assert office.mails() == []


@pytest.mark.parametrize(
    "address",
    [
        "\u200bMe@Elsewhere.example\u200b",
        "ｍｅ＠ｅｌｓｅｗｈｅｒｅ．ｅｘａｍｐｌｅ",
        "me@elsewhere.example.",
        "\xa0me@elsewhere.example",
    ],
)
def test_a_link_goes_to_the_cleaned_address(office: Office, address: str) -> None:
    assert resume.mail_link(office.toolbox, partial(office, {}), address, office.clock.at) is Link.ON_ITS_WAY
    assert [mail.to for mail in office.mails()] == ["me@elsewhere.example"]


def test_no_link_is_announced_to_an_address_our_mail_server_cannot_send_to(office: Office) -> None:
    with open_post_office(enable_SMTPUTF8=False) as server:
        smtp = SmtpServer("127.0.0.1", server.port, "none")
        toolbox = replace(office.toolbox, settings=replace(office.toolbox.settings, smtp=smtp))
        said = resume.mail_link(toolbox, partial(office, {}), "zoë@elsewhere.example", office.clock.at)
    assert said is Link.NOT_REACHABLE
    assert rows(office, PartialResponseRow) == []
    assert office.mails() == []


def test_one_address_gets_no_more_than_three_links_in_ten_minutes_and_that_is_said(office: Office) -> None:
    said = []
    for number in range(5):
        given = partial(office, {"employees": ["50_199"]}, draft=f"{number:032x}")
        said.append(resume.mail_link(office.toolbox, given, "victim@elsewhere.example", office.clock.at))
    assert said == [Link.ON_ITS_WAY] * 3 + [Link.TOO_MANY] * 2
    assert len(office.mails()) == 3
    assert len(rows(office, PartialResponseRow)) == 5


def test_the_response_ends_the_draft_and_completes_the_visit(office: Office) -> None:
    resume.save(office.toolbox, partial(office, {"employees": ["50_199"]}), office.clock.at)
    context = SubmissionContext(
        office.publication,
        "key",
        draft=DRAFT,
        visit=VISIT,
        embedded=True,
        touches={"last": {"utm_source": "news"}},
    )
    done = send_form(office.toolbox, context, typed(anna().filled), office.clock.at)
    assert isinstance(done, AcceptedResponse)
    assert office.response(done).source == {"last": {"utm_source": "news"}}
    assert rows(office, PartialResponseRow) == []
    # What was on its way when the answers arrived does not open the visit again.
    resume.save(office.toolbox, partial(office, {}), office.clock.at)
    told = resume.dropoff(office.toolbox, SLUG)
    assert told is not None
    survey, figures = told
    assert survey.version == 4
    assert (figures.views, figures.completed) == (1, 1)


def test_a_visit_that_was_never_noted_is_counted_when_it_completes(office: Office) -> None:
    context = SubmissionContext(office.publication, "key", visit=VISIT)
    send_form(office.toolbox, context, typed(anna().filled), office.clock.at)
    told = resume.dropoff(office.toolbox, SLUG, 4)
    assert told is not None
    assert {step.name: (step.saw, step.answered, step.left) for step in told[1].steps}["budget"] == (1, 1, 0)
    assert resume.dropoff(office.toolbox, SLUG, 9) is None
    assert resume.dropoff(office.toolbox, "nowhere") is None


def test_a_letter_about_a_draft_that_is_gone_is_not_written(office: Office) -> None:
    resume.send_link(office.toolbox, "0" * 32, "me@elsewhere.example", "cause")
    with office.toolbox.database.reading() as session:
        assert session.exec(select(PartialResponseRow)).all() == []
    assert office.mails() == []
