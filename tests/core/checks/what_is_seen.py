"""What a check should say of conditions and endings of a small survey, from all ways through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.problems import Where
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.gate import SurveyPath
from questionnaire.core.survey.journey import _contact_is_passed, _Replay, screen_ends
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from tests.core.checks.casts import walks


def unseen(survey: Survey) -> set[tuple[str, Where]]:
    """The codes and places of conditions that are always or never true, and of endings that nobody reaches."""
    truths: dict[Where, set[bool]] = {}
    endings: set[str] = set()
    for path, one in walks(survey):
        if path.journey.ending is not None:
            endings.add(path.journey.ending.name)
        elif path.journey.missing or not (path.journey.complete or survey.endings):
            continue
        for where, truth in _decided(survey, path, one):
            truths.setdefault(where, set()).add(truth)
    never = {("ending_never", ("endings", place, "when")) for place, ending in enumerate(survey.endings)
             if ending.name not in endings}  # fmt: skip
    return never | {
        ("always_shown" if found == {True} else "never_shown", where)
        for where, found in truths.items()
        if len(found) == 1
    }


def _decided(survey: Survey, path: SurveyPath, one: ResponseEvidence) -> Iterator[tuple[Where, bool]]:
    """Every condition that is weighed on one way, with its truth."""
    replay = _Replay(survey, one.answers, one.fields)
    ended, asked = _contact_is_passed(survey, replay.facts) and replay.ending(0) is not None, 0
    for number, page in enumerate(survey.pages):
        if page.show_if is not None and not ended:
            yield ("pages", number, "show_if"), evaluate(page.show_if, replay.facts) is True
        for index, question in enumerate(page.questions):
            if not ended and (page.show_if is None or evaluate(page.show_if, replay.facts) is True):
                yield from _of_question(("pages", number, "questions", index), question, replay.facts)
            if not ended:
                replay.ask(survey.questions[asked])
            asked += 1
            if survey.endings and not ended and asked in screen_ends(survey):
                ended = replay.ending(asked) is not None
    if not ended:
        for place, field in enumerate(survey.contact_fields):
            if field.show_if is not None:
                yield ("contact", "fields", place, "show_if"), field in path.gate.fields


def _of_question(where: Where, question: Question, facts: Any) -> Iterator[tuple[Where, bool]]:
    is_shown = question.show_if is None or evaluate(question.show_if, facts) is True
    if question.show_if is not None:
        yield (*where, "show_if"), is_shown
    for key in ("choices", "rows") if is_shown else ():
        for place, part in enumerate(getattr(question, key, None) or ()):
            if part.show_if is not None:
                yield (*where, key, place, "show_if"), evaluate(part.show_if, facts) is True
