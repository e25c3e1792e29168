"""Worker threads per queue, so that slow PDF jobs do not delay mail jobs."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping


class WorkerThreads:
    """Threads per queue. `limits`: queue -> number of threads.

    `freed` is called in the job's thread when a queue that was full has a free thread, or a handed-back job ended.

    A job that was handed back may have killed its worker. Only one such job runs at a time, so that it cannot take down
    others again and again.
    """

    def __init__(self, limits: Mapping[str, int], freed: Callable[[], None]) -> None:
        self._limits, self._freed = dict(limits), freed
        self._running: Counter[str] = Counter()
        self._keys: set[str] = set()
        self._suspects = 0
        self._changed = threading.Condition()

    def free(self) -> dict[str, int]:
        """Returns queue -> number of idle threads, for queues that have some."""
        with self._changed:
            idle = {queue: limit - self._running[queue] for queue, limit in self._limits.items()}
        return {queue: count for queue, count in idle.items() if count > 0}

    def takes_suspect(self) -> bool:
        """Whether a job that was handed back may start now."""
        with self._changed:
            return self._suspects == 0

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the running jobs."""
        with self._changed:
            return frozenset(self._keys)

    def start(self, queue: str, key: str, work: Callable[[], object], *, suspect: bool) -> None:
        """Runs the job in a thread. A thread that hangs ends with the process; then the job is handed back."""
        with self._changed:
            self._running[queue] += 1
            self._keys.add(key)
            self._suspects += suspect
        threading.Thread(target=self._run, args=(queue, key, work, suspect), daemon=True, name=key).start()

    def _run(self, queue: str, key: str, work: Callable[[], object], suspect: bool) -> None:
        try:
            work()
        finally:
            with self._changed:
                was_full = self._running[queue] >= self._limits[queue]
                self._running[queue] -= 1
                self._keys.discard(key)
                self._suspects -= suspect
                self._changed.notify_all()
            if was_full or suspect:
                self._freed()

    def wait_until_idle(self, seconds: float) -> bool:
        """Waits for the running jobs. False when some still run after `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running.total(), seconds)
