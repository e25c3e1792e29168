"""Autosave of a partial response, and the mailed link that resumes it."""

from __future__ import annotations

from questionnaire.actions.errors import DatabaseUnavailable
from questionnaire.actions.respond import resume
from questionnaire.actions.respond.validate import unreachable
from questionnaire.core.identity.email_address import clean_email
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.respond.form_request import FormRequest, partial_response


def autosave(form: FormRequest) -> None:
    """A busy database is no error here: the next screen saves again. Of a test answer nothing is kept on the way."""
    if form.test:
        return
    try:
        resume.save(toolbox(), partial_response(form), now())
    except DatabaseUnavailable:
        return


def mail_resume_link(form: FormRequest) -> tuple[int, str]:
    """Status of the response, 200 when the mail is queued, and the sentence for the visitor."""
    words = form.words
    if form.test:
        return 422, words("A test answer can’t be continued later.")
    address = clean_email(form.resume_address) or form.resume_address
    done = resume.mail_link(toolbox(), partial_response(form), address, now())
    if done is resume.Link.NO_ADDRESS:
        return 422, words("Enter an email like name@company.com.")
    if done is resume.Link.NOT_REACHABLE:
        return 422, words(unreachable(address).text)
    if done is resume.Link.TOO_MANY:
        return 429, words("We can’t send another link to this address for now. Please try again later.")
    return 200, words("We’re sending a link to %(address)s. It works for 30 days.", address=address)
