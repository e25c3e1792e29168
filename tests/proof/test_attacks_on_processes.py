"""Attacks on the processes of the product: killed parents, second starts, full disks, stops with work in hand.

All of it with the real product in processes of its own, as an operator starts it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlmodel import select

from questionnaire.documents import Paper
from questionnaire.storage.engine import open_database
from questionnaire.storage.tables import Job, Mail
from tests.databases import Databases
from tests.house.checkout import ROOT
from tests.postoffice import free_port, open_post_office
from tests.proof.running import Running, answer_until_taken, below, role_of, running, wait_for
from tests.proof.size import sized

KEY = "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"
# What takes this long does not end by itself; the promises themselves are measured and printed.
LONG = 20.0


@dataclass(slots=True)
class Attempt:
    """A start of the product that is not expected to last."""

    status: int
    out: str
    err: str

    def says_one_sentence(self, *words: str) -> None:
        lines = self.err.strip().splitlines()
        assert self.status == 1, self
        assert len(lines) == 1, self.err
        assert all(word in lines[0] for word in words), lines[0]


def environment(**env: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR")}
    return {**kept, "QUESTIONNAIRE_SECRET_KEY": KEY, **env}


def attempt(
    folder: Path, *words: str, limits: Callable[[], None] | None = None, seconds: float = 60, **env: str
) -> Attempt:
    """`questionnaire run` on this data folder; TimeoutExpired when it is still running after some time."""
    port = str(free_port())
    command = [sys.executable, "-m", "questionnaire", "run", "--port", port, "--data", str(folder), *words]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(**env), stdout=out, stderr=err, preexec_fn=limits, start_new_session=True
        )
        try:
            status = process.wait(seconds)
        finally:
            for pid in (*below(process.pid), process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()
        out.seek(0)
        err.seek(0)
        return Attempt(status, out.read().decode(), err.read().decode())


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def gone(pids: list[int]) -> bool:
    return not any(map(alive, pids))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def of_role(house: Running, role: str) -> list[int]:
    return [pid for pid in below(house.process.pid) if role_of(pid) == role]


def listener(house: Running) -> int:
    """The web server's own parent: the child of `run` that has the web processes."""
    (web,) = {parent_of(pid) for pid in of_role(house, "web")}
    return web


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@contextmanager
def swept(house: Running) -> Iterator[list[int]]:
    """The processes of the product; those that survive the test are ended at its end."""
    pids = below(house.process.pid)
    try:
        yield pids
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def print_something(house: Running, number: int = 0) -> None:
    """An answer whose documents are printed; returns when a render process is there and at work."""
    answer_until_taken(house, number, Random(5), lambda status: None)
    wait_for(lambda: any(map(ignores_stops, of_role(house, "paper"))), 60, house.log.read_text)


