from __future__ import annotations

import threading

import pytest
from sqlmodel import select

from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import leads
from questionnaire.storage.publishing import publications, survey_statuses
from questionnaire.storage.publishing.publications import Differs
from questionnaire.storage.responses import assessments, responses
from questionnaire.storage.responses.responses import KeyConflict, StoredResponse
from questionnaire.storage.tables import AssessmentRow, ConsentRow
from tests.rows import FRIDAY, add_lead, add_response, lead, published, response


def test_the_same_key_and_body_is_one_response(database: Database) -> None:
    with database.writing() as session:
        published(session)
        first = responses.keep(session, response("r1", key="k", body_hash="b"))
    with database.writing() as session:
        again = responses.keep(session, response("r2", key="k", body_hash="b"))
    assert isinstance(first, StoredResponse)
    assert first.is_new
    assert isinstance(again, StoredResponse)
    assert not again.is_new
    assert again.response.id == "r1"


def test_the_same_key_with_another_body_is_a_conflict(database: Database) -> None:
    with database.writing() as session:
        add_response(session, "r1", key="k", body_hash="b", answers={"size": "50_199"})
    with database.writing() as session:
        assert responses.keep(session, response("r2", key="k", body_hash="other")) == KeyConflict("k")
        assert responses.by_key(session, "k", "other") == KeyConflict("k")
        assert responses.by_key(session, "new", "b") is None
    with database.reading() as session:
        row = responses.get(session, "r1")
        assert row is not None
        assert row.answers == {"size": "50_199"}
        assert responses.get(session, "r2") is None


def test_ten_concurrent_submissions_make_one_response_and_one_lead(database: Database) -> None:
    with database.writing() as session:
        published(session)
    start, found = threading.Barrier(10), list[StoredResponse | KeyConflict]()

    def press(number: int) -> None:
        start.wait()
        with database.writing() as session:
            person, _ = leads.find_or_add(session, lead("anna", id=f"lead-{number}"))
            found.append(responses.keep(session, response(f"r{number}", person.id, key="k", body_hash="b")))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [each for each in found if isinstance(each, StoredResponse)]
    assert len(kept) == 10
    assert sum(each.is_new for each in kept) == 1
    assert len({each.response.id for each in kept}) == 1
    with database.reading() as session:
        assert len(responses.of_lead(session, kept[0].response.lead_id or "")) == 1


def test_an_address_is_confirmed_once(database: Database) -> None:
    with database.writing() as session:
        add_response(session, "r1")
        responses.confirm(session, "r1", FRIDAY)
        responses.confirm(session, "r1", FRIDAY.replace(year=2027))
        responses.confirm(session, "r404", FRIDAY)
    with database.reading() as session:
        row = responses.get(session, "r1")
        assert row is not None
        assert row.confirmed_at == FRIDAY


def test_consents_keep_their_text(database: Database) -> None:
    consent = ConsentRow(
        id="c1",
        response_id="r1",
        name="news",
        basis="consent",
        text="Yes, write to me.",
        language="en",
        survey_version=3,
        granted=False,
        method="form",
        at=FRIDAY,
    )
    with database.writing() as session:
        add_response(session, "r1")
        responses.add_consents(session, [consent])
    with database.reading() as session:
        assert [(row.text, row.granted) for row in responses.consents_of(session, "r1")] == [
            ("Yes, write to me.", False)
        ]


def test_the_newest_assessment_counts_and_older_ones_stay(database: Database) -> None:
    def judged(name: str, hour: int) -> AssessmentRow:
        at = FRIDAY.replace(hour=hour)
        pinned = AssessmentRow(id=name, response_id="r1", policy_id="default", policy_version=4, at=at, content={})
        pinned.lead_id, pinned.content = "lead-anna", {"why": name}
        return pinned

    with database.writing() as session:
        add_lead(session)
        add_response(session, "r1", "lead-anna")
        assessments.add(session, judged("a1", 9))
        assessments.add(session, judged("a2", 10))
    with database.reading() as session:
        assert assessments.content_of(session, "r1") == {"why": "a2"}
        assert set(session.exec(select(AssessmentRow.id))) == {"a1", "a2"}


def test_a_version_is_published_once_and_never_changes(database: Database) -> None:
    with database.writing() as session:
        assert publications.publish(session, "survey", "s", 1, {"b": 1, "a": [1]}, FRIDAY)
        assert not publications.publish(session, "survey", "s", 1, {"b": 1, "a": [1]}, FRIDAY)
    for changed in ({"b": 1, "a": [2]}, {"a": [1], "b": 1}):
        with pytest.raises(Differs) as caught, database.writing() as session:
            publications.publish(session, "survey", "s", 1, changed, FRIDAY)
        assert str(caught.value) == "survey s version 1 was published with other content; write version: 2"
    with database.reading() as session:
        row = publications.find(session, "survey", "s")
        assert row is not None
        assert list(row.content) == ["b", "a"]


def test_the_newest_version_is_the_one_with_the_greatest_number(database: Database) -> None:
    with database.writing() as session:
        for version in (2, 10, 9):
            publications.publish(session, "survey", "s", version, {"v": version}, FRIDAY)
        publications.publish(session, "survey", "t", 1, {"v": 1}, FRIDAY)
        publications.publish(session, "policy", "s", 99, {"v": 99}, FRIDAY)
    with database.reading() as session:
        newest = publications.find(session, "survey", "s")
        assert newest is not None
        assert newest.version == 10
        assert [(row.id, row.version) for row in publications.newest_of_all(session, "survey")] == [("s", 10), ("t", 1)]
        older = publications.find(session, "survey", "s", 2)
        assert older is not None
        assert older.content == {"v": 2}
        assert publications.find(session, "survey", "s", 3) is None


def test_a_survey_can_be_closed_and_opened_again(database: Database) -> None:
    with database.writing() as session:
        survey_statuses.set_state(session, "s", "closed", "", FRIDAY)
        survey_statuses.set_state(session, "s", "closed", "", FRIDAY)
        assert survey_statuses.is_closed(session, "s")
        survey_statuses.set_state(session, "s", "open", "", FRIDAY)
        assert not survey_statuses.is_closed(session, "s")
