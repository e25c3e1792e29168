"""Attacks on the processes of the product: killed parents, stops with work in hand, and what they leave.

All of it with the real product in processes of its own, as an operator starts it; test_attacks_on_starts.py has more.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from questionnaire.documents import PdfRenderer
from tests.conventions.checkout import ROOT
from tests.proof.running import Running, answer_until_taken, running, wait_for
from tests.proof.size import FULL, sized
from tests.proof.starting import (
    LONG,
    alive,
    environment,
    gone,
    is_done,
    is_free,
    listener,
    of_role,
    print_something,
    swept,
)
from tests.smtp_server import open_post_office

# Seconds a stop may take.
PROMISED = 10
# A stop on a busy machine takes longer, as the start did.
SLOW = 6


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One installation for all tests after which it is again as it was."""
    with open_post_office() as office:
        folder = tmp_path_factory.mktemp("house")
        with running(folder, office.port, QUESTIONNAIRE_WEB_THREADS="1") as made:
            yield made


# --- kill -9 ------------------------------------------------------------------------------------------------------


def test_nobody_outlives_the_parent_and_the_next_start_is_clean(tmp_path: Path) -> None:
    took: list[float] = []
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    old = temporary / "questionnaire-paper-of-an-older-release"
    old.mkdir()
    os.utime(old, (0, 0))
    left: set[Path] = set()
    with open_post_office() as office:
        for number in range(sized(1, 10)):
            with running(tmp_path, office.port, TMPDIR=str(temporary)) as house, swept(house) as pids:
                print_something(house, number)
                pids += house.family()[1:]
                assert len(pids) >= 3
                here = set(temporary.glob("questionnaire-paper-*"))
                assert len(here) == 1
                assert not here & left
                began = time.monotonic()
                house.signal(signal.SIGKILL)
                wait_for(lambda house=house, pids=pids: gone(pids) and is_free(house.port), LONG)  # type: ignore[misc]  # bound early
                took.append(time.monotonic() - began)
            left |= set(temporary.glob("questionnaire-paper-*"))
            assert left
        with running(tmp_path, office.port, TMPDIR=str(temporary)) as house:
            print_something(house, 100)
            assert len(set(temporary.glob("questionnaire-paper-*")) - left) == 1
            assert not set(temporary.glob("questionnaire-paper-*")) & left
    assert not old.exists()
    print(f"\nkill -9 of the parent: children gone after at most {max(took):.2f} s of {len(took)}")


def test_a_killed_web_server_takes_its_processes_along_before_new_ones_answer(house: Running) -> None:
    for _ in range(sized(1, 20)):
        main, old = listener(house), of_role(house, "web")
        os.kill(main, signal.SIGKILL)
        wait_for(lambda old=old: gone(old), LONG)  # type: ignore[misc]  # bound early
        before = set(old)
        wait_for(lambda before=before: _new_web(house, before), LONG, house.log.read_text)  # type: ignore[misc]  # bound early


def _new_web(house: Running, before: set[int]) -> bool:
    return bool(set(of_role(house, "web")) - before) and house.is_ready()


def test_what_is_forked_has_no_threads_and_no_database(house: Running) -> None:
    """Locks of other threads and of SQLite do not survive a fork."""
    parent = Path(f"/proc/{house.process.pid}")
    opened = {str(file.readlink()) for file in (parent / "fd").iterdir()}
    assert [name for name in opened if ".db" in name or "sqlite" in name or name.startswith("socket:")] == []
    assert len(list((parent / "task").iterdir())) == 1


def test_a_killed_worker_takes_its_render_process_along(house: Running) -> None:
    print_something(house, 1)
    paper, before = of_role(house, "paper"), of_role(house, "worker")
    # As if it were in the midst of a long document: it reads nothing, and hears of nothing.
    os.kill(paper[0], signal.SIGSTOP)
    assert house.kill("worker")
    wait_for(lambda: gone(paper), LONG)
    wait_for(lambda: bool(set(of_role(house, "worker")) - set(before)), LONG, house.log.read_text)


