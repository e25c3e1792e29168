"""What every test stands on: no settings of this machine, examples that race no clock, the longest tests first."""

from __future__ import annotations

import os
from binascii import crc32
from pathlib import Path

import hypothesis
import pytest
import structlog

from tests.databases import KINDS
from tests.proof.size import sized

# Two processors are shared by many processes: a slow example is not a wrong one.
hypothesis.settings.register_profile("fast", deadline=None, max_examples=15)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile(sized("fast", "thorough"))

# A file is run by one process, which makes what its tests share once. The longest files, and the folders that wait for
# browsers and processes, come first: none is left over at the end.
FIRST = (
    "proof/test_kill.py", "browser/test_access.py", "browser/test_same_path.py", "browser/test_controls.py",
    "documents/test_paper.py", "proof/test_attacks_on_processes.py", "proof/test_attacks_on_doors.py",
    "proof/test_attacks_on_mail.py", "documents/test_worst.py", "documents/test_writing_systems.py",
    "documents/test_renderer.py", "demo/test_demo.py", "proof/test_hostile.py",
)  # fmt: skip
LONGEST = ("proof", "browser", "jobs", "cli", "conventions", "documents", "web")


SPEAK_TO_DATABASES = ("storage", "jobs")
# Of their files, one in so many is run in each turn.
TURNS = {"browser": 2, "documents": 2, "proof": 4}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--in-turn", action="store_true", help="a share of slow files, one kind of database a test")


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
    """With --in-turn, by the seed of the order: of slow folders a share of the files is run. A test that runs on each
    kind of database takes one of them, but for what speaks to a database itself.
    """
    if not config.getoption("in_turn"):
        return True
    seed = config.getoption("randomly_seed", 0)
    if crc32(f"{seed} {_file(item)}".encode()) % TURNS.get(_folder(item), 1):
        return False
    database = getattr(item, "callspec", None) and item.callspec.params.get("database")  # type: ignore[attr-defined]  # of parametrized tests
    if database not in KINDS or _folder(item) in SPEAK_TO_DATABASES:
        return True
    name = item.nodeid.replace(f"[{database}", "[").replace(f"-{database}", "-")
    return bool(KINDS[crc32(f"{seed} {name}".encode()) % 2] == database)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The chance order of pytest-randomly stays within each folder."""
    left = [item for item in items if not _takes_its_turn(config, item)]
    # Nobody's turn: then everybody's.
    if 0 < len(left) < len(items):
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    rank = {place: number for number, place in enumerate((*FIRST, *LONGEST))}
    items.sort(key=lambda item: rank.get(_file(item), rank.get(_folder(item), len(rank))))


@pytest.fixture(autouse=True)
def _settings_of_the_machine_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUESTIONNAIRE_") or name in ("DATABASE_URL", "SMTP_URL"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _the_log_goes_to_standard_output() -> None:
    """A test before this one may have run a command, which sends the log of its process elsewhere for good."""
    structlog.reset_defaults()
