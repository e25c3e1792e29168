"""SLA clocks: which run, and when their steps are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from questionnaire.core.handoff.clocks import LATE_AFTER, moves_at, running_clocks
from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.handoff.standing import LeadEvent, Standing, standing_of
from questionnaire.core.policy import Policy
from tests.core.authoring import at, policy

TERMS = """{reps: [{id: ann, name: Ann, email: a@x.example, calendar: berlin},
    {id: pat, name: Pat, email: p@x.example, calendar: york}],
  calendars: {
    default: {timezone: Europe/Paris, hours: {mon-fri: "09:00-18:00"}, holidays: FR},
    berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}, holidays: DE-BE},
    york: {timezone: America/New_York, hours: {mon-fri: "09:00-18:00"}, holidays: US}},
  sla: {assign_within: 1h, review_within: 4bh, feedback_within: 2bd, first_contact: [{within: 4bh}],
    warn_at: [80%, 50%], on_breach: ON_BREACH}}"""
CLOSED = ", ".join(f'"{date(2026, 10, 6) + timedelta(days=n)}"' for n in range(450))
"""From 6 October 2026 for more than a year."""
USUAL = "[{notify: manager}, {after: 2bh, reassign: next_in_pool}]"


def happened(id: str, kind: str, moment: datetime, facts: Mapping[str, Any] | None = None,
             becomes: Mapping[str, Any] | None = None) -> LeadEvent:  # fmt: skip
    return LeadEvent(id, kind, moment, facts=facts or {}, becomes=becomes or {})


def terms(on_breach: str = USUAL) -> Policy:
    return policy(TERMS.replace("ON_BREACH", on_breach))


def assigned(given: Policy, rep: str, moment: datetime, id: str = "a1", **facts: Any) -> LeadEvent:
    promise = first_contact(given, {}, rep, moment)
    assert promise is not None
    return happened(id, "assigned", moment, facts, {"owner": rep, "queue": None, "stage": "assigned",
                                                    "call_by": promise.due_at.isoformat()})  # fmt: skip


def told(given: Policy, standing: Standing) -> dict[str, list[str]]:
    """Clock -> its steps, as `name: local time`."""
    return {
        clock.name: [f"{step.name}: {step.at:%a %d %H:%M}" for step in clock.steps]
        for clock in running_clocks(given, standing)
    }


def test_steps_fall_into_the_working_hours_of_the_owner_across_weekends_holidays_and_clock_changes() -> None:
    given = terms()
    rows = [
        ("ann", "2026-10-05 09:00", "Mon 05 11:00, Mon 05 12:12, Mon 05 13:00, Mon 05 15:00"),
        ("ann", "2026-10-02 16:00", "Fri 02 18:00, Mon 05 10:12, Mon 05 11:00, Mon 05 13:00"),
        ("ann", "2026-10-23 17:00", "Mon 26 10:00, Mon 26 11:12, Mon 26 12:00, Mon 26 14:00"),
        ("ann", "2026-12-23 17:00", "Thu 24 10:00, Thu 24 11:12, Thu 24 12:00, Thu 24 14:00"),
        ("pat", "2026-11-25 22:00", "Wed 25 18:00, Fri 27 10:12, Fri 27 11:00, Fri 27 13:00"),
    ]
    wrong = []
    for rep, start, moments in rows:
        steps = told(given, standing_of([assigned(given, rep, at(start))]))["first_contact"]
        if [step.partition(": ")[2] for step in steps] != moments.split(", "):
            wrong.append((rep, start, steps))
    assert not wrong
    names = [step.name for clock in running_clocks(given, standing_of([assigned(given, "ann", at("2026-10-05 09:00"))]))
             for step in clock.steps]  # fmt: skip
    assert names == ["warn_50", "warn_80", "breach", "reassign_1"]


def test_a_breach_tells_whom_the_policy_names_at_its_moment_and_managers_where_it_names_nobody() -> None:
    for on_breach, expected in (
        (USUAL, {"breach": ("manager",), "reassign_1": ("next_in_pool",)}),
        ("[]", {"breach": ("manager",)}),
        ("[{after: 1bh, notify: ops}]", {"breach": (), "notify_0": ("ops",)}),
    ):
        given = terms(on_breach)
        (clock,) = running_clocks(given, standing_of([assigned(given, "ann", at("2026-10-05 09:00"))]))
        assert {step.name: step.to for step in clock.steps if step.does != "warn"} == expected


def test_an_answer_stops_the_clock_its_undoing_starts_it_again_and_a_contact_starts_that_of_feedback() -> None:
    given, monday = terms(), at("2026-10-05 09:00")
    first = assigned(given, "ann", monday)
    tried = happened("t1", "attempted", monday + timedelta(minutes=5))
    assert told(given, standing_of([first, tried])) == {}
    undone = happened("u1", "undone", monday + timedelta(minutes=6), {"event": "t1"})
    assert list(told(given, standing_of([first, tried, undone]))) == ["first_contact"]
    reached = happened("c1", "contacted", monday + timedelta(minutes=7))
    again = happened("c2", "contacted", monday + timedelta(hours=7))
    (clock,) = running_clocks(given, standing_of([first, reached, again]))
    assert (clock.name, clock.anchor, f"{clock.due:%a %H:%M}") == ("feedback", "c1", "Wed 09:07")
    confirmed = happened("s1", "confirmed", monday + timedelta(hours=8), {}, {"stage": "sql"})
    assert told(given, standing_of([first, reached, again, confirmed])) == {}


def test_a_queue_and_a_review_have_clocks_of_their_own_on_the_calendar_of_queues() -> None:
    given, friday = terms(), at("2026-10-02 17:30")
    queued = happened("q1", "assigned", friday, {"queue": "inbound"}, {"queue": "inbound", "stage": "sql_ready"})
    assert told(given, standing_of([queued])) == {"assign": ["breach: Fri 02 18:30"]}
    waits = happened("r1", "assessed", friday, {}, {"stage": "review"})
    newer = happened("r2", "assessed", friday + timedelta(hours=9), {}, {"stage": "review"})
    (clock,) = running_clocks(given, standing_of([waits, newer]))
    assert (clock.anchor, f"{clock.due:%a %H:%M}") == ("r1", "Mon 12:30")
    declined = happened("d1", "reviewed", friday + timedelta(hours=10), {}, {"stage": "nurture"})
    back = happened("r3", "woken", at("2026-11-02 09:00"), {}, {"stage": "review"})
    (clock,) = running_clocks(given, standing_of([waits, declined, back]))
    assert (clock.anchor, f"{clock.due:%d %b}") == ("r3", "02 Nov")


def test_a_policy_without_terms_and_a_calendar_that_never_opens_have_no_clock() -> None:
    silent = policy("{sla: {first_contact: [{within: 4bh}]}}")
    queued = happened("q1", "assigned", at("2026-10-02 17:30"), {}, {"queue": "inbound", "stage": "sql_ready"})
    assert told(silent, standing_of([queued])) == {}
    over = policy(TERMS.replace("ON_BREACH", "[{after: 20bh, reassign: queue}]").replace(
        "holidays: FR", f"closed: [{CLOSED}]").replace("holidays: DE-BE", f"closed: [{CLOSED}]"))  # fmt: skip
    waits = happened("r1", "assessed", at("2026-10-05 17:30"), {}, {"stage": "review"})
    assert told(over, standing_of([waits])) == {}
    (clock,) = running_clocks(over, standing_of([assigned(over, "ann", at("2026-10-05 09:00"))]))
    assert [step.at for step in clock.steps if step.does in ("breach", "reassign")] == [clock.due, clock.due]


def test_a_step_happens_once_and_a_late_one_says_so() -> None:
    given, monday = terms(), at("2026-10-05 09:00")
    first = assigned(given, "ann", monday)
    (clock,) = running_clocks(given, standing_of([first]))
    warned = happened("w1", "warned", monday, {"anchor": "a1", "step": "warn_50"})
    other = happened("w2", "warned", monday, {"anchor": "a0", "step": "warn_80"})
    assert [step.name for step in clock.left([first, warned, other])] == ["warn_80", "breach", "reassign_1"]
    breach = clock.steps[2]
    assert "late_minutes" not in clock.facts(breach, breach.at + LATE_AFTER)
    assert clock.facts(breach, breach.at + timedelta(minutes=75)) == {
        "clock": "first_contact", "step": "breach", "anchor": "a1", "due": clock.due.isoformat(),
        "at": breach.at.isoformat(), "late_minutes": 75,
    }  # fmt: skip


def test_it_is_known_when_somebody_else_gets_a_lead_and_where_it_stays() -> None:
    moment = at("2026-10-05 09:00")
    given = terms()
    events = [assigned(given, "ann", moment)]
    moves = moves_at(given, standing_of(events), events)
    assert moves is not None
    assert f"{moves:%a %d %H:%M}" == "Mon 05 15:00"
    tried = [*events, happened("t1", "attempted", moment, becomes={"stage": "working"})]
    assert moves_at(given, standing_of(tried), tried) is None
    assert moves_at(terms("[{notify: manager}]"), standing_of(events), events) is None
    waiting = [happened("q1", "assigned", moment, becomes={"owner": None, "queue": "inbound", "stage": "sql_ready"})]
    assert moves_at(given, standing_of(waiting), waiting) is None
    led = policy(TERMS.replace("ON_BREACH", USUAL).replace("email: a@x.example,", "email: a@x.example, role: manager,"))
    assert moves_at(led, standing_of(events), events) is None
