"""From the handoff to the outcome: what each act makes of a lead, and what is refused with which word."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.decision import NOBODY
from questionnaire.core.handoff.feedback import consequence
from questionnaire.core.handoff.lifecycle import STAGES_OF, decide
from questionnaire.core.handoff.refusals import REFUSALS, ActRefusal, refusal_text
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.handoff.steps import steps_of
from tests.core.authoring import policy
from tests.core.handoff.lead_stories import (
    ADA,
    EVERY_ACT,
    HEARD,
    INES,
    LENA,
    MAX,
    MO,
    MONDAY,
    OLGA,
    Story,
    assigned,
    example,
)


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
