"""Entry point of the web server: `server()` builds the app from the environment, once per process."""

from __future__ import annotations

import gc

from questionnaire import bootstrap
from questionnaire.processes import end_with_spawner
from questionnaire.web.app import create_app
from questionnaire.web.gateway import Gateway


def server() -> Gateway:
    end_with_spawner()
    settings, _ = bootstrap.settings()
    bootstrap.start_log(settings)
    # One thread remains for readers while writers wait for a lock.
    app = create_app(bootstrap.toolbox(settings, writers=max(1, settings.web_threads - 1)))
    # Objects loaded so far are never freed, so garbage collection can skip them.
    gc.freeze()
    return Gateway(app, settings.web_threads, settings.body_seconds)