def ignores_stops(pid: int) -> bool:
    with contextlib.suppress(OSError):
        found = re.search(r"SigIgn:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
        return found is not None and bool(int(found[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


# --- kill -9 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("demo", [False, True])
def test_nobody_outlives_the_parent_and_the_next_start_is_clean(tmp_path: Path, demo: bool) -> None:
    took: list[float] = []
    with open_post_office() as office:
        for number in range(sized(1, 10)):
            words = ["--demo"] if demo else []
            with running(tmp_path, office.port, arguments=words) as house, swept(house) as pids:
                if not demo:
                    print_something(house, number)
                    pids += below(house.process.pid)
                assert len(pids) >= 3
                began = time.monotonic()
                os.kill(house.process.pid, signal.SIGKILL)
                wait_for(lambda pids=pids: gone(pids), LONG)  # type: ignore[misc]
                took.append(time.monotonic() - began)
                assert is_free(house.port)
    print(f"\nkill -9 of the parent: children gone after at most {max(took):.2f} s of {len(took)}")


def test_a_killed_web_server_takes_its_processes_along_before_new_ones_answer(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port, QUESTIONNAIRE_WEB_THREADS="1") as house:
        for _ in range(sized(2, 20)):
            main, old = listener(house), of_role(house, "web")
            os.kill(main, signal.SIGKILL)
            wait_for(lambda old=old: gone(old), LONG)  # type: ignore[misc]
            wait_for(lambda old=old: bool(set(of_role(house, "web")) - set(old)) and house.is_ready(), 60,  # type: ignore[misc]
                     house.log.read_text)  # fmt: skip


def test_a_killed_worker_takes_its_render_process_along(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port) as house:
        print_something(house)
        paper = of_role(house, "paper")
        # As if it were in the midst of a long document: it reads nothing, and hears of nothing.
        os.kill(paper[0], signal.SIGSTOP)
        assert house.kill("worker")
        wait_for(lambda: gone(paper), LONG)


def test_a_child_whose_parent_is_gone_before_it_looks_does_nothing(tmp_path: Path) -> None:
    module = tmp_path / "eager.py"
    module.write_text("import pathlib\npathlib.Path('done').write_text('x')\n")
    command = [sys.executable, "-m", "questionnaire.processes"]
    env = {**environment(), "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    subprocess.run([*command, str(os.getpid()), "eager"], cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "done").exists()
    (tmp_path / "done").unlink()
    assert subprocess.run([*command, "1", "eager"], cwd=tmp_path, env=env, check=False).returncode == 1
    assert not (tmp_path / "done").exists()


def test_without_help_of_the_kernel_a_child_looks_for_its_parent(tmp_path: Path) -> None:
    child = (
        "import sys, time; sys.platform = 'other'; from questionnaire.processes import end_with_parent;"
        "end_with_parent(int(sys.argv[1])); print('up', flush=True); time.sleep(600)"
    )
    parent = (
        "import os, subprocess, sys;"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}, str(os.getpid())]);"
        "print(child.pid, flush=True); child.wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, env=environment(), stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        said = {process.stdout.readline(), process.stdout.readline()}
        (pid,) = (int(line) for line in said if line.strip().isdigit())
        process.kill()
        wait_for(lambda: gone([pid]), LONG)


def test_a_render_process_outlives_the_thread_that_asked_for_it() -> None:
    with contextlib.closing(Paper()) as paper:
        asking = threading.Thread(target=paper.start)
        asking.start()
        asking.join()
        first = paper.pid
        assert first is not None
        time.sleep(0.5)
        assert alive(first)
        assert paper.start().pid == first


# --- a start that cannot work -----------------------------------------------------------------------------------


def test_a_second_run_on_the_same_folder_says_so_and_leaves(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port) as house:
        attempt(tmp_path / "data").says_one_sentence("already_running", str(tmp_path / "data"))
        assert house.is_ready()
        assert "AlreadyRunning" not in house.log.read_text()


def test_two_runs_on_one_postgresql_have_workers_of_different_names(databases: Databases, tmp_path: Path) -> None:
    url = databases.new_url("postgresql")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with open_post_office() as office, running(tmp_path / "one", office.port, url) as house:
        attempt(tmp_path / "other", DATABASE_URL=url).says_one_sentence("already_running", "worker-1", "--name")
        with running(tmp_path / "two", office.port, url, ["--name", "worker-2"]) as second:
            assert house.is_ready()
            assert second.is_ready()


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    attempt(tmp_path / "data").says_one_sentence("data_folder", "not a folder", str(tmp_path / "data"))
    attempt(tmp_path / "data" / "below").says_one_sentence("data_folder", "not a folder")


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

    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

    done = attempt(tmp_path / "data", limits=little)
    assert done.status == 1
    assert "Traceback" not in done.err
    assert re.search(r"disk_full|database_unreachable|data_folder", done.err), done.err
    assert len(done.err.strip().splitlines()) == 1, done.err


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


@pytest.mark.parametrize("command", ["migrate", "worker", "user list"])
def test_other_commands_say_it_in_a_sentence_too(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").write_text("x")
    words = [sys.executable, "-m", "questionnaire", *command.split()]
    env = environment(QUESTIONNAIRE_DATA_DIR=str(tmp_path / "data"))
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (1, 78)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "data_folder" in done.stderr


# --- stops --------------------------------------------------------------------------------------------------------


def stopped(house: Running, send: Callable[[], None]) -> float:
    """Seconds from the stop signal until nobody is left."""
    with swept(house) as pids:
        began = time.monotonic()
        send()
        wait_for(lambda: house.process.poll() is not None, 60, house.log.read_text)
        took = time.monotonic() - began
        wait_for(lambda: gone(pids), LONG)
    return took


def everybody(house: Running) -> None:
    """As systemd does with KillMode=control-group."""
    for pid in (house.process.pid, *below(house.process.pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP", "everybody"])
def test_a_stop_with_a_document_in_hand_leaves_nobody_and_loses_nothing(tmp_path: Path, how: str) -> None:
    took: list[float] = []
    with open_post_office() as office:
        for number in range(sized(1, 10)):
            with running(tmp_path, office.port) as house:
                print_something(house, 2 * number)
                # A document that takes long: its process does not get on.
                paper = of_role(house, "paper")
                os.kill(paper[0], signal.SIGSTOP)
                answer_until_taken(house, 2 * number + 1, Random(5), lambda status: None)
                time.sleep(1)
                number_of = getattr(signal, how, None)
                send = house.process.send_signal if number_of else everybody
                took.append(stopped(house, lambda: send(number_of or house)))  # type: ignore[arg-type]  # noqa: B023
                assert house.process.returncode == 0
                assert "Traceback" not in house.log.read_text()
                assert is_free(house.port)
        print(f"\n{how} with a document in hand: {max(took):.1f} s at most, of {len(took)}")
        # Ten seconds are promised; the rest is for a busy machine.
        assert max(took) < 15
        with running(tmp_path, office.port) as house:
            wait_for(lambda: is_done(tmp_path), 120, house.log.read_text)


def is_done(folder: Path) -> bool:
    with contextlib.closing(open_database(f"sqlite:///{folder}/data/questionnaire.sqlite")) as database, \
            database.reading() as session:  # fmt: skip
        return session.exec(select(Mail)).first() is not None and (
            session.exec(select(Job).where(Job.state != "done")).first() is None
        )


def test_a_stop_does_not_wait_for_the_last_sample_person(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port, arguments=["--demo"]) as house:
        took = stopped(house, house.process.terminate)
        assert house.process.returncode == 0
        assert "Traceback" not in house.log.read_text()
        print(f"\nSIGTERM while the demo is filled: {took:.1f} s")
        assert took < 15


# --- what is left, and who reads it -------------------------------------------------------------------------------


def test_folders_of_killed_render_processes_go_at_the_next_start(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    old = temporary / "questionnaire-paper-of-an-older-release"
    old.mkdir()
    os.utime(old, (0, 0))
    with open_post_office() as office:
        with running(tmp_path, office.port, TMPDIR=str(temporary)) as house:
            print_something(house, 1)
            os.kill(house.process.pid, signal.SIGKILL)
        left = set(temporary.glob("questionnaire-paper-*"))
        assert left
        with running(tmp_path, office.port, TMPDIR=str(temporary)) as house:
            print_something(house, 2)
            here = set(temporary.glob("questionnaire-paper-*"))
            assert len(here) == 1
            assert not here & left
        # Somebody else's folder in use stays, whoever prints meanwhile.
    assert not old.exists()


def test_what_others_may_read_is_mended_at_the_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o777)
    data.chmod(0o777)
    before = os.umask(0)
    try:
        with open_post_office() as office:
            with running(tmp_path, office.port) as house:
                answer_until_taken(house, 1, Random(5), lambda status: None)
                assert open_to_others(data) == []
            for path in (data, *data.rglob("*")):
                path.chmod(path.stat().st_mode | 0o066)
            with running(tmp_path, office.port) as house:
                answer_until_taken(house, 2, Random(5), lambda status: None)
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
    with open_post_office() as office, running(tmp_path, office.port):
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o755
        assert stat.S_IMODE((tmp_path / "data" / "of-others.txt").stat().st_mode) == 0o644
        assert stat.S_IMODE((tmp_path / "data" / "questionnaire.sqlite").stat().st_mode) == 0o600


def test_the_log_is_lines_of_json_on_standard_error(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port) as house:
        print_something(house)
        assert house.kill("web")
        wait_for(lambda: "exit from worker" in house.log.read_text(), 60, house.log.read_text)
        assert house.kill("worker")
        wait_for(lambda: "process_ended" in house.log.read_text(), 60, house.log.read_text)
    lines = [json.loads(line) for line in house.log.read_text().splitlines()]
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    assert "worker_started" in {line["event"] for line in lines}
    out = house.out.read_text()
    assert out.startswith("questionnaire is running at")
    assert "{" not in out


# --- a demo is no production ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "false", "no", "off", ""])
def test_a_demo_that_is_switched_off_is_a_production_and_needs_a_key(tmp_path: Path, value: str) -> None:
    done = attempt(tmp_path / "data", QUESTIONNAIRE_DEMO=value, QUESTIONNAIRE_SECRET_KEY="")
    done.says_one_sentence("setting_missing", "QUESTIONNAIRE_SECRET_KEY")
    assert not list(tmp_path.glob("data/demo*"))


def test_what_belongs_to_a_demo_never_serves_a_production(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with (
        open_post_office() as office,
        running(tmp_path, office.port, arguments=["--demo"], QUESTIONNAIRE_SECRET_KEY=""),
    ):
        pass
    key = (data / "demo-secret-key").read_text().strip()
    attempt(data, QUESTIONNAIRE_SECRET_KEY=key).says_one_sentence("demo_in_production")
    attempt(tmp_path / "other", QUESTIONNAIRE_SECRET_KEY=f"{KEY},{key}").says_one_sentence("demo_in_production")
    # A key of an older demo does not tell by itself whose it is.
    (data / "demo-secret-key").write_text(KEY)
    attempt(data).says_one_sentence("demo_in_production")
    (data / "demo-secret-key").unlink()
    attempt(data, DATABASE_URL=f"sqlite:///{data}/demo.sqlite").says_one_sentence("demo_in_production")
    for file in data.glob("demo.sqlite*"):
        shutil.copy(file, data / file.name.replace("demo", "renamed"))
    attempt(data, DATABASE_URL=f"sqlite:///{data}/renamed.sqlite").says_one_sentence("demo_in_production")


def test_a_production_never_serves_as_a_demo(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_post_office() as office, running(tmp_path, office.port) as house:
        answer_until_taken(house, 1, Random(5), lambda status: None)
        wait_for(lambda: is_done(tmp_path), 60, house.log.read_text)
    for file in data.glob("questionnaire.sqlite*"):
        shutil.copy(file, data / file.name.replace("questionnaire", "demo"))
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
