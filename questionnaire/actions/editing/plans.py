"""Going live at a date: what someone read and planned is published by a job, once, or it is said why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from questionnaire.actions.delivery import delivery
from questionnaire.actions.editing.cases import run_cases
from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.publish_draft import (
    LONGEST_NOTE,
    PublishResult,
    go_on_from,
    hindrance_of,
    next_document,
    plan,
)
from questionnaire.actions.editing.trial import ReadableDraft
from questionnaire.actions.publishing.homes import KEPT_IN_FOLDER, home_of
from questionnaire.actions.publishing.publish_version import add_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.notify import compose
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage import Session
from questionnaire.storage.people import staff
from questionnaire.storage.publishing import drafts, plans, publications, survey_statuses
from questionnaire.storage.publishing.publications import PublicationNote
from questionnaire.storage.tables import PublicationPlanRow

JOB = "publish_plan"
FURTHEST = timedelta(days=366)
LATE = timedelta(minutes=5)
"""A version that goes live later than planned by more than this is said to be late."""


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """`state`: "waiting", "published", "cancelled" or "refused". `problems`: why it was refused, in the document."""

    id: str
    state: str
    version: int
    go_live_at: datetime
    zone: str
    planned_by: str
    note: str
    document: Mapping[str, Any]
    finished_at: datetime | None
    problems: tuple[Problem, ...]

    @property
    def delay(self) -> timedelta:
        """How late it went live; zero when it was in time."""
        late = self.finished_at - self.go_live_at if self.finished_at is not None else timedelta(0)
        return late if self.state == "published" and late > LATE else timedelta(0)


def moment_of(day: str, at: str, zone: str, now: datetime) -> tuple[datetime | None, str]:
    """The moment someone typed as date and time of a zone, or the code of what is wrong with it."""
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(at)).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None, "when_missing"
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        # The hour that is left out when clocks go forward.
        return None, "when_skipped"
    if moment <= now:
        return None, "when_past"
    return (moment, "") if moment <= now + FURTHEST else (None, "when_far")


def zones(toolbox: Toolbox, own: str) -> tuple[str, ...]:
    """The time zones to choose from: one's own, then those of colleagues."""
    with toolbox.database.reading() as session:
        others = {row.timezone for row in staff.all_staff(session)}
    return (own, *sorted((others | {"UTC"}) - {own}))


def plan_publication(
    toolbox: Toolbox, name: str, revision: int, note: str, go_live_at: datetime, zone: str, actor: str, now: datetime
) -> PublishResult:  # fmt: skip
    """Plans exactly the revision someone read, which has to be free of errors now; the job checks again."""
    ready = plan(toolbox, name, now)
    hindrance = hindrance_of(ready, name, revision)
    if ready is None or hindrance is not None:
        return hindrance or PublishResult()
    row = PublicationPlanRow(
        id=toolbox.new_id(), survey_id=name, revision=revision, in_force=ready.in_force,
        content=next_document(ready.draft.document, ready.next_version) | {"id": name},
        note=note.strip()[:LONGEST_NOTE], zone=zone, go_live_at=go_live_at, planned_at=now, planned_by=actor,
    )  # fmt: skip
    with toolbox.database.writing() as session:
        survey_statuses.lock_name(session, name)
        if home_of(session, name) == "folder":
            return PublishResult(problems=(KEPT_IN_FOLDER,))
        newest = publications.newest_version(session, "survey", name)
        if plans.waiting(session, name) is not None or newest != ready.in_force:
            return PublishResult(is_outdated=True)
        plans.add(session, row)
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{row.id}", {"plan": row.id}, go_live_at)
    return PublishResult(ready.next_version)


def cancel(toolbox: Toolbox, name: str, plan_id: str, actor: str, now: datetime) -> bool:
    """False when it is over already. The draft stays as it is."""
    with toolbox.database.writing() as session:
        row = plans.lock(session, plan_id)
        if row is None or row.survey_id != name or row.state != "waiting":
            return False
        _finish(row, "cancelled", actor, now)
    return True


def newest_plan(toolbox: Toolbox, name: str) -> PublicationPlan | None:
    """The plan of a survey that was made last, over or not."""
    with toolbox.database.reading() as session:
        row = plans.newest(session, name)
        if row is None:
            return None
        planner = staff.by_email(session, row.planned_by)
    return _plan_of(row, planner.name if planner is not None else row.planned_by)


