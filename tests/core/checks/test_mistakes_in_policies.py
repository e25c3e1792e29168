"""One mistake in the default policy, and the exact problems reported."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.core.checks.example import checked, put, raw_policy, raw_survey

Change = Callable[[Any, Any], object]

MISTAKES: list[tuple[str, Change, list[str]]] = [
    (
        "an unknown criterion in a rule",
        lambda s, p: put(p["disqualify"][4], "when", {"zon": "other", "size": "micro"}),
        [
            "unknown_name: disqualify[4].when.zon: there is no criterion, contact field or fact `zon` — did you mean `zone`?"
        ],
    ),
    (
        "an unknown level in a rule",
        lambda s, p: put(p["disqualify"][4], "when", {"zone": "others", "size": "micro"}),
        ["unknown_comparison: disqualify[4].when.zone: `others` is not a level of `zone` — did you mean `other`?"],
    ),
    (
        "a question no survey asks",
        lambda s, p: put(p["routing"]["rules"][1], "when", {"answer.industri": "healthcare"}),
        [
            "warning: unknown_question: routing.rules[1].when.answer.industri: no survey asks `industri` — did you mean `industry`?",
            "warning: rule_never: routing.rules[1]: no lead for sales from this survey alone comes to the routing rule `healthcare-emea` — correct the condition, or remove the rule",
        ],
    ),
    (
        "the stage before it is decided",
        lambda s, p: put(p["disqualify"][0], "when", {"stage": "mql"}),
        [
            "fact_too_early: disqualify[0].when.stage: `stage` is not decided yet here — use it in routing, in `sla` or in a next step"
        ],
    ),
    (
        "a list that does not exist",
        lambda s, p: put(p["disqualify"][1], "when", {"domain_in": "competitor"}),
        ["unknown_comparison: disqualify[1].when.domain_in: `competitor` is not a list — did you mean `competitors`?"],
    ),
    (
        "an unknown pool",
        lambda s, p: put(p["routing"]["rules"][2], "assign", {"pool": "dahc"}),
        [
            "unknown_pool: routing.rules[2].assign.pool: there is no pool `dahc` — did you mean `dach`?",
            "warning: unused_pool: routing.pools.dach: no rule assigns to the pool `dach` — name it in a rule, or remove it",
        ],
    ),
    (
        "an empty pool",
        lambda s, p: put(p["routing"]["pools"], "dach", []),
        ["empty_pool: routing.pools.dach: the pool `dach` has no members — write `[{rep: …}]`"],
    ),
    (
        "an unknown rep",
        lambda s, p: put(p["routing"]["pools"]["dach"][0], "rep", "lenna"),
        ["unknown_rep: routing.pools.dach[0].rep: there is no rep `lenna` — did you mean `lena`?"],
    ),
    (
        "an unknown calendar",
        lambda s, p: put(p["reps"][0], "calendar", "berlim"),
        ["unknown_calendar: reps[0].calendar: there is no calendar `berlim` — did you mean `berlin`?"],
    ),
    (
        "nobody to notify",
        lambda s, p: put(p["sla"]["on_breach"][0], "notify", "managr"),
        ["unknown_rep: sla.on_breach[0].notify: nobody is called `managr` — did you mean `manager`?"],
    ),
    (
        "no manager",
        lambda s, p: put(p["reps"][8], "role", "rep"),
        [
            "warning: no_manager: sla.on_breach[0].notify: no rep is a manager, so nobody is told — write `role: manager` at a rep",
            "warning: no_manager: routing.default_queue.notify: no rep is a manager, so nobody is told — write `role: manager` at a rep",
        ],
    ),
    (
        "no default queue",
        lambda s, p: p["routing"].pop("default_queue"),
        [
            "warning: no_default_queue: routing: a lead that no rule takes waits nowhere — add `default_queue: {name: inbound, notify: manager}`"
        ],
    ),
    (
        "a rule that takes everything",
        lambda s, p: p["routing"]["rules"].insert(4, {"id": "all", "assign": {"pool": "dach"}}),
        [
            "after_catch_all: routing.rules[5]: an earlier rule without `when` takes everything — move it before that rule, or remove it",
            "after_catch_all: routing.rules[6]: an earlier rule without `when` takes everything — move it before that rule, or remove it",
        ],
    ),
    (
        "a rule that an earlier one shadows",
        lambda s, p: p["routing"]["rules"].insert(
            3, {"id": "austria", "when": {"country": "AT"}, "assign": {"pool": "dach"}}
        ),
        [
            "warning: rule_shadowed: routing.rules[3]: no lead for sales from this survey alone comes to the routing rule `austria`: routing rule `dach` takes everybody it fits — move it up, or remove it"
        ],
    ),
    (
        "a rule for nobody",
        lambda s, p: put(p["routing"]["rules"][2], "when", {"country": "DE", "zone": "covered"}),
        [
            "warning: rule_never: routing.rules[2]: no lead for sales from this survey alone comes to the routing rule `dach` — correct the condition, or remove the rule"
        ],
    ),
    (
        "a promise nobody gets",
        lambda s, p: put(p["sla"], "first_contact", [{"when": {"hand_raise": True}, "within": "1bh"}]),
        ["warning: sla_gap: sla.first_contact: some leads are promised nothing — add a last term without `when`"],
    ),
    (
        "a threshold beyond all points",
        lambda s, p: put(p["mql"], "threshold", 200),
        [
            "warning: mql_unreachable: mql.threshold: `threshold` is 200, and no lead has more than 170 — write 170 or less"
        ],
    ),
    (
        "FIT that ends below its points",
        lambda s, p: put(p["fit"], "max", 60),
        [
            "warning: points_lost: fit.max: the criteria give up to 70, and FIT ends at 60: what lies above changes nothing — write `max: 70`"
        ],
    ),
    (
        "a signal above its cap",
        lambda s, p: put(p["intent"]["groups"], "survey", 10),
        [
            "warning: points_lost: intent.signals.survey_completed.points: the signal gives 15, and its cap is 10: what lies above changes nothing — write `points: 10`, or raise the cap"
        ],
    ),
    (
        "an unknown group",
        lambda s, p: put(p["intent"]["signals"]["demo_request"], "group", "handraise"),
        [
            "unknown_group: intent.signals.demo_request.group: there is no group `handraise` — did you mean `hand_raise`?"
        ],
    ),
    (
        "an unused group",
        lambda s, p: put(p["intent"]["groups"], "phone", 20),
        [
            "warning: unused_group: intent.groups.phone: no signal belongs to the group `phone` — write `group: phone` at a signal, or remove it"
        ],
    ),
    (
        "an unknown immediate signal",
        lambda s, p: put(p["mql"], "immediate_on", ["demo_requests"]),
        ["unknown_signal: mql.immediate_on[0]: there is no signal `demo_requests` — did you mean `demo_request`?"],
    ),
    (
        "a grade nobody gets",
        lambda s, p: (put(p["fit"]["grades"], "A", 71), put(p["fit"], "max", 80)),
        [
            "warning: grade_unreachable: fit.grades.A: nobody who answers only this survey gets the grade `A`: answers give 0 to 70 points — move the threshold",
            "warning: sql_unreachable: sql: nobody who answers only this survey becomes ready for sales — see which boxes and thresholds nobody passes",
            "warning: rule_never: sla.first_contact[0]: no lead for sales from this survey alone comes to the promise `1` — correct the condition, or remove the rule",
        ],
    ),
    (
        "a criterion nobody measures",
        lambda s, p: put(p["fit"]["criteria"], "region", {"levels": {"north": 0, "south": 0}}),
        [
            "warning: unmeasured_criterion: fit.criteria.region: the survey does not measure `region` — write `criterion: region` at a question or field, or remove it"
        ],
    ),
    (
        "a level nobody shows",
        lambda s, p: put(p["fit"]["criteria"]["size"]["levels"], "giant", 2),
        [
            "warning: level_unreachable: fit.criteria.size.levels.giant: no answer to this survey gives `size` the level `giant` — name it in a choice, or remove it"
        ],
    ),
    (
        "an unknown criterion in completeness",
        lambda s, p: put(p["fit"]["completeness"]["of"], 0, "sizes"),
        ["unknown_criterion: fit.completeness.of[0]: there is no criterion `sizes` — did you mean `size`?"],
    ),
    (
        "a completeness nobody reaches",
        lambda s, p: (
            put(p["fit"], "completeness", {"minimum": "100%", "of": ["size", "region"]}),
            put(p["fit"]["criteria"], "region", {"levels": {"north": 0}}),
        ),
        [
            "warning: unmeasured_criterion: fit.criteria.region: the survey does not measure `region` — write `criterion: region` at a question or field, or remove it",
            "warning: completeness_unreachable: fit.completeness.minimum: answers to this survey alone make at most 1 of 2 known, which is less than the minimum — measure more criteria, or lower `minimum`",
            "warning: mql_unreachable: mql: nobody who answers only this survey reaches the MQL line — lower `threshold`, `min_fit` or `min_intent`, or measure more",
            "warning: sql_unreachable: sql: nobody who answers only this survey becomes ready for sales — see which boxes and thresholds nobody passes",
        ],
    ),
    (
        "an unknown level in icp",
        lambda s, p: put(p["fit"]["criteria"]["size"], "icp", ["cor"]),
        ["unknown_level: fit.criteria.size.icp: `cor` is not a level of `size` — did you mean `core`?"],
    ),
    (
        "bands that overlap",
        lambda s, p: put(p["fit"]["criteria"]["size"]["bands"], "small", [9, 49]),
        [
            "band_overlap: fit.criteria.size.bands.small: the bands of `micro` and `small` overlap — start each band after the end of the one before"
        ],
    ),
    (
        "bands with a gap",
        lambda s, p: put(p["fit"]["criteria"]["size"]["bands"], "small", [12, 49]),
        [
            "warning: band_gap: fit.criteria.size.bands.small: nothing holds what lies between 9 and 12 — start `small` at 10"
        ],
    ),
    (
        "a country twice",
        lambda s, p: p["fit"]["criteria"]["zone"]["countries"]["covered"].append("DE"),
        ["country_twice: fit.criteria.zone.countries.covered: `DE` stands under `core` already — keep it in one level"],
    ),
    (
        "a country that is none",
        lambda s, p: p["fit"]["criteria"]["zone"]["countries"]["covered"].append("UK"),
        ["unknown_country: fit.criteria.zone.countries.covered: `UK` is not the code of a country — write `GB`"],
    ),
    (
        "no level for the other countries",
        lambda s, p: (
            p["fit"]["criteria"]["zone"]["levels"].pop("other"),
            put(p["fit"]["criteria"]["zone"]["levels"], "far", 0),
            put(p["fit"]["criteria"]["zone"]["levels"], "near", 0),
            put(p["disqualify"][4], "when", {"size": "micro"}),
        ),
        [
            "warning: country_rest: fit.criteria.zone.countries: countries that are not listed find no level — add the level `other: 0`",
            "warning: level_unreachable: fit.criteria.zone.levels.far: no answer to this survey gives `zone` the level `far` — name it in a choice, or remove it",
            "warning: level_unreachable: fit.criteria.zone.levels.near: no answer to this survey gives `zone` the level `near` — name it in a choice, or remove it",
        ],
    ),
    (
        "a box nobody can check",
        lambda s, p: put(p["checklist"][0], "check", {"size": "core", "icp": "digital_maturity"}),
        [
            "unknown_comparison: checklist[0].check.icp: `digital_maturity` is not a criterion with `icp` — write one of: `sector`, `size`, `zone`"
        ],
    ),
    (
        "a box that is always checked",
        lambda s, p: put(p["checklist"][8], "check", {"fit": {"gte": 0}}),
        [
            "warning: box_always: checklist[8]: everybody who answers only this survey checks `DAT-1` — correct its condition, or remove it"
        ],
    ),
    (
        "a line to sales nobody passes",
        lambda s, p: (
            put(p["checklist"][2], "check", {"size": "micro"}),
            put(p["sql"], "require", {"fit_grade": "A"}),
            p["checklist"].append({"id": "X-1", "text": "-", "check": {"size": "core"}, "blocking": True}),
        ),
        [
            "warning: sql_unreachable: sql: nobody who answers only this survey becomes ready for sales — see which boxes and thresholds nobody passes"
        ],
    ),
    (
        "two rules with one name",
        lambda s, p: put(p["routing"]["rules"][2], "id", "uk-ie"),
        ["duplicate_name: routing.rules[3].id: the name `uk-ie` stands twice — give it its own name"],
    ),
    (
        "a title level without points",
        lambda s, p: p["fit"]["criteria"]["seniority"]["levels"].pop("manager"),
        [
            "warning: title_level: fit.criteria.seniority.levels: titles of `manager` find no level here — add `manager: 0` or its points"
        ],
    ),
    (
        "a list nobody looks at",
        lambda s, p: (put(p["lists"], "customers", ["nordwind.example"]), put(p, "divert", p["divert"][:1])),
        [
            "warning: unused_list: lists.customers: no rule looks at the list `customers` — add a rule with `domain_in: customers`, or empty it"
        ],
    ),
]


@pytest.mark.parametrize(("what", "change", "told"), MISTAKES, ids=[what for what, _, _ in MISTAKES])
def test_a_mistake_in_a_policy_is_reported_once(what: str, change: Change, told: list[str]) -> None:
    survey, policy = raw_survey(), raw_policy()
    change(survey, policy)
    assert [str(problem) for problem in checked(survey, policy).problems] == told
