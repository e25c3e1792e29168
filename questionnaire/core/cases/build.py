"""From a case as written to the evidence it stands for; every name nobody knows is a mistake with a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.problems import WARNING, Problem, did_you_mean
from questionnaire.core.cases.case import Case
from questionnaire.core.cases.compare import yaml_value
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import Filled, History, Signal
from questionnaire.core.scoring.levels import level_of_field, level_of_import
from questionnaire.core.survey.answers import OTHER, UNKNOWN_KEY, read_answers
from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class CaseLead:
    """A case, read: what `assess` takes. `at` is aware."""

    name: str
    filled: Filled
    signals: tuple[Signal, ...]
    history: History
    at: datetime


def lead_of(
    case: Case, survey: Survey, policy: Policy, at: datetime | None = None
) -> tuple[CaseLead | None, tuple[Problem, ...]]:
    """The lead this case describes, or None with every mistake. `at` replaces the case's own moment."""
    moment = at or case.at
    reader = _Reader(case, survey, policy)
    problems = [*reader.answers(), *reader.contact(), *reader.fields(), *reader.signals()]
    if moment is None:
        problems.append(Problem("missing_key", (), "`at` is missing", "add `at: 2026-10-02T17:30:00+02:00`"))
    if moment is None or any(problem.is_error for problem in problems):
        return None, tuple(problems)
    moment = _aware(moment, policy)
    filled = Filled(
        survey=survey,
        answers=read_answers(survey, case.answers)[0],
        at=moment,
        contact=reader.known,
        hidden=dict(case.hidden),
        claims=dict(case.claims),
        imported=reader.imported,
        id=str(case.name),
        language=survey.language(case.language),
    )
    history = History(**{key: getattr(case.history, key) for key in type(case.history).model_fields})
    signals = tuple(Signal(seen.name, _aware(seen.at, policy), seen.asset, seen.session) for seen in case.signals)
    return CaseLead(str(case.name), filled, signals, history, moment), tuple(problems)


def _aware(moment: datetime, policy: Policy) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=policy.zone)


class _Reader:
    """The parts of a case against its survey and policy."""

    def __init__(self, case: Case, survey: Survey, policy: Policy) -> None:
        self.case, self.survey, self.policy = case, survey, policy
        self.known: dict[str, Any] = {}
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
        priced = {name for name, item in self.survey.items.items() if item.criterion}
        names = [*fields, *priced, *self.policy.criteria]
        for name, raw in self.case.contact.items():
            where = ("contact", name)
            if name in fields:
                question = fields[name].question
                value = question.read(raw)
                if isinstance(value, Mistake):
                    yield _answer_problem(where, value, question, raw)
                elif value is not None:
                    placed = question.with_country(value, self._country())
                    self.known[name] = value if isinstance(placed, Mistake) else placed
            elif name in priced or name in self.policy.criteria:
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
        for kind, given in (("hidden", self.case.hidden), ("claims", self.case.claims)):
            for name, raw in given.items():
                if name not in declared:
                    near = did_you_mean(name, declared, "declare it under `hidden_fields` of the survey")
                    yield Problem("unknown_field", (kind, name), f"`{name}` is no hidden field of this survey", near)
                elif len(raw) > declared[name].max_length:
                    said = f"`{name}` is longer than {declared[name].max_length} characters"
                    yield Problem("too_long", (kind, name), said, "shorten it")
                elif self._lacks_level(declared[name].criterion, raw):
                    yield self._no_level((kind, name), declared[name].criterion, raw)

    def _lacks_level(self, criterion: str | None, raw: str) -> bool:
        return criterion in self.policy.criteria and level_of_field(self.policy, criterion, None, raw) is None

    def _no_level(self, where: tuple[str, ...], criterion: str | None, raw: Any) -> Problem:
        """Not an error: an import may hold anything, and what proves nothing stays unknown."""
        known = self.policy.criteria.get(criterion or "")
        levels = known.levels if known else ()
        said = f"`{yaml_value(raw)}` shows no level of `{criterion}`, so it stays unknown"
        return Problem("no_level", where, said, did_you_mean(str(raw), levels), severity=WARNING)

    def signals(self) -> Iterator[Problem]:
        rules: Mapping[str, Any] = self.policy.intent.signals
        for index, seen in enumerate(self.case.signals):
            if seen.name not in rules:
                near = did_you_mean(seen.name, rules, "write the name of a signal of the policy")
                where = ("signals", index, "name")
                yield Problem("unknown_signal", where, f"the policy knows no signal `{seen.name}`", near)


def _answer_problem(where: tuple[str, ...], mistake: Mistake, item: Question | None, raw: object) -> Problem:
    said = mistake.text % mistake.values if mistake.values else mistake.text
    wanted = raw if isinstance(raw, list | tuple) else [raw]
    choices = [choice.value for choice in item.answer_choices] if item else []
    strange = next((str(one) for one in wanted if str(one) not in choices), "")
    given = ", ".join(map(yaml_value, wanted))[:60]
    return Problem(mistake.code, where, f"`{given}` does not fit here. {said}", did_you_mean(strange, choices))
