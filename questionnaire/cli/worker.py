"""`questionnaire worker`: does the jobs, with the PDF process beside it. `questionnaire run` starts one."""

from __future__ import annotations

import argparse
import os
import signal
import threading

from questionnaire.cli.terminal import DONE, complain

GENTLE = 10
HELP = "do the jobs: mails and PDFs (`run` starts one of these)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="worker-1", help="its name; each running worker needs its own")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire import bootstrap
    from questionnaire.core.problems import Problem
    from questionnaire.documents import Paper
    from questionnaire.jobs import worker
    from questionnaire.storage.listener import AlreadyRunning

    # Somebody waits for a page, nobody for a mail: where both want the processor, the page goes first.
    os.nice(GENTLE)
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    try:
        found, _ = bootstrap.settings()
        bootstrap.start_log(found)
        press = Paper()
        try:
            worker.run(bootstrap.toolbox(found, press), stop, name=arguments.name)
        finally:
            press.close()
    except bootstrap.Unfit as unfit:
        return complain(unfit.problems)
    except AlreadyRunning as taken:
        hint = "give this one another name with --name"
        return complain((Problem("already_running", (arguments.name,), str(taken), hint),))
    return DONE
