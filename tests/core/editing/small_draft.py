"""A small survey in which everything is mentioned somewhere, and a policy and cases beside it."""

from __future__ import annotations

from typing import Any

from questionnaire.core.editing.paths import Path
from tests.authored import authored

SURVEY = """
schema: survey/1
id: small
version: 1
policy: plain
title: "Hello {{first_name|you}} of {{ team_size }}"
hidden_fields: [{name: campaign}]
dimensions: [{name: process, title: Process}, {name: data, title: Data}]
choice_sets: {often: [{value: never, text: Never}, {value: daily, text: Daily}]}
pages:
  - name: start
    questions:
      - {name: team_size, type: number, title: Team, min: 0, max: 50}
      - name: scoring
        type: single_choice
        title: Scoring
        dimension: process
        show_if: {all: [{team_size: {gte: 3}}, {not: {team_size: 5}}]}
        choices: [{value: none, text: None, maturity: 0}, {value: some, text: "For {{team_size}}", maturity: 1}]
      - {name: calls, type: single_choice, title: Calls, choices: often}
  - name: end
    show_if: {scoring: [none, some], calls: daily}
    questions:
      - name: habits
        type: matrix
        title: Habits
        choices: {set: often, with: {daily: {maturity: 2}}}
        rows: [{name: calls_back, text: Calls back, advice: {never: Do it}}, {name: writes, text: Writes}]
      - {name: last, type: text, title: Last, show_if: {habits.writes: never, calculated.hours: {gte: 3}}}
calculated: [{name: hours, formula: "min(team_size, 40) × 2 + team_size", title: "{{team_size}} people"}]
endings: [{name: early, when: {scoring: none}, title: Bye}]
contact: {fields: [{name: email, type: email, required: true}, {name: first_name, type: text}]}
report:
  figures: [hours]
  dimensions: {process: [{from: 0, text: Low}]}
  next_step: [{when: {scoring: some, calculated.hours: {gte: 1}}, block: call}, {block: mail}]
  blocks: {call: {text: Call}, mail: {text: Mail}}
  benchmark: {group_by: scoring}
"""
POLICY = """
schema: policy/1
checklist: [{id: A-1, text: x, check: {any: [{answer.scoring: none}, {score.process: {gte: 2}}]}}]
disqualify: [{when: {answer.habits.writes: never, size: [core, small]}, reason: x}]
fit: {criteria: {size: {levels: {core: 1, small: 0}, icp: [core], bands: {core: [1, 2]}}}, completeness: {of: [[size]]}}
"""
CASES = """
schema: cases/1
cases:
  - name: first
    answers: {scoring: none, team_size: 4, habits: {writes: never}, habits.calls_back: daily, calls: daily}
    expect:
      {calculated: {hours: 3}, ending: early, next_step: call, maturity: {order: [process], dimensions: {process: 3}}}
"""
START: Path = ("pages", "start", "questions")


def survey() -> Any:
    return authored(SURVEY)
