"""The agreement in words: every part of a policy as a sales director reads it, in English and in French."""

from __future__ import annotations

from datetime import date
from typing import Any

from questionnaire.core import policy as policies
from questionnaire.core.base.conditions import parse
from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.formats import locale_of
from questionnaire.core.base.quantities import read_period
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.documents.agreement import PARTS, agreement_parts, part_in_words
from questionnaire.core.documents.agreement.calendar_parts import coming_holidays
from questionnaire.core.documents.agreement.policy_condition import PolicyCondition
from questionnaire.core.documents.agreement.quantity_words import band_text, period_text, term_text
from questionnaire.core.policy import Policy
from tests.authored import authored, authored_file
from tests.cast import example_policy

TODAY = date(2026, 10, 2)
RICH = """
schema: policy/1
id: rich
version: 2
fit:
  max: 30
  grades: {A: 20, B: 10}
  criteria:
    size:
      title: Staff
      levels: {core: {points: 20, title: the core}, small: -5}
      bands: {small: [null, 49], core: [50, null]}
    zone: {levels: {home: 5, other: 0}, countries: {home: [DE]}}
    seniority: {levels: {vp: 5, manager: 0}, titles: {extends: default, vp: [Head of Everything]}}
  completeness: {minimum: 50%, of: [[size, zone]]}
intent:
  max: 100
  ranks: {1: 40, 2: 20}
  groups: {web: 45}
  signals:
    visit: {points: 20, group: web, max: 30, decay: {every: P1M, by: 25%}, strong_at: {count: 2}}
    call: {points: 5}
timing:
  max: 100
  levels: {hot: 60, warm: 30}
  not_now: {lasts: P6M, hand_raise_after: nurture}
mql: {threshold: 50, total_of: [fit]}
sql: {mode: manual, basis: sql_ready}
verify: [company_equals_name]
divert:
  - {when: {flag: partner}, to: lena}
checklist:
  - {id: OWN, text: Our own, check: {signal: visit}, blocking: true}
routing:
  skip_on_holiday: true
  rules:
    - {id: own, when: {stage: sql_ready}, assign: {rep: lena}}
  pools:
    all: [{rep: lena, senior: true, languages: [de], backup: true}]
reps:
  - {id: lena, name: Lena Vogt, email: lena@nordlicht.example}
sla:
  first_contact: [{within: 90bm}]
  on_breach: [{notify: owner, after: 30m, reassign: queue}]
calendars:
  default: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}, closed: ["2026-12-24", "2026-12-26"]}
rejection_reasons:
  - {code: our_own, then: {divert: lena}}
segments:
  - {id: big, when: {size: core}, mql: {threshold: 60}, checklist: [{id: OWN, text: x, check: {signal: call}}]}
"""


def rich() -> Policy:
    read, problems = policies.read(authored(RICH))
    assert read is not None, problems
    return read


def lines_of(policy: Policy) -> list[str]:
    """Everything that the agreement says, a line or a row each."""
    parts = agreement_parts(policy, ENGLISH, TODAY)
    rows = [" | ".join(row) for part in parts for table in part.tables for row in table.rows]
    return [line for part in parts for line in part.lines] + rows


def test_the_sample_policy_is_told_in_full() -> None:
    said = lines_of(example_policy())
    expected = [
        "MQL: FIT and INTENT together at least 50, FIT at least 21, INTENT at least 15.",
        "MQL at once, whatever the total, when the lead asked for a demo or asked for a call.",
        "Always looked at by a person: Company size is one of 501–1,000 or 1,001 or more.",
        "Marketing promises 60 MQLs a month.",
        "Region, Core: United States, Canada, United Kingdom, Germany, Austria, Switzerland.",
        "A “not now” holds for 6 months. If the lead asks for contact meanwhile, a person decides.",
        "Viewed the pricing page | Website | weak, strong from 2 within 30 days | 30 days | 20 once",
        "3 | Country is one of Germany, Austria or Switzerland | pool dach",
        "First contact | The lead asked for contact and FIT grade is A | 1 business hour",
        "2 business hours after the deadline: the next in the pool gets the lead.",
        "Unreachable | nurturing for 3 months | 3 attempts to reach them",
        "Bad timing | nurturing for 6 months, noted as “not now” | ",
        "The email domain is on the list “customers”, or the company is a customer | The account owner | Already",
        "FIT-3 | No negative signal (competitor, partner, blocklist) | There is no negative signal | blocking",
        "Phone is known, or LinkedIn profile is known",
        "MQL to SQL | alarming below 13%, low below 20%, healthy at 25%–35%, too high above 50%",
        "berlin, the next twelve months: 25 December 2026,",
    ]
    assert [one for one in expected if not any(one in line for line in said)] == []


def test_what_only_some_policies_have_is_told_too() -> None:
    said = lines_of(rich())
    expected = [
        "MQL: FIT together at least 50",
        "A person decides about every lead.",
        "An SQL counts from the moment it is SQL-ready.",
        "A “not now” holds for 6 months, even if",
        "Staff | The core\N{NO-BREAK SPACE}20 · up to 49\N{NO-BREAK SPACE}−5 | 20",
        "Visit | Website | weak, strong from 2 | loses 25% every 1 month | 20, at most 30",
        "Call |  | weak | always | 5",
        "Vp | Head of Everything",
        "A lead whose company is named like the person",
        "An answer is marked “partner” | Lena Vogt | ",
        "OWN | Our own | The lead visit | blocking",
        "A rep takes no leads on a holiday",
        "all | Lena Vogt | German, senior, backup | 1",
        "1 | Stage is SQL-ready | Lena Vogt",
        "30 minutes after the deadline: notified: the owner, the lead goes to the queue.",
        "First contact | Every lead | 90 business minutes",
        "default, the next twelve months: 24 December 2026.",
        "Our own | goes to Lena Vogt | ",
        "big | Staff is The core | Thresholds: least total: 60; Checklist: id: OWN, text: x, condition: the lead call",
    ]
    assert [one for one in expected if not any(one in line for line in said)] == [], "\n".join(said)


