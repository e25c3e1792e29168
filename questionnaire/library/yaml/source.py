"""An authored file as plain values, with the line of each: what the strict reader gives.

Keys stay as they were typed; values are text, numbers, truths, lists and mappings. Whatever YAML offers to be clever
with (anchors, merge keys, tags, several documents) is refused with a line and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.problems import Problem, Where

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """`raw` is the file's value. `lines` holds the 1-based line of every path; `spoiled` paths hold no true value,
    since what stood there was refused and is told about already.
    """

    name: str
    raw: Any
    lines: Mapping[Steps, int] = field(default_factory=dict)
    spoiled: frozenset[Steps] = frozenset()

    def line(self, where: Where) -> int:
        """The line of the longest part of the path that stands in the file."""
        path = tuple(map(str, where))
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems with file and line, without those that only follow from something refused before."""
        return tuple(
            problem.at(self.name, self.line(problem.where))
            for problem in problems
            if not self._follows(tuple(map(str, problem.where)))
        )

    def _follows(self, path: Steps) -> bool:
        return any(path[: len(spoiled)] == spoiled for spoiled in self.spoiled)
