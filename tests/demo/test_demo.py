"""Sample data of the demo: plausible, deterministic, in the past, and only events that real use could cause."""

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
from questionnaire.actions.respond.validate import validate_form
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy.titles import Titles
from questionnaire.demo.arrivals import arrivals
from questionnaire.demo.job_titles import title_for
from questionnaire.demo.leads import PERSONAS, companies, sample_people
from questionnaire.demo.persona_answers import SampleRespondent
from questionnaire.library.catalogue import SurveyFolder
from questionnaire.library.load import load_policy, load_survey
from questionnaire.settings import bundle_dir
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import outbox
from questionnaire.storage.leads import events, lead_page, projection
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.tables import EventRow, JobRow, LeadRow, ResponseRow
from tests.cast import example_policy
from tests.databases import Databases
from tests.one_survey import one_survey
from tests.proof.size import sized
from tests.toolboxes import Clock, still_toolbox

TUESDAY = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
SURVEYS = bundle_dir("surveys")
FEW = sized(24, 120)
ROLES = {"admin", "marketing", "ops", "manager", "rep"}


def new_installation(database: Database, surveys: Path, *, is_demo: bool = True) -> Toolbox:
    """A new installation with these surveys published and without leads."""
    toolbox = still_toolbox(database, Clock(TUESDAY))
    toolbox = replace(toolbox, settings=replace(toolbox.settings, demo=is_demo))
    assert not [
        problem for problem in publish_version.publish_folder(toolbox, surveys, TUESDAY) if "error" in str(problem)
    ]
    return toolbox


def lead_rows(toolbox: Toolbox) -> list[tuple[str, str, str | None, str | None, datetime | None]]:
    """Email, stage, label, owner and deadline of all leads, by email address."""
    with toolbox.database.reading() as session:
        rows = session.exec(select(LeadRow)).all()
        return sorted((row.email, row.stage, row.label, row.owner, row.call_by) for row in rows)


@pytest.fixture(scope="module")
def full(databases: Databases) -> Iterator[Toolbox]:
    """The full demo, for tests that only read."""
    with databases.open("sqlite") as opened:
        toolbox = new_installation(opened, SURVEYS)
        assert demo.seed(toolbox, TUESDAY) == 200
        yield toolbox


@pytest.fixture
def session(full: Toolbox) -> Iterator[Session]:
    with full.database.reading() as opened:
        yield opened


def test_the_demo_has_leads_in_many_stages_and_a_day_of_work_on_the_desk(session: Session) -> None:
    stages = lead_page.counts(session, Viewer("admin")).stages
    assert len(stages) >= 9, stages
    assert stages["assigned"] >= 15, stages
    assert stages["nurture"] >= 20, stages
    waiting = session.exec(select(LeadRow).where(col(LeadRow.stage) == "assigned")).all()
    assert all(row.owner and row.call_by for row in waiting)
    assert any(row.call_by and row.call_by > TUESDAY for row in waiting)
    assert any(row.call_by and row.call_by < TUESDAY for row in waiting)
    reasons = Counter(row.reason for row in session.exec(select(LeadRow).where(col(LeadRow.stage) == "nurture")))
    assert {"below_threshold", "not_now"} <= set(reasons), reasons


def test_events_of_sample_leads_are_in_order_of_time_and_in_the_past(session: Session) -> None:
    begins = TUESDAY - timedelta(days=60)
    for lead in session.exec(select(LeadRow)):
        moments = [event.at for event in events.of_lead(session, lead.id)]
        assert moments == sorted(moments), lead.email
        assert begins <= moments[0], lead.email
        assert moments[-1] < TUESDAY, lead.email
        assert lead.demo


def test_the_lead_projection_equals_the_events(session: Session) -> None:
    assert projection.differences(session) == {}


def test_owners_are_reps_of_the_policy_and_actors_are_staff(full: Toolbox, session: Session) -> None:
    policy = example_policy()
    for lead in session.exec(select(LeadRow).where(col(LeadRow.owner).is_not(None))):
        assert policy.rep(lead.owner or "") is not None
    known = {f"staff:{person.id}": person for person in staff.demo_people(full)}
    acted = session.exec(select(EventRow).where(col(EventRow.actor).startswith("staff:"))).all()
    assert {event.kind for event in acted} >= {"contacted", "accepted", "confirmed", "rejected", "reviewed", "won"}
    assert all(event.actor in known for event in acted)


