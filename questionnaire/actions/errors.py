"""Exceptions of actions that a page may answer: the database is busy or of another version, a file is damaged."""

from __future__ import annotations

from questionnaire.storage.db.errors import DatabaseUnavailable, SchemaOutdated
from questionnaire.storage.responses.documents import DamagedFile

__all__ = ["DamagedFile", "DatabaseUnavailable", "SchemaOutdated"]
