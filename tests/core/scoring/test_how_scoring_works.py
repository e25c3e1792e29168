"""The tables of docs/how-scoring-works.md, executed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from questionnaire.core import cases
from questionnaire.core import policy as policies
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import History, ResponseEvidence
from questionnaire.core.scoring.facts import not_now
from questionnaire.core.scoring.scorecard import IntentScore, completeness, score_intent
from questionnaire.library.domains import known_domains
from questionnaire.library.yaml.reader import read_source
from tests.cast import FOLDER, example_policy, example_survey
from tests.conventions.checkout import ROOT
from tests.core.authoring import at, filled, gathered, merged, notation, policy, signal
from tests.pages import table

PAGE = "how-scoring-works.md"


def _raw(path: str) -> Any:
    source, problems = read_source(ROOT / path)
    assert source is not None, problems
    return source.raw


def _without_nothing(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: _without_nothing(item) for key, item in value.items() if item is not None}


@pytest.mark.parametrize(("known", "of", "minimum", "enough"), table(PAGE, "known", "of", "minimum", "enough"))
def test_the_table_of_completeness_is_true(known: str, of: str, minimum: str, enough: str) -> None:
    listed = ", ".join(f"c{n}" for n in range(int(of)))
    levels = ", ".join(f"c{n}: {{levels: {{yes: 1}}}}" for n in range(int(of)))
    judged = policy(f"fit: {{criteria: {{{levels}}}, completeness: {{minimum: {minimum}, of: [{listed}]}}}}")
    imported = {f"c{n}": "yes" for n in range(int(known))}
    found = completeness(judged, gathered(filled("{}", imported=imported), judged=judged))
    assert (found.known, found.of, found.enough) == (int(known), int(of), enough == "yes")


@pytest.mark.parametrize(("rule", "seen", "now", "points"), table(PAGE, "rule", "seen", "now", "points"))
def test_the_table_of_windows_and_decay_is_true(rule: str, seen: str, now: str, points: str) -> None:
    judged = policy(f"intent: {{signals: {{call: {rule}}}}}")
    evidence = gathered(filled("{}", "2025-01-01 00:00"), judged=judged, signals=[signal("call", seen)], now=now)
    assert score_intent(judged, evidence).score == int(points)


def _intent(seen: str) -> IntentScore:
    """Signals (`name asset`) under the example's policy, one hour apart."""
    moments = [f"2026-10-02 {8 + hour:02}:00" for hour in range(4)]
    parts = [one.partition(" ") for one in seen.split(", ")]
    signals = [signal(name, day, asset or None) for day, (name, _, asset) in zip(moments, parts, strict=False)]
    nobody = ResponseEvidence(example_survey(), filled("{}").answers, at("2026-01-01 00:00"))
    return score_intent(example_policy(), gathered(nobody, judged=example_policy(), signals=signals))


@pytest.mark.parametrize(("seen", "raw", "capped"), table(PAGE, "seen", "raw", "after the caps"))
def test_the_table_of_caps_is_true(seen: str, raw: str, capped: str) -> None:
    found = _intent(seen)
    assert (sum(group.raw for group in found.groups), found.score) == (int(raw), int(capped))


@pytest.mark.parametrize(("seen", "strength"), table(PAGE, "seen", "strength"))
def test_the_table_of_strength_is_true(seen: str, strength: str) -> None:
    assert {one.strength for one in _intent(seen).signals} == {strength}


@pytest.mark.parametrize(("said", "lasts", "on", "known"), table(PAGE, "said on", "lasts", "on", "is"))
def test_the_table_of_not_now_is_true(said: str, lasts: str, on: str, known: str) -> None:
    judged = policy(f"timing: {{not_now: {{lasts: {lasts}}}}}")
    history = History(not_now_on=None if said == "–" else datetime.fromisoformat(said).date())
    evidence = gathered(filled("{}", "2025-01-01 00:00"), judged=judged, history=history, now=f"{on} 12:00")
    assert not_now(judged, evidence) == known


@pytest.mark.parametrize(("change", "stage", "reason"), table(PAGE, "Anna, but", "stage", "reason"))
def test_the_table_of_decisions_is_true(change: str, stage: str, reason: str) -> None:
    different = notation(change)
    judged, problems = policies.read(merged(_raw("surveys/policies/default.yaml"), different.pop("policy", {})))
    assert isinstance(judged, Policy), problems
    anna = _raw(str(FOLDER.relative_to(ROOT) / "cases.yaml"))["cases"][0]
    file, mistakes = cases.read(_without_nothing(merged(anna, different)))
    assert file is not None, mistakes
    lead, wrong = cases.lead_of(file.cases[0], example_survey(), judged)
    assert lead is not None, wrong
    verdict = cases.conclude(lead, judged, known_domains()).assessment.verdict
    assert (str(verdict.stage), verdict.reason or "") == (stage, reason)
