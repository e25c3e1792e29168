"""Startup errors of the database or the data folder, as problems that an operator can fix."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError

from questionnaire.core.base.problems import Problem
from questionnaire.storage.db.data_folder import FolderInUse
from questionnaire.storage.db.errors import FULL, UNREACHABLE, DatabaseUnavailable, SchemaOutdated
from questionnaire.storage.db.network_fs import NetworkFileSystemError

_FOLDER = ("QUESTIONNAIRE_DATA_DIR",)
_DATABASE = ("DATABASE_URL",)
# errno -> what is wrong with a file or folder, and what to do.
_DISK = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space"),
    errno.EFBIG: ("the file may not grow any more", "raise the limit of file sizes"),
    errno.EROFS: ("the disk is read-only", "mount it so that it can be written, or choose another folder with --data"),
    errno.EACCES: ("there is no permission", "give the folder to the user that runs this"),
    errno.EPERM: ("there is no permission", "give the folder to the user that runs this"),
    errno.ENOTDIR: ("this is a file, not a folder", "choose another folder with --data"),
    errno.EEXIST: ("this is a file, not a folder", "choose another folder with --data"),
    errno.ENOENT: ("there is no such place", "choose another folder with --data"),
    errno.ENAMETOOLONG: ("the name is too long", "choose another folder with --data"),
    errno.ELOOP: ("the link leads to itself", "choose another folder with --data"),
    errno.EIO: ("the disk cannot be read or written", "look at the machine's log"),
}


def storage_problem(error: BaseException) -> Problem | None:
    """Returns the problem behind an exception of the storage or the disk; None for any other."""
    if isinstance(error, FolderInUse):
        hint = "stop it first, or choose another folder with --data"
        return Problem("already_running", _FOLDER, str(error), hint)
    if isinstance(error, SchemaOutdated):
        hint = "" if "migrate" in str(error) else "use the program that made it, or another database"
        return Problem("database_level", _DATABASE, str(error), hint)
    if isinstance(error, NetworkFileSystemError):
        return Problem("database_unusable", _DATABASE, str(error))
    if isinstance(error, DatabaseUnavailable):
        return _unavailable(error)
    if isinstance(error, DBAPIError):
        return Problem(
            "database_unusable", _DATABASE, _driver_message(error), "check that this is the product's database"
        )
    if isinstance(error, OSError) and error.filename is not None and error.errno in _DISK:
        message, hint = _DISK[error.errno]
        return Problem("data_folder", _FOLDER, f"{message}: {error.filename}", hint)
    return None


def _unavailable(error: DatabaseUnavailable) -> Problem:
    detail = _driver_message(error.__cause__) if error.__cause__ is not None else str(error)
    if error.reason == FULL:
        return Problem("disk_full", _DATABASE, f"the database cannot be written: {detail}", "free some space")
    if error.reason == UNREACHABLE:
        hint = "check the address and the permissions, and that the server runs"
        return Problem("database_unreachable", _DATABASE, f"the database cannot be opened: {detail}", hint)
    hint = "wait for what holds it, such as a backup, and try again"
    return Problem("database_locked", _DATABASE, f"the database is locked: {detail}", hint)


def _driver_message(error: BaseException) -> str:
    """Returns the driver's message on one line; drivers do not repeat passwords."""
    driver = getattr(error, "orig", None) or error
    return " ".join(str(driver).split())[:300]
