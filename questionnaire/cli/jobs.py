"""`questionnaire jobs`: counts the jobs, lists failed jobs and replays one."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems

if TYPE_CHECKING:
    from questionnaire.actions.delivery.failed_jobs import DeadJobs

HELP = "say how the jobs stand, and do a failed one again"
STATES = ("waiting", "running", "done", "dead")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dead", action="store_true", help="list the jobs that failed and are no longer tried")
    parser.add_argument("--replay", metavar="KEY", help="do this failed job again")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.delivery import failed_jobs
    from questionnaire.core.base.problems import Problem

    with open_toolbox() as box:
        if arguments.replay is not None:
            if not failed_jobs.replay(box, arguments.replay):
                hint = "see their keys with `questionnaire jobs --dead`"
                return print_problems(
                    (Problem("unknown_job", (arguments.replay,), "no failed job has this key", hint),)
                )
            print(f"{arguments.replay} is done again as soon as a worker is free")
            return DONE
        if arguments.dead:
            print("\n".join(_dead(failed_jobs.dead_jobs(box))))
        else:
            print("\n".join(_counts(failed_jobs.counts(box), failed_jobs.oldest_due(box))))
        return DONE


def _counts(counts: tuple[tuple[str, str, int], ...], oldest: datetime | None) -> Iterator[str]:
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for name, state, number in counts:
        table[name][state] = number
    yield f"{'':<16}" + "".join(f"{state:>9}" for state in STATES)
    for name, numbers in table.items():
        yield f"{name:<16}" + "".join(f"{numbers.get(state, 0):>9}" for state in STATES)
    yield "nothing is due" if oldest is None else f"due since {oldest.isoformat(timespec='seconds')}"


def _dead(dead: DeadJobs) -> Iterator[str]:
    for job in dead.jobs:
        yield f"{job.key}  {job.name}  since {job.since.isoformat(timespec='seconds')}, {job.attempts} attempts"
        yield f"    {job.error}"
    if dead.total > len(dead.jobs):
        yield f"and {dead.total - len(dead.jobs)} more"
    if not dead.total:
        yield "no failed jobs"
