"""Responses to a form that is not accepted: the form again with everything typed, or JSON for the script."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify, make_response
from werkzeug.wrappers import Response

from questionnaire.actions.respond.validate import NOT_TICKED
from questionnaire.core.survey.contact import CONSENT
from questionnaire.web.http.errors import error_page
from questionnaire.web.http.responses import wants_json
from questionnaire.web.respond.email_typo import TypoSuggestion
from questionnaire.web.respond.form_request import FormRequest
from questionnaire.web.respond.step_response import step_page, step_response
from questionnaire.web.survey_page.step_page import StepNotice
from questionnaire.web.survey_page.steps import CONSENT_ID, FormStep


def unticked(form: FormRequest, step: FormStep) -> Mapping[str, str]:
    """The required consents of a step that were left empty, with what is said of them."""
    text = form.words(NOT_TICKED.text)
    ticked = form.input.ticked
    return {one.name: text for one in step.consents if one.required and one.name not in ticked}


def unavailable(form: FormRequest, seconds: int) -> Response:
    """The database is away for a moment: the form comes back with everything on it, and the same key."""
    if wants_json():
        response: Response = error_page(503)
    else:
        steps = form.steps()
        text = form.words.gettext("We can’t save this right now. Your answers are still here: try again in a moment.")
        response = step_page(form, steps, len(steps) - 1, StepNotice(text=text), 503)
    response.headers["Retry-After"] = str(seconds)
    return response


def typo_suggested(form: FormRequest, suggestion: TypoSuggestion) -> Response:
    name, text = suggestion.name, suggestion.text
    if wants_json():
        hint = {"name": name, "text": text, "use": suggestion.use, "meant": suggestion.suggested}
        return make_response(jsonify(hint=hint), 422)
    return refused(form, {name: text}, suggestion.typed)


def refused(form: FormRequest, errors: Mapping[str, str], typo_address: str = "") -> Response:
    """422 with `errors` (input name -> sentence), at the first step that has one of them."""
    if wants_json():
        return make_response(
            jsonify(problems=[{"name": _question_name(name), "text": text} for name, text in errors.items()]), 422
        )
    steps = form.steps()
    boxes = {name.removeprefix(CONSENT) for name in errors if name.startswith(CONSENT)}
    at = next(
        (
            i
            for i, step in enumerate(steps)
            if any(one.name in errors for one in step.fields) or any(one.name in boxes for one in step.consents)
        ),
        None,
    )
    index = form.step_index(steps) if at is None else at
    fields = {field.name: field for field in steps[index].fields}
    for name, text in errors.items():
        if name in fields:
            fields[name].mistakes = (text,)
    ids = {name: field.input_id for name, field in fields.items()} | {
        CONSENT + one.name: CONSENT_ID + one.name for one in steps[index].consents
    }
    listed = tuple((ids.get(name, ""), text) for name, text in errors.items())
    return step_response(form, steps, index, StepNotice(listed, typo_address=typo_address), 422)


def _question_name(name: str) -> str:
    """The name by which the script finds the question: a row belongs to its matrix."""
    return name if name.startswith(CONSENT) else name.split(".")[0]
