from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import Database, open_database
from questionnaire.web import create_app
from tests.databases import Databases, databases
from tests.web.client import Clock, Inspecting, fill, make_toolbox, product_hasher, sign_in

__all__ = ["databases", "product_hasher"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def filled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the sample survey published and staff users."""
    address = databases.new_url("sqlite")
    database = open_database(address)
    fill(make_toolbox(database, Clock()), Clock())
    with database.write_engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return Path(address.removeprefix("sqlite:///"))


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / f"house-{next(_numbers)}.sqlite3"
    shutil.copyfile(filled, file)
    opened = open_database(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def toolbox(database: Database, clock: Clock) -> Toolbox:
    """An installation with the sample survey published, five staff users, and the clock on a Friday morning."""
    return make_toolbox(database, clock)


@pytest.fixture
def app(toolbox: Toolbox) -> Flask:
    app = create_app(toolbox)
    app.test_client_class = Inspecting
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def as_role(app: Flask) -> Callable[[str], FlaskClient]:
    """A client that is signed in as a user with the role."""
    return lambda role: sign_in(app, role)
