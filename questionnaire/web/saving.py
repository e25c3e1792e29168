"""Saving on the way: each screen leaves what was typed on the server, and a link back is mailed on request."""

from __future__ import annotations

from flask import jsonify, make_response, request
from werkzeug.wrappers import Response

from questionnaire.actions import drafts
from questionnaire.storage.trouble import StorageBusy
from questionnaire.templating import words_for
from questionnaire.web.here import now, toolbox
from questionnaire.web.visit import Visit, partial


def save(visit: Visit) -> Response:
    """The browser does not wait for the answer. A store that is busy is left in peace: the next screen saves again."""
    note(visit)
    return make_response("", 204)


def note(visit: Visit) -> None:
    try:
        drafts.save(toolbox(), partial(visit, request.form), now())
    except StorageBusy:
        return


def mail_link(visit: Visit) -> tuple[bool, str]:
    """Whether the link is on its way, and what to say."""
    words = words_for(visit.language)
    address = request.form.get("later", "")[:300]
    if not drafts.mail_link(toolbox(), partial(visit, request.form), address, now()):
        return False, words("Write an e-mail address such as name@company.com.")
    return True, words("The link is on its way to %(address)s. It works for 30 days.", address=address.strip())


def mailed(visit: Visit) -> Response:
    """The same for the script."""
    sent, text = mail_link(visit)
    response = jsonify(sent=sent, text=text)
    response.status_code = 200 if sent else 422
    return response
