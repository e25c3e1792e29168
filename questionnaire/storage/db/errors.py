"""When the database cannot be written or reached just now: one exception for all the ways drivers say so."""

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

_SQLITE_SAYS = {
    "database is locked": LOCKED,
    "database table is locked": LOCKED,
    "database schema is locked": LOCKED,
    "database or disk is full": FULL,
    "disk i/o error": FULL,
    "readonly database": FULL,
    "unable to open database file": UNREACHABLE,
}
_WAIT = {LOCKED: 2, FULL: 60, UNREACHABLE: 10}


class DatabaseUnavailable(Exception):
    """Nothing was written; try the same again after `retry_after` seconds. `reason`: locked, full or unreachable."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"the database is {reason}" + (f": {detail}" if detail else ""))
        self.reason = reason
        self.retry_after = _WAIT[reason]


class SchemaOutdated(Exception):
    """The database has another level than this program; `questionnaire migrate` brings an older one up."""


def busy_reason(error: BaseException) -> str | None:
    """Why the database could not serve, or None when the error is of another kind (a constraint, a bug)."""
    if isinstance(error, PoolTimeout):
        return LOCKED
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for reason, starts in ((LOCKED, _LOCKED_STATES), (FULL, _FULL_STATES), (UNREACHABLE, _GONE_STATES)):
        if state.startswith(starts) and state:
            return reason
    said = str(error.orig).lower()
    for words, reason in _SQLITE_SAYS.items():
        if words in said:
            return reason
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return UNREACHABLE
    if isinstance(error, OperationalError) and not state and "connect" in said:
        return UNREACHABLE
    return None


@contextmanager
def database_errors(*, reading: bool = False) -> Iterator[None]:
    """Turns what drivers say of a lock, a full disk or a lost connection into DatabaseUnavailable; the rest passes.

    Who writes while `reading` made a mistake, and is told so; a disk that became read-only is another matter.
    """
    try:
        yield
    except Exception as error:
        reason = busy_reason(error)
        if reason is None or (reading and reason == FULL):
            raise
        raise DatabaseUnavailable(reason) from error
