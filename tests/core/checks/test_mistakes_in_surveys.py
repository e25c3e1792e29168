"""One mistake in the example survey, and the exact problems reported."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.core.checks.example import asked, checked, put, raw_policy, raw_survey

Change = Callable[[Any, Any], object]

MISTAKES: list[tuple[str, Change, list[str]]] = [
    (
        "a question named later",
        lambda s, p: put(asked(s, "employees"), "show_if", {"timeline": "lt_3m"}),
        [
            "later_question: pages[0].questions[0].show_if.timeline: `timeline` is asked later — move it before this question"
        ],
    ),
    (
        "a question that asks for itself",
        lambda s, p: put(asked(s, "budget"), "show_if", {"budget": "none"}),
        [
            "later_question: pages[2].questions[1].show_if.budget: `budget` is this very question — name an earlier question"
        ],
    ),
    (
        "a name nobody knows",
        lambda s, p: put(asked(s, "budget"), "show_if", {"timelin": "lt_3m"}),
        [
            "unknown_name: pages[2].questions[1].show_if.timelin: there is no question or field `timelin` — did you mean `timeline`?"
        ],
    ),
    (
        "a contact field before the gate",
        lambda s, p: put(asked(s, "budget"), "show_if", {"country": "DE"}),
        [
            "field_before_gate: pages[2].questions[1].show_if.country: `country` is asked at the gate, after this question — write `gate: before_start`, or use an earlier question"
        ],
    ),
    (
        "a fact while the survey runs",
        lambda s, p: put(asked(s, "budget"), "show_if", {"fit_grade": "A"}),
        [
            "fact_too_early: pages[2].questions[1].show_if.fit_grade: `fit_grade` is not known while the survey runs — use earlier questions and fields only"
        ],
    ),
    (
        "a choice that does not exist",
        lambda s, p: put(asked(s, "budget"), "show_if", {"timeline": ["lt_3m", "m3_7"]}),
        [
            "unknown_comparison: pages[2].questions[1].show_if.timeline: `m3_7` is not a choice of `timeline` — did you mean `m3_6`?"
        ],
    ),
    (
        "an order of words",
        lambda s, p: put(asked(s, "budget"), "show_if", {"timeline": {"lt": "m3_6"}}),
        [
            "wrong_operator: pages[2].questions[1].show_if.timeline: `lt` compares numbers, and `timeline` is a word — write `timeline: …` or `timeline: [a, b]`"
        ],
    ),
    (
        "a condition that is never true",
        lambda s, p: put(asked(s, "budget"), "show_if", {"all": [{"timeline": "lt_3m"}, {"timeline": "m3_6"}]}),
        [
            "never_shown: pages[2].questions[1].show_if: nobody can ever see `budget`: this is never true — correct the condition, or remove the question"
        ],
    ),
    (
        "a condition that is always true",
        lambda s, p: put(asked(s, "budget"), "show_if", {"timeline": {"known": True}}),
        ["warning: always_shown: pages[2].questions[1].show_if: this is always true — remove `show_if`"],
    ),
    (
        "a question behind one that nobody sees",
        lambda s, p: (
            put(asked(s, "feedback"), "show_if", {"scoring": "none"}),
            put(asked(s, "timeline"), "show_if", {"feedback": "nothing", "scoring": "manual"}),
        ),
        [
            "never_shown: pages[2].questions[0].show_if: nobody can ever see `timeline`: this is never true — correct the condition, or remove the question",
            "never_shown: pages[2].questions[1].show_if: nobody can ever see `budget`: this is never true — correct the condition, or remove the question",
        ],
    ),
    (
        "an unknown dimension",
        lambda s, p: put(asked(s, "feedback"), "dimension", "feedbak"),
        [
            "unknown_dimension: pages[1].questions[3].dimension: there is no dimension `feedbak` — did you mean `feedback`?",
            "warning: idle_dimension: dimensions[3]: no question belongs to `feedback` — write `dimension: feedback` at a question, or remove it",
        ],
    ),
    (
        "a choice without maturity",
        lambda s, p: asked(s, "feedback")["choices"][1].pop("maturity"),
        [
            "no_maturity: pages[1].questions[3].choices[1]: the choice `informal` has no maturity — add `maturity: 0` or more, or `unknown: true`"
        ],
    ),
    (
        "a maturity without dimension",
        lambda s, p: put(asked(s, "timeline")["choices"][0], "maturity", 2),
        [
            "warning: idle_maturity: pages[2].questions[0].choices[0].maturity: this maturity counts nowhere — give the question a `dimension`, or remove it"
        ],
    ),
    (
        "a dimension without questions",
        lambda s, p: s["dimensions"].append({"name": "tools", "title": "Tools"}),
        [
            "warning: idle_dimension: dimensions[4]: no question belongs to `tools` — write `dimension: tools` at a question, or remove it",
            "warning: band_missing: report.dimensions: the dimension `tools` has no bands — add `tools: [{from: 0, text: …}]`",
        ],
    ),
    (
        "an unknown criterion",
        lambda s, p: put(asked(s, "industry"), "criterion", "sektor"),
        [
            "unknown_criterion: pages[0].questions[1].criterion: the policy has no criterion `sektor` — did you mean `sector`?",
            "warning: unmeasured_criterion: fit.criteria.sector: the survey does not measure `sector` — write `criterion: sector` at a question or field, or remove it",
        ],
    ),
    (
        "an unknown level",
        lambda s, p: put(asked(s, "industry")["choices"][0], "level", "prioritys"),
        [
            "unknown_level: pages[0].questions[1].choices[0].level: `prioritys` is not a level of `sector` — did you mean `priority`?"
        ],
    ),
    (
        "a level without criterion",
        lambda s, p: put(asked(s, "next_step")["choices"][0], "level", "core"),
        [
            "level_without_criterion: pages[2].questions[2].choices[0].level: the level `core` belongs to no criterion — add `criterion: …` to the question"
        ],
    ),
    (
        "a choice without level",
        lambda s, p: asked(s, "industry")["choices"][0].pop("level"),
        [
            "warning: level_missing: pages[0].questions[1].choices[0]: the choice `saas` names no level of `sector` — add `level: …`, or `unknown: true`"
        ],
    ),
    (
        "an unknown signal",
        lambda s, p: put(asked(s, "next_step")["choices"][0], "emits", "demo_requests"),
        [
            "unknown_signal: pages[2].questions[2].choices[0].emits: the policy has no signal `demo_requests` — did you mean `demo_request`?"
        ],
    ),
    (
        "an unknown flag",
        lambda s, p: put(asked(s, "industry")["choices"][0], "flags", ["competitors"]),
        [
            "warning: unknown_flag: pages[0].questions[1].choices[0].flags: no rule looks at the flag `competitors` — did you mean `competitor`?"
        ],
    ),
    (
        "an open field that scores",
        lambda s, p: put(s["hidden_fields"][4], "trust", "open"),
        [
            "warning: open_field: hidden_fields[4]: anybody can set `trigger_event` in the address, and it scores — add `trust: signed`"
        ],
    ),
    (
        "a missing language",
        lambda s, p: (put(s, "languages", ["en", "fr"]), put(s, "title", {"en": "Diagnostic"})),
        [
            "warning: language_empty: languages[1]: no text is written in `fr` — write the texts as `{en: …, fr: …}`, or remove the language"
        ],
    ),
    (
        "the first language missing",
        lambda s, p: (put(s, "languages", ["en", "fr"]), put(s, "title", {"fr": "Diagnostic"})),
        ["text_missing: title: the text is missing in `en`, the first language — add `en: …`"],
    ),
    (
        "an unknown placeholder",
        lambda s, p: put(s["report"]["blocks"]["thanks_only"], "text", "Thank you, {{firstname}}."),
        [
            "unknown_placeholder: report.blocks.thanks_only.text: `{{firstname}}` is no contact field and no question — did you mean `first_name`?"
        ],
    ),
    (
        "a placeholder before its answer",
        lambda s, p: put(asked(s, "budget"), "title", "Is there a budget, {{first_name}}?"),
        [
            "warning: early_placeholder: pages[2].questions[1].title: `{{first_name}}` is still empty here — use what was asked before, or add a fallback: `{{first_name|…}}`"
        ],
    ),
    (
        "an unknown block",
        lambda s, p: put(s["report"]["next_step"][0], "block", "thanks"),
        [
            "unknown_block: report.next_step[0].block: there is no block `thanks` — did you mean `thanks_only`?",
            "warning: unused_block: report.blocks.thanks_only: no next step uses the block `thanks_only` — name it in `next_step`, or remove it",
        ],
    ),
    (
        "an unused block",
        lambda s, p: put(s["report"]["blocks"], "bye", {"text": "Bye."}),
        [
            "warning: unused_block: report.blocks.bye: no next step uses the block `bye` — name it in `next_step`, or remove it"
        ],
    ),
    (
        "a step behind one that takes all",
        lambda s, p: s["report"]["next_step"].insert(3, {"block": "send_guide"}),
        [
            "after_catch_all: report.next_step[4]: an earlier rule without `when` takes everything — move it before that rule, or remove it",
            "after_catch_all: report.next_step[5]: an earlier rule without `when` takes everything — move it before that rule, or remove it",
            "after_catch_all: report.next_step[6]: an earlier rule without `when` takes everything — move it before that rule, or remove it",
        ],
    ),
    (
        "bands that do not start at 0",
        lambda s, p: put(s["report"]["overall"][0], "from", 10),
        ["band_gap: report.overall[0].from: the first band does not start at 0 — write `from: 0`"],
    ),
    (
        "bands out of order",
        lambda s, p: put(s["report"]["overall"][1], "from", 60),
        [
            "band_order: report.overall[2].from: the band from 50 stands after the one from 60 — write the bands from low to high"
        ],
    ),
    (
        "two bands at one start",
        lambda s, p: put(s["report"]["overall"][1], "from", 50),
        ["band_overlap: report.overall[2].from: two bands start at 50 — give each its own start"],
    ),
    (
        "a band nobody falls into",
        lambda s, p: (
            s["report"]["dimensions"]["speed"].insert(2, {"from": 50, "text": "-"}),
            put(s["report"]["dimensions"]["speed"][3], "from", 60),
        ),
        [
            "warning: band_unreachable: report.dimensions.speed[1]: no answers lead to the band from 34 — move its start, or remove it",
            "warning: band_unreachable: report.dimensions.speed[2]: no answers lead to the band from 50 — move its start, or remove it",
        ],
    ),
    (
        "a dimension without bands",
        lambda s, p: s["report"]["dimensions"].pop("speed"),
        [
            "warning: band_missing: report.dimensions: the dimension `speed` has no bands — add `speed: [{from: 0, text: …}]`"
        ],
    ),
    (
        "a benchmark by nothing",
        lambda s, p: put(s["report"]["benchmark"], "group_by", "industri"),
        [
            "unknown_name: report.benchmark.group_by: there is no question or field `industri` — did you mean `industry`?"
        ],
    ),
    (
        "a benchmark by a field of the gate",
        lambda s, p: put(s["report"]["benchmark"], "group_by", "company"),
        [
            "warning: benchmark_group: report.benchmark.group_by: `company` is not one choice from a list, so it makes no groups — name a question with one choice, or leave `group_by` out"
        ],
    ),
    (
        "an unknown name in a next step",
        lambda s, p: put(s["report"]["next_step"][4], "when", {"timelin": "lt_3m"}),
        [
            "unknown_name: report.next_step[4].when.timelin: there is no question, field or fact `timelin` — did you mean `timeline`?"
        ],
    ),
    (
        "a number on a criterion without bands",
        lambda s, p: s["pages"][0]["questions"].append(
            {"name": "sites", "type": "number", "title": "Sites", "criterion": "sector"}
        ),
        [
            "bands_missing: pages[0].questions[3].criterion: `sector` has no bands, so a number finds no level — add `bands` to the criterion, or ask with choices"
        ],
    ),
]


@pytest.mark.parametrize(("what", "change", "told"), MISTAKES, ids=[what for what, _, _ in MISTAKES])
def test_a_mistake_in_a_survey_is_reported_once(what: str, change: Change, told: list[str]) -> None:
    survey, policy = raw_survey(), raw_policy()
    change(survey, policy)
    assert [str(problem) for problem in checked(survey, policy).problems] == told
