"""Log lines of libraries, such as the web server, as the lines of JSON that our own log consists of."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """One line for each record. Without the values that were put into its text: they may be what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "event": str(record.msg),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


class StandardError(logging.Handler):
    """Writes to standard error as it is when something is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:  # noqa: BLE001 (a log that cannot be written stops nobody)
            self.handleError(record)


def libraries_to_standard_error(level: int) -> None:
    """Sends what libraries log, from this level on, to standard error as lines of JSON."""
    handler = StandardError()
    handler.setFormatter(JsonLine())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
    logging.captureWarnings(True)
