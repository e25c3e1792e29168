"""Formulas of surveys: parsed once, evaluated exactly on numbers, able to list the names that they use.

A formula has numbers, names, `+ - * / ( )`, `min()`, `max()` and `round()`; nothing else is evaluated. What is unknown
stays unknown, and a division by zero is unknown. static/js/calculated/ does the same in the browser, with whole numbers
of any length; tests/browser/test_same_numbers.py compares the two.
"""

from questionnaire.core.base.arithmetic.evaluate import MOST_DECIMALS, evaluate, limited, rounded
from questionnaire.core.base.arithmetic.forms import (
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    Negation,
    Operation,
    Reference,
    as_data,
    parts_of,
    references,
    write,
)
from questionnaire.core.base.arithmetic.parse import DEEPEST, LONGEST, parse
from questionnaire.core.base.arithmetic.tokens import replace_names

__all__ = [
    "DEEPEST",
    "FUNCTIONS",
    "LONGEST",
    "MOST_DECIMALS",
    "Call",
    "Constant",
    "Expression",
    "Negation",
    "Operation",
    "Reference",
    "as_data",
    "evaluate",
    "limited",
    "parse",
    "parts_of",
    "references",
    "replace_names",
    "rounded",
    "write",
]
