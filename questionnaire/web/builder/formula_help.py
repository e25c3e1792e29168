"""What helps someone who writes a formula: the names it can use, and what it comes to for answers that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaire.core.base.formats import locale_of, number_text
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.outline import entries, outline, questions_in, text_in
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.calculated_value import SCORE
from questionnaire.core.survey.formula_results import FormulaResult, formula_results
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.survey import Survey
from questionnaire.web.builder.condition_words import choices_of
from questionnaire.web.builder.example_answers import EXAMPLE, ShownAnswers
from questionnaire.web.builder.options import Choosable, Options
from questionnaire.web.survey_page.form_input import FormInput

DIGITS = 6
"""Decimals of the numbers that a result is made of."""


@dataclass(frozen=True, slots=True)
class FormulaHelp:
    """`names`, `calculated`: what a formula can use, as (name, what it is). `places`: place of a formula -> how many of
    the calculated values come before it. `results`: place -> what it comes to. `answers`: the case they are of."""

    names: Options = ()
    calculated: Options = ()
    places: Mapping[str, int] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""


def formula_help(choosable: Choosable, survey: Survey | None, shown: ShownAnswers | None) -> FormulaHelp:
    """`survey`: None while the draft can't be read as a whole; then there are no results."""
    places = {write_path(place): (index, case) for place, index, case in _formulas(choosable)}
    results: dict[str, str] = {}
    if survey is not None and shown is not None:
        found = list(_results(survey, shown).values())
        for place, (index, case) in places.items():
            if index < len(found) and case < len(found[index]):
                results[place] = _sentence(survey, index, found[index][case], choosable.words)
    known = {place: index for place, (index, _case) in places.items()}
    answers = shown.name if shown is not None and shown.name != EXAMPLE else ""
    return FormulaHelp(_names(choosable), choosable.calculated(), known, results, answers)


def _formulas(choosable: Choosable) -> Iterator[tuple[Path, int, int]]:
    """(place, number of the calculated value, number of the case) of each formula, also of one not written yet."""
    for index, (path, _value) in enumerate(entries(choosable.document, ("calculated",))):
        yield (*path, "formula"), index, 0
        for case, (place, _case) in enumerate(entries(choosable.document, (*path, "cases"))):
            yield (*place, "formula"), index, case


def _names(choosable: Choosable) -> Options:
    """The questions that are answered with numbers, row by row, and the scores."""
    found: list[tuple[str, str]] = []
    for question in questions_in(outline(choosable.document, choosable.language)):
        kind = REGISTRY.get(question.type)
        has_numbers = any(choice.get("number") is not None for choice in choices_of(choosable.document, question))
        gives_number = kind is not None and kind.kind != "ranking" and (kind.kind == "number" or has_numbers)
        if not question.name or not gives_number:
            continue
        rows = [row for _path, row in entries(choosable.document, (*question.path, "rows"))]
        texts = [f"{question.label}: {text_in(row.get('text'), choosable.language)}" for row in rows]
        found += [(f"{question.name}.{row.get('name')}", text) for row, text in zip(rows, texts, strict=True)]
        found += [] if rows else [(question.name, question.label)]
    scores = [(f"{SCORE}.{name}", choosable.words("Score of %(name)s", name=title))
              for name, title in choosable.dimensions()]  # fmt: skip
    return (*found, *(((SCORE, choosable.words("Overall score")), *scores) if scores else ()))


def _results(survey: Survey, shown: ShownAnswers) -> Mapping[str, tuple[FormulaResult, ...]]:
    answers, _mistakes = read_answers(survey, FormInput(shown.answered).answered(survey), survey.languages[0])
    return formula_results(survey, derive_journey(survey, answers))


def _sentence(survey: Survey, index: int, result: FormulaResult, words: Translator) -> str:
    value = survey.calculated[index]
    unknown = [name for name, number in result.operands.items() if number is None]
    if result.value is not None:
        total = value.say(result.value, words.language)
        used = ", ".join(f"{name} = {_number(number, words)}" for name, number in result.operands.items())
        text = words("Result: %(value)s, with %(values)s.", value=total, values=used)
        text = text if used else words("Result: %(value)s.", value=total)
    elif unknown:
        text = words("No result: these answers don’t say %(names)s.", names=", ".join(unknown))
    else:
        text = words("No result: a division by zero, or a number that is too large.")
    if result.counts:
        return text
    other = words("For these answers another case counts.")
    return f"{text} {other}"


def _number(value: Exact | None, words: Translator) -> str:
    return "" if value is None else number_text(value, locale_of(words.language), DIGITS)
