"""One reader for the expressions of several products: they differ in their tokens and in the names of operators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.core.importing.expression import Compound, Expression, Literal, Name

LONGEST = 4000
DEEPEST = 40
OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN = range(1, 8)
"""How strongly operators bind."""


class NotAnExpression(Exception):
    """The text cannot be read; the argument quotes the place."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """`tokens` has the groups number, text, name, word and sign. A word that is no operator and no function is a name,
    or a text where `bare_words` is set. Operators map to a common sign and their strength."""

    tokens: re.Pattern[str]
    infix: Mapping[str, tuple[str, int]]
    prefix: Mapping[str, tuple[str, int]]
    postfix: Mapping[str, str]
    bare_words: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_END = _Token("end", "")
_CONSTANTS: Mapping[str, bool] = {"true": True, "false": False}


def read_expression(text: str, dialect: Dialect) -> Expression:
    """Raises NotAnExpression with the part that cannot be read."""
    if len(text) > LONGEST:
        raise NotAnExpression(text[:40])
    return _Reader(_tokens(text, dialect), dialect).whole()


def _tokens(text: str, dialect: Dialect) -> list[_Token]:
    found, at = [], 0
    while text[at:].strip():
        match = dialect.tokens.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotAnExpression(text[at : at + 40].strip())
        found.append(_Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return [*found, _END]


class _Reader:
    """Reads tokens by precedence climbing."""

    def __init__(self, tokens: list[_Token], dialect: Dialect) -> None:
        self.tokens, self.dialect = tokens, dialect
        self.place = self.depth = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def take(self) -> _Token:
        token = self.here
        self.place += token is not _END
        return token

    def whole(self) -> Expression:
        expression = self.read(0)
        if self.here is not _END:
            raise NotAnExpression(self.here.text)
        return expression

    def read(self, least: int) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAnExpression(self.here.text)
        left = self.first()
        while True:
            word = self.operator()
            sign, strength = self.dialect.infix.get(word, ("", -1))
            if word in self.dialect.postfix and not sign:
                self.take()
                left = Compound(self.dialect.postfix[word], (left,))
                continue
            if not sign or strength < least:
                self.depth -= 1
                return left
            self.take()
            left = _joined(sign, left, self.read(strength + 1))

    def operator(self) -> str:
        return self.here.text.lower() if self.here.kind in ("sign", "word") else ""

    def first(self) -> Expression:
        token = self.take()
        called = self.here.kind == "sign" and self.here.text == "("
        prefix = self.dialect.prefix.get(token.text.lower()) if token.kind in ("sign", "word") else None
        if prefix is not None and not (token.kind == "word" and called and prefix[0] != "not"):
            return Compound(prefix[0], (self.read(prefix[1]),))
        if token.kind == "number":
            return Literal(float(token.text) if "." in token.text else int(token.text))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "word":
            return self.call(token.text.lower()) if called else self.word(token.text)
        if token.text == "(":
            inner = self.read(0)
            self.close(")")
            return inner
        if token.text == "[":
            return self.listed()
        raise NotAnExpression(token.text or "…")

    def word(self, text: str) -> Expression:
        if text.lower() in _CONSTANTS:
            return Literal(_CONSTANTS[text.lower()])
        return Literal(text) if self.dialect.bare_words else Name(text)

    def call(self, function: str) -> Expression:
        return Compound(function, self.arguments(")"))

    def listed(self) -> Expression:
        parts = self.arguments("]", opened=True)
        if not all(isinstance(part, Literal) for part in parts):
            raise NotAnExpression("[")
        values = (part.value for part in parts if isinstance(part, Literal))
        return Literal(tuple(value for value in values if not isinstance(value, tuple)))

    def arguments(self, end: str, opened: bool = False) -> tuple[Expression, ...]:
        if not opened:
            self.take()
        parts: list[Expression] = []
        while self.here.text != end or self.here.kind != "sign":
            parts.append(self.read(0))
            if self.here.text not in (",", ";"):
                break
            self.take()
        self.close(end)
        return tuple(parts)

    def close(self, sign: str) -> None:
        if self.here.kind != "sign" or self.here.text != sign:
            raise NotAnExpression(self.here.text or "…")
        self.take()


def _joined(sign: str, left: Expression, right: Expression) -> Expression:
    """`a and b and c` as one operation of three parts."""
    if sign in ("and", "or") and isinstance(left, Compound) and left.sign == sign:
        return Compound(sign, (*left.parts, right))
    return Compound(sign, (left, right))
