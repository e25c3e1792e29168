"""Worker process: claims due jobs, runs them, and takes over the jobs of dead workers.

    run(toolbox, stop, name="worker-1")      until `stop` is set

It may be killed at any moment: the next process of its name, or another worker, takes over its jobs. It sleeps until a
job is committed (storage/delivery/job_listener.py), until the next job is due, or until its next heartbeat. It measures
its own intervals with the monotonic clock; due times use the toolbox's clock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import structlog

from questionnaire.actions import retention
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.pool import WorkerThreads
from questionnaire.jobs.registry import JOB_TYPES, QUEUES, JobType
from questionnaire.storage import Session
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import heartbeats, job_queue
from questionnaire.storage.delivery.job_listener import Listener, listening
from questionnaire.storage.schema.versions import check_level
from questionnaire.storage.tables import JobRow

# The longest delay of a job whose signal got lost.
POLL_SECONDS = 2.0
BUSY_SECONDS = 1.0
BEAT_SECONDS = 10.0
# Observations of an unchanged heartbeat, not seconds: time in which the observer or the database was suspended does not
# count.
DEAD_AFTER_BEATS = 6
CLEANUP_SECONDS = 3600.0
STOP_SECONDS = 6.0
_log = structlog.get_logger("questionnaire.jobs")


@dataclass(slots=True)
class _OtherWorkers:
    """How often in a row the heartbeat count of each other worker was seen unchanged."""

    seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def dead(self, beats: Mapping[str, int], own_name: str) -> tuple[str, ...]:
        self.seen = {
            name: (beat, last[1] + 1) if (last := self.seen.get(name)) and last[0] == beat else (beat, 0)
            for name, beat in beats.items()
            if name != own_name
        }
        return tuple(name for name, (_, observations) in self.seen.items() if observations >= DEAD_AFTER_BEATS)


@dataclass(slots=True)
class _Worker:
    toolbox: Toolbox
    name: str
    steps: Mapping[str, JobType]
    listener: Listener
    threads: WorkerThreads
    others: _OtherWorkers = field(default_factory=_OtherWorkers)
    next_beat: float = 0.0
    next_tidy: float = field(default_factory=lambda: time.monotonic() + 60)

    def round(self) -> float:
        """Runs everything that is due now. Returns the seconds until there may be work without a signal."""
        at = time.monotonic()
        if at >= self.next_beat:
            self.beat()
            self.next_beat = at + BEAT_SECONDS
        if at >= self.next_tidy:
            self.next_tidy = at + CLEANUP_SECONDS
            retention.plan(self.toolbox)
        return min(self._claim_due(), POLL_SECONDS, self.next_beat - at)

    def beat(self) -> None:
        """Writes this worker's heartbeat, and hands back the jobs of dead workers."""
        with self.toolbox.database.writing() as session:
            now = self.toolbox.now()
            heartbeats.beat(session, self.name, now)
            beats = heartbeats.beats(session)
            dead = self.others.dead(beats, self.name)
            for name in dead:
                heartbeats.forget(session, name)
            handed_back = self.hand_back(session, set(beats) - set(dead) - {self.name}, self.threads.keys)
        if dead or handed_back:
            _log.warning("worker_taken_over", workers=dead, jobs=handed_back)
        delivery.probe_destinations(self.toolbox)

    def hand_back(self, session: Session, live_workers: set[str], own_keys: frozenset[str] = frozenset()) -> int:
        """Hands back running jobs except those of live workers and `own_keys`. Returns their number."""
        now, count = self.toolbox.now(), 0
        for key, worker in job_queue.running_jobs(session):
            if worker not in live_workers and not (worker == self.name and key in own_keys):
                count += job_queue.hand_back(session, key, worker, now)
        return count

    def _claim_due(self) -> float:
        """Starts as many jobs as there are idle threads. Returns the seconds until the next job is due."""
        free = self.threads.free()
        names = tuple(name for name, step in self.steps.items() if step.queue in free)
        if not names:
            return POLL_SECONDS
        now = self.toolbox.now()
        with self.toolbox.database.reading() as session:
            due_at = job_queue.next_due(session, names)
        if due_at is None:
            return POLL_SECONDS
        if due_at > now:
            return (due_at - now).total_seconds()
        with self.toolbox.database.writing() as session:
            # A worker that was suspended may have been removed as dead; it must have a heartbeat before it claims.
            heartbeats.ensure(session, self.name, now)
            claimed = self._claim(session, free)
        for job in claimed:
            work = partial(perform, self.toolbox, self.steps, job.key, job.turn, job.claims)
            self.threads.start(self.steps[job.name].queue, job.key, work, suspect=job.claims > 1)
        # Nothing claimed: other workers claim these jobs, or they wait for the end of a handed-back job.
        return 0.0 if claimed else POLL_SECONDS

    def _claim(self, session: Session, free: dict[str, int]) -> list[JobRow]:
        now, claimed = self.toolbox.now(), list[JobRow]()
        if self.threads.takes_suspect():
            names = tuple(name for name, step in self.steps.items() if step.queue in free)
            claimed += job_queue.due_jobs(session, names, now, 1, handed_back=True)
            for job in claimed:
                free[self.steps[job.name].queue] -= 1
        for queue, threads in free.items():
            names = tuple(name for name, step in self.steps.items() if step.queue == queue)
            if threads and names:
                claimed += job_queue.due_jobs(session, names, now, threads, handed_back=False)
        for job in claimed:
            job_queue.claim(session, job, self.name)
        return claimed