def test_a_rejection_has_a_reason_a_note_and_the_consequence_of_the_policy(session: Session) -> None:
    reasons = {reason.code: reason for reason in example_policy().rejection_reasons}
    rejected = session.exec(select(EventRow).where(col(EventRow.kind) == "rejected")).all()
    for event in rejected:
        reason = reasons[event.data["reason"]]
        assert event.data["detail"]
        assert event.becomes["owner"] is None
        assert event.becomes["stage"] == {"nurture": "nurture", "disqualify": "disqualified"}[reason.then.do]
        assert bool(event.data.get("not_now_on")) == (reason.then.set == "not_now")
    assert len({event.data["reason"] for event in rejected}) >= 4


def test_only_the_newest_responses_have_jobs_and_jobs_are_three_seconds_apart(session: Session) -> None:
    newest = session.exec(select(ResponseRow).order_by(col(ResponseRow.at).desc()).limit(20)).all()
    jobs = session.exec(select(JobRow)).all()
    assert {job.args["response"] for job in jobs} == {row.id for row in newest}
    due = sorted(job.not_before for job in jobs)
    assert due[0] >= TUESDAY
    assert due[-1] < TUESDAY + timedelta(minutes=5)
    assert all(after - before >= timedelta(seconds=3) for before, after in pairwise(due))
    assert outbox.count(session, 1) == 0


def test_some_people_answer_again_and_some_of_them_confirm_the_address(session: Session) -> None:
    rows = session.exec(select(ResponseRow)).all()
    again = [row for row in rows if row.key.endswith("-again")]
    assert len(again) >= 10
    assert 0 < sum(row.confirmed_at is not None for row in again) < len(again)
    rules = {event.data["rule"] for event in session.exec(select(EventRow).where(col(EventRow.kind) == "assigned"))}
    assert "account-owner" in rules
    assert any(row.claims for row in rows)
    assert len({row.survey_id for row in rows}) >= 2
    assert {row.language for row in rows} == {"en", "fr", "de"}


def test_a_title_fits_the_field_of_the_survey_and_keeps_its_seniority() -> None:
    level_of = Titles().level_of
    for person in sample_people(120, 20, ()):
        for survey in ("hiring-process", "devops-maturity", "cybersecurity-basics", "building-energy-efficiency"):
            assert level_of(title_for(person, survey)) == level_of(person.title), (person.title, survey)
        assert title_for(person, "sales-marketing-alignment") == person.title


def test_a_visitor_of_the_demo_signs_in_as_any_staff_user(full: Toolbox) -> None:
    everybody = staff.demo_people(full)
    assert {person.role for person in everybody} == ROLES
    assert {person.rep for person in everybody if person.rep} == {rep.id for rep in example_policy().reps}
    assert {person.rep for person in everybody if person.language == "fr"} == {"camille", "hugo"}
    for person in everybody:
        token = staff.sign_in_demo(full, person.id, TUESDAY, None)
        assert token is not None


def test_a_second_seeding_changes_nothing(full: Toolbox) -> None:
    before = lead_rows(full)
    assert demo.seed(full, TUESDAY + timedelta(days=1)) == 0
    assert lead_rows(full) == before


def test_sqlite_and_postgresql_get_the_same_demo(databases: Databases) -> None:
    demos = []
    for kind in ("sqlite", "postgresql"):
        with databases.open(kind) as opened:
            toolbox = new_installation(opened, one_survey())
            assert demo.seed(toolbox, TUESDAY, FEW) == FEW
            demos.append(lead_rows(toolbox))
    assert demos[0] == demos[1]


