"""The effect of a survey’s draft on past leads: what an answer means now, and what the draft does not ask."""

from __future__ import annotations

import copy
from typing import Any

from questionnaire.core.cases import CaseLead
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.survey_effect import (
    PointShift,
    RereadLead,
    dropped_answers,
    reread,
    survey_effect_of,
    unasked_items,
)
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.survey import Survey
from questionnaire.library.domains import known_domains
from tests.authored import authored_file
from tests.cast import anna, example_policy, example_survey, tom


def questions(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for page in raw["pages"] for one in page["questions"]}


def document() -> dict[str, Any]:
    return copy.deepcopy(dict(authored_file("sales-marketing-alignment/survey.yaml")))


def read(raw: dict[str, Any]) -> Survey:
    survey, problems = surveys.read(raw)
    assert survey is not None, problems
    return survey


def judged(name: str, lead: CaseLead, draft: Survey) -> RereadLead:
    stored = {key: list(value) if isinstance(value, tuple) else value for key, value in lead.filled.answers.items()}
    after = reread(lead.filled, stored, draft)
    before, drafted = (
        assess(example_policy(), [one], lead.signals, lead.history, lead.at, known_domains())
        for one in (lead.filled, after)
    )
    return RereadLead(name, before, drafted, dropped_answers(lead.filled, after), unasked_items(lead.filled, after))


def test_the_same_survey_judges_everyone_as_before() -> None:
    effect = survey_effect_of([judged("anna", anna(), example_survey())])
    assert (effect.leads, effect.moves, effect.changed, effect.scores_only) == (1, (), (), 0)
    assert effect.mqls == effect.ready == (1, 1)
    assert (effect.dropped, effect.unasked) == ({}, {})
    assert survey_effect_of([]).since is None


def test_another_level_of_an_answer_moves_points_and_says_which() -> None:
    raw = document()
    for choice in questions(raw)["employees"]["choices"]:
        choice["level"] = "micro"
    effect = survey_effect_of([judged("anna", anna(), read(raw)), judged("tom", tom(), read(raw))])
    newest, oldest = sorted(effect.changed, key=lambda lead: lead.id, reverse=True)
    shift = next(one for one in oldest.shifts if one.name == "size")
    assert shift.levels[1] == "micro"
    assert shift.points[1] < shift.points[0]
    assert oldest.scores[1] < oldest.scores[0]
    assert newest.changes
    moved = sum(count for _before, _after, count in effect.moves)
    assert moved + effect.scores_only == len(effect.changed) == 2
    assert [lead.moves for lead in effect.changed] == sorted((lead.moves for lead in effect.changed), reverse=True)
    assert PointShift("demo", ("", ""), (0, 20)).as_json == ["demo", "", "", 0, 20]


def test_what_the_draft_does_not_ask_is_said_and_not_guessed() -> None:
    raw = document()
    gone = questions(raw)["timeline"]
    for page in raw["pages"]:
        page["questions"] = [one for one in page["questions"] if one["name"] not in ("timeline", "budget")]
    raw["pages"][0]["questions"].append(gone | {"name": "when", "title": "When?"})
    lead = judged("anna", anna(), read(raw))
    assert "timeline" in lead.dropped
    assert lead.unasked == ("when",)
    effect = survey_effect_of([lead, lead])
    assert (effect.dropped["timeline"], effect.unasked) == (2, {"when": 2})
    (timing,) = (one for one in lead.shifts if one.name == "timeline")
    assert (timing.levels[1], timing.points[1]) == ("", 0)
