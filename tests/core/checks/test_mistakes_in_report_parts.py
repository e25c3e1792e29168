"""Advice nobody reads, blocks nobody sees or may see, and the exact problems reported."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

from typing import Any

from questionnaire.core.survey import survey as surveys
from tests.core.authoring import notation
from tests.core.checks.example import asked, checked, raw_policy, raw_survey


def problems(survey: Any) -> list[str]:
    return [str(problem) for problem in checked(survey, raw_policy()).problems]


def _advised(question: str, choice: int, advice: str) -> Any:
    survey = raw_survey()
    asked(survey, question)["choices"][choice]["advice"] = notation(advice)
    return survey


def _report(written: str) -> Any:
    survey = raw_survey()
    survey["report"] |= notation(written)
    return survey


def _block(written: str) -> Any:
    return _report(f"content_blocks: [{{id: a, text: T, {written}}}]")


BLOCK = "report.content_blocks[0]"
CHOICE = "pages[{}].questions[{}].choices[{}].advice"
MISTAKES = {
    "unseen": (
        _advised("timeline", 0, "Hurry."),
        f"warning: advice_unseen: {CHOICE.format(2, 0, 0)}: nobody reads this: `timeline` counts for no dimension — give the question a `dimension`, or remove the advice",
    ),
    "best": (
        _advised("scoring", 3, "Rest."),
        f"warning: advice_on_best: {CHOICE.format(1, 1, 3)}: nobody reads this: no answer is better than `automated_reviewed` — move it to a weaker answer, or remove it",
    ),
    "placeholder": (
        _advised("scoring", 0, "Ask {{nobody_known}}"),
        f"unknown_placeholder: {CHOICE.format(1, 1, 0)}.text: `{{{{nobody_known}}}}` is no contact field and no question — use the name of a contact field or a question",
    ),
    "radar": (
        _report("charts: {dimensions: radar}"),
        "warning: radar_small: report.charts.dimensions: a radar needs 5 dimensions or more, and there are 4: bars are drawn — write `bars`, or add dimensions",
    ),
    "plan": (
        _report("{plan: [{days: 30, items: Go}], sections: [cover, summary]}"),
        "warning: plan_unseen: report.plan: the report has no section `plan`, so nobody reads this — add `plan` to `sections`, or remove it",
    ),
    "colour": (
        _report(
            "dimensions: {definitions: [{from: 0, text: T, colour: good}], scoring: [{from: 0, text: T}], speed: [{from: 0, text: T}], feedback: [{from: 0, text: T}]}"
        ),
        "warning: colour_alone: report.dimensions.definitions[0].colour: the colour is shown beside the name of the band, and there is none — add `name: …`, or remove the colour",
    ),
    "after": (
        _report("{sections: [cover, summary], content_blocks: [{id: a, after: method, text: T}]}"),
        f"warning: block_place: {BLOCK}.after: the report has no section `method`: this comes last — write one of: `cover`, `summary`",
    ),
    "alt": (
        _block("image: a.png"),
        f"image_alt: {BLOCK}: the picture has no `alt`, and some readers cannot see it — add `alt: …` and say what it shows",
    ),
    "label": (
        _block("label: More"),
        f"warning: text_alone: {BLOCK}.label: `label` is shown with `url`, and there is none — add `url: …`, or remove it",
    ),
    "fact": (
        _block("when: {fit_grade: A}"),
        f"fact_hidden: {BLOCK}.when.fit_grade: `fit_grade` cannot decide what a prospect sees: it could be read off the page — use an answer, a field, `icp` or `signal` instead",
    ),
    "name": (
        _block("when: {industri: saas}"),
        f"unknown_name: {BLOCK}.when.industri: there is no question, field or fact `industri` — did you mean `industry`?",
    ),
    "value": (
        _block("when: {industry: sass}"),
        f"unknown_comparison: {BLOCK}.when.industry: `sass` is not a choice of `industry` — did you mean `saas`?",
    ),
    "nobody": (
        _block("when: {all: [{industry: saas}, {industry: healthcare}]}"),
        f"warning: rule_never: {BLOCK}: nobody who answers only this survey sees the content block `a` — correct the condition, or remove the block",
    ),
}


def test_each_mistake_has_one_message_at_its_place() -> None:
    assert {name: problems(survey) for name, (survey, _) in MISTAKES.items()} == {
        name: [said] for name, (_, said) in MISTAKES.items()
    }


def test_advice_is_written_in_every_language() -> None:
    survey = _advised("scoring", 0, "{text: A, done_when: {en: B, fr: C}}")
    survey["languages"] = ["fr", "en"]
    said = [one for one in problems(survey) if "advice" in one]
    assert said == []
    asked(survey, "scoring")["choices"][0]["advice"] = notation("{en: A}")
    assert [one for one in problems(survey) if "advice" in one] == [
        f"text_missing: {CHOICE.format(1, 1, 0)}.text: the text is missing in `fr`, the first language — add `fr: …`"
    ]


def test_advice_without_effort_beside_advice_with_one() -> None:
    survey = _advised("scoring", 0, "{text: Begin, effort: low}")
    asked(survey, "definitions")["choices"][0]["advice"] = "Write it down."
    assert problems(survey) == [
        f"warning: effort_missing: {CHOICE.format(1, 0, 0)}: other advice has an effort, and this has none — add `effort: low`, `medium` or `high`: the plan begins with the lowest"
    ]


def test_advice_of_a_row_is_read_like_that_of_a_choice() -> None:
    survey = raw_survey()
    survey["pages"][1]["questions"].append(
        notation("""
        {name: tools, type: matrix, title: Tools, choices: [{value: a, text: A, maturity: 0}, {value: b, text: B, maturity: 1}],
         rows: [{name: crm, text: CRM, dimension: speed, advice: {a: "Ask {{nobody_known}}"}}]}""")
    )
    assert [one for one in problems(survey) if "advice" in one] == [
        "unknown_placeholder: pages[1].questions[4].rows[0].advice.a.text: `{{nobody_known}}` is no contact field and no question — use the name of a contact field or a question"
    ]


def test_advice_of_a_row_is_for_a_choice_that_exists() -> None:
    survey = raw_survey()
    question = asked(survey, "scoring")
    question |= {"type": "matrix", "rows": [{"name": "r", "text": "R", "advice": {"non": "Begin."}}]}
    del question["criterion"]
    assert [str(one) for one in surveys.read(survey)[1]] == [
        "unknown_choice: pages[1].questions[1].rows[0].advice.non: there is no choice `non` — did you mean `none`?"
    ]


def test_what_is_written_well_is_quiet_and_a_block_has_its_example() -> None:
    survey = _advised(
        "scoring",
        0,
        "{text: Begin with {{company}}, effort: low, done_when: It runs.}".replace("{{company}}", "six criteria"),
    )
    survey["report"] |= notation(
        "{plan: [{days: 30, items: Begin}, {days: 90, title: Later, items: [{text: Go on, done_when: It runs}]}],"
        " content_blocks: [{id: saas, when: {industry: saas, icp: sector}, title: For software, text: T, url: 'https://a.example', label: More}]}"
    )
    findings = checked(survey, raw_policy())
    assert [str(problem) for problem in findings.problems] == []
    proof = findings.proof("content block saas")
    assert proof is not None
    assert proof.outcome == "example"
