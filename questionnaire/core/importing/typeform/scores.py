"""Changes of variables after an answer: points of `score` become maturity, others numbers to calculate with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Literal, Name
from questionnaire.core.importing.names import plain_name
from questionnaire.core.importing.question_forms import dimension
from questionnaire.core.importing.scope import NotWritable
from questionnaire.core.importing.source import SourceItem, number_of, value_text
from questionnaire.core.importing.typeform.comparisons import condition_of
from questionnaire.core.importing.typeform.logic import Step

SCORE = "score"


def apply_scores(draft: SurveyDraft, steps: list[Step]) -> None:
    """Gives each choice the points that its action adds."""
    for step in steps:
        for action in step.actions:
            if action.text("action") != "jump":
                text, place = value_text(action.raw), action.place
                if not _apply(draft, step, action):
                    action.leave()
                    draft.notes.add("score_left_out", place, text=text)


def _apply(draft: SurveyDraft, step: Step, action: SourceItem) -> bool:
    details = action.item("details")
    target, value = details.item("target"), details.item("value")
    variable, points = target.text("value"), number_of(value.take("value"))
    target.text("type")
    if action.text("action") != "add" or value.text("type") != "constant" or points is None or points < 0:
        return False
    try:
        condition = condition_of(action.item("condition"))
        choice = _choice(draft, step, condition)
    except NotWritable:
        return False
    if choice is None or len(step.targets) != 1 or "choices" not in step.targets[0]:
        return False
    question = step.targets[0]
    name = plain_name(variable, "score")
    name = "points" if name == "score_answer" else name
    if question.get("dimension") not in (None, name) or "maturity" in choice or points > 1000:
        return False
    title = "Score" if variable == SCORE else variable
    question["dimension"] = dimension(draft, name, title, action.place)
    choice["maturity"] = points
    return True


def _choice(draft: SurveyDraft, step: Step, condition: object) -> dict[str, Any] | None:
    """The choice of this field that a condition asks for."""
    if not isinstance(condition, Compound) or condition.sign not in ("=", "contains"):
        return None
    name, value = condition.parts
    if not isinstance(name, Name) or not isinstance(value, Literal) or name.text != step.ref:
        return None
    known = draft.scope.find(name.text)
    if known.kind not in ("choice", "choices"):
        return None
    ours = known.value(value.value)
    return next((choice for choice in known.choices if choice["value"] == ours), None)


def read_variables(source: SourceItem) -> Mapping[str, Any]:
    """The variables and their first values; only those that start above 0 say something."""
    variables = source.item("variables")
    for key in variables.raw:
        if number_of(variables.raw[key]) == 0:
            variables.take(key)
    return variables.raw
