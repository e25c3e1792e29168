"""DBOS, behind the few things we ask of it. Nothing else in the product imports it, but the migration of its tables.

A workflow is one turn of one job; its id is `<key>#<turn>`. What it does is idempotent as a whole, so it has no steps
of its own: a killed worker's workflow starts again and finds what is done already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSConfig
from dbos import WorkflowSerializationFormat as Format
from sqlmodel import Session

from questionnaire.storage.engine import Database
from questionnaire.storage.tables import Job

APPLICATION = "questionnaire"
# The version of what a workflow takes and does, not of the product: an upgrade goes on with yesterday's jobs.
VERSION = "1"
POLL_SECONDS = 0.1
# How often a job may take its worker down with it before it is called failed.
MOST_RECOVERIES = 5
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")


class Runner:
    """One per process. `perform(key, turn)` is called in a thread for each job that comes up."""

    def __init__(self, database: Database, name: str, perform: Callable[[str, int], None]) -> None:
        self._client = DBOSClient(system_database_engine=database.write_engine, application_name=APPLICATION, lazy=True)
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": database.url.render_as_string(hide_password=False),
            "application_version": VERSION,
            "executor_id": name,
            # levels.make_room_for_runner made the tables.
            "run_migrations": False,
            "log_level": "ERROR",
        }
        DBOS(config=config)

        @DBOS.workflow(name="job", max_recovery_attempts=MOST_RECOVERIES, serialization_type=Format.PORTABLE)
        def job(key: str, turn: int) -> None:
            perform(key, turn)

        self._job = job

    def start(self, lanes: dict[str, int]) -> None:
        """Takes up what an earlier process of this name left, and listens to the lanes."""
        DBOS.launch()
        for name, at_once in lanes.items():
            DBOS.register_queue(name, worker_concurrency=at_once, polling_interval_sec=POLL_SECONDS)

    def hand_over(self, session: Session, job: Job, lane: str) -> None:
        """Gives a turn of a job to DBOS, in the session's transaction; the same turn twice is one."""
        self._client.enqueue_in_transaction(
            session,
            {
                "workflow_name": "job",
                "queue_name": lane,
                "workflow_id": workflow_id(job),
                "serialization_type": Format.PORTABLE,
            },
            job.key,
            job.turn,
        )

    def gone_wrong(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Those of these jobs whose workflow ended without a word from us, or is not there at all."""
        ids = {workflow_id(job): job for job in jobs}
        if not ids:
            return ()
        found = DBOS.list_workflows(workflow_ids=list(ids), load_input=False, load_output=False)
        alive = {status.workflow_id for status in found if status.status not in ENDED}
        return tuple(job for name, job in ids.items() if name not in alive)

    def take_over(self, name: str) -> int:
        """Resumes what a dead worker had begun; how much that was."""
        begun = DBOS.list_workflows(executor_id=name, status="PENDING", load_input=False, load_output=False)
        for status in begun:
            DBOS.resume_workflow(status.workflow_id, queue_name=status.queue_name)
        return len(begun)

    def forget_ended(self, before: datetime, at_once: int = 1000) -> int:
        """Removes workflows that ended before this moment; their jobs are written in our own table."""
        found = DBOS.list_workflows(
            status=list(ENDED), completed_before=before.isoformat(), limit=at_once, load_input=False, load_output=False
        )
        if found:
            DBOS.delete_workflows([status.workflow_id for status in found])
        return len(found)

    def stop(self) -> None:
        DBOS.destroy()


def workflow_id(job: Job) -> str:
    return f"{job.key}#{job.turn}"
