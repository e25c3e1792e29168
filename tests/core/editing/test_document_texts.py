"""Every text of a survey's document, with its place and what it says in each language."""

from __future__ import annotations

from questionnaire.core.base.texts import LocalizedText, texts_in
from questionnaire.core.editing.document_texts import document_texts
from questionnaire.core.editing.paths import find, has, write_path
from questionnaire.core.survey import survey as surveys
from tests.authored import SURVEYS, authored, authored_file
from tests.core.editing.small_draft import survey

ODD = """
schema: survey/1
languages: [en, fr]
title: [odd]
dimensions: {d: 1}
choice_sets: {s: odd, t: [odd, {value: a, text: A, advice: {en: Do, fr: Faire}}]}
pages: [odd, {name: p, questions: [
  {name: q, type: gone, title: Q}, {name: s, type: scale, title: {en: S}, labels: {1: Low, 5: [x]}},
  {name: m, type: matrix, title: M, choices: {set: t, with: {a: {text: Other, advice: {text: Now}}, b: odd}},
   rows: [{name: r, text: R, advice: {a: {done_when: Then}}}]},
  {name: w, type: matrix, choices: {set: t, with: odd}}]}]
contact: odd
"""


def places(document: object) -> dict[str, object]:
    return {write_path(one.path): one.raw for one in document_texts(document)}  # type: ignore[arg-type]  # a plain dict


def test_the_texts_of_a_small_survey_are_found_in_their_order() -> None:
    found = places(survey())
    assert list(found)[:6] == [
        "title", "dimensions/process/title", "dimensions/data/title", "choice_sets/often/never/text",
        "choice_sets/often/daily/text", "pages/start/questions/team_size/title",
    ]  # fmt: skip
    assert found["pages/end/questions/habits/rows/calls_back/advice/never"] == "Do it"
    assert found["report/dimensions/process/#0/text"] == "Low"
    assert found["report/blocks/mail/text"] == "Mail"
    assert "contact/fields/email/title" not in found


def test_a_document_with_anything_in_it_can_be_read() -> None:
    found = places(authored(ODD))
    assert found == {
        "choice_sets/t/a/text": "A", "choice_sets/t/a/advice": {"en": "Do", "fr": "Faire"},
        "pages/p/questions/q/title": "Q", "pages/p/questions/s/title": {"en": "S"},
        "pages/p/questions/s/labels/1": "Low", "pages/p/questions/m/title": "M",
        "pages/p/questions/m/choices/with/a/text": "Other", "pages/p/questions/m/choices/with/a/advice/text": "Now",
        "pages/p/questions/m/rows/r/text": "R", "pages/p/questions/m/rows/r/advice/a/done_when": "Then",
    }  # fmt: skip
    both = {
        write_path(one.path): (one.in_language("en"), one.in_language("fr")) for one in document_texts(authored(ODD))
    }
    assert both["pages/p/questions/s/title"] == ("S", "")
    assert both["pages/p/questions/m/rows/r/text"] == ("R", "R")


def test_no_text_of_a_sample_is_left_out() -> None:
    lacking = []
    for name in ("hiring-process", "building-energy-efficiency"):
        document = authored_file(SURVEYS / name / "survey.yaml")
        read, problems = surveys.read(document)
        assert read is not None, problems
        written = {LocalizedText(tuple(one.raw.items()) if isinstance(one.raw, dict) else (("", str(one.raw)),)).words
                   for one in document_texts(document)}  # fmt: skip
        lacking += [(name, text.words[0][1]) for text in texts_in(read) if text.words not in written]
        assert all(has(document, one.path) and find(document, one.path) is one.raw
                   for one in document_texts(document))  # fmt: skip
    assert lacking == []
