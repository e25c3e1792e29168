"""Rare mistakes in the example, and the exact problems reported."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.core.checks.example import asked, checked, put, raw_policy, raw_survey

Change = Callable[[Any, Any], object]

MISTAKES: list[tuple[str, Change, list[str]]] = [
    (
        "a country that is none, offered first",
        lambda s, p: s["pages"][0]["questions"].append(
            {"name": "where", "type": "country", "title": "Where?", "first": ["UK"]}
        ),
        ["unknown_country: pages[0].questions[3].first[0]: `UK` is not the code of a country — write `GB`"],
    ),
    (
        "a country that is none, offered first at the gate",
        lambda s, p: put(s["contact"]["fields"][5], "first", ["DE", "EN"]),
        [
            "unknown_country: contact.fields[5].first[1]: `EN` is not the code of a country — write ISO 3166-1 codes such as `DE`"
        ],
    ),
    (
        "a gate without contact",
        lambda s, p: (s.pop("contact"), put(s["report"]["blocks"]["thanks_only"], "text", "Thank you.")),
        [
            "warning: gate_without_contact: display: there is a gate, and no `contact` to ask for — add `contact: {fields: […]}`, or write `gate: none`",
            "warning: unmeasured_criterion: fit.criteria.zone: the survey does not measure `zone` — write `criterion: zone` at a question or field, or remove it",
            "warning: unmeasured_criterion: fit.criteria.seniority: the survey does not measure `seniority` — write `criterion: seniority` at a question or field, or remove it",
            "warning: sql_unreachable: sql: nobody who answers only this survey becomes ready for sales — see which boxes and thresholds nobody passes",
            "warning: rule_never: disqualify[1]: the rule `competitor` fits nobody who answers only this survey — correct the condition, or remove the rule",
            "warning: rule_never: disqualify[2]: the rule `blacklist` fits nobody who answers only this survey — correct the condition, or remove the rule",
            "warning: rule_never: disqualify[3]: the rule `invalid_contact` fits nobody who answers only this survey — correct the condition, or remove the rule",
            "warning: rule_never: disqualify[4]: the rule `not_icp` fits nobody who answers only this survey — correct the condition, or remove the rule",
            "warning: rule_never: divert[0]: the rule `partner_team` fits nobody who answers only this survey — correct the condition, or remove the rule",
            "warning: box_never: checklist[0]: nobody who answers only this survey checks the box `FIT-1` — ask for what it needs, or correct its condition",
            "warning: box_never: checklist[8]: nobody who answers only this survey checks the box `DAT-1` — ask for what it needs, or correct its condition",
            "warning: box_never: checklist[9]: nobody who answers only this survey checks the box `DAT-2` — ask for what it needs, or correct its condition",
            "warning: rule_never: routing.rules[1]: no lead for sales from this survey alone comes to the routing rule `healthcare-emea` — correct the condition, or remove the rule",
            "warning: rule_never: routing.rules[2]: no lead for sales from this survey alone comes to the routing rule `dach` — correct the condition, or remove the rule",
            "warning: rule_never: routing.rules[3]: no lead for sales from this survey alone comes to the routing rule `uk-ie` — correct the condition, or remove the rule",
            "warning: rule_never: routing.rules[4]: no lead for sales from this survey alone comes to the routing rule `north-america` — correct the condition, or remove the rule",
            "warning: rule_never: routing.rules[5]: no lead for sales from this survey alone comes to the routing rule `france-benelux` — correct the condition, or remove the rule",
        ],
    ),
    (
        "a dimension on free text",
        lambda s, p: s["pages"][0]["questions"].append(
            {"name": "why", "type": "text", "title": "Why?", "dimension": "speed"}
        ),
        [
            "no_maturity: pages[0].questions[3].dimension: an answer to `why` has no maturity — remove `dimension`, or ask with choices or on a scale"
        ],
    ),
    (
        "a dimension in which nothing is worth anything",
        lambda s, p: put(asked(s, "feedback"), "choices", [{"value": "a", "text": "A", "maturity": 0}]),
        [
            "warning: idle_dimension: pages[1].questions[3].dimension: no choice of `feedback` is worth anything — give the best choice a `maturity` above 0"
        ],
    ),
    (
        "two dimensions of one name",
        lambda s, p: s["dimensions"].append({"name": "speed", "title": "Speed"}),
        ["duplicate_name: dimensions[4].name: the name `speed` stands twice — give each dimension its own name"],
    ),
    (
        "a matrix named instead of its row",
        lambda s, p: (
            s["pages"][1]["questions"].append(
                {
                    "name": "tools",
                    "type": "matrix",
                    "title": "Tools",
                    "rows": [{"name": "crm", "text": "CRM", "dimension": "speeds"}],
                    "choices": [{"value": "yes", "text": "Yes", "maturity": 1}],
                }
            ),
            put(asked(s, "budget"), "show_if", {"tools": "yes"}),
        ),
        [
            "unknown_dimension: pages[1].questions[4].rows[0].dimension: there is no dimension `speeds` — did you mean `speed`?",
            "unknown_name: pages[2].questions[1].show_if.tools: there is no question or field `tools` — name a row of it, such as `tools.crm`",
        ],
    ),
    (
        "a yes that is true",
        lambda s, p: (
            s["pages"][1]["questions"].append({"name": "crm", "type": "yes_no", "title": "Is there a CRM?"}),
            put(asked(s, "budget"), "show_if", {"crm": True}),
        ),
        [
            "unknown_comparison: pages[2].questions[1].show_if.crm: `crm` is `yes` or `no`, never true or false — write `crm: yes`"
        ],
    ),
    (
        "a tick that is a word",
        lambda s, p: (
            s["pages"][1]["questions"].append({"name": "crm", "type": "consent", "title": "Is there a CRM?"}),
            put(asked(s, "budget"), "show_if", {"crm": "yes"}),
        ),
        [
            "unknown_comparison: pages[2].questions[1].show_if.crm: `crm` is true or false, never `yes` — write `crm: true`"
        ],
    ),
    (
        "a day that is none",
        lambda s, p: (
            s["pages"][1]["questions"].append({"name": "since", "type": "date", "title": "Since when?"}),
            put(asked(s, "budget"), "show_if", {"since": {"gte": "October 2026"}}),
        ),
        [
            'unknown_comparison: pages[2].questions[1].show_if.since: `since` is a day, and `October 2026` is none — write it like "2026-10-02"'
        ],
    ),
    (
        "a number that is none",
        lambda s, p: (
            s["pages"][1]["questions"].append({"name": "seats", "type": "number", "title": "How many seats?"}),
            put(asked(s, "budget"), "show_if", {"seats": "many"}),
        ),
        [
            "unknown_comparison: pages[2].questions[1].show_if.seats: `seats` is a number, and `many` is none — write `seats: {gte: 40}`"
        ],
    ),
    (
        "a text in a language of its own",
        lambda s, p: (
            put(s, "languages", ["en", "fr"]),
            put(s, "title", {"en": "Diagnostic", "fr": "Diagnostic", "de": "Diagnose"}),
        ),
        ["warning: text_unused: title: `de` is not a language of this survey — add it to `languages`, or remove `de`"],
    ),
    (
        "an unknown dimension in the report",
        lambda s, p: put(s["report"]["dimensions"], "spede", [{"from": 0, "text": "-"}]),
        ["unknown_dimension: report.dimensions.spede: there is no dimension `spede` — did you mean `speed`?"],
    ),
    (
        "a placeholder on a button and a hint at the gate",
        lambda s, p: (
            put(s["report"]["blocks"]["book_demo"], "label", "Call {{frist_name}}"),
            put(s["contact"]["fields"][1], "help", "Not {{last_name}}"),
        ),
        [
            "warning: early_placeholder: contact.fields[1].help: `{{last_name}}` is still empty here — use what was asked before, or add a fallback: `{{last_name|…}}`",
            "unknown_placeholder: report.blocks.book_demo.label: `{{frist_name}}` is no contact field and no question — did you mean `first_name`?",
        ],
    ),
    (
        "choices without any level",
        lambda s, p: put(asked(s, "industry"), "choices", [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]),
        [
            "level_missing: pages[0].questions[1].criterion: no choice names a level of `sector` — add `level: …` to the choices",
            "unknown_comparison: routing.rules[1].when.answer.industry: `healthcare` is not a choice of `industry` — write one of: `a`, `b`",
        ],
    ),
    (
        'a level on "I don\'t know"',
        lambda s, p: put(asked(s, "industry")["choices"][6], "unknown", True),
        [
            "warning: idle_level: pages[0].questions[1].choices[6].level: “I don't know” proves nothing, so its level counts nowhere — remove `level` or `unknown`"
        ],
    ),
    (
        "a country for a criterion without countries",
        lambda s, p: put(s["contact"]["fields"][5], "criterion", "sector"),
        [
            "countries_missing: contact.fields[5].criterion: `sector` lists no countries, so a country finds no level — add `countries` to the criterion",
            "warning: unmeasured_criterion: fit.criteria.zone: the survey does not measure `zone` — write `criterion: zone` at a question or field, or remove it",
        ],
    ),
    (
        "free text for a criterion without titles",
        lambda s, p: put(s["contact"]["fields"][3], "criterion", "sector"),
        [
            "warning: titles_missing: contact.fields[3].criterion: free text seldom finds a level of `sector` — ask with choices, or add `titles: default` to the criterion"
        ],
    ),
    (
        "a level at the gate that does not exist",
        lambda s, p: put(
            s["contact"]["fields"],
            7,
            {
                "name": "branch",
                "type": "dropdown",
                "criterion": "sector",
                "choices": [
                    {"value": "a", "text": "A", "level": "listd"},
                    {"value": "b", "text": "B", "unknown": True},
                ],
            },
        ),
        [
            "unknown_level: contact.fields[7].choices[0].level: `listd` is not a level of `sector` — did you mean `listed`?"
        ],
    ),
    (
        "a hidden field for a criterion that does not exist",
        lambda s, p: put(s["hidden_fields"][4], "criterion", "trigger_events"),
        [
            "unknown_criterion: hidden_fields[4].criterion: the policy has no criterion `trigger_events` — did you mean `trigger_event`?",
            "warning: unmeasured_criterion: timing.criteria.trigger_event: the survey does not measure `trigger_event` — write `criterion: trigger_event` at a question or field, or remove it",
        ],
    ),
    (
        "a rule that names a rep nobody knows",
        lambda s, p: (put(p["routing"]["rules"][2], "assign", {"rep": "lenna"}), p["routing"]["pools"].pop("dach")),
        ["unknown_rep: routing.rules[2].assign.rep: there is no rep `lenna` — did you mean `lena`?"],
    ),
    (
        "no default calendar",
        lambda s, p: (
            put(p["calendars"], "paris", p["calendars"].pop("default")),
            [put(rep, "calendar", "paris") for rep in p["reps"]],
        ),
        [
            "unknown_calendar: calendars: there is no calendar `default`; queues run on it — add `default: {timezone: …, hours: …}`"
        ],
    ),
    (
        "a next rep without pools",
        lambda s, p: put(p, "routing", {"default_queue": {"name": "inbound"}}),
        [
            "warning: idle_breach: sla.on_breach[1].reassign: there is no pool to take the next from — write `reassign: manager`"
        ],
    ),
    (
        "the manager of nobody",
        lambda s, p: (
            put(p["sla"], "on_breach", [{"after": "2bh", "reassign": "manager"}]),
            put(p["routing"]["default_queue"], "notify", "ines"),
            put(p["reps"][8], "role", "rep"),
        ),
        [
            "warning: no_manager: sla.on_breach[0].reassign: no rep is a manager, so nobody is told — write `role: manager` at a rep"
        ],
    ),
    (
        "a criterion on two axes",
        lambda s, p: put(
            p["timing"]["criteria"], "budget", {"levels": {"allocated": 5, "estimated": 0, "possible": 0, "none": 0}}
        ),
        ["duplicate_name: timing.criteria.budget: `budget` is a criterion of FIT already — give it another name"],
    ),
    (
        "a band that ends before it starts",
        lambda s, p: put(p["fit"]["criteria"]["size"]["bands"], "small", [49, 10]),
        [
            "band_order: fit.criteria.size.bands.small: the band of `small` ends before it starts — swap its ends",
            "warning: band_gap: fit.criteria.size.bands.small: nothing holds what lies between 9 and 49 — start `small` at 10",
            "warning: band_gap: fit.criteria.size.bands.core: nothing holds what lies between 10 and 50 — start `core` at 11",
        ],
    ),
    (
        "a rank beyond all signals",
        lambda s, p: (put(p["intent"], "max", 200), put(p["intent"], "ranks", {1: 180, 2: 20, 3: 0})),
        [
            "warning: rank_unreachable: intent.ranks.1: rank 1 starts at 180, and the signals give 150 at most — lower it, or raise the caps"
        ],
    ),
    (
        "a rule on a set that compares an order",
        lambda s, p: put(p["disqualify"][0], "when", {"flag": {"gte": 2}}),
        [
            "wrong_operator: disqualify[0].when.flag: `gte` compares numbers, and `flag` is a list — write `flag: …` or `flag: [a, b]`"
        ],
    ),
    (
        "a criterion compared with what was answered",
        lambda s, p: put(p["disqualify"][0], "when", {"size": {"gte": 50}}),
        [
            "wrong_operator: disqualify[0].when.size: `gte` compares numbers, and `size` is a level — write `size: …` or `size: [a, b]`; for a number that was answered, write `answer.` before the name of the question"
        ],
    ),
    (
        "the criteria of icp compared with a number",
        lambda s, p: put(p["disqualify"][0], "when", {"icp": {"lt": 2}}),
        [
            "wrong_operator: disqualify[0].when.icp: `lt` compares numbers, and `icp` is a list — write `icp: …` or `icp: [a, b]`"
        ],
    ),
]


@pytest.mark.parametrize(("what", "change", "told"), MISTAKES, ids=[what for what, _, _ in MISTAKES])
def test_a_rare_mistake_is_reported_once(what: str, change: Change, told: list[str]) -> None:
    survey, policy = raw_survey(), raw_policy()
    change(survey, policy)
    assert [str(problem) for problem in checked(survey, policy).problems] == told
