"""`questionnaire worker`: does the jobs, with the PDF process beside it. `questionnaire run` starts one."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, UNFIT, complain

if TYPE_CHECKING:
    from types import FrameType

    from questionnaire.core.base.problems import Problem
    from questionnaire.documents import PdfRenderer
    from questionnaire.settings import Settings
    from questionnaire.storage.delivery.job_listener import AlreadyRunning

GENTLE = 10
# Above what the worker gives the jobs in hand (jobs/worker.py), below the patience of whoever started it (family.py).
LEAVE_SECONDS = 7.5
HELP = "do the jobs: mails and PDFs (`run` starts one of these)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="worker-1", help="its name; each running worker needs its own")


def run(arguments: argparse.Namespace) -> int:
    """DONE after a stop, UNFIT when starting it again is of no use before somebody has changed something."""
    from questionnaire import bootstrap
    from questionnaire.documents import PdfRenderer

    # Somebody waits for a page, nobody for a mail: where both want the processor, the page goes first.
    os.nice(GENTLE)
    stop = threading.Event()
    try:
        found, _ = bootstrap.settings()
        bootstrap.start_log(found)
        press = PdfRenderer()
        _stop_on_signal(stop, press)
        try:
            _work(found, press, stop, arguments.name)
        finally:
            press.kill()
    except Exception as error:
        unfit = bootstrap.unfit(error)
        if unfit is None:
            raise
        complain(unfit.problems)
        return UNFIT
    return DONE


def _work(found: Settings, press: PdfRenderer, stop: threading.Event, name: str) -> None:
    """Works until `stop`, also when the database is not there yet."""
    import structlog

    from questionnaire import bootstrap
    from questionnaire.jobs import worker
    from questionnaire.storage.db.errors import DatabaseUnavailable
    from questionnaire.storage.delivery.job_listener import AlreadyRunning

    while not stop.is_set():
        try:
            box = bootstrap.serving_toolbox(found, press)
            worker.run(box, stop, name=name)
            return
        except AlreadyRunning as running:
            raise bootstrap.Unfit((already_running(running),)) from running
        except DatabaseUnavailable as busy:
            structlog.get_logger("questionnaire.jobs").warning("worker_waits", worker=name, reason=busy.reason)
            stop.wait(busy.retry_after)


def already_running(running: AlreadyRunning) -> Problem:
    from questionnaire.core.base.problems import Problem

    return Problem("already_running", ("name",), str(running), "give this one another name with --name")


def _stop_on_signal(stop: threading.Event, press: PdfRenderer) -> None:
    """No new jobs from the first signal on. What is not done soon after is left as a kill would leave it: the next
    worker takes it up."""
    import structlog

    def leave() -> None:
        press.kill()
        structlog.get_logger("questionnaire.jobs").warning("worker_left_jobs_behind")
        os._exit(DONE)

    def asked(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            deadline = threading.Timer(LEAVE_SECONDS, leave)
            deadline.daemon = True
            deadline.start()

    for wanted in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(wanted, asked)
