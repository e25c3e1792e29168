from __future__ import annotations

import threading

from questionnaire.jobs.pool import Lanes


def test_each_queue_has_its_own_threads_and_a_full_queue_signals_a_free_thread() -> None:
    freed, hold = threading.Event(), threading.Event()
    lanes = Lanes({"post": 2, "paper": 1}, freed.set)
    lanes.start("paper", "one", hold.wait, suspect=False)
    lanes.start("post", "two", hold.wait, suspect=False)
    assert lanes.free() == {"post": 1}
    assert lanes.keys == {"one", "two"}
    assert not lanes.wait_until_idle(0)
    hold.set()
    assert lanes.wait_until_idle(60)
    assert freed.wait(60)
    assert lanes.free() == {"post": 2, "paper": 1}
    assert lanes.keys == frozenset()


def test_only_one_job_that_was_handed_back_runs_at_a_time() -> None:
    freed, hold = threading.Event(), threading.Event()
    lanes = Lanes({"post": 4}, freed.set)
    assert lanes.takes_suspect()
    lanes.start("post", "one", hold.wait, suspect=True)
    assert not lanes.takes_suspect()
    assert lanes.free() == {"post": 3}
    hold.set()
    assert freed.wait(60)
    assert lanes.takes_suspect()


def test_a_thread_that_raises_frees_its_place() -> None:
    lanes, seen = Lanes({"post": 1}, lambda: None), list[object]()
    before, threading.excepthook = threading.excepthook, seen.append
    try:
        lanes.start("post", "bad", lambda: 1 / 0, suspect=False)
        assert lanes.wait_until_idle(60)
        for thread in threading.enumerate():
            if thread.name == "bad":
                thread.join(60)
    finally:
        threading.excepthook = before
    assert len(seen) == 1
    assert lanes.free() == {"post": 1}
