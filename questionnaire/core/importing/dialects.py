"""The expression languages of SurveyJS, XLSForm and LimeSurvey: their tokens, and what their operators mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from questionnaire.core.importing.expression_reader import AND, COMPARE, NOT, OR, PRODUCT, SIGN, SUM, Dialect

_NUMBER = r"(?P<number>\d+(?:\.\d+)?)"
_TEXT = r"""(?P<text>'[^']*'|"[^"]*")"""
_ARITHMETIC: Mapping[str, tuple[str, int]] = {
    "+": ("+", SUM), "-": ("-", SUM), "*": ("*", PRODUCT), "/": ("/", PRODUCT), "%": ("mod", PRODUCT),
}  # fmt: skip
_COMPARISONS: Mapping[str, tuple[str, int]] = {
    sign: (sign, COMPARE) for sign in ("=", "!=", "<", "<=", ">", ">=")
}  # fmt: skip


def _words(sign: str, strength: int, *words: str) -> dict[str, tuple[str, int]]:
    return dict.fromkeys(words, (sign, strength))


SURVEYJS = Dialect(
    re.compile(
        rf"\s*(?:{_NUMBER}|{_TEXT}|\{{(?P<name>[^{{}}]+)\}}|(?P<word>[A-Za-z_][\w-]*)"
        r"|(?P<sign>>=|<=|<>|!=|==|\*=|&&|\|\||[-+*/%^!=<>(),;\[\]]))"
    ),
    {
        **_ARITHMETIC, **_COMPARISONS,
        **_words("or", OR, "or", "||"), **_words("and", AND, "and", "&&"),
        **_words("=", COMPARE, "==", "equal"), **_words("!=", COMPARE, "<>", "notequal"),
        **_words("<", COMPARE, "less"), **_words("<=", COMPARE, "lessorequal"),
        **_words(">", COMPARE, "greater"), **_words(">=", COMPARE, "greaterorequal"),
        **_words("contains", COMPARE, "contains", "contain", "*="),
        **_words("notcontains", COMPARE, "notcontains", "notcontain"),
        **_words("anyof", COMPARE, "anyof"), **_words("allof", COMPARE, "allof"),
        **_words("noneof", COMPARE, "noneof"), **_words("power", PRODUCT, "^", "power"),
    },
    {"!": ("not", NOT), "negate": ("not", NOT), "not": ("not", NOT), "-": ("neg", SIGN)},
    {"empty": "empty", "notempty": "filled"},
    bare_words=True,
)  # fmt: skip
"""https://surveyjs.io/form-library/documentation/design-survey/conditional-logic"""

XPATH = Dialect(
    re.compile(
        rf"\s*(?:{_NUMBER}|{_TEXT}|\$\{{(?P<name>[^{{}}]+)\}}|(?P<word>\.(?![\d.])|[A-Za-z_][\w:-]*)"
        r"|(?P<sign>!=|<=|>=|[-+*=<>(),|\[\]]))"
    ),
    {
        **{sign: _ARITHMETIC[sign] for sign in "+-*"}, **_COMPARISONS,
        "div": ("/", PRODUCT), "mod": ("mod", PRODUCT), "or": ("or", OR), "and": ("and", AND),
    },
    {"-": ("neg", SIGN)},
    {},
)  # fmt: skip
"""https://docs.getodk.org/form-operators-functions/"""

LIMESURVEY = Dialect(
    re.compile(
        rf"\s*(?:(?P<name>\d+X\d+X\w+(?:\.\w+)?|TOKEN:\w+)|{_NUMBER}|{_TEXT}"
        r"|(?P<word>[A-Za-z_]\w*(?:\.\w+)*)|(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/!<>(),]))"
    ),
    {
        **{sign: _ARITHMETIC[sign] for sign in "+-*/"}, **_COMPARISONS,
        **_words("or", OR, "or", "||"), **_words("and", AND, "and", "&&"),
        **_words("=", COMPARE, "==", "eq"), **_words("!=", COMPARE, "ne"), **_words("<", COMPARE, "lt"),
        **_words("<=", COMPARE, "le"), **_words(">", COMPARE, "gt"), **_words(">=", COMPARE, "ge"),
    },
    {"!": ("not", SIGN), "-": ("neg", SIGN)},
    {},
)  # fmt: skip
"""https://manual.limesurvey.org/ExpressionScript_-_Presentation"""
