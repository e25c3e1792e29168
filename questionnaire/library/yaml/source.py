"""Source: the plain values of an authored file, with the line of each.

Keys stay as written; values are text, numbers, booleans, lists and mappings. Other YAML features (anchors, merge keys,
tags, several documents) are refused, with the line and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.problems import Problem, Where

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The values of a file.

    `raw` is the file's value. `lines` maps every path to its 1-based line. `invalid_paths` have no valid value: it was
    refused, and the problem is already reported.
    """

    name: str
    raw: Any
    lines: Mapping[Steps, int] = field(default_factory=dict)
    invalid_paths: frozenset[Steps] = frozenset()

    def line(self, where: Where) -> int:
        """Returns the line of the longest part of the path that is in the file."""
        path = tuple(map(str, where))
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Adds file and line to the problems, and drops those that follow from an already refused value."""
        return tuple(
            problem.at(self.name, self.line(problem.where))
            for problem in problems
            if not self._is_consequence(tuple(map(str, problem.where)))
        )

    def _is_consequence(self, path: Steps) -> bool:
        return any(path[: len(invalid)] == invalid for invalid in self.invalid_paths)
