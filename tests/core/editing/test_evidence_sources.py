"""What a document takes evidence from, and where the meaning of each answer is written."""

from __future__ import annotations

from typing import Any

from questionnaire.core.editing.evidence_sources import EvidenceSource, evidence_sources
from questionnaire.core.editing.paths import write_path
from tests.authored import authored
from tests.core.editing.small_draft import survey

EVERYTHING = """
schema: survey/1
hidden_fields: [{name: campaign}, {name: trigger, criterion: trigger_event}]
choice_sets: {often: [{value: never, text: Never, level: low}, odd], broken: odd}
pages:
  - name: start
    questions:
      - {name: hello, type: statement, title: Hello}
      - {name: size, type: single_choice, criterion: size, choices: [{value: a, level: small}, odd, {value: b}]}
      - {name: calls, type: single_choice, choices: often}
      - {name: mails, type: single_choice, choices: {set: often, with: {never: {level: high}}}}
      - {name: lost, type: single_choice, choices: broken}
      - {name: habits, type: matrix, choices: often, rows: [{name: x, text: X}]}
calculated: [{name: hours, formula: "1", criterion: size}, {name: rest, formula: "2"}]
contact: {fields: [{name: email, type: email}, {name: country, type: country, criterion: zone},
                   {name: pick, type: dropdown, choices: [{value: a}]}]}
"""


def found(document: Any) -> dict[str, EvidenceSource]:
    return {str(one.content["name"]): one for one in evidence_sources(document)}


def answers(source: EvidenceSource) -> list[tuple[str, Any]]:
    return [(write_path(one.path), one.content.get("level")) for one in source.answers]


def test_all_that_can_be_evidence_is_listed_in_its_order() -> None:
    sources = found(authored(EVERYTHING))
    assert [(name, one.kind, one.number) for name, one in sources.items()] == [
        ("size", "question", 1), ("calls", "question", 2), ("mails", "question", 3), ("lost", "question", 4),
        ("habits", "question", 5), ("country", "contact", None), ("pick", "contact", None),
        ("trigger", "hidden", None), ("hours", "calculated", None),
    ]  # fmt: skip
    assert sources["size"].criterion == "size"
    assert sources["size"].type == "single_choice"


def test_answers_are_written_at_the_question_at_their_set_or_where_it_is_changed() -> None:
    sources = found(authored(EVERYTHING))
    assert answers(sources["size"]) == [
        ("pages/start/questions/size/choices/a", "small"), ("pages/start/questions/size/choices/b", None)
    ]  # fmt: skip
    assert answers(sources["calls"]) == [("choice_sets/often/never", "low")]
    assert answers(sources["mails"]) == [("pages/start/questions/mails/choices/with/never", "high")]
    assert answers(sources["lost"]) == []
    assert (sources["calls"].choice_set, sources["size"].choice_set) == ("often", "")
    assert [write_path(row.path) for row in sources["habits"].rows] == ["pages/start/questions/habits/rows/x"]


def test_a_small_survey_is_read_too() -> None:
    assert list(found(survey())) == ["team_size", "scoring", "calls", "habits", "last"]
