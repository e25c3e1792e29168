"""The worker process: claims what is due, has it done, and looks after the other workers.

    run(toolbox, stop, name="worker-1")      until `stop` is set

Kill it at any moment: what it had begun is taken up by the next process of its name, or by another worker when none
comes. It sleeps until a job is committed (storage/delivery/job_listener.py), until the next one is due, or until it has to show that
it lives. It keeps its own time by the monotonic clock, and the product's by the toolbox.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.pool import Lanes
from questionnaire.jobs.registry import JOB_TYPES, QUEUES, JobType
from questionnaire.storage import Session
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import digest_entries, heartbeats, job_queue, rate_counts
from questionnaire.storage.delivery.job_listener import Listener, listening
from questionnaire.storage.people import staff
from questionnaire.storage.responses import partial_responses, visits
from questionnaire.storage.schema.versions import check_level
from questionnaire.storage.tables import JobRow

# How long a signal that got lost can hold up a job.
LOOK_SECONDS = 2.0
BUSY_SECONDS = 1.0
BEAT_SECONDS = 10.0
# Looks at a heart that stands still, not seconds: time in which the observer or the database slept does not count.
DEAD_AFTER_BEATS = 6
TIDY_SECONDS = 3600.0
STOP_SECONDS = 6.0
DONE_KEPT = timedelta(days=30)
# Longer than any period that is counted (actions/delivery/caps.py).
COUNTS_KEPT = timedelta(days=2)
VISITS_KEPT = timedelta(days=400)
_log = structlog.get_logger("questionnaire.jobs")


@dataclass(slots=True)
class _Others:
    """How often in a row the heart of each other worker was seen at the same beat."""

    seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def dead(self, beats: Mapping[str, int], me: str) -> tuple[str, ...]:
        self.seen = {
            name: (beat, known[1] + 1) if (known := self.seen.get(name)) and known[0] == beat else (beat, 0)
            for name, beat in beats.items()
            if name != me
        }
        return tuple(name for name, (_, looks) in self.seen.items() if looks >= DEAD_AFTER_BEATS)


@dataclass(slots=True)
class _Worker:
    toolbox: Toolbox
    name: str
    steps: Mapping[str, JobType]
    listener: Listener
    lanes: Lanes
    others: _Others = field(default_factory=_Others)
    next_beat: float = 0.0
    next_tidy: float = field(default_factory=lambda: time.monotonic() + 60)

    def round(self) -> float:
        """Does everything that is due now; the seconds until there may be something to do without a signal."""
        at = time.monotonic()
        if at >= self.next_beat:
            self.beat()
            self.next_beat = at + BEAT_SECONDS
        if at >= self.next_tidy:
            self.next_tidy = at + TIDY_SECONDS
            _tidy(self.toolbox)
        return min(self._claim_due(), LOOK_SECONDS, self.next_beat - at)

    def beat(self) -> None:
        """Shows that this worker lives, and hands back what nobody does any more."""
        with self.toolbox.database.writing() as session:
            now = self.toolbox.now()
            heartbeats.beat(session, self.name, now)
            beats = heartbeats.beats(session)
            dead = self.others.dead(beats, self.name)
            for name in dead:
                heartbeats.forget(session, name)
            back = self.hand_back(session, set(beats) - set(dead) - {self.name}, self.lanes.keys)
        if dead or back:
            _log.warning("worker_taken_over", workers=dead, jobs=back)
        delivery.probe_destinations(self.toolbox)

    def hand_back(self, session: Session, alive: set[str], mine: frozenset[str] = frozenset()) -> int:
        """Jobs in hand but for those of workers that live and for `mine`; how many."""
        now, count = self.toolbox.now(), 0
        for key, worker in job_queue.in_hand(session):
            if worker not in alive and not (worker == self.name and key in mine):
                count += job_queue.hand_back(session, key, worker, now)
        return count

    def _claim_due(self) -> float:
        """Starts as many jobs as there are free threads; seconds until the next is due."""
        free = self.lanes.free()
        names = tuple(name for name, step in self.steps.items() if step.lane in free)
        if not names:
            return LOOK_SECONDS
        now = self.toolbox.now()
        with self.toolbox.database.reading() as session:
            first = job_queue.next_due(session, names)
        if first is None:
            return LOOK_SECONDS
        if first > now:
            return (first - now).total_seconds()
        with self.toolbox.database.writing() as session:
            # Taken for dead while it was frozen, it must be known again before it claims.
            heartbeats.ensure(session, self.name, now)
            claimed = self._claim(session, free)
        for job in claimed:
            work = partial(perform, self.toolbox, self.steps, job.key, job.turn, job.claims)
            self.lanes.start(self.steps[job.name].lane, job.key, work, suspect=job.claims > 1)
        # Nothing to be had: others are just claiming it, or it waits for the end of a job that was handed back.
        return 0.0 if claimed else LOOK_SECONDS

    def _claim(self, session: Session, free: dict[str, int]) -> list[JobRow]:
        now, claimed = self.toolbox.now(), list[JobRow]()
        if self.lanes.takes_suspect():
            names = tuple(name for name, step in self.steps.items() if step.lane in free)
            claimed += job_queue.due_jobs(session, names, now, 1, handed_back=True)
            for job in claimed:
                free[self.steps[job.name].lane] -= 1
        for lane, threads in free.items():
            names = tuple(name for name, step in self.steps.items() if step.lane == lane)
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
    """Works until `stop` is set; `ready` is set once jobs are taken.

    AlreadyRunning when the name is taken, SchemaOutdated when the database is not at this program's level, DatabaseUnavailable
    when it cannot be reached at the start.

    What runs when it is stopped gets STOP_SECONDS to end; what does not is handed back.
    """
    with listening(toolbox.database, name) as listener:
        check_level(toolbox.database)
        worker = _Worker(toolbox, name, steps, listener, Lanes(QUEUES, listener.wake))
        # An earlier process of this name is dead, for it does not hold the name.
        worker.beat()
        _log.info("worker_started", worker=name)
        if ready is not None:
            ready.set()
        _wake_on(stop, listener)
        _work(worker, stop)
        _leave(worker)
        _log.info("worker_stopped", worker=name)


def _wake_on(stop: threading.Event, listener: Listener) -> None:
    """A listener waits for descriptors; a thread that sleeps tells it of the event."""

    def watch() -> None:
        stop.wait()
        listener.wake()

    threading.Thread(target=watch, daemon=True, name="stop").start()


def _work(worker: _Worker, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            pause = worker.round()
        except DatabaseUnavailable as busy:
            _log.warning("worker_waits", worker=worker.name, reason=busy.reason)
            pause = BUSY_SECONDS
        if pause > 0:
            worker.listener.wait(pause)


def _leave(worker: _Worker) -> None:
    worker.lanes.wait_until_idle(STOP_SECONDS)
    try:
        with worker.toolbox.database.writing() as session:
            back = worker.hand_back(session, set(heartbeats.beats(session)) - {worker.name})
            heartbeats.forget(session, worker.name)
        if back:
            _log.warning("jobs_handed_back", worker=worker.name, jobs=back)
    except DatabaseUnavailable:
        # The next process of this name hands them back.
        _log.warning("worker_left_in_a_hurry", worker=worker.name)


def _tidy(toolbox: Toolbox) -> None:
    now = toolbox.now()
    with toolbox.database.writing() as session:
        gone = job_queue.delete_finished(session, now - DONE_KEPT)
        gone += partial_responses.forget_expired(session, now) + staff.forget_expired(session, now)
        gone += visits.forget_before(session, (now - VISITS_KEPT).date())
        gone += rate_counts.forget_before(session, now - COUNTS_KEPT) + digest_entries.delete_sent(
            session, now - DONE_KEPT
        )
    _log.info("tidied", rows=gone)
