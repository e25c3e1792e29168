"""What every test stands on: no settings of this machine, examples that race no clock, the longest tests first."""

from __future__ import annotations

import os
from binascii import crc32
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog

from tests.databases import KINDS
from tests.proof.size import sized
from tests.scheduling import UnitScheduling, rank_of

# Two processors are shared by many processes: a slow example is not a wrong one.
hypothesis.settings.register_profile("fast", deadline=None, max_examples=15)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile(sized("fast", "thorough"))

SPEAK_TO_DATABASES = ("storage", "jobs")
# Of their files, one in so many is run in each turn.
TURNS = {"proof": 4}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--in-turn", action="store_true", help="a share of the slow files")
    parser.addoption("--one-database", action="store_true", help="one kind of database for most tests")


def _file(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).as_posix()


def _folder(item: pytest.Item) -> str:
    return _file(item).partition("/")[0]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Proofs are marked, for `make proof`, and tests with chance examples: no line counts as tested by luck."""
    if _folder(item) == "proof":
        item.add_marker("proof")
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("no_cover")


def _takes_its_turn(config: pytest.Config, item: pytest.Item) -> bool:
    """By the seed of the order: with --in-turn, of slow folders a share of the files is run; with --one-database, a
    test that runs on each kind of database takes one of them, but for what speaks to a database itself.
    """
    seed = config.getoption("randomly_seed", 0)
    if config.getoption("in_turn") and crc32(f"{seed} {_file(item)}".encode()) % TURNS.get(_folder(item), 1):
        return False
    database = getattr(item, "callspec", None) and item.callspec.params.get("database")  # type: ignore[attr-defined]  # of parametrized tests
    if not config.getoption("one_database") or database not in KINDS or _folder(item) in SPEAK_TO_DATABASES:
        return True
    name = item.nodeid.replace(f"[{database}", "[").replace(f"-{database}", "-")
    return bool(KINDS[crc32(f"{seed} {name}".encode()) % 2] == database)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> UnitScheduling | None:
    """With --dist loadfile, which without this would order the files by how many tests they have."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return UnitScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The chance order of pytest-randomly stays within each unit."""
    left = [item for item in items if not _takes_its_turn(config, item)]
    # Nobody's turn: then everybody's.
    if 0 < len(left) < len(items):
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: rank_of(_file(item)))


@pytest.fixture(autouse=True)
def _settings_of_the_machine_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUESTIONNAIRE_") or name in ("DATABASE_URL", "SMTP_URL"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _the_log_goes_to_standard_output() -> None:
    """A test before this one may have run a command, which sends the log of its process elsewhere for good."""
    structlog.reset_defaults()
