"""Conditions as a sentence: “Timeline is one of “next 3 months”, “3 to 6 months””."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaire.core.base.conditions import All, Condition, Either, Not, Test, parse
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.outline import QuestionEntry, outline, questions_in, text_in
from questionnaire.core.editing.paths import Document
from questionnaire.core.survey.choice_sets import resolve_sets
from questionnaire.web.builder.condition_names import ConditionNames
from questionnaire.web.builder.options import Choosable


def condition_text(raw: Any, choosable: Choosable) -> str:
    """What cannot be read is shown as it stands."""
    condition, problems = parse(raw)
    if condition is None or problems:
        return str(raw)
    return _Sentence(choosable).text(condition)


def choices_of(document: Document, question: QuestionEntry) -> list[Mapping[str, Any]]:
    """The answers of a question as they are written; those of a shared set in its place."""
    choices = question.content.get("choices")
    if isinstance(choices, list):
        return [choice for choice in choices if isinstance(choice, Mapping)]
    if choices is None:
        return []
    sets = {"choice_sets": document.get("choice_sets", {}), "pages": [{"questions": [question.content]}]}
    found = resolve_sets(sets)["pages"][0]["questions"][0].get("choices")
    return [choice for choice in found if isinstance(choice, Mapping)] if isinstance(found, list) else []


class _Sentence:
    def __init__(self, choosable: Choosable) -> None:
        self.choosable = choosable
        self.words: Translator = choosable.words
        document, language = choosable.document, choosable.language
        self.questions = {one.name: one for one in questions_in(outline(document, language))}
        self.names = ConditionNames(choosable)

    def text(self, condition: Condition, *, inside: bool = False) -> str:
        words = self.words
        if isinstance(condition, Test):
            return self._test(condition)
        if isinstance(condition, Not):
            return words("not (%(condition)s)", condition=self.text(condition.part))
        parts = [self.text(part, inside=True) for part in condition.parts]
        joined = self._joined(parts, is_all=isinstance(condition, All))
        return f"({joined})" if inside and len(parts) > 1 and isinstance(condition, Either) else joined

    def _joined(self, parts: Sequence[str], *, is_all: bool) -> str:
        text = parts[0] if parts else ""
        for part in parts[1:]:
            both, either = self.words("%(a)s and %(b)s", a=text, b=part), self.words("%(a)s or %(b)s", a=text, b=part)
            text = both if is_all else either
        return text

    def _test(self, test: Test) -> str:
        words = self.words
        name, value = self._name(test.name), self._value(test.name, test.value)
        if test.operator == "known":
            return (
                words("%(name)s is answered", name=name) if test.value else words("%(name)s isn’t answered", name=name)
            )
        is_list = isinstance(test.value, tuple) and len(test.value) > 1
        sentences = {
            "eq": words("%(name)s is %(value)s", name=name, value=value),
            "in": words("%(name)s is one of %(value)s", name=name, value=value)
            if is_list else words("%(name)s is %(value)s", name=name, value=value),
            "ne": words("%(name)s isn’t %(value)s", name=name, value=value),
            "not_in": words("%(name)s is none of %(value)s", name=name, value=value),
            "lt": words("%(name)s is less than %(value)s", name=name, value=value),
            "lte": words("%(name)s is at most %(value)s", name=name, value=value),
            "gt": words("%(name)s is more than %(value)s", name=name, value=value),
            "gte": words("%(name)s is at least %(value)s", name=name, value=value),
        }  # fmt: skip
        return sentences[test.operator]

    def _name(self, name: str) -> str:
        question = self.questions.get(name.partition(".")[0])
        return question.label if question is not None else self.names.label(name)

    def _value(self, name: str, value: Any) -> str:
        values = value if isinstance(value, tuple) else (value,)
        question = self.questions.get(name.partition(".")[0])
        choices = choices_of(self.choosable.document, question) if question is not None else []
        texts = {str(one.get("value")): text_in(one.get("text"), self.choosable.language) for one in choices}
        if question is None:
            texts = dict(self.names.choices(name)) if not isinstance(value, bool) else {}
        return ", ".join(f"“{texts[str(one)]}”" if texts.get(str(one)) else self._bare(one) for one in values)

    def _bare(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.words("yes") if value else self.words("no")
        return str(value)
