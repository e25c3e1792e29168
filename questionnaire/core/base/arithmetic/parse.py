"""The parser of formulas. Each mistake says at which character it is, and what to write there."""

from __future__ import annotations

import re

from questionnaire.core.base.arithmetic.evaluate import MOST_DECIMALS
from questionnaire.core.base.arithmetic.forms import (
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    Negation,
    Operation,
    Reference,
    Sign,
)
from questionnaire.core.base.arithmetic.tokens import FormulaToken, tokens
from questionnaire.core.base.problems import Problem, did_you_mean

LONGEST = 300
DEEPEST = 12
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")
_ADVICE = {
    "%": "write a share as a number: `0.05` for 5%",
    "^": "powers don’t exist: write `x * x`",
    "=": "write only what is calculated; its name has a key of its own",
    "'": "write numbers without separators: `1200`",
    "’": "write numbers without separators: `1200`",
    "[": "use round brackets",
    "{": "use round brackets, and names without braces",
    ".": "write a zero before the point: `0.5`",
    ";": "separate the parts of a function with a comma",
}


class FormulaError(Exception):
    """The first mistake of a formula; what follows it cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _error(code: str, message: str, hint: str) -> FormulaError:
    return FormulaError(Problem(code, (), message, hint))


def parse(raw: object) -> tuple[Expression | None, tuple[Problem, ...]]:
    """Returns the formula, or None with the problem that prevents it."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        hint = "write it as text: `formula: hours * 52`"
        return None, (Problem("formula_syntax", (), "a formula is expected here", hint),)
    text = str(raw)
    if len(text) > LONGEST:
        message = f"this formula has {len(text)} characters, and at most {LONGEST} are allowed"
        return None, (Problem("formula_long", (), message, "divide it into several calculated values"),)
    try:
        return _Reader(text).whole(), ()
    except FormulaError as error:
        return None, (error.problem,)


class _Reader:
    """Reads the tokens of one formula from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.place = self.depth = 0

    @property
    def here(self) -> FormulaToken:
        return self.tokens[self.place]

    def take(self) -> FormulaToken:
        token = self.here
        self.place += 1
        return token

    def whole(self) -> Expression:
        expression = self.sum()
        if self.here.text == ")":
            raise self._wrong("this bracket closes nothing", "remove it, or open one before")
        if self.here.kind != "end":
            raise self._unexpected("an operator is expected here")
        return expression

    def sum(self) -> Expression:
        left = self.product()
        while (sign := self._sign("+", "-")) is not None:
            left = Operation(sign, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.factor()
        while (sign := self._sign("*", "/")) is not None:
            left = Operation(sign, left, self.factor())
        return left

    def factor(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST + 1:
            raise _error(
                "formula_deep", f"this formula has more than {DEEPEST} levels of brackets",
                "divide it into several calculated values")  # fmt: skip
        expression = self._factor()
        self.depth -= 1
        return expression

    def _factor(self) -> Expression:
        if self._sign("-") is not None:
            return Negation(self.factor())
        if self.here.text == "(":
            self.take()
            expression = self.sum()
            self._close()
            return expression
        if self.here.kind == "number":
            return self._number()
        if self.here.kind == "name":
            token = self.take()
            return self._call(token) if self.here.text == "(" else Reference(token.text)
        raise self._unexpected("a number, a name or a bracket is expected here")

    def _number(self) -> Constant:
        if not _NUMBER.fullmatch(self.here.text):
            raise self._wrong("this number is too long", "use at most 15 digits, and 15 decimals")
        return Constant(self.take().text)

    def _call(self, name: FormulaToken) -> Call:
        if name.text not in FUNCTIONS:
            raise _error(
                "formula_function", f"at character {name.at}: `{name.text}` is not a function",
                did_you_mean(name.text, FUNCTIONS, "use `min`, `max` or `round`; multiply with `*`"))  # fmt: skip
        self.take()
        parts, starts = [self.sum()], [self.here]
        while self.here.text == ",":
            self.take()
            starts.append(self.here)
            parts.append(self.sum())
        self._close()
        return Call(name.text, tuple(parts)) if name.text != "round" else self._round(parts, starts)

    def _round(self, parts: list[Expression], starts: list[FormulaToken]) -> Call:
        """`round(x)` or `round(x, 2)`."""
        if len(parts) == 1:
            return Call("round", tuple(parts))
        digits = parts[1]
        whole = isinstance(digits, Constant) and digits.text.isdecimal() and int(digits.text) <= MOST_DECIMALS
        if len(parts) > 2 or not whole or not isinstance(digits, Constant):
            raise _error(
                "formula_function", f"at character {starts[1].at}: `round` takes a value and how many decimals to keep",
                f"write `round(x)` or `round(x, 2)`, with 0 to {MOST_DECIMALS} decimals")  # fmt: skip
        return Call("round", (parts[0],), int(digits.text))

    def _close(self) -> None:
        if self.here.text != ")":
            raise self._unexpected("a closing bracket is expected here")
        self.take()

    def _sign(self, *signs: Sign) -> Sign | None:
        found = next((sign for sign in signs if self.here.kind == "sign" and self.here.text == sign), None)
        if found is not None:
            self.take()
        return found

    def _unexpected(self, message: str) -> FormulaError:
        token = self.here
        after_number = self.place > 0 and self.tokens[self.place - 1].kind == "number"
        if token.kind == "end":
            return self._wrong(f"{message}, and the formula ends", "finish it, or remove the last sign")
        if token.kind == "sign" and token.text == "," and after_number:
            hint = "write decimals with a point: `7.5`"
        elif token.kind == "number" and after_number:
            hint = "write numbers without spaces: `1200`"
        else:
            hint = _ADVICE.get(token.text, "write something like `hours * (rate + 5)`")
        return self._wrong(f"{message}, and `{token.text}` stands there", hint)

    def _wrong(self, message: str, hint: str) -> FormulaError:
        return _error("formula_syntax", f"at character {self.here.at}: {message}", hint)
