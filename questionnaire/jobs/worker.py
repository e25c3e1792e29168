"""The worker process: takes from the waiting room what is due, has it done, and looks after the others.

    run(toolbox, STEPS, "worker-1", stop)      until `stop` is set

Kill it at any moment: what it had begun is taken up by the next process of its name, or by another worker when none
comes. It keeps its own time by the monotonic clock, and the product's by the toolbox.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from questionnaire.actions import mailing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.doing import failed, perform
from questionnaire.jobs.lock import only_one
from questionnaire.jobs.runner import Runner
from questionnaire.jobs.steps import LANES, STEPS, Step
from questionnaire.storage import drafts, notices, queue, rates, staff, visits, workers
from questionnaire.storage.levels import check_level, make_room_for_runner
from questionnaire.storage.trouble import StorageBusy

LOOK_SECONDS = 0.1
BEAT_SECONDS = 5.0
DEAD_AFTER_SECONDS = 60.0
TIDY_SECONDS = 3600.0
AT_ONCE = 50
STOP_SECONDS = 25.0
DONE_KEPT = timedelta(days=30)
WORKFLOWS_KEPT = timedelta(days=1)
# Longer than any period that is counted (actions/caps.py).
COUNTS_KEPT = timedelta(days=2)
VISITS_KEPT = timedelta(days=400)
_log = structlog.get_logger("questionnaire.jobs")


@dataclass(slots=True)
class _Busy:
    """How many jobs are being done in this process."""

    count: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> None:
        with self.guard:
            self.count += 1

    def __exit__(self, *_: object) -> None:
        with self.guard:
            self.count -= 1


@dataclass(slots=True)
class _Others:
    """Since when (monotonic seconds) the heart of each worker stands at which beat."""

    seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def dead(self, beats: Mapping[str, int], me: str, at: float) -> tuple[str, ...]:
        self.seen = {
            name: known if (known := self.seen.get(name)) and known[0] == beat else (beat, at)
            for name, beat in beats.items()
            if name != me
        }
        return tuple(name for name, (_, since) in self.seen.items() if at - since > DEAD_AFTER_SECONDS)


def run(
    toolbox: Toolbox,
    stop: threading.Event,
    *,
    name: str = "worker-1",
    steps: Mapping[str, Step] = STEPS,
    ready: threading.Event | None = None,
) -> None:
    """Works until `stop` is set; `ready` is set once jobs are taken.

    AlreadyRunning when the name is taken, StorageBehind when the database is not at this program's level.

    What runs when it is stopped gets 25 seconds to end; what does not is taken up next time.
    """
    busy = _Busy()

    def do(key: str, turn: int) -> None:
        with busy:
            perform(toolbox, steps, key, turn)

    with only_one(toolbox.database, name):
        check_level(toolbox.database)
        make_room_for_runner(toolbox.database)
        runner = Runner(toolbox.database, name, do)
        runner.start(dict(LANES))
        _log.info("worker_started", worker=name)
        if ready is not None:
            ready.set()
        try:
            _work(toolbox, runner, name, steps, stop)
            _finish(busy)
            with toolbox.database.writing() as session:
                workers.forget(session, name)
        except StorageBusy:
            _log.warning("worker_left_in_a_hurry", worker=name)
        finally:
            runner.stop()
            _log.info("worker_stopped", worker=name)


def _work(toolbox: Toolbox, runner: Runner, name: str, steps: Mapping[str, Step], stop: threading.Event) -> None:
    others, next_beat, next_tidy = _Others(), 0.0, time.monotonic() + 60
    while not stop.is_set():
        more = False
        try:
            more = hand_over_due(toolbox, runner, steps)
            at = time.monotonic()
            if at >= next_beat:
                next_beat = at + BEAT_SECONDS
                _beat(toolbox, runner, name, others, at)
            if at >= next_tidy:
                next_tidy = at + TIDY_SECONDS
                _tidy(toolbox, runner)
        except StorageBusy as busy:
            _log.warning("worker_waits", worker=name, reason=busy.reason)
        stop.wait(0 if more else LOOK_SECONDS)


def hand_over_due(toolbox: Toolbox, runner: Runner, steps: Mapping[str, Step]) -> bool:
    """Moves what is due from the waiting room to DBOS, in one transaction; True when there may be more."""
    names, now = tuple(steps), toolbox.now()
    with toolbox.database.reading() as session:
        if queue.oldest_due(session, now, names) is None:
            return False
    with toolbox.database.writing() as session:
        found = queue.due(session, names, now, AT_ONCE)
        for job in found:
            runner.hand_over(session, job, steps[job.name].lane)
            queue.handed(session, job)
    return len(found) == AT_ONCE


def _beat(toolbox: Toolbox, runner: Runner, name: str, others: _Others, at: float) -> None:
    with toolbox.database.writing() as session:
        workers.beat(session, name, toolbox.now())
        beats = workers.beats(session)
    for dead in others.dead(beats, name, at):
        _log.warning("worker_taken_over", worker=dead, jobs=runner.take_over(dead))
        with toolbox.database.writing() as session:
            workers.forget(session, dead)
    _look_after_lost_ones(toolbox, runner)
    mailing.probe_destinations(toolbox)


def _look_after_lost_ones(toolbox: Toolbox, runner: Runner) -> None:
    """Jobs whose workflow is over and that were not told so: their worker died of them, too often."""
    with toolbox.database.reading() as session:
        lost = runner.gone_wrong(queue.in_hand(session, 500))
    for job in lost:
        with toolbox.database.reading() as session:
            # It may have ended well between the two looks.
            if queue.current(session, job.key, job.turn) is None:
                continue
        failed(toolbox, job.name, job.key, job.turn, job.attempt, "RunnerGaveUp: the job ended without a result")


def _tidy(toolbox: Toolbox, runner: Runner) -> None:
    now = toolbox.now()
    with toolbox.database.writing() as session:
        gone = queue.forget_done(session, now - DONE_KEPT)
        gone += drafts.forget_expired(session, now) + staff.forget_expired(session, now)
        gone += visits.forget_before(session, (now - VISITS_KEPT).date())
        gone += rates.forget_before(session, now - COUNTS_KEPT) + notices.forget_told(session, now - DONE_KEPT)
    while runner.forget_ended(now - WORKFLOWS_KEPT) == 1000:
        continue
    _log.info("tidied", rows=gone)


def _finish(busy: _Busy) -> None:
    give_up = time.monotonic() + STOP_SECONDS
    while busy.count and time.monotonic() < give_up:
        time.sleep(0.05)
