"""Minimal surveys and policies in the author's notation. A test writes only the changes that it is about.

`policy("mql: {threshold: 60}")` is the minimal policy with that change: mappings are merged, other values replaced.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from questionnaire.core import policy as policies
from questionnaire.core.base.conditions import Condition, parse
from questionnaire.core.base.problems import Problem
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, assess
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.library.domains import known_domains
from questionnaire.library.yaml.reader import read_bytes

POLICY = """
schema: policy/1
id: plain
version: 1
timezone: Europe/Paris
fit:
  max: 100
  grades: {A: 40, B: 20, C: 0}
  criteria:
    size:
      levels: {core: 30, small: 10, micro: 0}
      icp: [core]
      bands: {micro: [1, 9], small: [10, 49], core: [50, 500]}
    sector: {levels: {priority: 20, listed: 10, other: 0}, icp: [priority, listed]}
    budget: {levels: {allocated: 10, none: 0}}
  completeness: {minimum: 60%, of: [size, sector, budget]}
intent:
  max: 100
  ranks: {1: 40, 2: 20, 3: 0}
  groups: {raise: 50, web: 45, content: 15}
  signals:
    demo: {points: 50, strength: strong, group: raise, window: P90D}
    visit: {points: 20, group: web, window: P30D}
timing:
  max: 100
  levels: {hot: 60, warm: 30, cold: 0}
  criteria:
    timeline: {levels: {soon: {points: 60, valid_for: P3M}, later: 15, never: 0}}
  not_now: {lasts: P6M, hand_raise_after: review}
mql: {total_of: [fit, intent], threshold: 50, min_fit: 20, min_intent: 10, immediate_on: [demo]}
sql: {require: {fit_grade: A}, mode: assisted, max_unchecked: 2}
sla: {first_contact: [{within: 4bh}]}
calendars: {default: {timezone: Europe/Paris, hours: {mon-fri: "09:00-18:00"}}}
"""

QUESTIONS = """
- {name: size, type: single_choice, title: Size, criterion: size, choices: [
    {value: large, text: Large, level: core}, {value: small, text: Small, level: small},
    {value: micro, text: Tiny, level: micro}, {value: unsure, text: I do not know, unknown: true}]}
- {name: sector, type: single_choice, title: Sector, criterion: sector, choices: [
    {value: saas, text: Software, level: priority}, {value: steel, text: Steel, level: listed},
    {value: rival, text: A rival, level: other, flags: [competitor]}, {value: other, text: Other, level: other}]}
- {name: timeline, type: single_choice, title: When, criterion: timeline, choices: [
    {value: soon, text: Soon, level: soon}, {value: later, text: Later, level: later},
    {value: not_now, text: Not now, level: never, flags: [not_now]}]}
- {name: budget, type: single_choice, title: Budget, criterion: budget, show_if: {timeline: soon}, choices: [
    {value: "yes", text: There is one, level: allocated}, {value: "no", text: There is none, level: none}]}
- {name: wish, type: single_choice, title: Next, choices: [
    {value: demo, text: A demo, emits: demo}, {value: nothing, text: Nothing}]}
"""

SURVEY = """
schema: survey/1
id: plain
version: 1
policy: plain
title: A plain survey
"""

GOOD = "{size: large, sector: saas, timeline: soon, budget: 'yes', wish: demo}"
"""Answers to the minimal survey that make an SQL-ready lead under the minimal policy."""


def notation(text: str) -> Any:
    """Parses YAML text with the parser of authored files."""
    source, problems = read_bytes(textwrap.dedent(text).encode(), "test.yaml")
    assert source is not None, problems
    assert not problems, problems
    return source.raw


def merged(held: Any, change: Any) -> Any:
    if isinstance(held, Mapping) and isinstance(change, Mapping):
        return {**held, **{key: merged(held.get(key), value) for key, value in change.items()}}
    return change


@cache
def policy(change: str = "{}") -> Policy:
    read, problems = policies.read(merged(notation(POLICY), notation(change)))
    assert read is not None, "\n".join(map(str, problems))
    return read


def refused_policy(change: str) -> tuple[Problem, ...]:
    return policies.read(merged(notation(POLICY), notation(change)))[1]


def _raw_survey(questions: str, change: str) -> Any:
    raw = {**notation(SURVEY), "pages": [{"name": "main", "questions": notation(questions)}]}
    return merged(raw, notation(change))


@cache
def survey(questions: str = QUESTIONS, change: str = "{}") -> Survey:
    read, problems = surveys.read(_raw_survey(questions, change))
    assert read is not None, "\n".join(map(str, problems))
    return read


def refused_survey(questions: str = QUESTIONS, change: str = "{}") -> tuple[Problem, ...]:
    return surveys.read(_raw_survey(questions, change))[1]


def question(written: str) -> Question:
    """Returns a question, or a row of a matrix, as in a survey."""
    return survey(f"[{{name: it, title: It, {written}}}]").questions[0]


def when(text: str) -> Condition:
    condition, problems = parse(notation(text))
    assert condition is not None, problems
    return condition


def at(text: str) -> datetime:
    """Parses `2026-10-02 17:30` as Paris time; with an offset, in that offset."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=policy().zone)


NOON = "2026-10-02 12:00"
"""Friday."""


def filled(answers: str = "{}", day: str = NOON, asked: Survey | None = None, **more: Any) -> ResponseEvidence:
    asked = asked or survey()
    read, mistakes = read_answers(asked, notation(answers))
    assert not mistakes, mistakes
    return ResponseEvidence(asked, read, at(day), **more)


def signal(name: str, day: str = NOON, asset: str | None = None) -> Signal:
    return Signal(name, at(day), asset)


def gathered(
    *responses: ResponseEvidence,
    judged: Policy | None = None,
    signals: Sequence[Signal] = (),
    history: History = History(),  # noqa: B008 -- frozen
    now: str = NOON,
) -> Evidence:
    return gather(judged or policy(), responses, signals, history, at(now), known_domains())


def assessed(
    *responses: ResponseEvidence,
    judged: Policy | None = None,
    signals: Sequence[Signal] = (),
    history: History = History(),  # noqa: B008 -- frozen
    now: str = NOON,
) -> Assessment:
    return assess(judged or policy(), responses or [filled(GOOD)], signals, history, at(now), known_domains())
