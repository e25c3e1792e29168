"""The effect of a policy on past leads: who would move, and how many each rep would get."""

from __future__ import annotations

from dataclasses import replace

from questionnaire.core.handoff.rehearsal import rehearse
from questionnaire.core.policy import Policy, read
from questionnaire.core.scoring.assessment import Assessment, assess
from questionnaire.core.scoring.policy_effect import QUEUE, JudgedTwice, effect_of
from questionnaire.library.domains import known_domains
from tests.authored import authored_file
from tests.cast import anna, example_policy, marc, tom


def changed(**thresholds: int) -> Policy:
    raw = authored_file("policies/default.yaml")
    policy, problems = read({**raw, "mql": {**raw["mql"], "immediate_on": [], **thresholds}})
    assert policy is not None, problems
    return policy


def judged(name: str, lead: object, after: Policy) -> JudgedTwice:
    def under(policy: Policy) -> Assessment:
        return assess(policy, [lead.filled], lead.signals, lead.history, lead.at, known_domains())  # type: ignore[attr-defined]  # a CaseLead

    return JudgedTwice(name, under(example_policy()), under(after))


def test_a_higher_threshold_moves_leads_back_and_takes_them_from_reps() -> None:
    strict = changed(threshold=200)
    effect = effect_of([judged("anna", anna(), strict), judged("tom", tom(), strict), judged("marc", marc(), strict)])
    assert (effect.leads, effect.mqls, effect.ready) == (3, (2, 0), (1, 0))
    assert set(effect.moves) == {("sql_ready", "nurture", 1), ("mql", "nurture", 1)}
    assert [lead.id for lead in effect.changed] == ["tom", "anna"], "newest first"
    assert effect.reps == {"lena": (1, 0)}
    (anna_s,) = effect.rerouted
    assert (anna_s.before and anna_s.before.rep, anna_s.after) == ("lena", None)
    assert effect.since is not None
    assert effect.until is not None
    assert effect.since <= effect.until


def test_the_same_policy_changes_nothing() -> None:
    effect = effect_of([judged("anna", anna(), example_policy())])
    assert (effect.moves, effect.changed, effect.rerouted, effect.reasons_only) == ((), (), (), 0)
    assert effect_of([]).since is None


def test_a_lead_that_keeps_its_stage_for_another_reason_is_counted_apart() -> None:
    lead = judged("marc", marc(), example_policy())
    other = replace(lead.after, verdict=replace(lead.after.verdict, reason="blacklist"))
    effect = effect_of([replace(lead, after=other)])
    assert (effect.moves, effect.reasons_only) == ((), 1)


def test_a_rehearsal_takes_turns_and_counts_the_queue() -> None:
    facts = {"country": "DE"}
    policy = example_policy()
    assert [one.rep for one in rehearse([(policy, facts)] * 3)] == ["lena", "max", "lena"]
    away = rehearse([(policy, {"country": "ZZ"})])
    assert [one.rep or QUEUE for one in away] == [QUEUE]
