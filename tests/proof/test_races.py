"""Ten at once: double clicks, two tabs and impatient browsers make one response, one lead, one owner."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlmodel import col, select

from questionnaire.actions.respond import judgement
from questionnaire.actions.respond.acceptance import AcceptedResponse, SubmissionContext
from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.tables import ResponseRow
from tests.actions.installation import Office, open_office, send_form, typed
from tests.cast import anna, anna_again
from tests.proof.invariants import Ledger, check
from tests.proof.size import sized

TEN = 10
RACES = sized(10, 500)
"""Of each of the two kinds, on each of the two databases: 1,000 on each at full size."""


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


def together(calls: list[Callable[[], object]]) -> list[object]:
    """All at once, each in a thread of its own; a database that is busy is asked again, as browsers do."""
    gate = threading.Barrier(len(calls))

    def one(call: Callable[[], object]) -> object:
        gate.wait()
        for _ in range(50):
            try:
                return call()
            except DatabaseUnavailable:
                continue
        raise AssertionError("the database was busy fifty times")

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def press(office: Office, given: dict[str, object], key: str) -> Callable[[], object]:
    def call() -> object:
        context = SubmissionContext(office.publication, key)
        return send_form(office.toolbox, context, given, office.clock.at)

    return call


def judge_at_once(office: Office) -> None:
    """Every response that waits is judged, each in a thread of its own and twice, as if a worker was taken over."""
    with office.toolbox.database.reading() as session:
        waiting = session.exec(select(ResponseRow.id).where(col(ResponseRow.judged_at).is_(None))).all()
    calls = [partial(judgement.judge_response, office.toolbox, response_id) for response_id in waiting]
    if calls:
        together([call for call in calls for _ in range(2)])


def test_the_same_press_ten_times_at_once_is_one_response(office: Office) -> None:
    ledger = Ledger()
    for race in range(RACES):
        given = typed(anna().filled, email=f"p{race}@company{race}.example")
        done = together([press(office, given, f"key-{race}")] * TEN)
        assert all(isinstance(one, AcceptedResponse) for one in done), done
        assert len({one.token for one in done if isinstance(one, AcceptedResponse)}) == 1
        ledger.acknowledged[f"key-{race}"] = str(given["email"])
        judge_at_once(office)
    found = check(office.toolbox.database, ledger)
    assert (found.wrong, found.responses) == ((), RACES)


def test_ten_forms_of_one_person_at_once_are_one_lead_with_one_owner(office: Office) -> None:
    ledger, thrown = Ledger(), random.Random(7)
    for race in range(RACES):
        addresses = [f"p{race}@company{race}.example", f"P{race}+tag@Company{race}.EXAMPLE"]
        calls = []
        for tab in range(TEN):
            address = thrown.choice(addresses)
            given = typed(thrown.choice((anna().filled, anna_again())), email=address)
            calls.append(press(office, given, f"key-{race}-{tab}"))
            ledger.acknowledged[f"key-{race}-{tab}"] = address
        done = together(calls)
        assert all(isinstance(one, AcceptedResponse) for one in done), done
        judge_at_once(office)
    found = check(office.toolbox.database, ledger)
    assert (found.wrong, found.responses, len(office.leads())) == ((), RACES * TEN, RACES)


def test_turns_stay_fair_when_leads_come_at_once(office: Office) -> None:
    for race in range(sized(4, 1000)):
        calls = [
            press(office, typed(anna().filled, email=f"p{race}{n}@company{race}{n}.example"), f"key-{race}-{n}")
            for n in range(TEN)
        ]
        together(calls)
        judge_at_once(office)
        office.win_everything()
    given = [event.data["rep"] for event in office.events("assigned")]
    assert abs(given.count("lena") - given.count("max")) <= 1
    assert len(given) == sized(4, 1000) * TEN
    assert check(office.toolbox.database, Ledger()).wrong == ()


def test_no_desk_is_filled_beyond_its_cap_by_leads_that_come_at_once(office: Office) -> None:
    for race in range(2):
        calls = []
        for n in range(TEN):
            somebody = typed(anna().filled, email=f"p{race}{n}@company{race}{n}.example", country="GB")
            calls.append(press(office, somebody, f"key-{race}-{n}"))
        together(calls)
        judge_at_once(office)
    given = [lead.owner or lead.queue for lead in office.leads()]
    assert (given.count("oliver"), given.count("inbound")) == (15, 5)
