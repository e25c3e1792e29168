"""Each promise, tried small with every run of the tests and at full size by `make proof` (PROOF_SIZE=full)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import Database
from questionnaire.web import create_app
from tests.databases import database, databases
from tests.web.client import Clock, Inspecting, fill, make_toolbox, product_hasher

__all__ = ["database", "databases", "product_hasher"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def toolbox(database: Database, clock: Clock) -> Toolbox:
    """The sample published and five people on staff, on each kind of database."""
    made = make_toolbox(database, clock)
    fill(made, clock)
    return made


@pytest.fixture
def app(toolbox: Toolbox) -> Flask:
    made = create_app(toolbox)
    made.test_client_class = Inspecting
    return made


@pytest.fixture
def picture(database: Database) -> Callable[[], str]:
    """Every row of every table as one hash: equal before and after means that nothing was written."""
    from tests.proof.invariants import picture_of

    return lambda: picture_of(database)
