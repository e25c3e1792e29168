"""A condition of a survey as a form: only earlier questions are offered, values come from a list."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.condition_groups import UNKNOWN
from questionnaire.core.editing.outline import QuestionEntry, outline, questions_in, text_in
from questionnaire.core.editing.paths import Path, find, has
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.web.builder.condition_form import NUMBERS, ConditionForm, build_form
from questionnaire.web.builder.condition_names import TRUE_OR_FALSE, ConditionNames
from questionnaire.web.builder.condition_words import choices_of, condition_text
from questionnaire.web.builder.form_fields import FieldMaker
from questionnaire.web.builder.options import Choosable, Options


def condition_form(choosable: Choosable, path: Path, maker: FieldMaker) -> ConditionForm:
    document = choosable.document
    raw = find(document, path) if has(document, path) else None
    earlier = earlier_questions(choosable, path)
    names = ConditionNames(choosable)
    others = names.offered(path) if path[:1] == ("report",) else ()
    return build_form(
        raw, path, condition_text(raw, choosable) if raw is not None else "",
        SurveyVocabulary(names, {one.name: one for one in earlier}),
        (*((one.name, one.label) for one in earlier), *others), maker.problems_at(path),
    )  # fmt: skip


def earlier_questions(choosable: Choosable, path: Path) -> list[QuestionEntry]:
    """Those before the question or page of a condition whose answers can be compared."""
    found: list[QuestionEntry] = []
    for question in questions_in(outline(choosable.document, choosable.language)):
        if question.path == path[: len(question.path)] or question.path[:2] == path[:-1]:
            break
        kind = REGISTRY.get(question.type)
        if kind is not None and kind.asks and not kind.open_ended and question.type != "matrix":
            found.append(question)
    return found


@dataclass(frozen=True, slots=True)
class SurveyVocabulary:
    """The names that a condition of a survey can compare."""

    names: ConditionNames
    earlier: dict[str, QuestionEntry]

    @property
    def words(self) -> Translator:
        return self.names.words

    @property
    def answered(self) -> tuple[str, str]:
        return self.words("is answered"), self.words("isn’t answered")

    def label(self, name: str) -> str:
        question = self.earlier.get(name)
        return question.label if question is not None else self.names.label(name)

    def choices(self, name: str) -> Options:
        question, choosable = self.earlier.get(name), self.names.choosable
        if question is None:
            return self.names.choices(name)
        return tuple(
            (str(one.get("value")), text_in(one.get("text"), choosable.language) or str(one.get("value")))
            for one in choices_of(choosable.document, question)
        )

    def operators(self, name: str, *, is_listed: bool) -> Options:
        words = self.words
        answered = (("known", ""), (UNKNOWN, ""))
        if name in TRUE_OR_FALSE:
            return (("in", words("is")),)
        if is_listed:
            return (("in", ""), ("not_in", ""), *answered)
        numbers = tuple((one, "") for one in NUMBERS)
        exact = (("in", words("is")), ("not_in", words("isn’t")), *answered)
        return numbers if self.names.is_number(name) else (*numbers, *exact)
