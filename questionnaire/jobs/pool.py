"""The threads of a worker: so many jobs at once in each lane, so that slow paper does not hold up the post."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping


class Lanes:
    """`limits`: lane -> how many at once. `freed` is called, in the job's thread, when room was made for the next.

    A job that was handed back may be the one that killed its worker: only one such job runs at a time, so that it
    takes no other down with it again and again.
    """

    def __init__(self, limits: Mapping[str, int], freed: Callable[[], None]) -> None:
        self._limits, self._freed = dict(limits), freed
        self._running: Counter[str] = Counter()
        self._keys: set[str] = set()
        self._suspects = 0
        self._changed = threading.Condition()

    def free(self) -> dict[str, int]:
        """Lane -> threads without work, for lanes that have some."""
        with self._changed:
            left = {lane: limit - self._running[lane] for lane, limit in self._limits.items()}
        return {lane: count for lane, count in left.items() if count > 0}

    def takes_suspect(self) -> bool:
        """Whether a job that was handed back may start now."""
        with self._changed:
            return self._suspects == 0

    @property
    def keys(self) -> frozenset[str]:
        """Of the jobs that are being done."""
        with self._changed:
            return frozenset(self._keys)

    def start(self, lane: str, key: str, work: Callable[[], object], *, suspect: bool) -> None:
        """Does the job in a thread. It ends with the process, should it hang: then the job is handed back."""
        with self._changed:
            self._running[lane] += 1
            self._keys.add(key)
            self._suspects += suspect
        threading.Thread(target=self._run, args=(lane, key, work, suspect), daemon=True, name=key).start()

    def _run(self, lane: str, key: str, work: Callable[[], object], suspect: bool) -> None:
        try:
            work()
        finally:
            with self._changed:
                was_full = self._running[lane] >= self._limits[lane]
                self._running[lane] -= 1
                self._keys.discard(key)
                self._suspects -= suspect
                self._changed.notify_all()
            if was_full or suspect:
                self._freed()

    def wait_until_idle(self, seconds: float) -> bool:
        """False when jobs are still running after so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running.total(), seconds)
