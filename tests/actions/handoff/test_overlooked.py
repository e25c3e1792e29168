"""Nothing waits unseen: leads without a planned job, as from before a version that plans them, get theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import delete, select

from questionnaire.actions.handoff import lead_acts, overlooked
from questionnaire.actions.views import Person
from questionnaire.core.handoff import acts
from questionnaire.storage.tables import JobRow
from tests.actions.installation import Office, typed
from tests.cast import anna

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")


def _jobs(office: Office) -> list[tuple[str, datetime]]:
    kept = ("sla_clock", "wake_up")
    with office.toolbox.database.reading() as session:
        return sorted((job.key, job.not_before) for job in session.exec(select(JobRow)).all() if job.name in kept)


def _forget(office: Office) -> None:
    with office.toolbox.database.writing() as session:
        session.execute(delete(JobRow))


def test_a_lead_with_a_running_clock_gets_its_job_again_and_twice_is_once(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    before = _jobs(office)
    assert before
    _forget(office)
    overlooked.plan_overlooked(office.toolbox)
    overlooked.plan_overlooked(office.toolbox)
    assert _jobs(office) == before


def test_a_lead_asleep_is_planned_when_its_day_is_near(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    until = (office.toolbox.now() + timedelta(days=10)).date()
    lead_acts.perform(office.toolbox, LENA, office.lead().id, acts.SendToNurture(until, "When there is a budget."))
    _forget(office)
    overlooked.plan_overlooked(office.toolbox)
    assert _jobs(office) == []
    office.clock.at += timedelta(days=9)
    overlooked.plan_overlooked(office.toolbox)
    ((key, at),) = _jobs(office)
    assert key.startswith("wake_up:")
    assert at.date() in (until, until - timedelta(days=1))
