"""What the web server loads: one app from the environment. The server calls `app()` once per process."""

from __future__ import annotations

import gc
import logging

import structlog
from flask import Flask

from questionnaire import bootstrap
from questionnaire.web.app import create_app

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def app() -> Flask:
    found, _ = bootstrap.settings()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[found.log_level]),
    )
    made = create_app(bootstrap.toolbox(found))
    # What was loaded so far stays for good; the collector need not walk it again on every pass.
    gc.freeze()
    return made
