"""Builds the evidence of an authored case: its responses, signals and history, each at its own moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.cases.case import Case
from questionnaire.core.cases.case_reader import CaseReader
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.context_facts import CAMPAIGN_PARTS
from questionnaire.core.scoring.evidence import History, ResponseEvidence, Signal
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.gate import derive_path
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class CaseLead:
    """A case as input of `assess`. `at` is aware; `earlier` are the person's earlier responses."""

    name: str
    filled: ResponseEvidence
    signals: tuple[Signal, ...]
    history: History
    at: datetime
    earlier: tuple[ResponseEvidence, ...] = ()

    @property
    def responses(self) -> tuple[ResponseEvidence, ...]:
        return (*self.earlier, self.filled)


def lead_of(
    case: Case,
    survey: Survey,
    policy: Policy,
    at: datetime | None = None,
    surveys: Mapping[str, Survey] | None = None,
) -> tuple[CaseLead | None, tuple[Problem, ...]]:
    """Returns the lead of a case, or None with every problem.

    `at` replaces the moment of judging; the answers keep their own. `surveys`: others by id, for earlier responses.
    """
    moment, answered = at or case.at, case.answered_at or case.at or at
    reader = CaseReader(case, survey, policy)
    problems = [*reader.answers(), *reader.contact(), *reader.fields(), *reader.signals()]
    if moment is None or answered is None:
        problems.append(Problem("missing_key", (), "`at` is missing", "add `at: 2026-10-02T17:30:00+02:00`"))
        return None, tuple(problems)
    moment, answered = _aware(moment, policy), _aware(answered, policy)
    earlier = _earlier(case, {survey.id: survey, **(surveys or {})}, survey, policy)
    problems += [*earlier.problems, *_order(case, earlier.responses, answered, moment)]
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    answers = read_answers(survey, case.answers)[0]
    path = derive_path(survey, answers, {**case.claims, **case.hidden}, reader.contact_values)
    filled = ResponseEvidence(
        survey=survey,
        answers=answers,
        at=answered,
        contact=path.gate.contact if path.journey.ending is None else reader.contact_values,
        hidden=dict(case.hidden),
        claims=dict(case.claims),
        imported=reader.imported,
        id=str(case.name),
        language=survey.language(case.language),
        touches=_touches(case),
    )
    history = History(**{key: getattr(case.history, key) for key in type(case.history).model_fields})
    signals = tuple(
        Signal(signal.name, _aware(signal.at, policy), signal.asset, signal.session) for signal in case.signals
    )
    return CaseLead(str(case.name), filled, signals, history, moment, earlier.responses), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Earlier:
    responses: tuple[ResponseEvidence, ...]
    problems: tuple[Problem, ...]


def _earlier(case: Case, surveys: Mapping[str, Survey], own: Survey, policy: Policy) -> _Earlier:
    """The earlier responses of the person, and every problem in them."""
    responses: list[ResponseEvidence] = []
    problems: list[Problem] = []
    for index, given in enumerate(case.responses):
        asked = surveys.get(given.survey or own.id)
        if asked is None:
            hint = did_you_mean(str(given.survey), surveys, "put the survey beside this one")
            message = f"there is no survey `{given.survey}` here"
            problems.append(Problem("unknown_survey", ("responses", index, "survey"), message, hint))
            continue
        part = Case(answers=given.answers, hidden=given.hidden, claims=given.claims)
        reader = CaseReader(part, asked, policy)
        problems += (problem.under("responses", index) for problem in (*reader.answers(), *reader.fields()))
        answers, at = read_answers(asked, given.answers)[0], _aware(given.at, policy)
        responses.append(
            ResponseEvidence(asked, answers, at, hidden=dict(given.hidden), claims=dict(given.claims),
                             id=f"{case.name} {index + 1}", language=asked.language(given.language))
        )  # fmt: skip
    return _Earlier(tuple(responses), tuple(problems))


def _order(case: Case, earlier: Sequence[ResponseEvidence], answered: datetime, moment: datetime) -> Iterator[Problem]:
    for index, response in enumerate(earlier):
        if response.at > answered:
            yield Problem("answers_later", ("responses", index, "at"), "these answers are newer than those of the case",
                          "write an earlier `at`, or a later `answered_at`")  # fmt: skip
    if all(response > moment for response in (answered, *(given.at for given in earlier))):
        where = ("answered_at",) if case.answered_at else ()
        yield Problem("answers_later", where, "nothing is answered yet at the moment of judging",
                      "judge at a later moment")  # fmt: skip


def _touches(case: Case) -> dict[str, dict[str, str]]:
    """The first and the last visit; with one campaign alone both are the same."""
    parts = {"last": case.campaign, "first": case.first_campaign or case.campaign}
    return {
        position: {CAMPAIGN_PARTS[name]: str(value) for name, value in campaign if value is not None}
        for position, campaign in parts.items()
        if campaign is not None
    }


def _aware(moment: datetime, policy: Policy) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=policy.zone)
