"""What the web server loads: one app from the environment. The server calls `app()` once per process."""

from __future__ import annotations

import gc

from flask import Flask

from questionnaire import bootstrap
from questionnaire.processes import end_with_spawner
from questionnaire.web.app import create_app


def app() -> Flask:
    end_with_spawner()
    found, _ = bootstrap.settings()
    bootstrap.start_log(found)
    made = create_app(bootstrap.toolbox(found))
    # What was loaded so far stays for good; the collector need not walk it again on every pass.
    gc.freeze()
    return made
