"""Conditions of surveys and policies: parsed once, evaluated on a mapping of facts, able to list their names.

A condition is a mapping whose keys must all be true. There is no expression language. The logic has three values: a
comparison with an unknown fact is unknown, `not` of unknown is unknown, and the operator `known` is never unknown.
Shapes and the closed list of facts: docs/facts.md.
"""

from questionnaire.core.base.conditions.evaluate import conjunction, deciding, disjunction, evaluate, judge, same
from questionnaire.core.base.conditions.forms import (
    ALWAYS,
    FACTS,
    JOINTS,
    OPERATORS,
    All,
    Condition,
    Either,
    Facts,
    Members,
    Not,
    Scalar,
    Test,
    Truth,
    names,
    tests,
    write,
)
from questionnaire.core.base.conditions.parse import parse

__all__ = [
    "ALWAYS",
    "FACTS",
    "JOINTS",
    "OPERATORS",
    "All",
    "Condition",
    "Either",
    "Facts",
    "Members",
    "Not",
    "Scalar",
    "Test",
    "Truth",
    "conjunction",
    "deciding",
    "disjunction",
    "evaluate",
    "judge",
    "names",
    "parse",
    "same",
    "tests",
    "write",
]
