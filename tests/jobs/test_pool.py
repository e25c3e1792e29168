from __future__ import annotations

import threading

from questionnaire.jobs.pool import WorkerThreads


def test_each_queue_has_its_own_threads_and_a_full_queue_signals_a_free_thread() -> None:
    freed, hold = threading.Event(), threading.Event()
    threads = WorkerThreads({"mail": 2, "documents": 1}, freed.set)
    threads.start("documents", "one", hold.wait, suspect=False)
    threads.start("mail", "two", hold.wait, suspect=False)
    assert threads.free() == {"mail": 1}
    assert threads.keys == {"one", "two"}
    assert not threads.wait_until_idle(0)
    hold.set()
    assert threads.wait_until_idle(60)
    assert freed.wait(60)
    assert threads.free() == {"mail": 2, "documents": 1}
    assert threads.keys == frozenset()


def test_only_one_job_that_was_handed_back_runs_at_a_time() -> None:
    freed, hold = threading.Event(), threading.Event()
    threads = WorkerThreads({"mail": 4}, freed.set)
    assert threads.takes_suspect()
    threads.start("mail", "one", hold.wait, suspect=True)
    assert not threads.takes_suspect()
    assert threads.free() == {"mail": 3}
    hold.set()
    assert freed.wait(60)
    assert threads.takes_suspect()


def test_a_thread_that_raises_frees_its_place() -> None:
    threads, seen = WorkerThreads({"mail": 1}, lambda: None), list[object]()
    before, threading.excepthook = threading.excepthook, seen.append
    try:
        threads.start("mail", "bad", lambda: 1 / 0, suspect=False)
        assert threads.wait_until_idle(60)
        for thread in threading.enumerate():
            if thread.name == "bad":
                thread.join(60)
    finally:
        threading.excepthook = before
    assert len(seen) == 1
    assert threads.free() == {"mail": 1}
