"""How long checking takes: the samples, large surveys of public shapes, and generated ones in every branching shape.

Budgets in CPU time of a current machine: 0.3 s for a sample, 2 s for 100 questions, 5 s for 200, 7.5 s for 300. A loop
measures the machine, and the budgets are scaled by it.

.venv/bin/python -m tests.bench.bench_checks
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from questionnaire.core import policy
from questionnaire.core.checks import check
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey
from tests.bench.branching_shapes import SHAPES, branching, wide
from tests.surveys.big_questionnaires import ALL
from tests.surveys.big_questionnaires import policy as small_policy

SURVEYS = Path(__file__).parents[2] / "surveys"
BUDGETS = ((50, 0.3), (100, 2.0), (200, 5.0), (300, 7.5))
REFERENCE = 0.45
"""What ten million additions take on a current machine, in seconds."""
ROUNDS = 3


def load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def default_policy() -> Policy:
    return _policy(SURVEYS / "policies" / "default.yaml")


def policy_for(survey: Path) -> Policy:
    """The policy beside a sample, else the default one."""
    own = survey.with_name("policy.yaml")
    return _policy(own) if own.exists() else default_policy()


def _policy(path: Path) -> Policy:
    found, problems = policy.read(load(path))
    assert found is not None, problems
    return found


def sample(path: Path) -> Survey:
    found, problems = survey.read(load(path))
    assert found is not None, problems
    return found


def hundred() -> Survey:
    """The alignment diagnostic with 90 questions more: a third show only after others, a fifth can be left open."""
    raw = load(SURVEYS / "sales-marketing-alignment" / "survey.yaml")
    dimensions = [one["name"] for one in raw["dimensions"]]
    for number in range(9):
        raw["pages"].append(
            {"name": f"more_{number}", "questions": [_more(number, index, dimensions) for index in range(10)]}
        )
    raw["id"] = "hundred"
    found, problems = survey.read(raw)
    assert found is not None, [*map(str, problems)]
    return found


def _more(number: int, index: int, dimensions: list[str]) -> dict[str, Any]:
    name = f"more_{number}_{index}"
    values: list[dict[str, Any]] = [{"value": f"v{place}", "text": f"Choice {place}"} for place in range(5)]
    question: dict[str, Any] = {"name": name, "type": "single_choice", "title": name, "choices": values}
    question["required"] = index not in (4, 8)
    if index in (2, 5, 7):
        before = f"more_{number}_{index - 1}"
        question["show_if"] = {before: ["v3", "v4"]} if index != 7 else {"any": [{before: "v4"}, {"timeline": "lt_3m"}]}
    if index == 9:
        return question | {"type": "multiple_choice", "max": 3}
    if index == 3:
        return {"name": name, "type": "number", "title": name, "min": 0, "max": 500, "required": True}
    for place, value in enumerate(values):
        value["maturity"] = place
    if index == 8:
        values.append({"value": "unknown", "text": "I do not know", "unknown": True})
    return question | {"dimension": dimensions[(number + index) % len(dimensions)]}


def seconds(one: Survey, under: Policy) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        check(one, under)
        times.append(time.process_time() - start)
    return statistics.median(times)


def reference() -> float:
    start, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start


def main() -> int:
    slowness = max(reference() / REFERENCE, 1)
    print(f"this machine is {slowness:.1f} times slower than a current one")
    under, judged = default_policy(), wide()
    rows = [(path.parent.name, sample(path), policy_for(path)) for path in sorted(SURVEYS.glob("*/survey.yaml"))]
    rows += [("hundred", hundred(), under)]
    rows += [(shape, branching(shape, count), judged) for count in (100, 200) for shape in SHAPES]
    rows += [(build().id, build(), small_policy()) for build in ALL]
    late = 0
    for name, one, policy_of_it in rows:
        took = seconds(one, policy_of_it) / slowness
        budget = next(budget for most, budget in BUDGETS if len(one.items) <= most)
        late += took > budget
        print(f"{name:32} {len(one.items):4} questions  {took * 1000:7.0f} ms CPU of {budget * 1000:.0f}")
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(main())
