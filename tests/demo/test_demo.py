"""The demo: believable, the same each time, in the past, and nothing in it but what real people and reps could do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from questionnaire import demo
from questionnaire.actions.people import staff
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond import acceptance
from questionnaire.actions.respond.validate import read
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.demo.arrivals import arrivals
from questionnaire.demo.leads import PERSONAS, cast, companies
from questionnaire.demo.persona_answers import Pen
from questionnaire.library.catalogue import SurveyFolder
from questionnaire.library.load import load_policy, load_survey
from questionnaire.settings import bundle_dir
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import outbox
from questionnaire.storage.leads import events, leads, projection
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.tables import EventRow, JobRow, LeadRow, ResponseRow
from tests.cast import example_policy
from tests.databases import Databases
from tests.toolboxes import Clock, still_toolbox

TUESDAY = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
SURVEYS = bundle_dir("surveys")
HOUSE = {"admin", "marketing", "ops", "manager", "rep"}


def house(database: Database, *, is_demo: bool = True) -> Toolbox:
    """A new installation with the sample surveys published and nobody in it."""
    made = still_toolbox(database, Clock(TUESDAY))
    toolbox = replace(made, settings=replace(made.settings, demo=is_demo))
    assert not [
        problem for problem in publish_version.publish_folder(toolbox, SURVEYS, TUESDAY) if "error" in str(problem)
    ]
    return toolbox


def told(toolbox: Toolbox) -> list[tuple[str, str, str | None, str | None, datetime | None]]:
    """What the desk would list, in the order of names."""
    with toolbox.database.reading() as session:
        rows = session.exec(select(LeadRow)).all()
        return sorted((row.email, row.stage, row.label, row.owner, row.call_by) for row in rows)


@pytest.fixture(scope="module")
def full(databases: Databases) -> Iterator[Toolbox]:
    """The whole demo, for tests that only look."""
    with databases.open("sqlite") as opened:
        toolbox = house(opened)
        assert demo.seed(toolbox, TUESDAY) == 200
        yield toolbox


@pytest.fixture
def session(full: Toolbox) -> Iterator[Session]:
    with full.database.reading() as opened:
        yield opened


def test_the_stages_spread_and_a_day_of_work_is_on_the_desk(session: Session) -> None:
    stages = leads.counts(session, Viewer("admin"))
    assert len(stages) >= 9, stages
    assert stages["assigned"] >= 15, stages
    assert stages["nurture"] >= 20, stages
    waiting = session.exec(select(LeadRow).where(col(LeadRow.stage) == "assigned")).all()
    assert all(row.owner and row.call_by for row in waiting)
    assert any(row.call_by and row.call_by > TUESDAY for row in waiting)
    assert any(row.call_by and row.call_by < TUESDAY for row in waiting)
    reasons = Counter(row.reason for row in session.exec(select(LeadRow).where(col(LeadRow.stage) == "nurture")))
    assert {"below_threshold", "not_now"} <= set(reasons), reasons


def test_everything_happened_in_its_order_and_before_now(session: Session) -> None:
    begins = TUESDAY - timedelta(days=60)
    for lead in session.exec(select(LeadRow)):
        moments = [event.at for event in events.of_lead(session, lead.id)]
        assert moments == sorted(moments), lead.email
        assert begins <= moments[0], lead.email
        assert moments[-1] < TUESDAY, lead.email
        assert lead.demo


def test_what_lists_show_is_what_the_events_say(session: Session) -> None:
    assert projection.differences(session) == {}


def test_leads_are_with_reps_of_the_policy_and_those_act_in_their_own_name(full: Toolbox, session: Session) -> None:
    policy = example_policy()
    for lead in session.exec(select(LeadRow).where(col(LeadRow.owner).is_not(None))):
        assert policy.rep(lead.owner or "") is not None
    known = {f"staff:{person.id}": person for person in staff.demo_people(full)}
    acted = session.exec(select(EventRow).where(col(EventRow.actor).startswith("staff:"))).all()
    assert {event.kind for event in acted} >= {"contacted", "accepted", "confirmed", "rejected", "reviewed", "won"}
    assert all(event.actor in known for event in acted)


def test_a_rejection_names_a_reason_and_a_sentence_and_does_what_the_policy_says(session: Session) -> None:
    reasons = {reason.code: reason for reason in example_policy().rejection_reasons}
    rejected = session.exec(select(EventRow).where(col(EventRow.kind) == "rejected")).all()
    for event in rejected:
        reason = reasons[event.data["reason"]]
        assert event.data["detail"]
        assert event.becomes["owner"] is None
        assert event.becomes["stage"] == {"nurture": "nurture", "disqualify": "disqualified"}[reason.then.do]
        assert bool(event.data.get("not_now_on")) == (reason.then.set == "not_now")
    assert len({event.data["reason"] for event in rejected}) >= 4


def test_only_the_newest_answers_have_jobs_and_those_leave_room_for_real_ones(session: Session) -> None:
    newest = session.exec(select(ResponseRow).order_by(col(ResponseRow.at).desc()).limit(20)).all()
    jobs = session.exec(select(JobRow)).all()
    assert {job.args["response"] for job in jobs} == {row.id for row in newest}
    due = sorted(job.not_before for job in jobs)
    assert due[0] >= TUESDAY
    assert due[-1] < TUESDAY + timedelta(minutes=5)
    assert all(after - before >= timedelta(seconds=3) for before, after in pairwise(due))
    assert outbox.count(session) == 0


def test_some_people_come_again_and_some_of_them_confirm_that_it_was_them(session: Session) -> None:
    rows = session.exec(select(ResponseRow)).all()
    again = [row for row in rows if row.key.endswith("-again")]
    assert len(again) >= 10
    assert 0 < sum(row.confirmed_at is not None for row in again) < len(again)
    rules = {event.data["rule"] for event in session.exec(select(EventRow).where(col(EventRow.kind) == "assigned"))}
    assert "account-owner" in rules
    assert any(row.claims for row in rows)
    assert len({row.survey_id for row in rows}) >= 2
    assert {row.language for row in rows} == {"en", "fr"}


def test_everybody_of_the_house_can_be_tried(full: Toolbox) -> None:
    everybody = staff.demo_people(full)
    assert {person.role for person in everybody} == HOUSE
    assert {person.rep for person in everybody if person.rep} == {rep.id for rep in example_policy().reps}
    assert {person.rep for person in everybody if person.language == "fr"} == {"camille", "hugo"}
    for person in everybody:
        token = staff.sign_in_demo(full, person.id, TUESDAY, None)
        assert token is not None


def test_it_is_filled_once(full: Toolbox) -> None:
    before = told(full)
    assert demo.seed(full, TUESDAY + timedelta(days=1)) == 0
    assert told(full) == before


def test_two_demos_are_alike(databases: Databases) -> None:
    found = []
    for kind in ("sqlite", "postgresql"):
        with databases.open(kind) as opened:
            toolbox = house(opened)
            assert demo.seed(toolbox, TUESDAY, 40) == 40
            found.append(told(toolbox))
    assert found[0] == found[1]


def test_an_interrupted_demo_goes_on(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    with databases.open("sqlite") as opened:
        toolbox = house(opened)
        demo.seed(toolbox, TUESDAY, 40)
        wanted = told(toolbox)
    accept, left = acceptance.accept, iter(range(25))

    def interrupted(*arguments: object) -> object:
        next(left)
        return accept(*arguments)  # type: ignore[arg-type]

    with databases.open("sqlite") as opened:
        toolbox = house(opened)
        with monkeypatch.context() as patched:
            patched.setattr(acceptance, "accept", interrupted)
            with pytest.raises(StopIteration):
                demo.seed(toolbox, TUESDAY, 40)
        assert demo.seed(toolbox, TUESDAY + timedelta(minutes=5), 40) == 40
        assert told(toolbox) == wanted
        with toolbox.database.reading() as session:
            assert projection.differences(session) == {}


def test_sample_people_stay_out_of_a_real_installation(database: Database) -> None:
    with pytest.raises(ValueError, match="demo"):
        demo.seed(house(database, is_demo=False), TUESDAY)
    with database.reading() as session:
        assert leads.counts(session, Viewer("admin")) == {}


def test_a_demo_without_a_survey_stays_empty(database: Database) -> None:
    made = still_toolbox(database, Clock(TUESDAY))
    assert demo.seed(replace(made, settings=replace(made.settings, demo=True)), TUESDAY) == 0


def test_nobody_of_the_demo_can_be_written_to() -> None:
    """Addresses end in .example, or have fewer letters than their provider gives anybody."""
    people = cast(400, 60, ("leadforge.example",))
    assert len({canonical_email(one.email) for one in people}) == 400
    for one in people:
        local, _, domain = one.email.partition("@")
        assert domain.endswith(".example") or (domain == "gmail.com" and len(local) < 6), one.email
    assert len({company.domain for company in companies()}) == len(companies())
    assert {one.persona.name for one in people} == set(PERSONAS)
    assert not any(one.persona.free_mail for one in people[-60:])


@pytest.mark.parametrize(
    "path", SurveyFolder(SURVEYS).surveys(features=True), ids=lambda path: path.stem + path.parent.stem
)
def test_they_can_answer_any_survey(path: Path, full: Toolbox) -> None:
    sheet, problems = load_survey(path)
    assert sheet is not None, problems
    shelf = {found.value.id: found.value for one in SurveyFolder(SURVEYS).policies() if (found := load_policy(one)[0])}
    policy = shelf.get(sheet.value.policy, example_policy())
    for somebody in cast(12, 2, ()):
        thrown = random.Random(somebody.number)
        pen = Pen(sheet.value, policy, somebody, somebody.persona, TUESDAY.date(), thrown)
        entered = read(full, sheet.value, pen.fills_in(), {}, pen.language)
        assert not entered.problems, entered.problems


@pytest.mark.parametrize("hour", [3, 9, 18, 23])
@pytest.mark.parametrize("day", range(4, 11))
def test_people_come_by_over_sixty_days_and_most_on_the_last(day: int, hour: int) -> None:
    now = datetime(2026, 10, day, hour, tzinfo=UTC)
    moments = arrivals(164, 36, now, example_policy().zone, random.Random(day))
    assert len(moments) == 200
    assert list(moments) == sorted(moments)
    assert now - timedelta(days=60) <= moments[0]
    assert moments[-1] < now
    assert sum(moment > now - timedelta(hours=21) for moment in moments) >= 36


def test_results_of_the_sample_stand_beside_others_and_some_beside_earlier_ones(session: Session) -> None:
    rows = session.exec(select(ResponseRow)).all()
    shown = [row.told["peers"] for row in rows if row.told and "peers" in row.told]
    assert all(peers["people"] >= 30 for peers in shown)
    assert {"", "industry=saas"} <= {peers["group"] for peers in shown}
    again = [row for row in rows if row.told and "prior" in row.told.get("known", {})]
    assert any(row.confirmed_at for row in again)
    assert any(not row.confirmed_at for row in again)
