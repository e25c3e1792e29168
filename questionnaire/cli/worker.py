"""`questionnaire worker`: runs the jobs, with a PDF process of its own. `questionnaire run` starts one."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import CANNOT_START, DONE, print_problems

if TYPE_CHECKING:
    from types import FrameType

    from questionnaire.core.base.problems import Problem
    from questionnaire.documents import PdfRenderer
    from questionnaire.settings import Settings
    from questionnaire.storage.delivery.job_listener import AlreadyRunning

NICENESS = 10
# Longer than the worker waits for running jobs (jobs/worker.py), shorter than the supervisor waits (supervisor.py).
LEAVE_SECONDS = 7.5
HELP = "do the jobs: mails and PDFs (`run` starts one of these)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="worker-1", help="its name; each running worker needs its own")


def run(arguments: argparse.Namespace) -> int:
    """Returns DONE after a stop, CANNOT_START when a restart does not help until an operator has changed something."""
    from questionnaire import bootstrap
    from questionnaire.documents import PdfRenderer

    # Visitors wait for a page, no one waits for a mail: the web process has priority on the CPU.
    os.nice(NICENESS)
    stop = threading.Event()
    try:
        settings, _ = bootstrap.settings()
        bootstrap.start_log(settings)
        renderer = PdfRenderer()
        _stop_on_signal(stop, renderer)
        try:
            _work(settings, renderer, stop, arguments.name)
        finally:
            renderer.kill()
    except Exception as error:
        startup_error = bootstrap.startup_error(error)
        if startup_error is None:
            raise
        print_problems(startup_error.problems)
        return CANNOT_START
    return DONE


def _work(settings: Settings, renderer: PdfRenderer, stop: threading.Event, name: str) -> None:
    """Runs the worker until `stop` is set, and waits for a database that cannot be reached yet."""
    import structlog

    from questionnaire import bootstrap
    from questionnaire.actions.documents.survey_fonts import warn_of_missing_fonts
    from questionnaire.jobs import worker
    from questionnaire.storage.db.errors import DatabaseUnavailable
    from questionnaire.storage.delivery.job_listener import AlreadyRunning

    while not stop.is_set():
        try:
            box = bootstrap.serving_toolbox(settings, renderer)
            warn_of_missing_fonts(box)
            worker.run(box, stop, name=name)
            return
        except AlreadyRunning as running:
            raise bootstrap.StartupError((already_running(running),)) from running
        except DatabaseUnavailable as busy:
            structlog.get_logger("questionnaire.jobs").warning("worker_waits", worker=name, reason=busy.reason)
            stop.wait(busy.retry_after)


def already_running(running: AlreadyRunning) -> Problem:
    from questionnaire.core.base.problems import Problem

    return Problem("already_running", ("name",), str(running), "give this one another name with --name")


def _stop_on_signal(stop: threading.Event, renderer: PdfRenderer) -> None:
    """Stops the worker on a signal: from the first one, no new job is started.

    A job that has not ended LEAVE_SECONDS later is left as a kill would leave it; the next worker takes it over.
    """
    import structlog

    def exit_now() -> None:
        renderer.kill()
        structlog.get_logger("questionnaire.jobs").warning("worker_left_jobs_behind")
        os._exit(DONE)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            deadline = threading.Timer(LEAVE_SECONDS, exit_now)
            deadline.daemon = True
            deadline.start()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)
