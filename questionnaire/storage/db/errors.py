"""Errors of a busy, full or unreachable database: one exception for the messages of all drivers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

LOCKED, FULL, UNREACHABLE = "locked", "full", "unreachable"

# SQLSTATE classes and codes of PostgreSQL: 40 rolled back (deadlock, serialization), 55P03 lock not available,
# 53100 disk full, 53 other resources, 08 connection, 57P shutting down.
_LOCKED_STATES = ("40", "55P03")
_FULL_STATES = ("53",)
_GONE_STATES = ("08", "57P")

_SQLITE_MESSAGES = {
    "database is locked": LOCKED,
    "database table is locked": LOCKED,
    "database schema is locked": LOCKED,
    "database or disk is full": FULL,
    "disk i/o error": FULL,
    "readonly database": FULL,
    "unable to open database file": UNREACHABLE,
}
_RETRY_SECONDS = {LOCKED: 2, FULL: 60, UNREACHABLE: 10}


class DatabaseUnavailable(Exception):
    """Nothing was written; retry after `retry_after` seconds. `reason`: locked, full or unreachable."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"the database is {reason}" + (f": {detail}" if detail else ""))
        self.reason = reason
        self.retry_after = _RETRY_SECONDS[reason]


class SchemaOutdated(Exception):
    """The database has another schema version than this program; `questionnaire migrate` upgrades an older one."""


def busy_reason(error: BaseException) -> str | None:
    """Returns why the database is unavailable. None for any other error (a constraint, a bug)."""
    if isinstance(error, PoolTimeout):
        return LOCKED
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for reason, prefixes in ((LOCKED, _LOCKED_STATES), (FULL, _FULL_STATES), (UNREACHABLE, _GONE_STATES)):
        if state.startswith(prefixes) and state:
            return reason
    message = str(error.orig).lower()
    for text, reason in _SQLITE_MESSAGES.items():
        if text in message:
            return reason
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return UNREACHABLE
    if isinstance(error, OperationalError) and not state and "connect" in message:
        return UNREACHABLE
    return None


@contextmanager
def database_errors(*, reading: bool = False) -> Iterator[None]:
    """Turns driver errors about locks, full disks and lost connections into DatabaseUnavailable. Others pass unchanged.

    A write while `reading` is a bug and raises the driver's error; it is not taken for a read-only disk.
    """
    try:
        yield
    except Exception as error:
        reason = busy_reason(error)
        if reason is None or (reading and reason == FULL):
            raise
        raise DatabaseUnavailable(reason) from error
