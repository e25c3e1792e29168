"""What the web server loads: one app from the environment. The server calls `server()` once per process."""

from __future__ import annotations

import gc

from questionnaire import bootstrap
from questionnaire.processes import end_with_spawner
from questionnaire.web.app import create_app
from questionnaire.web.gateway import Gateway


def server() -> Gateway:
    end_with_spawner()
    found, _ = bootstrap.settings()
    bootstrap.start_log(found)
    # One thread is left to those who read, however long a lock of somebody else keeps the writers waiting.
    app = create_app(bootstrap.toolbox(found, writers=max(1, found.web_threads - 1)))
    # What was loaded so far stays for good; the collector need not walk it again on every pass.
    gc.freeze()
    return Gateway(app, found.web_threads, found.body_seconds)
