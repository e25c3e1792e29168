"""A worker for tests that kill it: `main` runs in a process of its own.

Its jobs write what they did into the ledger, a file: a line when they begin and a line when they are through.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs import worker
from questionnaire.jobs.registry import JobType
from questionnaire.storage.people import settings_store
from tests.toolboxes import toolbox_for


def main(url: str, ledger: str, name: str) -> None:
    stop, ready = threading.Event(), threading.Event()

    def tell(words: str) -> None:
        with Path(ledger).open("a") as file:
            file.write(words + "\n")

    def announce() -> None:
        ready.wait()
        tell(f"ready {name}")

    def effect(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
        tell(f"begin {args['n']} {by}")
        time.sleep(float(args.get("seconds", 0)))
        with toolbox.database.writing() as session:
            settings_store.keep(session, f"effect {args['n']}", {"by": by}, toolbox.now())
        tell(f"end {args['n']} {by}")

    def boom(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
        tell(f"boom {args['n']} {by}")
        raise RuntimeError("boom")

    def deadly(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
        tell(f"deadly {args['n']} {by}")
        os.kill(os.getpid(), signal.SIGKILL)

    worker.BEAT_SECONDS = 0.3
    steps = {name: JobType(do, "mail") for name, do in (("effect", effect), ("boom", boom), ("deadly", deadly))}
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=announce, daemon=True).start()
    worker.run(toolbox_for(url), stop, name=name, steps=steps, ready=ready)
    tell(f"stopped {name}")
