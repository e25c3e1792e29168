"""Responses to a form that is not accepted: the form again with everything typed, or JSON for the script."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, jsonify, make_response

from questionnaire.templating import words_for
from questionnaire.web.http.errors import error_page
from questionnaire.web.http.responses import wants_json
from questionnaire.web.respond.email_typo import TypoSuggestion
from questionnaire.web.respond.form_request import FormRequest
from questionnaire.web.respond.step_response import step_response
from questionnaire.web.survey_page.step_page import StepNotice


def unavailable(form: FormRequest, seconds: int) -> Response:
    """The database is away for a moment: the form comes back with everything on it, and the same key."""
    if wants_json():
        response = error_page(503)
    else:
        steps = form.steps()
        text = words_for(form.language).gettext(
            "We can’t save this right now. Your answers are still here: try again in a moment."
        )
        response = step_response(form, steps, len(steps) - 1, StepNotice(text=text), 503)
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
            jsonify(problems=[{"name": name.split(".")[0], "text": text} for name, text in errors.items()]), 422
        )
    steps = form.steps()
    at = next((i for i, step in enumerate(steps) for field in step.fields if field.name in errors), None)
    index = form.step_index(steps) if at is None else at
    fields = {field.name: field for field in steps[index].fields}
    for name, text in errors.items():
        if name in fields:
            fields[name].mistakes = (text,)
    listed = tuple((fields[name].input_id if name in fields else "", text) for name, text in errors.items())
    return step_response(form, steps, index, StepNotice(listed, typo_address=typo_address), 422)
