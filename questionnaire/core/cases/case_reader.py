"""Reads the answers, contact data, fields and signals of a case. Each unknown name is a problem with a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base.country_codes import country_hint
from questionnaire.core.base.problems import WARNING, Problem, did_you_mean
from questionnaire.core.cases.case import Case
from questionnaire.core.cases.compare import yaml_value
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_field, level_of_import
from questionnaire.core.survey.answers import OTHER, UNKNOWN_KEY, read_answers
from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.core.survey.survey import Survey


class CaseReader:
    """Reads the parts of a case and checks them against its survey and policy."""

    def __init__(self, case: Case, survey: Survey, policy: Policy) -> None:
        self.case, self.survey, self.policy = case, survey, policy
        self.contact_values: dict[str, Any] = {}
        self.imported: dict[str, Any] = {}

    def answers(self) -> Iterator[Problem]:
        _, mistakes = read_answers(self.survey, self.case.answers)
        names = [*self.survey.items, *(f"{name}{OTHER}" for name in self.survey.items)]
        for key, mistake in mistakes.items():
            where = ("answers", key) if key in self.case.answers else ("answers", *key.split(".", 1))
            if mistake is UNKNOWN_KEY:
                near = did_you_mean(key, names, "write the name of a question")
                yield Problem("unknown_answer", where, f"`{key}` is no question of this survey", near)
            else:
                item = self.survey.question(key)
                yield _answer_problem(where, mistake, item, self.case.answers.get(key))

    def contact(self) -> Iterator[Problem]:
        fields = {field.name: field for field in self.survey.contact_fields}
        measured = {name for name, item in self.survey.items.items() if item.criterion}
        names = [*fields, *measured, *self.policy.criteria]
        for name, raw in self.case.contact.items():
            where = ("contact", name)
            if name in fields:
                question = fields[name].question
                value = question.read(raw)
                if isinstance(value, Mistake):
                    yield _answer_problem(where, value, question, raw)
                elif value is not None:
                    placed = question.with_country(value, self._country())
                    self.contact_values |= question.details(value if isinstance(placed, Mistake) else placed)
            elif name in measured or name in self.policy.criteria:
                yield from self._imported(name, raw)
            else:
                near = did_you_mean(name, names, "write the name of a contact field or of a question with a criterion")
                yield Problem("unknown_field", where, f"`{name}` is no contact field of this survey", near)

    def _country(self) -> str | None:
        return str(self.case.contact.get("country") or "").strip().upper() or None

    def _imported(self, name: str, raw: Any) -> Iterator[Problem]:
        question = self.survey.question(name)
        criterion = question.criterion if question else name
        self.imported[name] = raw
        chosen = question is not None and question.choice(str(raw)) is not None
        if raw is not None and not chosen and level_of_import(self.policy, question, criterion, raw) is None:
            yield self._no_level(("contact", name), criterion, raw)

    def fields(self) -> Iterator[Problem]:
        declared = {field.name: field for field in self.survey.hidden_fields}
        for kind, values in (("hidden", self.case.hidden), ("claims", self.case.claims)):
            for name, raw in values.items():
                if name not in declared:
                    near = did_you_mean(name, declared, "declare it under `hidden_fields` of the survey")
                    yield Problem("unknown_field", (kind, name), f"`{name}` is no hidden field of this survey", near)
                elif len(raw) > declared[name].max_length:
                    message = f"`{name}` is longer than {declared[name].max_length} characters"
                    yield Problem("too_long", (kind, name), message, "shorten it")
                elif self._lacks_level(declared[name].criterion, raw):
                    yield self._no_level((kind, name), declared[name].criterion, raw)

    def _lacks_level(self, criterion: str | None, raw: str) -> bool:
        return criterion in self.policy.criteria and level_of_field(self.policy, criterion, None, raw) is None

    def _no_level(self, where: tuple[str, ...], criterion: str | None, raw: Any) -> Problem:
        """A warning, not an error: an import may contain any value, and a value without a level stays unknown."""
        declared = self.policy.criteria.get(criterion or "")
        levels = declared.levels if declared else ()
        message = f"`{yaml_value(raw)}` shows no level of `{criterion}`, so it stays unknown"
        return Problem("no_level", where, message, did_you_mean(str(raw), levels), severity=WARNING)

    def signals(self) -> Iterator[Problem]:
        rules: Mapping[str, Any] = self.policy.intent.signals
        for index, signal in enumerate(self.case.signals):
            if signal.name not in rules:
                near = did_you_mean(signal.name, rules, "write the name of a signal of the policy")
                where = ("signals", index, "name")
                yield Problem("unknown_signal", where, f"the policy knows no signal `{signal.name}`", near)


def _answer_problem(where: tuple[str, ...], mistake: Mistake, item: Question | None, raw: object) -> Problem:
    message = mistake.text % mistake.values if mistake.values else mistake.text
    values = raw if isinstance(raw, list | tuple) else [raw]
    choices = [choice.value for choice in item.answer_choices] if item else []
    unknown = next((str(value) for value in values if str(value) not in choices), "")
    values_text = ", ".join(map(yaml_value, values))[:60]
    is_country = item is not None and item.kind == "country"
    hint = country_hint(unknown) if is_country else did_you_mean(unknown, choices)
    return Problem(mistake.code, where, f"`{values_text}` does not fit here. {message}", hint)