def run(
    toolbox: Toolbox,
    stop: threading.Event,
    *,
    name: str = "worker-1",
    steps: Mapping[str, JobType] = JOB_TYPES,
    ready: threading.Event | None = None,
) -> None:
    """Runs the worker until `stop` is set; sets `ready` once it claims jobs.

    Raises AlreadyRunning when another worker has the name, SchemaOutdated when the database has another schema version
    than this program, DatabaseUnavailable when the database cannot be reached at the start.

    At a stop, running jobs get STOP_SECONDS to end; the others are handed back.
    """
    with listening(toolbox.database, name) as listener:
        check_level(toolbox.database)
        worker = _Worker(toolbox, name, steps, listener, WorkerThreads(QUEUES, listener.wake))
        # An earlier process of this name is dead, because it does not hold the name.
        worker.beat()
        _log.info("worker_started", worker=name)
        if ready is not None:
            ready.set()
        _wake_on(stop, listener)
        _run_rounds(worker, stop)
        _shut_down(worker)
        _log.info("worker_stopped", worker=name)


def _wake_on(stop: threading.Event, listener: Listener) -> None:
    """Wakes the listener when `stop` is set.

    The listener waits for file descriptors only, so that a thread waits for the event.
    """

    def watch() -> None:
        stop.wait()
        listener.wake()

    threading.Thread(target=watch, daemon=True, name="stop").start()


def _run_rounds(worker: _Worker, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            pause = worker.round()
        except DatabaseUnavailable as busy:
            _log.warning("worker_waits", worker=worker.name, reason=busy.reason)
            pause = BUSY_SECONDS
        if pause > 0:
            worker.listener.wait(pause)


def _shut_down(worker: _Worker) -> None:
    worker.threads.wait_until_idle(STOP_SECONDS)
    try:
        with worker.toolbox.database.writing() as session:
            handed_back = worker.hand_back(session, set(heartbeats.beats(session)) - {worker.name})
            heartbeats.forget(session, worker.name)
        if handed_back:
            _log.warning("jobs_handed_back", worker=worker.name, jobs=handed_back)
    except DatabaseUnavailable:
        # The next process of this name hands them back.
        _log.warning("worker_left_in_a_hurry", worker=worker.name)
