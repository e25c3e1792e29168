"""What one assessment costs, beside a fixed piece of plain Python in the same run. Budget: 1 ms CPU, aim 300 µs.

.venv/bin/python -m tests.bench.bench_assessment

Machines differ and drift, ratios hardly: compare the last column. The reference counts words, nothing of ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import route
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.evidence import ResponseEvidence, Signal
from questionnaire.library.domains import known_domains
from tests.cast import anna, anna_again, assess_lead, bruno, example_policy, sofia

BUDGET = 1e-3
ROUNDS = 9


def reference() -> int:
    counts: dict[int, int] = {}
    letters = 0
    for number in range(2000):
        counts[number % 97] = counts.get(number % 97, 0) + number
        letters += len(str(number))
    return letters + len(counts)


def cpu(work: Callable[[], object], times: int) -> float:
    """Seconds of CPU for one run, the best of several rounds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            work()
        spent.append((time.process_time() - began) / times)
    return min(spent)


def _year() -> tuple[list[ResponseEvidence], list[Signal]]:
    """A busy lead: twelve responses and two hundred signals."""
    first = anna()
    responses = [replace(first.filled, at=first.at - timedelta(days=30 * n), id=f"r{n}") for n in range(12)]
    names = list(example_policy().intent.signals)
    signals = [Signal(names[n % len(names)], first.at - timedelta(days=n), f"a{n % 7}") for n in range(200)]
    return responses, signals


def main() -> int:
    one, busy, domains = anna(), _year(), known_domains()
    facts = assess_lead(one).facts
    work: dict[str, Callable[[], object]] = {
        "Anna, sales-ready": lambda: assess_lead(one),
        "Sofia, not now": lambda: assess_lead(sofia()),
        "Bruno, disqualified": lambda: assess_lead(bruno()),
        "Anna again, two responses": lambda: assess_lead(one, anna_again_once),
        "12 responses, 200 signals": lambda: assess(example_policy(), *busy, one.history, one.at, domains),
        "routing alone": lambda: route(example_policy(), facts, Book()),
    }
    anna_again_once = anna_again()
    base = cpu(reference, 200)
    print(f"{'reference':28}{base * 1e6:9.0f} µs")
    for name, run in work.items():
        spent = cpu(run, 20 if name.startswith("12") else 100)
        print(f"{name:28}{spent * 1e6:9.0f} µs{spent / base:9.2f} × reference")
    return 0 if cpu(work["Anna, sales-ready"], 100) <= BUDGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
