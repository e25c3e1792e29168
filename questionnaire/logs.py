"""Log records of libraries, such as the web server, as JSON lines like those of the product's own log."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """Formats a record as one JSON line, without the arguments of its message: they may be what a person typed."""

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
    """Writes to the sys.stderr of the moment of logging."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:  # noqa: BLE001 (a log that cannot be written stops nobody)
            self.handleError(record)


def libraries_to_standard_error(level: int) -> None:
    """Sends log records of libraries, from `level` on, to standard error as JSON lines."""
    handler = StandardError()
    handler.setFormatter(JsonLine())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
    logging.captureWarnings(True)
