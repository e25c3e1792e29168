"""How a value was calculated: its formula with one person's numbers, as a reader writes it."""

from __future__ import annotations

from questionnaire.core.base.arithmetic import Call, Constant, Expression, Negation, Operation, Reference, rounded
from questionnaire.core.base.formats import locale_of, number_text
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import listed
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.survey.calculate import Calculation
from questionnaire.core.survey.calculated_value import CalculatedValue, is_score

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_NEGATION, _WHOLE = 3, 4
_MOST_DECIMALS = 15


def formula_words(
    context: ReportContext, calculation: Calculation, value: CalculatedValue
) -> tuple[str, tuple[str, ...]]:
    """The formula in words ("" when it is one number alone), and the names of what it was calculated from, in order.

    A calculated value without a title is written out; one with a title is a number with a name of its own.
    """
    writer = _Writer(context, calculation)
    formula = calculation.formula(value.name)
    text = writer.write(formula, 0) if formula is not None else ""
    return ("" if isinstance(formula, Reference | Constant) else text), tuple(dict.fromkeys(writer.names))


class _Writer:
    def __init__(self, context: ReportContext, calculation: Calculation) -> None:
        self._context, self._calculation = context, calculation
        self._language, self._locale = context.language, locale_of(context.language)
        self.names: list[str] = []

    def write(self, expression: Expression, least: int) -> str:
        text, strength = self._text(expression)
        return f"({text})" if strength < least else text

    def _text(self, expression: Expression) -> tuple[str, int]:
        if isinstance(expression, Constant):
            digits = len(expression.text.partition(".")[2])
            return number_text(expression.value, self._locale, digits), _WHOLE
        if isinstance(expression, Reference):
            return self._reference(expression.name)
        if isinstance(expression, Negation):
            return f"−{self.write(expression.part, _NEGATION)}", _NEGATION
        if isinstance(expression, Operation):
            strength = _STRENGTH[expression.sign]
            left, right = self.write(expression.left, strength), self.write(expression.right, strength + 1)
            return f"{left} {_SIGNS[expression.sign]} {right}", strength
        return self._call(expression)

    def _call(self, call: Call) -> tuple[str, int]:
        words, parts = self._context.words, listed((self.write(part, 0) for part in call.parts), self._language)
        if call.function == "min":
            return words("smallest of (%(values)s)", values=parts), _WHOLE
        if call.function == "max":
            return words("largest of (%(values)s)", values=parts), _WHOLE
        return words("rounded (%(value)s)", value=parts), _WHOLE

    def _reference(self, name: str) -> tuple[str, int]:
        value = self._context.survey.calculated_by_name.get(name)
        formula = self._calculation.formula(name) if value is not None and value.title is None else None
        if formula is not None:
            return self._text(formula)
        self.names.append(name)
        amount = self._calculation.operand(name) or 0
        if value is not None:
            return value.say(amount, self._language), _WHOLE
        return self._number(name, amount), _WHOLE

    def _number(self, name: str, amount: Exact) -> str:
        item, answer = self._context.survey.question(name), self._context.journey.answers.get(name)
        if item is not None and item.unit_label(self._language) and answer is not None:
            return item.say(answer, self._language)
        if is_score(name):  # as exact as in the section on the method: with whole numbers, sums would often not add up
            return number_text(rounded(amount, 1), self._locale, 1)
        return number_text(amount, self._locale, _MOST_DECIMALS)