def test_a_child_whose_parent_is_gone_before_it_looks_does_nothing(tmp_path: Path) -> None:
    eager = (
        "import pathlib, sys; from questionnaire.processes import end_with_parent;"
        "end_with_parent(int(sys.argv[1])); pathlib.Path('done').write_text('x')"
    )
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    for parent, status in ((os.getpid(), 0), (1, 1)):
        command = [sys.executable, "-c", eager, str(parent)]
        assert subprocess.run(command, cwd=tmp_path, env=env, check=False).returncode == status
        assert (tmp_path / "done").exists() == (status == 0)
        (tmp_path / "done").unlink(missing_ok=True)


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


def test_a_process_that_is_spawned_instead_of_forked_looks_for_its_parent_too(tmp_path: Path) -> None:
    """As the web server does where Python does not fork by itself (3.14)."""
    (tmp_path / "spawned.py").write_text(
        "import multiprocessing, os, time\n"
        "from questionnaire.processes import end_with_spawner\n"
        "def child():\n    end_with_spawner()\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"
        "if __name__ == '__main__':\n    multiprocessing.get_context('spawn').Process(target=child).start()\n"
        "    time.sleep(600)\n"
    )
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "spawned.py"], cwd=tmp_path, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
        wait_for(lambda: gone([pid]), LONG)


def test_a_render_process_outlives_the_thread_that_asked_for_it() -> None:
    with contextlib.closing(PdfRenderer()) as paper:
        asking = threading.Thread(target=paper.start)
        asking.start()
        asking.join()
        first = paper.pid
        assert first is not None
        time.sleep(0.5)
        assert alive(first)
        assert paper.start().pid == first


# --- stops --------------------------------------------------------------------------------------------------------


def stopped(house: Running, send: Callable[[], None]) -> float:
    """Seconds from the stop signal until nobody is left."""
    with swept(house) as pids:
        began = time.monotonic()
        send()
        wait_for(lambda: house.process.exitcode is not None, LONG, house.log.read_text)
        took = time.monotonic() - began
        wait_for(lambda: gone(pids), LONG)
    return took


def everybody(house: Running) -> None:
    """As systemd does with KillMode=control-group."""
    for pid in house.family():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP", "everybody"] if FULL else ["SIGTERM"])
def test_a_stop_with_a_document_in_hand_leaves_nobody_and_loses_nothing(tmp_path: Path, how: str) -> None:
    took: list[float] = []
    late: list[float] = []
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
                send = house.signal if number_of else everybody
                took.append(stopped(house, lambda: send(number_of or house)))  # type: ignore[arg-type]  # noqa: B023 (waited for before the next turn)
                late.append(took[-1] - SLOW * house.started_in)
                assert house.process.exitcode == 0
                assert "Traceback" not in house.log.read_text()
                wait_for(lambda house=house: is_free(house.port), LONG)  # type: ignore[misc]  # bound early
        print(f"\n{how} with a document in hand: {max(took):.1f} s at most, of {len(took)}")
        assert max(late) < PROMISED
        with running(tmp_path, office.port) as house:
            wait_for(lambda: is_done(tmp_path), LONG, house.log.read_text)


@pytest.mark.parametrize("how", ["SIGINT", "SIGHUP"] if FULL else ["SIGHUP"])
def test_a_stop_does_not_wait_for_the_last_sample_person(tmp_path: Path, how: str) -> None:
    with open_post_office() as office, running(tmp_path, office.port, arguments=["--demo"]) as house:
        took = stopped(house, lambda: house.signal(getattr(signal, how)))
        assert house.process.exitcode == 0
        assert "Traceback" not in house.log.read_text()
        print(f"\n{how} while the demo is filled: {took:.1f} s")
        assert took - SLOW * house.started_in < PROMISED


# --- what is left, and who reads it -------------------------------------------------------------------------------


def test_the_log_is_lines_of_json_on_standard_error(house: Running) -> None:
    assert house.kill("web")
    wait_for(lambda: "exit from worker" in house.log.read_text(), LONG, house.log.read_text)
    wait_for(lambda: house.kill("worker"), LONG)
    wait_for(lambda: "process_ended" in house.log.read_text(), LONG, house.log.read_text)
    wait_for(lambda: house.is_ready() and bool(of_role(house, "worker")), LONG, house.log.read_text)
    lines = [json.loads(line) for line in house.log.read_text().splitlines()]
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    assert "worker_started" in {line["event"] for line in lines}
    out = house.out.read_text()
    assert out.startswith("questionnaire is running at")
    assert "{" not in out
