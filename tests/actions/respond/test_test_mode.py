"""Test answers on both databases: stored for their result alone, never judged, and deleted as a whole."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import select

from questionnaire.actions.respond import judgement, test_mode
from questionnaire.actions.respond.acceptance import AcceptedResponse, SubmissionContext
from questionnaire.storage.responses import test_data
from questionnaire.storage.tables import LeadRow
from tests.actions.installation import SLUG, Office, send_form, typed
from tests.cast import anna


def test_a_test_answer_is_never_judged_and_leaves_nothing_behind(office: Office) -> None:
    box, at = office.toolbox, anna().at
    sent = []
    for number in range(3):
        context = SubmissionContext(office.publication, f"test-{number}", test=True, visit="c" * 32)
        done = send_form(box, context, typed(anna().filled), at + timedelta(minutes=number))
        assert isinstance(done, AcceptedResponse)
        judgement.judge_response(box, done.response_id)
        sent.append(done.response_id)
    real = office.accept(typed(anna().filled), at)
    with box.database.reading() as session:
        assert session.exec(select(func.count()).select_from(LeadRow)).one() == 1
    answers, count = test_mode.answers(box, SLUG)
    assert ([one.id for one in answers], count) == (sent[::-1], 3)
    assert test_mode.forget(box, SLUG, real.response_id) == 0
    assert test_mode.forget(box, SLUG, sent[-1]) == 1
    with box.database.writing() as session:
        assert test_data.forget_before(session, at + timedelta(minutes=1), 10) == 1
    assert test_mode.forget(box, SLUG) == 1
    assert test_mode.answers(box, SLUG) == ((), 0)
