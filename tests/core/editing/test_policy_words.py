"""Places and differences of a policy, in the words that its heads read before they sign."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from questionnaire.core import policy as policies
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.differences import differences
from questionnaire.core.editing.edit import Edit, add, move, remove, rename, set_
from questionnaire.core.editing.paths import read_path
from questionnaire.core.editing.policy_differences import PolicyDifferences
from questionnaire.core.editing.policy_places import part_of_path, policy_place
from questionnaire.core.editing.signature_reminders import is_overtaken, reminder_times
from questionnaire.core.policy.calendar import Calendar
from tests.authored import authored_file

MONDAYS = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(70)]
SATURDAY = datetime(2026, 10, 3, 9, tzinfo=UTC)


def document() -> dict[str, Any]:
    found: dict[str, Any] = authored_file("policies/default.yaml")
    return found


def test_a_place_is_named_as_its_part_shows_it() -> None:
    table = [
        ("", "Policy"),
        ("mql/threshold", "Thresholds, MQL, least total"),
        ("fit/criteria/size/levels/core", "FIT, Company size, 50–500"),
        ("fit/criteria/size/levels/gone", "FIT, Company size, gone"),
        ("fit/criteria/seniority/titles/vp", "Title table, Seniority, title table, vp"),
        ("fit/completeness/of/#1", "FIT, what must be known, criteria, row 2"),
        ("intent/signals/demo_request/points", "INTENT, asked for a demo, points"),
        ("intent/groups/web", "INTENT, most points per group, Website"),
        ("rejection_reasons/no_budget/then", "Reasons, No budget, then"),
        ("kpi_bands/mql_to_sql/target", "KPIs, MQL to SQL, target"),
        ("segments/big/mql/threshold", "Segments, big, MQL, least total"),
        ("reps/lena/email", "Routing, people, Lena Vogt, email"),
        ("routing/pools/dach/lena/weight", "Routing, pool, dach, Lena Vogt, share of turns"),
        ("lists/partners", "Lists, partners"),
        ("something", "Review and words, something"),
    ]
    raw = document() | {"segments": [{"id": "big", "when": {"hand_raise": True}, "mql": {"threshold": 60}}]}
    policy, _problems = policies.read(raw)
    wrong = [(path, place) for path, said in table
             if (place := policy_place(raw, policy, read_path(path), ENGLISH)).lower() != said.lower()]  # fmt: skip
    assert wrong == []
    assert policy_place(raw, None, read_path("fit/criteria/size/levels/core"), ENGLISH) == "FIT, size, core"
    assert policy_place(raw, None, read_path("intent/signals/demo_request"), ENGLISH) == "INTENT, demo request"
    assert policy_place(raw, None, read_path("reps/lena"), ENGLISH) == "Routing, people, lena"
    assert part_of_path(()) == "basics"


def told(*edits: Edit) -> list[str]:
    """The differences after these edits, one line each."""
    old = document()
    new = apply_all(old, edits).document
    wording = PolicyDifferences(old, new, policies.read(old)[0], policies.read(new)[0], ENGLISH)
    return [
        f"{group.title}: {line.place}: " + " -> ".join(f"{kind} {text}" for kind, text in line.parts)
        for group in wording.groups(differences(old, new))
        for line in group.lines
    ]


def test_differences_are_said_in_words_with_both_values() -> None:
    table = [
        (set_(("mql", "threshold"), 65), "Thresholds: MQL, least total: old 50 -> new 65"),
        (set_(("timing", "not_now", "lasts"), "P3M"), "TIMING: Not now, holds for: old 6 months -> new 3 months"),
        (set_(("timing", "not_now", "lasts"), "soon"), "TIMING: Not now, holds for: old 6 months -> new soon"),
        (set_(("sla", "review_within"), "1bd"), "SLA: Review within: old 4 business hours -> new 1 business day"),
        (set_(("checklist", "FIT-3", "blocking"), False), "Checklist: FIT-3, blocking: old yes -> new no"),
        (set_(("mql", "immediate_on"), ["demo_request"]), "old demo_request, contact_request -> new demo_request"),
        (remove(("sql", "review_if")), "Thresholds: SQL, always looked at by a person: old Company size is one of"),
        (set_(("routing", "rules", "dach", "when"), {"country": "DE"}), "new Country is Germany"),
        (set_(("routing", "rules", "dach", "when"), {"country": {"odd": 1}}), "new country: odd: 1"),
        (add(("disqualify",), {"when": {"email_kind": "free"}, "reason": "other"}),
         "condition: Email type is personal ("),
        (move(("routing", "rules", "dach"), ("routing", "rules")), "Routing: Rule, dach: new moved"),
        (rename(("routing", "pools", "dach"), "alps"), "old dach -> new alps"),
        (rename(("routing", "rules", "dach"), "alps"), "Routing: Rule, alps: old dach -> new alps"),
        (set_(("segments",), [{"id": "x", "when": {"size": "core"}, "fit": {"criteria": {"size": {"icp": ["core"]}}}}]),
         "Segments: Segments: new id: x, condition: Company size is 50–500, size: ideal customer: core"),
    ]  # fmt: skip
    said = [(line, told(edit)) for edit, line in table]
    wrong = [(line, found) for line, found in said if not any(line in one for one in found)]
    assert wrong == []


def test_reminders_come_after_two_and_five_working_days_and_the_late_one_gives_way() -> None:
    calendar = Calendar(timezone="Europe/Paris", hours={"mon-fri": "09:00-18:00"}, closed=(date(2026, 10, 6),))
    times = reminder_times(SATURDAY, calendar)
    assert [one.isoformat()[:16] for one in times] == ["2026-10-08T09:00", "2026-10-13T09:00"]
    assert not is_overtaken(0, times, times[1])
    assert [is_overtaken(1, times, moment) for moment in times] == [False, True]
    assert not is_overtaken(2, times, times[1])
    never = Calendar(timezone="UTC", hours={"mon": "09:00-10:00"}, closed=tuple(MONDAYS))
    assert reminder_times(SATURDAY, never) == ()
