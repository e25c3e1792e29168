"""Saving on the way: each screen leaves what was typed on the server, and a link back is mailed on request."""

from __future__ import annotations

from flask import jsonify, make_response, request
from werkzeug.wrappers import Response

from questionnaire.actions.respond import resume
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.templating import words_for
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.respond.form_request import FormRequest, partial


def save(visit: FormRequest) -> Response:
    """The browser does not wait for the answer. A store that is busy is left in peace: the next screen saves again."""
    note(visit)
    return make_response("", 204)


def note(visit: FormRequest) -> None:
    try:
        resume.save(toolbox(), partial(visit, request.form), now())
    except DatabaseUnavailable:
        return


def mail_link(visit: FormRequest) -> tuple[int, str]:
    """The status of the answer, 200 when the link is on its way, and what to say."""
    words = words_for(visit.language)
    address = request.form.get("later", "")[:300]
    done = resume.mail_link(toolbox(), partial(visit, request.form), address, now())
    if done is resume.Link.NO_ADDRESS:
        return 422, words("Enter an email like name@company.com.")
    if done is resume.Link.TOO_MANY:
        return 429, words("We can’t send another link to this address for now. Please try again later.")
    return 200, words("We’re sending a link to %(address)s. It works for 30 days.", address=address.strip())


def mailed(visit: FormRequest) -> Response:
    """The same for the script."""
    status, text = mail_link(visit)
    response = jsonify(sent=status == 200, text=text)
    response.status_code = status
    return response