def test_an_interrupted_seeding_is_resumed_with_the_same_result(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases.open("sqlite") as opened:
        toolbox = new_installation(opened, one_survey())
        demo.seed(toolbox, TUESDAY, FEW)
        wanted = lead_rows(toolbox)
    accept, left = acceptance.accept, iter(range(FEW // 2))

    def interrupted(*arguments: object) -> object:
        next(left)
        return accept(*arguments)  # type: ignore[arg-type]

    with databases.open("sqlite") as opened:
        toolbox = new_installation(opened, one_survey())
        with monkeypatch.context() as patched:
            patched.setattr(acceptance, "accept", interrupted)
            with pytest.raises(StopIteration):
                demo.seed(toolbox, TUESDAY, FEW)
        assert demo.seed(toolbox, TUESDAY + timedelta(minutes=5), FEW) == FEW
        assert lead_rows(toolbox) == wanted
        with toolbox.database.reading() as session:
            assert projection.differences(session) == {}


def test_seeding_outside_a_demo_raises_and_stores_nothing(database: Database) -> None:
    with pytest.raises(ValueError, match="demo"):
        demo.seed(new_installation(database, one_survey(), is_demo=False), TUESDAY)
    with database.reading() as session:
        assert lead_page.counts(session, Viewer("admin")).total == 0


def test_a_demo_without_a_survey_stays_empty(database: Database) -> None:
    toolbox = still_toolbox(database, Clock(TUESDAY))
    assert demo.seed(replace(toolbox, settings=replace(toolbox.settings, demo=True)), TUESDAY) == 0


def test_no_sample_address_can_receive_email() -> None:
    """Addresses end in .example, or are shorter than the provider allows."""
    people = sample_people(400, 60, ("leadforge.example",))
    assert len({canonical_email(person.email) for person in people}) == 400
    for person in people:
        local, _, domain = person.email.partition("@")
        assert domain.endswith(".example") or (domain == "gmail.com" and len(local) < 6), person.email
    assert len({company.domain for company in companies()}) == len(companies())
    assert {person.persona.name for person in people} == set(PERSONAS)
    assert not any(person.persona.free_mail for person in people[-60:])


@pytest.mark.parametrize(
    "path", SurveyFolder(SURVEYS).surveys(features=True), ids=lambda path: path.stem + path.parent.stem
)
def test_sample_people_answer_any_survey_without_problems(path: Path, full: Toolbox) -> None:
    sheet, problems = load_survey(path)
    assert sheet is not None, problems
    policies = {
        loaded.value.id: loaded.value for file in SurveyFolder(SURVEYS).policies() if (loaded := load_policy(file)[0])
    }
    policy = policies.get(sheet.value.policy, example_policy())
    for person in sample_people(12, 2, ()):
        rng = random.Random(person.number)
        respondent = SampleRespondent(sheet.value, policy, person, person.persona, TUESDAY.date(), rng)
        entered = validate_form(full, sheet.value, respondent.form_values(), {}, respondent.language)
        assert not entered.problems, entered.problems


@pytest.mark.parametrize("hour", [3, 9, 18, 23])
@pytest.mark.parametrize("day", range(4, 11))
def test_arrivals_cover_sixty_days_and_are_densest_on_the_last(day: int, hour: int) -> None:
    now = datetime(2026, 10, day, hour, tzinfo=UTC)
    moments = arrivals(164, 36, now, example_policy().zone, random.Random(day))
    assert len(moments) == 200
    assert list(moments) == sorted(moments)
    assert now - timedelta(days=60) <= moments[0]
    assert moments[-1] < now
    assert sum(moment > now - timedelta(hours=21) for moment in moments) >= 36


def test_sample_results_are_compared_with_peers_and_some_with_an_earlier_result(session: Session) -> None:
    rows = session.exec(select(ResponseRow)).all()
    shown = [row.shown_benchmark["peers"] for row in rows if row.shown_benchmark and "peers" in row.shown_benchmark]
    assert all(peers["people"] >= 30 for peers in shown)
    assert {"", "industry=saas"} <= {peers["group"] for peers in shown}
    again = [row for row in rows if row.shown_benchmark and "prior" in row.shown_benchmark.get("known", {})]
    assert any(row.confirmed_at for row in again)
    assert any(not row.confirmed_at for row in again)