def test_a_segment_says_what_differs_in_words() -> None:
    fit = {"criteria": {"size": {"levels": {"core": {"points": 20, "phrase": None}}, "icp": ["core"]}}}
    intent = {"groups": {"web": 40}, "signals": {"demo_request": {"points": 40, "window": "P30D", "decay": None}}}
    sla = {"assign_within": "2h", "first_contact": [{"when": {"hand_raise": True}, "within": "1bh"}]}
    segment = {"id": "big", "when": {"size": "core"}, "fit": fit, "intent": intent, "sla": sla,
               "routing": {"skip_on_holiday": True}, "sql": {"review_if": {"fit_grade": "B"}}}  # fmt: skip
    whole = authored_file("policies/default.yaml") | {"segments": [segment]}
    policy, problems = policies.read(whole)
    assert policy is not None, problems
    (row,) = (line for line in lines_of(policy) if line.startswith("big"))
    expected = [
        "FIT: Company size, 50–500, points: 20, Company size, 50–500, phrase: left out, Company size, ideal customer: ",
        "INTENT: most points per group, Website: 40, asked for a demo, points: 40, asked for a demo, counts for: 30 d",
        "SLA: assign within: 2 hours, first contact: condition: the lead asked for contact, within: 1 business hour",
        "no leads on holidays: yes",
        "always looked at by a person: FIT grade is B",
    ]
    assert [one for one in expected if one not in row] == [], row


def test_a_part_that_only_the_editor_shows_has_no_words() -> None:
    assert part_in_words(example_policy(), "basics", ENGLISH, TODAY) is None
    shown = {part.name for part in agreement_parts(example_policy(), ENGLISH, TODAY)}
    assert {part.name for part in PARTS} - shown == {"basics", "segments"}


def test_the_agreement_is_told_in_french() -> None:
    from questionnaire.templating import words_for

    parts = agreement_parts(example_policy(), words_for("fr"), TODAY)
    assert parts[0].lines[0].startswith("MQL\N{NO-BREAK SPACE}: FIT et INTENT ensemble au moins 50")
    assert [part.title for part in parts][:4] == ["Seuils", "FIT", "INTENT", "TIMING"]


def test_conditions_are_read_aloud() -> None:
    said = PolicyCondition(example_policy(), ENGLISH)
    table: list[tuple[Any, str]] = [
        ({"not": {"size": "core"}}, "not (Company size is 50–500)"),
        ({"any": [{"all": [{"size": "core"}, {"any": [{"fit": {"gt": 4}}, {"fit": {"lt": 2}}]}]}, {"icp": "zone"}]},
         ("Company size is 50–500 and (FIT is more than 4, or FIT is less than 2), "
          "or Region matches the ideal customer")),
        ({"hand_raise": {"ne": True}}, "the lead didn’t ask for contact"),
        ({"size": {"not_in": ["core", "small"]}}, "Company size is none of 50–500 or 10–49"),
        ({"size": {"not_in": ["core"]}}, "Company size isn’t 50–500"),
        ({"language": "de"}, "language is German"),
        ({"signal": "demo_request"}, "the lead asked for a demo"),
        ({"account_owner": "lena"}, "account owner is Lena Vogt"),
        ({"hidden.beta": True}, "hidden field “beta” is yes"),
        ({"intent": {"lte": 10}}, "INTENT is at most 10"),
        ({"not_now": "recent"}, "not now is recent"),
        ({"answer.tool_name": "our_own"}, "answer to “tool name” is our own"),
    ]  # fmt: skip
    wrong = []
    for raw, expected in table:
        condition, problems = parse(raw)
        assert condition is not None, problems
        if said.text(condition) != expected:
            wrong.append((said.text(condition), expected))
    assert wrong == []
    assert said.sentence(None) == "Every lead"


def test_quantities_are_told_in_words() -> None:
    locale = locale_of("en")
    assert [period_text(read_period(raw), ENGLISH) for raw in ("P1M", "P3M", "P1D", "P1M2D")] == [
        "1 month", "3 months", "1 day", "1 month and 2 days",
    ]  # fmt: skip
    assert [term_text(SlaTime.parse(raw), ENGLISH) for raw in ("1h", "45m", "90bm", "2bd", "4bh")] == [
        "1 hour", "45 minutes", "90 business minutes", "2 business days", "4 business hours",
    ]  # fmt: skip
    bands = [(1, 9), (None, 9), (1001, None), (None, None)]
    assert [band_text(band, ENGLISH, locale) for band in bands] == ["1–9", "up to 9", "1,001 or more", "any number"]


def test_holidays_on_days_that_are_closed_anyway_are_left_out() -> None:
    calendar = rich().calendars["default"]
    assert coming_holidays(calendar, TODAY) == (date(2026, 12, 24),), "26 December is a Saturday"
    assert coming_holidays(calendar, date(2026, 12, 25)) == ()


def test_every_key_of_a_policy_belongs_to_a_part() -> None:
    keys = {info.alias or name for name, info in Policy.model_fields.items()}
    assert keys - {key for part in PARTS for key in part.keys} == {"schema", "id", "version", "signed_by"}
    assert set(authored_file("policies/default.yaml")) <= keys
