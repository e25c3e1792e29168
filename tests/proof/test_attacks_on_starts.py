"""Attacks on starts: a second one, full disks, foreign databases, open files, a demo that is taken for a production."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from questionnaire.storage.db.data_folder import lock_folder, make_folder
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.delivery.job_listener import listening
from tests.actions.installation import open_office, typed
from tests.cast import anna
from tests.conventions.checkout import ROOT
from tests.databases import Databases
from tests.proof.running import answer_until_taken, running
from tests.proof.size import FULL
from tests.proof.starting import (
    KEY,
    attempt,
    command,
    environment,
)
from tests.smtp_server import open_post_office

# --- a start that cannot work -----------------------------------------------------------------------------------


def test_a_second_run_on_the_same_folder_says_so_and_leaves(tmp_path: Path) -> None:
    make_folder(tmp_path / "data")
    with lock_folder(tmp_path / "data", ""):
        attempt(tmp_path / "data").says_one_sentence("already_running", str(tmp_path / "data"))


def test_two_runs_on_one_postgresql_have_workers_of_different_names(databases: Databases, tmp_path: Path) -> None:
    url = databases.new_url("postgresql")
    with contextlib.closing(open_database(url)) as database:
        with listening(database, "worker-1"):
            # As long as another installation's worker listens under this name.
            attempt(tmp_path / "data", DATABASE_URL=url).says_one_sentence("already_running", "worker-1", "--name")
        with (
            listening(database, "worker-2"),
            open_post_office() as office,
            running(tmp_path, office.port, url) as house,
        ):
            assert house.is_ready()


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    attempt(tmp_path / "data").says_one_sentence("data_folder", "not a folder", str(tmp_path / "data"))
    attempt(tmp_path / "data" / "below").says_one_sentence("data_folder", "not a folder")
    attempt(Path("/proc/below")).says_one_sentence("data_folder", "/proc/below")


def test_a_disk_that_takes_nothing_is_named(tmp_path: Path) -> None:
    with closed(tmp_path) as (folder, said):
        attempt(folder).says_one_sentence("data_folder", said)


@contextmanager
def closed(folder: Path) -> Iterator[tuple[Path, str]]:
    """A folder that cannot be written: mounted read-only for root, whom permissions do not stop; else closed."""
    made = folder / "closed"
    made.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(made)], check=True)
        try:
            yield made, "read-only"
        finally:
            subprocess.run(["umount", str(made)], check=True)
    else:
        made.chmod(0o500)
        try:
            yield made, "no permission"
        finally:
            made.chmod(0o700)


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    """The limit of file sizes stands in for a disk that is full in the midst of the first start."""
    done = attempt(tmp_path / "data", limits=small_files)
    assert done.status == 1
    assert "Traceback" not in done.err
    assert re.search(r"disk_full|database_unreachable|data_folder", done.err), done.err
    assert len(done.err.strip().splitlines()) == 1, done.err


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))


def test_a_database_of_a_newer_program_is_named(tmp_path: Path, databases: Databases) -> None:
    (tmp_path / "data").mkdir()
    url = databases.new_url("sqlite")
    with contextlib.closing(open_database(url)) as database, database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = 'zzzz'"))
    attempt(tmp_path / "data", DATABASE_URL=url).says_one_sentence("database_level", "newer program")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("sqlite:///{folder}/notes.txt", "database_unusable"),
        ("sqlite:///{folder}", "database_unreachable"),
        ("postgresql://somebody:secret-word@127.0.0.1:1/none", "database_unreachable"),
    ],
)
def test_a_database_that_is_none_is_named(tmp_path: Path, url: str, code: str) -> None:
    (tmp_path / "notes.txt").write_text("notes of somebody, which are no database\n" * 100)
    done = attempt(tmp_path / "data", DATABASE_URL=url.format(folder=tmp_path))
    done.says_one_sentence(code)
    assert "secret-word" not in done.err
    assert (tmp_path / "notes.txt").read_text().startswith("notes of somebody")


@pytest.mark.parametrize("words", ["migrate", "worker", "user list"])
def test_other_commands_say_it_in_a_sentence_too(tmp_path: Path, words: str) -> None:
    (tmp_path / "data").write_text("x")
    done = command(*words.split(), QUESTIONNAIRE_DATA_DIR=str(tmp_path / "data"))
    assert done.status in (1, 78)
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert "data_folder" in done.err


# --- files that others read ------------------------------------------------------------------------------------------


def test_what_others_may_read_is_mended_at_the_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o777)
    data.chmod(0o777)
    before = os.umask(0)
    try:
        assert command("migrate", QUESTIONNAIRE_DATA_DIR=str(data)).status == 0
        assert open_to_others(data) == []
        for path in (data, *data.rglob("*")):
            path.chmod(path.stat().st_mode | 0o066)
        with open_post_office() as office, running(tmp_path, office.port) as house:
            answer_until_taken(house, 1, Random(5), lambda status: None)
            assert open_to_others(data) == []
    finally:
        os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    paths = (folder, *folder.rglob("*"))
    modes = {str(path): stat.S_IMODE(path.stat().st_mode) for path in paths if path.exists()}
    return [f"{path} {mode:o}" for path, mode in modes.items() if mode & 0o077]


def test_a_folder_that_others_need_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    (tmp_path / "data" / "of-others.txt").write_text("x")
    (tmp_path / "data" / "of-others.txt").chmod(0o644)
    assert command("migrate", QUESTIONNAIRE_DATA_DIR=str(tmp_path / "data")).status == 0
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "data" / "of-others.txt").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "data" / "questionnaire.sqlite").stat().st_mode) == 0o600


# --- a demo is no production ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "false", "no", "off", ""] if FULL else ["0", ""])
def test_a_demo_that_is_switched_off_is_a_production_and_needs_a_key(tmp_path: Path, value: str) -> None:
    done = attempt(tmp_path / "data", QUESTIONNAIRE_DEMO=value, QUESTIONNAIRE_SECRET_KEY="")
    done.says_one_sentence("setting_missing", "QUESTIONNAIRE_SECRET_KEY")
    assert not list(tmp_path.glob("data/demo*"))


def test_what_belongs_to_a_demo_never_serves_a_production(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert command("migrate", QUESTIONNAIRE_DATA_DIR=str(data), QUESTIONNAIRE_DEMO="1").status == 0
    key = (data / "demo-secret-key").read_text().strip()
    attempt(data, QUESTIONNAIRE_SECRET_KEY=key).says_one_sentence("demo_in_production")
    attempt(tmp_path / "other", QUESTIONNAIRE_SECRET_KEY=f"{KEY},{key}").says_one_sentence("demo_in_production")
    # A key of an older demo does not tell by itself whose it is.
    (data / "demo-secret-key").write_text(KEY)
    attempt(data).says_one_sentence("demo_in_production")
    (data / "demo-secret-key").unlink()
    attempt(data, DATABASE_URL=f"sqlite:///{data}/demo.sqlite").says_one_sentence("demo_in_production")
    for file in (file for file in data.glob("demo.sqlite*") if file.is_file()):
        shutil.copy(file, data / file.name.replace("demo", "renamed"))
    attempt(data, DATABASE_URL=f"sqlite:///{data}/renamed.sqlite").says_one_sentence("demo_in_production")


def test_a_production_never_serves_as_a_demo(databases: Databases, tmp_path: Path) -> None:
    data = tmp_path / "data"
    url = databases.new_url("sqlite")
    with contextlib.closing(open_database(url)) as database:
        office = open_office(database)
        office.accept(typed(anna().filled), key="one")
        office.work()
    data.mkdir()
    shutil.copy(url.removeprefix("sqlite:///"), data / "demo.sqlite")
    done = attempt(data, "--demo", QUESTIONNAIRE_SECRET_KEY="")
    done.says_one_sentence("production_in_demo")


def test_the_demo_signs_with_no_key_of_a_production(tmp_path: Path) -> None:
    script = (
        "from questionnaire import bootstrap; found, warnings = bootstrap.settings();"
        "print(found.secret_keys[0].decode(), [problem.where[0] for problem in warnings])"
    )
    env = environment(QUESTIONNAIRE_DEMO="1", QUESTIONNAIRE_DATA_DIR=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert KEY not in done.stdout
    assert "QUESTIONNAIRE_SECRET_KEY" in done.stdout
