"""Comparison of a result with others and with an earlier result: frozen on acceptance, reveals no one's answers."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import select

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.documents import reports
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond import acceptance
from questionnaire.actions.respond.acceptance import AcceptedResponse
from questionnaire.core.documents.report import Report
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import BenchmarkSumRow, ResponseRow
from questionnaire.storage.tables import LeadRow as StoredLead
from tests.actions.installation import SLUG, Office, own, typed
from tests.authored import authored_file
from tests.cast import anna, anna_again, marc, tom

TUESDAY = datetime.fromisoformat("2026-10-06T11:00:00+02:00")
LATER = TUESDAY + timedelta(hours=1)
SAAS = "industry=saas"


def others(office: Office, count: int, start: int = 0, **changes: object) -> list[AcceptedResponse]:
    """`count` people of as many companies in Anna's industry, all with the same score."""
    return [
        office.accept(typed(anna().filled, email=f"p{number}@firm{number}.example", **changes))
        for number in range(start, start + count)
    ]


def page(office: Office, token: str) -> Report:
    view = reports.result(office.toolbox, token, office.clock.at)
    assert view is not None
    return view.report


def compared(office: Office, done: AcceptedResponse) -> Any:
    return page(office, done.token).section("comparison")


def since(report: Report) -> tuple[int, str] | None:
    summary = report.section("summary")
    assert summary is not None
    return (summary.since.points, summary.since.on) if summary.since else None


def mailed(office: Office, done: AcceptedResponse) -> str:
    row = office.response(done)
    return sign(office.toolbox.settings.secret_keys, "mailed", row.id, row.at)


def paper(office: Office, done: AcceptedResponse) -> Report:
    """The view value of the PDF."""
    with office.toolbox.database.reading() as session:
        row = responses.get(session, done.response_id)
        assert row is not None
        return reports.report_of(office.toolbox, session, row)


def tallies(office: Office) -> dict[str, int]:
    with office.toolbox.database.reading() as session:
        return {row.group: row.people for row in session.exec(select(BenchmarkSumRow)) if row.people}


def is_the_sum_of_who_counts(office: Office) -> bool:
    """Whether the sums equal the entries of the responses, with one entry per person."""
    with office.toolbox.database.reading() as session:
        rows = [row for row in session.exec(select(ResponseRow)) if row.benchmark_entry]
        sums = {
            row.group: (row.people, row.sums["overall"]) for row in session.exec(select(BenchmarkSumRow)) if row.people
        }
    assert len({row.lead_id or row.id for row in rows}) == len(rows)
    said: dict[str, tuple[int, int]] = {}
    for row in rows:
        added = row.benchmark_entry or {}
        for group in {"", added["group"]}:
            people, total = said.get(group, (0, 0))
            said[group] = people + 1, total + added["overall"]
    return sums == said


# --- others ----------------------------------------------------------------------------------------------------


def test_a_comparison_needs_thirty_peers(office: Office) -> None:
    done = others(office, 31)
    assert compared(office, done[29]) is None
    shown = compared(office, done[30])
    assert (shown.count, shown.group) == (30, "Software / SaaS")
    assert (shown.lines[0].peers_rounded, shown.lines[0].bar.rounded, shown.lines[0].ahead) == (27, 27, 0)
    assert tallies(office) == {"": 31, SAAS: 31}


def test_a_group_below_thirty_peers_is_compared_with_all_people(office: Office) -> None:
    others(office, 30)
    (first,) = others(office, 1, 30, industry="manufacturing")
    shown = compared(office, first)
    assert (shown.count, shown.group) == (30, "")


def test_a_comparison_is_frozen_and_equal_on_page_and_pdf(office: Office) -> None:
    last = others(office, 31)[-1]
    before = compared(office, last)
    others(office, 5, 31, definitions="shared", scoring="automated")
    assert compared(office, last) == before
    assert paper(office, last).section("comparison") == before


def test_competitors_are_no_peers_and_still_see_the_comparison(office: Office) -> None:
    others(office, 30)
    rival = office.accept(typed(marc().filled), marc().at)
    assert office.response(rival).benchmark_entry is None
    assert tallies(office) == {"": 30, SAAS: 30}
    assert compared(office, rival).count == 30


def test_a_person_counts_once_with_the_newest_response_that_counts(office: Office) -> None:
    first = own(office, typed(anna().filled), anna().at)
    second = office.accept(typed(anna_again(), industry="financial_services"), TUESDAY)
    assert tallies(office) == {"": 1, SAAS: 1}, "until the address is confirmed the new answers change no sum"
    office.confirm(second, LATER)
    assert tallies(office) == {"": 1, "industry=financial_services": 1}
    assert office.response(first).benchmark_entry is None
    assert office.response(second).benchmark_entry
    assert is_the_sum_of_who_counts(office)


