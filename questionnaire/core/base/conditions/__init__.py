"""Conditions are data: parsed once, evaluated on a mapping of facts, and able to say which facts they use.

A condition is a mapping whose keys must all hold. There is no expression text and no evaluator. The logic has
three values: a comparison with something unknown is unknown, `not` keeps it, and `known` never is.
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
