"""Where the links in mails to staff lead: a page that names nobody, a code by email, and then the lead.

Opening the page changes nothing and shows nothing of the lead, whoever opens it and whatever became of the lead: what
it says is read from the link, apart from the time zone in which the deadline is told.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.delivery import staff_links
from questionnaire.actions.delivery.staff_links import StaffLink
from questionnaire.actions.handoff import lead_list
from questionnaire.actions.people import code_sign_in
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.web.http import auth, locale, rate_limits
from questionnaire.web.http.access import public_form
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words
from questionnaire.web.http.responses import unlisted

RETRY_SECONDS = 3600
LONGEST_CODE = 40
_CODE = "code"
"""In the form cookie: which link a code was asked for, the id under which it may be tried, and until when."""

blueprint = Blueprint("lead_link", __name__)


@blueprint.before_request
def choose_staff_language() -> None:
    locale.set_locale(locale.negotiate(STAFF_LANGUAGES))
    g.viewer = None
    g.referrer_policy = "no-referrer"


@blueprint.get("/l/<token>")
@public_form
def show(token: str) -> AnyResponse:
    """Whoever is signed in goes on to the lead; anybody else is asked for a proof."""
    link = staff_links.read(toolbox(), token, now())
    if link is None:
        return unlisted(page("desk/lead_link_over.html", 404, after=""))
    target = _target(link)
    if target is not None:
        return target
    if link.is_expired:
        return unlisted(page("desk/lead_link_over.html", 410, after=link.target))
    return _page(link, token)


@blueprint.post("/l/<token>/code")
@public_form
@rate_limits.sign_in
def send_code(token: str) -> AnyResponse:
    link = staff_links.read(toolbox(), token, now())
    if link is None or link.is_expired:
        return redirect(url_for("lead_link.show", token=token), 303)
    code_id = code_sign_in.send_code(toolbox(), link, token, rate_limits.network(), now())
    if code_id is None:
        return _too_many(link, token)
    session[_CODE] = [token[-20:], code_id, int((now() + code_sign_in.CODE_LASTS).timestamp())]
    return redirect(url_for("lead_link.show", token=token), 303)


@blueprint.post("/l/<token>")
@public_form
@rate_limits.sign_in
def enter(token: str) -> AnyResponse:
    link = staff_links.read(toolbox(), token, now())
    if link is None or link.is_expired:
        return redirect(url_for("lead_link.show", token=token), 303)
    typed = request.form.get("code", "")[:LONGEST_CODE]
    attempt = code_sign_in.CodeAttempt(token, _code_id(token), typed, rate_limits.network(), auth.session_token())
    opened = code_sign_in.enter(toolbox(), link, attempt, now())
    if opened is code_sign_in.CodeRefusal.TOO_MANY:
        return _too_many(link, token)
    if not isinstance(opened, str):
        return _page(
            link, token, words().gettext("Enter the 6 digits from the latest email, or ask for a new code."), 422
        )
    session.clear()
    response = redirect(url_for("lead_link.show", token=token), 303)
    auth.stay_signed_in(response, opened, code_sign_in.SESSION_LASTS)
    return response


def _target(link: StaffLink) -> AnyResponse | None:
    """Where somebody signed in goes. None for anybody else, and for those who may not see the lead and were not
    mailed the link either."""
    person = auth.viewer()
    if person is None:
        return None
    if not link.lead_id:
        return redirect(link.target, 303)
    if lead_list.is_visible(toolbox(), person, link.lead_id):
        return redirect(url_for("desk.lead", lead_id=link.lead_id) + "#acts", 303)
    if person.id != link.staff_id:
        return None
    g.viewer = person
    return unlisted(page("desk/lead_link_moved.html", owner=lead_list.owner_name(toolbox(), link.lead_id)))


def _code_id(token: str) -> str:
    """The id of the code that this browser asked for with this link, "" when there is none or it is too old."""
    stored = session.get(_CODE)
    if not isinstance(stored, list) or len(stored) != 3 or stored[0] != token[-20:]:
        return ""
    return str(stored[1]) if now().timestamp() < stored[2] else ""


def _page(link: StaffLink, token: str, wrong: str = "", status: int = 200) -> Response:
    is_ahead = link.due_at is not None and link.due_at > now()
    return unlisted(
        page("desk/lead_link.html", status, link=link, token=token, wrong=wrong, is_sent=bool(_code_id(token)),
             due_at=link.due_at if is_ahead else None, zone=code_sign_in.zone_of(toolbox(), link))
    )  # fmt: skip


def _too_many(link: StaffLink, token: str) -> Response:
    wrong = words().gettext("Too many codes were asked for. Sign in with your password, or try again in an hour.")
    response = _page(link, token, wrong, 429)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