def test_the_own_earlier_response_is_excluded_only_after_confirmation(office: Office) -> None:
    """Thirty-one people have answered, including Anna. Until confirmation her address shows the same as a new one."""
    office.accept(typed(anna().filled))
    others(office, 30)
    again = office.accept(typed(anna_again()), TUESDAY)
    anybody = office.accept(typed(anna_again(), email="new@elsewhere.example"), TUESDAY)
    assert compared(office, again).count == compared(office, anybody).count == 31
    office.confirm(again, LATER)
    assert compared(office, again).count == 30


def test_an_unconfirmed_response_does_not_remove_another_persons_entry(office: Office) -> None:
    own(office, typed(tom().filled), tom().at)
    forged = office.accept(typed(tom().filled, industry="lead_gen_vendor", company="LeadForge"), LATER)
    assert sum(tallies(office).values()) == 2
    assert is_the_sum_of_who_counts(office)
    office.confirm(forged, LATER)
    assert office.lead().stage == "disqualified"
    assert tallies(office) == {}
    assert is_the_sum_of_who_counts(office)
    # More responses of a disqualified person do not add an entry.
    office.accept(typed(tom().filled), LATER + timedelta(hours=1))
    assert tallies(office) == {}


def test_benchmark_sums_always_equal_the_entries_of_the_responses(office: Office) -> None:
    dice = random.Random(4)
    done: list[AcceptedResponse] = []
    for number in range(40):
        changes = {
            "industry": dice.choice(["saas", "manufacturing", "financial_services", "other", "lead_gen_vendor"]),
            "definitions": dice.choice(["none", "separate", "shared"]),
            "email": f"p{dice.randrange(8)}@firm.example",
        }
        at = TUESDAY + timedelta(minutes=number)
        done.append(office.accept(typed(anna().filled, **changes), at))
        if dice.random() < 0.4:
            office.confirm(dice.choice(done), at)
        assert is_the_sum_of_who_counts(office), number
    assert len(tallies(office)) >= 3


# --- earlier answers -------------------------------------------------------------------------------------------


def test_a_confirmed_repeat_shows_its_change_in_points_on_page_and_pdf(office: Office) -> None:
    own(office, typed(anna().filled), anna().at)
    again = office.accept(typed(anna_again()), TUESDAY)
    office.confirm(again, LATER)
    row = office.response(again)
    assert Fraction((row.shown_benchmark or {})["known"]["prior"]["overall"]) == Fraction(80, 3)
    assert since(page(office, mailed(office, again))) == (10, "2026-10-02")
    assert since(paper(office, again)) == (10, "2026-10-02")


def test_an_unconfirmed_repeat_shows_no_earlier_result_on_page_or_pdf(office: Office) -> None:
    own(office, typed(anna().filled), anna().at)
    again = office.accept(typed(anna_again()), TUESDAY)
    for token in (again.token, mailed(office, again)):
        assert since(page(office, token)) is None
    assert since(paper(office, again)) is None


def test_an_unconfirmed_repeat_is_not_the_earlier_result(office: Office) -> None:
    own(office, typed(anna().filled), anna().at)
    office.accept(typed(anna_again(), definitions="none"), TUESDAY)
    mine = own(office, typed(anna_again()), LATER)
    assert since(page(office, mine.token)) == (10, "2026-10-02")


def test_an_unconfirmed_first_response_is_not_the_earlier_result(office: Office) -> None:
    """The first response with an address does not prove that the respondent owns it."""
    office.accept(typed(anna().filled), anna().at)
    mine = own(office, typed(anna_again()), LATER)
    assert since(page(office, mine.token)) is None


def test_a_survey_without_a_benchmark_stores_no_sums_and_still_shows_the_change(office: Office) -> None:
    survey = authored_file(f"{SLUG}/survey.yaml")
    report = {key: value for key, value in survey["report"].items() if key != "benchmark"}
    plain = {**survey, "version": 9, "report": report}
    assert publish_version.publish(office.toolbox, "survey", plain, office.clock.at) is None
    published = acceptance.get_publication(office.toolbox, SLUG)
    assert published is not None
    office.publication = published
    first = own(office, typed(anna().filled), anna().at)
    again = office.accept(typed(anna_again()), TUESDAY)
    office.confirm(again, LATER)
    assert office.response(first).shown_benchmark is None
    assert since(page(office, again.token)) == (10, "2026-10-02")
    assert tallies(office) == {}


def test_a_disqualified_lead_does_not_count_again(office: Office) -> None:
    office.accept(typed(anna().filled))
    with office.toolbox.database.writing() as session:
        session.exec(select(StoredLead)).one().stage = "disqualified"
    again = office.accept(typed(anna_again()), TUESDAY)
    assert tallies(office) == {"": 1, SAAS: 1}
    office.confirm(again, LATER)
    assert tallies(office) == {}
