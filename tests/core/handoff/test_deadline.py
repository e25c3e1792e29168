from __future__ import annotations

from datetime import datetime

from questionnaire.core.handoff.deadline import first_contact
from tests.core.authoring import policy

FRIDAY_EVENING = datetime.fromisoformat("2026-10-02T17:30:00+02:00")
RAISED = {"hand_raise": True, "fit_grade": "A"}
TERMS = "{sla: {first_contact: [{when: {hand_raise: true, fit_grade: A}, within: 1bh}, {within: 4bh}], warn_at: [50%]}}"


def test_the_first_matching_sla_term_gives_the_deadline() -> None:
    promised = first_contact(policy(TERMS), RAISED, None, FRIDAY_EVENING)
    assert promised is not None
    assert promised.due_at.isoformat() == "2026-10-05T09:30:00+02:00"
    assert [moment.isoformat() for moment in promised.warn_at] == ["2026-10-02T18:00:00+02:00"]


def test_without_a_matching_sla_term_there_is_no_deadline() -> None:
    only = "{sla: {first_contact: [{when: {hand_raise: true}, within: 1bh}]}}"
    assert first_contact(policy(only), {"hand_raise": False}, None, FRIDAY_EVENING) is None


def test_on_a_calendar_that_never_opens_there_is_no_deadline() -> None:
    closed = ", ".join(f'"{year}-{month:02}-{day:02}"' for year in (2026, 2027) for month in range(1, 13)
                       for day in range(1, 29))  # fmt: skip
    rest = ", ".join(f'"{year}-{month:02}-{day}"' for year in (2026, 2027) for month in range(1, 13) if month != 2
                     for day in (29, 30, 31) if not (day == 31 and month in (4, 6, 9, 11)))  # fmt: skip
    hours = f'{{timezone: Europe/Paris, hours: {{mon-fri: "09:00-18:00"}}, closed: [{closed}, {rest}]}}'
    never = policy(f"{{calendars: {{default: {hours}}}, sla: {{first_contact: [{{within: 1bh}}]}}}}")
    assert first_contact(never, RAISED, None, FRIDAY_EVENING) is None
