from __future__ import annotations

import pytest

from questionnaire.storage.db.engine import Database
from tests.actions.installation import Office, open_office
from tests.databases import database, databases

__all__ = ["database", "databases"]


@pytest.fixture
def office(database: Database) -> Office:
    """The worked example on each kind of database, on Friday 2 October at 17:30 in Berlin."""
    return open_office(database)
