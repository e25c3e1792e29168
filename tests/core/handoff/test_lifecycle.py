"""From the handoff to the outcome: what each act makes of a lead, and what is refused with which word."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from questionnaire.core.base.stage import OPEN, OWNED, Stage
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act
from questionnaire.core.handoff.decision import NOBODY, Decision
from questionnaire.core.handoff.feedback import consequence
from questionnaire.core.handoff.lifecycle import STAGES_OF, UNDO_WITHIN, decide
from questionnaire.core.handoff.refusals import REFUSALS, ActRefusal, refusal_text
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.handoff.steps import steps_of
from tests.core.authoring import policy
from tests.core.handoff.lead_stories import ADA, INES, LENA, MAX, MO, MONDAY, OLGA, Story, assigned, example

HEARD = {"problem": "Leads wait two days.", "budget": "granted", "interest": "A demo for the team"}
NO_BUDGET = acts.RejectLead("no_budget", "The 2026 budget is spent.")
EVERY_ACT: tuple[Act, ...] = (
    acts.AcceptLead(), acts.LogAttempt(), acts.LogContact(), acts.ConfirmSql(HEARD), NO_BUDGET,
    acts.SendToNurture(date(2027, 1, 4), "Call in January."), acts.RequestOwner("She speaks French only."),
    acts.RecordOpportunity("40,000", "This quarter"), acts.RecordWin(), acts.RecordLoss("They stay as they are."),
    acts.ReassignLead("max"), acts.ApproveLead(), acts.DeclineLead("A student project.", disqualifies=True),
    acts.ReopenLead("They came back."),
)  # fmt: skip


def test_each_act_is_legal_in_its_stages_alone() -> None:
    wrong = []
    for act in EVERY_ACT:
        for stage in Stage:
            standing = Standing(stage=stage, owner="lena")
            done = decide(example(), standing, act, ADA, MONDAY)
            is_legal = stage in STAGES_OF[type(act)]
            refused = isinstance(done, ActRefusal) and done.code == "wrong_stage"
            if refused is is_legal:
                wrong.append((type(act).__name__, str(stage), done))
    assert wrong == []


def test_reps_act_on_their_own_leads_and_managers_on_those_of_every_rep() -> None:
    story = assigned(example())
    assert story.refused(acts.AcceptLead(), MAX) == ("not_yours", "")
    assert story.refused(acts.AcceptLead(), OLGA) == ("not_for_you", "")
    assert story.refused(acts.AcceptLead(), MO) == ("not_for_you", "")
    assert story.refused(acts.ReassignLead("max"), LENA) == ("not_for_you", "")
    assert story.refused(acts.ReopenLead("No."), LENA) == ("not_for_you", "")
    story.do(acts.LogAttempt(), INES)
    assert story.standing.attempts == 1


def test_accepting_keeps_the_clock_running_and_the_first_attempt_stops_it() -> None:
    story = assigned(example())
    assert "call_by" not in story.do(acts.AcceptLead()).becomes
    assert story.standing.answered_at is None
    assert story.refused(acts.AcceptLead()) == ("wrong_stage", "")
    done = story.do(acts.LogAttempt("left_message", detail="Calls back after lunch."))
    assert done.becomes["call_by"] is None
    assert done.becomes["next_what"] == "next_try"
    assert done.facts == {"outcome": "left_message", "number": 1, "detail": "Calls back after lunch."}
    assert story.standing.answered_at == story.now


def test_an_accepted_lead_that_was_undone_can_be_accepted_but_not_twice() -> None:
    accepted = Standing(stage=Stage.ASSIGNED, owner="lena", accepted_at=MONDAY)
    done = decide(example(), accepted, acts.AcceptLead(), LENA, MONDAY)
    assert isinstance(done, ActRefusal)
    assert done.code == "already_accepted"


def test_the_next_try_is_three_working_hours_on_or_when_the_rep_says() -> None:
    story = assigned(example())
    done = story.do(acts.LogAttempt("unheard of"))
    assert (done.facts["outcome"], done.becomes["next_at"]) == ("no_answer", story.now + timedelta(hours=3))
    assert story.refused(acts.LogAttempt(next_at=story.now)) == ("next_past", "next_at")
    tomorrow = story.now + timedelta(days=1)
    assert story.do(acts.LogAttempt(next_at=tomorrow)).becomes["next_at"] == tomorrow


def test_on_a_calendar_that_never_opens_the_next_try_is_three_hours_on() -> None:
    closed = ", ".join(f'"{(date(2026, 10, 1) + timedelta(days=n)).isoformat()}"' for n in range(500))
    hours = f'{{timezone: Europe/Paris, hours: {{mon-fri: "09:00-18:00"}}, closed: [{closed}]}}'
    never = policy(f"{{calendars: {{default: {hours}}}, reps: [{{id: lena, name: Lena, email: l@n.example}}]}}")
    story = assigned(never)
    assert story.do(acts.LogAttempt()).becomes["next_at"] == story.now + timedelta(hours=3)


def test_reaching_somebody_starts_the_time_for_feedback_and_a_later_attempt_does_not_change_it() -> None:
    story = assigned(example())
    done = story.do(acts.LogContact("Wants a demo."))
    assert (done.becomes["next_what"], done.facts) == ("feedback", {"detail": "Wants a demo."})
    assert done.becomes["next_at"] == story.now + timedelta(days=2)
    assert "next_what" not in story.do(acts.LogAttempt()).becomes
    assert story.standing.contacted_at is not None
    story.do(acts.ConfirmSql(HEARD))
    assert "next_what" not in story.do(acts.LogContact()).becomes


def test_a_policy_without_a_time_for_feedback_asks_for_none() -> None:
    story = assigned(policy("{sla: {first_contact: [{within: 1bh}]}, reps: [{id: lena, name: L, email: l@n.example}]}"))
    assert story.do(acts.LogContact()).becomes["next_what"] is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"problem": " "}, ("problem_missing", "problem")),
        ({"budget": ""}, ("budget_missing", "budget")),
        ({"interest": "x"}, ("interest_missing", "interest")),
        ({"problem": "x" * 301}, ("detail_long", "problem")),
    ],
)
def test_confirming_asks_for_what_the_policy_asks_for(change: dict[str, str], refusal: tuple[str, str]) -> None:
    assert assigned(example()).refused(acts.ConfirmSql({**HEARD, **change})) == refusal


def test_a_confirmed_lead_is_an_sql_with_what_was_heard_and_the_agreed_step() -> None:
    story = assigned(example())
    assert story.refused(acts.ConfirmSql(HEARD, next_at=story.now)) == ("next_past", "next_at")
    call = story.now + timedelta(days=3)
    done = story.do(acts.ConfirmSql(HEARD, amount="20,000", next_step="Demo", next_at=call))
    assert done.becomes == {"stage": "sql", "reason": None, "call_by": None, "next_what": "agreed", "next_at": call}
    assert done.facts["amount"] == "20,000"
    assert story.standing.feedback == "confirmed"
    assert assigned(example()).do(acts.ConfirmSql(HEARD)).becomes["next_what"] is None


def test_a_field_without_a_sentence_of_its_own_is_asked_for_all_the_same() -> None:
    strict = policy("{sql: {confirm: [authority]}, reps: [{id: lena, name: L, email: l@n.example}]}")
    assert assigned(strict).refused(acts.ConfirmSql({})) == ("field_missing", "authority")


def test_each_reason_of_the_policy_has_its_consequence() -> None:
    stages = {reason.code: consequence(example(), reason, date(2026, 10, 5))["stage"]
              for reason in example().rejection_reasons}  # fmt: skip
    assert stages == {
        **dict.fromkeys(("not_icp", "wrong_use_case", "competitor", "invalid_contact"), "disqualified"),
        **dict.fromkeys(("wrong_persona", "no_authority", "no_budget", "bad_timing", "chose_competitor", "unreachable"),
                        "nurture"),
        "already_customer": "diverted", "duplicate": "review", "other": "review",
    }  # fmt: skip


def test_a_rejection_needs_a_reason_a_sentence_and_for_unreachable_three_attempts() -> None:
    story = assigned(example())
    assert story.refused(acts.RejectLead("", "Too small.")) == ("reason_missing", "code")
    assert story.refused(acts.RejectLead("no_budget", "")) == ("detail_missing", "detail")
    assert story.refused(acts.RejectLead("no_budget", "x" * 301)) == ("detail_long", "detail")
    gone = acts.RejectLead("unreachable", "Three calls, no answer.")
    for number in range(3):
        assert story.refused(gone) == ("attempts_missing", "code"), number
        story.do(acts.LogAttempt())
    done = story.do(gone)
    assert (done.owner, done.becomes["until"], done.becomes["next_what"]) == (NOBODY, "2027-01-05", "resume")


def test_bad_timing_is_noted_as_a_not_now() -> None:
    done = assigned(example()).do(acts.RejectLead("bad_timing", "Next year at the earliest."))
    assert done.facts["not_now_on"] == "2026-10-05"


def test_nurturing_needs_a_day_that_is_to_come_and_a_sentence() -> None:
    story = assigned(example())
    assert story.refused(acts.SendToNurture(None, "Later.")) == ("date_missing", "until")
    assert story.refused(acts.SendToNurture(date(2026, 10, 5), "Later.")) == ("date_past", "until")
    assert story.refused(acts.SendToNurture(date(2029, 10, 5), "Later.")) == ("date_far", "until")
    assert story.refused(acts.SendToNurture(date(2027, 1, 4), "")) == ("detail_missing", "detail")
    done = story.do(acts.SendToNurture(date(2027, 1, 4), "Call in January."))
    wakes = done.becomes["next_at"]
    assert isinstance(wakes, datetime)
    assert (wakes.isoformat(), story.standing.feedback) == ("2027-01-04T00:00:00+01:00", "recycled")


def test_from_an_opportunity_to_the_deal() -> None:
    story = assigned(example())
    assert story.do(acts.RequestOwner("She speaks French only.")).kind == "owner_requested"
    story.do(acts.ConfirmSql(HEARD))
    assert story.refused(acts.RecordOpportunity("", "Q1")) == ("amount_missing", "amount")
    assert story.refused(acts.RecordOpportunity("40,000", "")) == ("timeline_missing", "timeline")
    story.do(acts.RecordOpportunity("40,000", "Q1"))
    assert story.do(acts.RecordWin("41,000")).facts == {"amount": "41,000"}
    assert story.standing.stage is Stage.CUSTOMER


def test_a_lost_deal_leaves_the_desk_and_may_be_reopened_by_marketing_ops() -> None:
    story = assigned(example())
    for act in (acts.ConfirmSql(HEARD), acts.RecordOpportunity("40,000", "Q1")):
        story.do(act)
    assert story.refused(acts.RecordLoss("")) == ("detail_missing", "detail")
    assert story.do(acts.RecordLoss("They stay with what they have.")).owner is NOBODY
    assert story.refused(acts.ReopenLead(""), OLGA) == ("detail_missing", "detail")
    story.do(acts.ReopenLead("They asked again."), OLGA)
    assert story.standing.stage is Stage.LEAD


def _in_review() -> Story:
    story = Story(example())
    story.happen("assessed", stage="review")
    return story


def test_approving_needs_a_word_on_every_open_box_and_a_blocking_one_is_never_waived() -> None:
    story = _in_review()
    assert story.refused(acts.ApproveLead({"TIM-2": True}, {"TIM-2": "He said so."}), OLGA) == ("box_blocking", "")
    two = {"FIT-1": False, "DAT-2": False}
    assert story.refused(acts.ApproveLead(two, {"FIT-1": "Same group."}), OLGA) == ("waiver_missing", "DAT-2")
    words = {"FIT-1": "Same group.", "DAT-2": "x" * 301}
    assert story.refused(acts.ApproveLead(two, words), OLGA) == ("detail_long", "DAT-2")
    done = story.do(acts.ApproveLead(two, {"FIT-1": "Same group.", "DAT-2": "On the site."}), OLGA)
    assert (done.routes, done.facts["waivers"]["DAT-2"]) == (True, "On the site.")


def test_declining_needs_a_reason_and_says_what_follows() -> None:
    assert _in_review().refused(acts.DeclineLead(""), OLGA) == ("detail_missing", "detail")
    assert _in_review().refused(acts.DeclineLead("Not yet."), OLGA) == ("date_missing", "until")
    assert _in_review().refused(acts.DeclineLead("Not yet.", date(2026, 1, 1)), OLGA) == ("date_past", "until")
    later = _in_review()
    assert later.do(acts.DeclineLead("Not yet.", date(2027, 1, 4)), OLGA).becomes["stage"] == "nurture"
    never = _in_review()
    assert never.do(acts.DeclineLead("A student.", disqualifies=True), OLGA).becomes["stage"] == "disqualified"


def test_a_manager_gives_a_lead_to_a_rep_who_can_take_it_and_the_clock_begins_anew() -> None:
    story, due = assigned(example()), MONDAY + timedelta(hours=4)
    assert story.refused(acts.ReassignLead("nobody"), INES) == ("rep_missing", "rep")
    assert story.refused(acts.ReassignLead("lena"), INES) == ("same_rep", "rep")
    assert story.refused(acts.ReassignLead("max", obstacle="away"), INES) == ("rep_away", "rep")
    story.do(acts.AcceptLead())
    done = story.do(acts.ReassignLead("max", "Lena is ill.", due), INES)
    assert (done.becomes["stage"], done.becomes["call_by"], done.facts["detail"]) == ("assigned", due, "Lena is ill.")
    assert (story.standing.owner, story.standing.accepted_at) == ("max", None)
    story.do(acts.LogContact(), MAX)
    assert story.do(acts.ReassignLead("lena", due_at=due), INES).becomes["call_by"] is None


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


def test_the_nine_steps_show_where_a_lead_is() -> None:
    def said(story: Story) -> str:
        return " ".join(step.state[0] for step in steps_of(story.standing))

    story = assigned(example())
    assert said(story) == "d d d s d d n o o"
    story.do(acts.LogContact())
    assert said(story) == "d d d s d d d n o"
    story.do(acts.ConfirmSql(HEARD))
    assert said(story) == "d d d s d d d d o"
    slept = Story(example())
    slept.happen("assessed", stage="mql")
    assert said(slept) == "d d d n o o o o o"
    slept.happen("assessed", stage="sql_ready")
    assert said(slept) == "d d d d d n o o o"


def test_every_refusal_is_a_sentence() -> None:
    values = dict.fromkeys(("most", "needed", "done", "boxes", "minutes", "name", "rep"), "3") | {"stage": "sql"}
    for code in REFUSALS:
        said = refusal_text(ActRefusal(code, params=values), ENGLISH)
        assert said.endswith("."), code
        assert "%(" not in said, code


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
        decision = decide(self.story.policy, self.story.standing, acts.UndoAct(last.event), who, self.story.now)
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
