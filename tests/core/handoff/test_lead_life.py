"""The life of a lead: undoing, coming back, and whatever people press in whatever order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from questionnaire.core.base.stage import OPEN, OWNED, Stage
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.lifecycle import UNDO_WITHIN, decide
from tests.core.handoff.lead_stories import ADA, EVERY_ACT, INES, LENA, MAX, NO_BUDGET, OLGA, assigned, example


def test_one_s_own_last_act_can_be_undone_for_ten_minutes() -> None:
    story = assigned(example())
    story.do(acts.LogAttempt())
    story.do(NO_BUDGET)
    last = story.standing.last
    assert last is not None
    assert story.refused(acts.UndoAct(last.event), MAX) == ("nothing_to_undo", "")
    assert story.refused(acts.UndoAct("e1")) == ("nothing_to_undo", "")
    story.do(acts.UndoAct(last.event))
    after = story.standing
    assert (after.stage, after.owner, after.feedback, after.attempts) == (Stage.WORKING, "lena", None, 1)
    before = after.last
    assert before is not None
    assert story.refused(acts.UndoAct(before.event), hours=1) == ("undo_over", "")


def test_a_lead_that_comes_back_begins_its_next_cycle() -> None:
    story = assigned(example())
    story.do(acts.LogAttempt())
    story.do(NO_BUDGET)
    assert (story.standing.cycle, story.standing.feedback) == (1, "rejected")
    story.happen("woken", stage="nurture")
    assert story.standing.cycle == 1
    story.happen("woken", stage="sql_ready")
    story.happen("assigned", facts={"rep": "max"}, stage="assigned", owner="max")
    standing = story.standing
    assert (standing.cycle, standing.attempts, standing.feedback) == (2, 0, None)
    assert set(standing.moments) == {"sql_ready", "assigned"}


class LeadsLife(RuleBasedStateMachine):
    """Whatever people press in whatever order: what a model of two variables says of stage and owner stays true."""

    @initialize()
    def begin(self) -> None:
        self.story = assigned(example())
        self.pressed = 0

    @rule(number=st.integers(0, len(EVERY_ACT) - 1),
          who=st.sampled_from((LENA, MAX, INES, OLGA, ADA)))  # fmt: skip
    def press(self, number: int, who: acts.Actor) -> None:
        before = self.story.standing
        decision = decide(self.story.policy, before, EVERY_ACT[number], who, self.story.now + timedelta(minutes=1))
        if isinstance(decision, Decision):
            self.story.do(EVERY_ACT[number], who)
            self.pressed += 1
        else:
            assert self.story.standing == before

    @precondition(lambda self: self.story.standing.last is not None)
    @rule()
    def undo(self) -> None:
        last = self.story.standing.last
        assert last is not None
        who = next(one for one in (LENA, MAX, INES, OLGA, ADA) if one.as_text == last.actor)
        at = self.story.now + timedelta(minutes=1)
        decision = decide(self.story.policy, self.story.standing, acts.UndoAct(last.event), who, at)
        if isinstance(decision, Decision):
            self.story.do(acts.UndoAct(last.event), who)
            assert last.event in self.story.standing.undone

    @invariant()
    def whoever_owns_a_lead_has_it_in_a_stage_of_owners(self) -> None:
        if hasattr(self, "story"):
            standing = self.story.standing
            assert (standing.owner is not None) == (standing.stage in OWNED), standing
            assert standing.stage not in OPEN or standing.owner in ("lena", "max")
            assert standing.attempts >= 0


TestLeadsLife = LeadsLife.TestCase


def test_undo_lasts_some_minutes() -> None:
    assert timedelta(minutes=1) < UNDO_WITHIN <= timedelta(minutes=15)


def test_a_customer_among_leads_goes_to_whom_the_policy_says() -> None:
    story = assigned(example())
    decision = story.do(acts.RejectLead("already_customer", "They have had our product since May."))
    assert (decision.facts["to"], decision.becomes["stage"]) == ("account_owner", "diverted")
