from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from questionnaire.storage import health
from questionnaire.storage.db.engine import Database
from questionnaire.storage.people import staff
from questionnaire.storage.responses import documents, partial_responses
from questionnaire.storage.tables import DocumentRow, PartialResponseRow
from tests.rows import FRIDAY, add_response
from tests.rows import staff as person

TOKEN = "a random token of many bits"
EVENING = FRIDAY + timedelta(hours=8)


def test_a_session_opens_with_its_token_until_its_time_is_over(database: Database) -> None:
    with database.writing() as session:
        assert staff.add(session, person("lena"))
        staff.open_session(session, TOKEN, "staff-lena", FRIDAY, EVENING)
    with database.reading() as session:
        found = staff.signed_in(session, TOKEN, FRIDAY)
        assert found is not None
        assert found.staff.name == "Lena"
        assert staff.signed_in(session, "another", FRIDAY) is None
        assert staff.signed_in(session, TOKEN, EVENING) is None
        rows = session.connection().execute(text("SELECT * FROM staff_session")).all()
        assert TOKEN not in str(rows)
    with database.writing() as session:
        assert staff.forget_expired(session, FRIDAY) == 0
        assert staff.forget_expired(session, EVENING) == 1


@pytest.mark.parametrize("end", ["a new password", "leaving", "signing out", "signing out everywhere"])
def test_a_session_ends_with(database: Database, end: str) -> None:
    with database.writing() as session:
        staff.add(session, person("lena"))
        staff.open_session(session, TOKEN, "staff-lena", FRIDAY, EVENING)
    with database.writing() as session:
        if end == "a new password":
            staff.set_password(session, "staff-lena", "$argon2id$new")
        elif end == "leaving":
            staff.set_active(session, "staff-lena", active=False)
        elif end == "signing out":
            staff.close_session(session, TOKEN)
        else:
            staff.close_all(session, "staff-lena")
    with database.reading() as session:
        assert staff.signed_in(session, TOKEN, FRIDAY) is None


def test_an_address_and_a_rep_are_somebody_once(database: Database) -> None:
    with database.writing() as session:
        assert staff.add(session, person("lena", email=" Lena@Nordlicht.example "))
        assert not staff.add(session, person("lena", id="other", rep="lena2"))
        found = staff.by_email(session, "LENA@nordlicht.example")
        assert found is not None
        assert found.id == "staff-lena"
        by_rep = staff.by_rep(session, "lena")
        assert by_rep is not None
        assert by_rep.id == "staff-lena"
    with pytest.raises(IntegrityError), database.writing() as session:
        staff.add(session, person("eve", rep="lena"))


def test_people_are_found_by_what_they_do(database: Database) -> None:
    with database.writing() as session:
        staff.add(session, person("ines", role="manager"))
        staff.add(session, person("olga", role="ops", rep=None))
        staff.add(session, person("gone", role="ops", rep=None, active=False))
    with database.reading() as session:
        assert [row.name for row in staff.with_role(session, "ops", "manager")] == ["Ines", "Olga"]
        assert len(staff.all_staff(session)) == 3
        assert staff.get(session, "staff-404") is None


def test_nobody_is_told_so(database: Database) -> None:
    with database.writing() as session:
        with pytest.raises(LookupError):
            staff.set_password(session, "staff-404", "x")
        with pytest.raises(LookupError):
            staff.set_active(session, "staff-404", active=True)


def test_a_draft_lives_its_days(database: Database) -> None:
    ends = FRIDAY + timedelta(days=30)
    draft = PartialResponseRow(
        id="d1",
        survey_id="s",
        survey_version=1,
        language="en",
        created_at=FRIDAY,
        updated_at=FRIDAY,
        expires_at=ends,
        fields={"a": ["1", "2"]},
    )
    with database.writing() as session:
        partial_responses.keep(session, draft)
    later = FRIDAY + timedelta(days=1)
    with database.writing() as session:
        partial_responses.keep(
            session, PartialResponseRow(**{**draft.model_dump(), "fields": {"a": "3"}, "created_at": later})
        )
    with database.writing() as session:
        found = partial_responses.find(session, "d1", FRIDAY)
        assert found is not None
        assert found.fields == {"a": "3"}
        assert found.created_at == FRIDAY
        assert partial_responses.find(session, "d1", ends) is None
        assert partial_responses.forget_expired(session, FRIDAY) == 0
        partial_responses.forget(session, "d1")
        assert partial_responses.forget_expired(session, ends) == 0


def test_the_same_paper_is_kept_once(database: Database) -> None:
    def paper(version: str, hour: int, content: bytes) -> DocumentRow:
        at = FRIDAY.replace(hour=hour)
        return DocumentRow(
            response_id="r1",
            kind="report",
            language="en",
            template_version=version,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            created_at=at,
        )

    with database.writing() as session:
        add_response(session, "r1")
        assert documents.keep(session, paper("1", 9, b"%PDF one"))
    with database.writing() as session:
        assert not documents.keep(session, paper("1", 10, b"%PDF again"))
        assert documents.keep(session, paper("2", 11, b"%PDF two"))
    with database.reading() as session:
        first = documents.find(session, "r1", "report", "en", "1")
        assert first is not None
        assert first.content == b"%PDF one"
        newest = documents.newest(session, "r1", "report", "en")
        assert newest is not None
        assert newest.content == b"%PDF two"
        assert documents.newest(session, "r1", "dossier") is None


def test_the_house_is_ready_when_it_can_write(database: Database) -> None:
    from questionnaire.storage.delivery.job_queue import JobTable

    assert health.probe(database, FRIDAY) == health.Health(())
    with database.writing() as session:
        JobTable(lambda: FRIDAY).enqueue(session, "send_mail", "k", {})
    late = health.probe(database, FRIDAY + timedelta(hours=1))
    assert late.problems == ("jobs",)
    assert late.ready


def test_a_house_of_another_level_is_not_ready(database: Database) -> None:
    with database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '0000'"))
    found = health.probe(database, FRIDAY)
    assert found.problems == ("level",)
    assert not found.ready
