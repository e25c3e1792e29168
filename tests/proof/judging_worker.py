"""A worker for a proof that kills it: `main` runs in a process of its own and judges responses."""

from __future__ import annotations

import signal
import threading

from questionnaire.jobs import worker
from questionnaire.jobs.registry import JOB_TYPES
from tests.toolboxes import toolbox_for


def main(url: str, name: str) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(toolbox_for(url), stop, name=name, steps={"judge": JOB_TYPES["judge"]})