def _plan_of(row: PublicationPlanRow, planner: str) -> PublicationPlan:
    problems = tuple(Problem(one["code"], tuple(one["where"]), one["message"], one["hint"]) for one in row.problems)
    return PublicationPlan(
        row.id, row.state, (row.in_force or 0) + 1, row.go_live_at, row.zone, planner, row.note, row.content,
        row.finished_at, problems,
    )  # fmt: skip


def carry_out(toolbox: Toolbox, plan_id: str) -> None:
    """The job. Checks the content again under the policy of the day, and publishes it or says why not. Done twice, it
    changes nothing: the version and the end of the plan are one transaction."""
    now = toolbox.now()
    with toolbox.database.reading() as session:
        waiting = plans.find(session, plan_id)
    if waiting is None or waiting.state != "waiting":
        return
    check = check_document(toolbox, waiting.content, proofs=True)
    wrong = (*check.errors, *_failing_cases(toolbox, waiting, check))
    # Composed before the writing begins: templates take longer than a writer may hold.
    letter = _letter(toolbox, waiting)
    with toolbox.database.writing() as session:
        survey_statuses.lock_name(session, waiting.survey_id)
        row = plans.lock(session, plan_id)
        if row is None or row.state != "waiting":
            return
        problems = (*_hindrances(session, row), *wrong)
        if problems or check.survey is None:
            row.problems = [_as_json(one) for one in problems]
            _finish(row, "refused", "", now)
            delivery.post(toolbox, session, letter, row.id)
            return
        _publish(toolbox, session, row, now)


def _letter(toolbox: Toolbox, row: PublicationPlanRow) -> tuple[ChannelMessage, ...]:
    """To whoever planned it, if they are still there: it was not published."""
    with toolbox.database.reading() as session:
        planner = staff.by_email(session, row.planned_by)
    if planner is None or not planner.active:
        return ()
    title = text_in(row.content.get("title"), languages_of(row.content)[0]) or row.survey_id
    link = f"{toolbox.settings.public_url}/desk/surveys/{row.survey_id}/versions"
    version = (row.in_force or 0) + 1
    return delivery.render(
        toolbox,
        compose.publication_failed(planner.email, title, version, row.go_live_at, row.zone, link, planner.language),
    )


def _failing_cases(toolbox: Toolbox, row: PublicationPlanRow, check: DraftCheck) -> tuple[Problem, ...]:
    """The cases of the survey that fail under the policy of the day."""
    if check.survey is None or check.policy is None:
        return ()
    planned = Draft(row.id, "survey", row.survey_id, row.in_force, 0, row.content, row.go_live_at, row.planned_by)
    judged = run_cases(toolbox, planned, ReadableDraft(check.survey, check.policy, is_newest=True))
    failing, hint = (one.name for one in judged if not one.passes), "mend or drop it, then publish the draft"
    return tuple(Problem("case_failed", ("cases",), f"the case `{name}` fails", hint) for name in failing)


def _hindrances(session: Session, row: PublicationPlanRow) -> tuple[Problem, ...]:
    """What happened since that the one who planned it could not know."""
    if home_of(session, row.survey_id) == "folder":
        return (KEPT_IN_FOLDER,)
    newest = publications.newest_version(session, "survey", row.survey_id)
    if newest == row.in_force:
        return ()
    hint = "look at the changes again, and publish the draft"
    return (Problem("version_meanwhile", (), f"version `{newest}` was published meanwhile", hint),)


def _publish(toolbox: Toolbox, session: Session, row: PublicationPlanRow, now: datetime) -> None:
    version = (row.in_force or 0) + 1
    note = PublicationNote(row.planned_by, row.note)
    add_version(toolbox, session, "survey", row.survey_id, version, row.content, now, note)
    row.version = version
    _finish(row, "published", "", now)
    draft = drafts.of_name(session, "survey", row.survey_id)
    locked = drafts.lock(session, draft.id) if draft is not None else None
    if locked is not None:
        go_on_from(toolbox, session, locked, version, row.planned_by, now)


def _finish(row: PublicationPlanRow, state: str, actor: str, now: datetime) -> None:
    row.state, row.finished_at, row.finished_by = state, now, actor


def _as_json(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "where": list(problem.where), "message": problem.message, "hint": problem.hint}
