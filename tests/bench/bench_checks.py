"""How long checking takes: the sample surveys, and a generated one of 100 questions. Budget: 2 s each.

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

SURVEYS = Path(__file__).parents[2] / "surveys"
BUDGET = 2.0
ROUNDS = 3


def load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def default_policy() -> Policy:
    found, problems = policy.read(load(SURVEYS / "policies" / "default.yaml"))
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


def main() -> int:
    under = default_policy()
    surveys = {path.parent.name: sample(path) for path in sorted(SURVEYS.glob("*/survey.yaml"))} | {
        "hundred": hundred()
    }
    late = 0
    for name, one in surveys.items():
        took = seconds(one, under)
        late += took > BUDGET
        print(f"{name:32} {len(one.questions):4} questions  {took * 1000:7.0f} ms CPU")
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(main())
