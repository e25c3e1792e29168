"""One's own account: name, language, time zone, password, sessions, and which emails come."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.people import accounts, own_account
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.web.desk.people import LONGEST, staff_choices
from questionnaire.web.http import auth, rate_limits
from questionnaire.web.http.access import ADMIN, ALL_ROLES, MANAGER, MARKETING, OPS, REP, roles
from questionnaire.web.http.account_words import account_problem
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

EMAILS: Mapping[str, tuple[str, ...]] = {
    REP: (_("A lead is assigned to you"), _("A lead of yours answers again")),
    MANAGER: (_("A lead is assigned to you"), _("No rep can take a lead")),
    OPS: (_("A lead needs review"),),
    MARKETING: (),
    ADMIN: (_("No rep can take a lead"), _("A lead needs review")),
}
"""Role -> what people with it get emails about."""
AUTHORS = (ADMIN, MARKETING, OPS)
PLANNED = _("A version you planned can’t be published")

blueprint = Blueprint("own_account", __name__)


@blueprint.get("/desk/account")
@roles(*ALL_ROLES)
def show() -> Response:
    return _page()


@blueprint.post("/desk/account")
@roles(*ALL_ROLES)
def save() -> AnyResponse:
    """With mistakes the page is shown again, with all that was entered."""
    typed = {name: request.form.get(name, "")[:LONGEST].strip() for name in ("name", "language", "timezone")}
    problems = own_account.change(toolbox(), g.viewer.id, **typed)
    return _page(problems, 422) if problems else _back("saved")


@blueprint.post("/desk/account/password")
@roles(*ALL_ROLES)
@rate_limits.sign_in
def change_password() -> AnyResponse:
    old, new = request.form.get("old", ""), request.form.get("password", "")
    token, problems = own_account.change_password(toolbox(), g.viewer.id, old, new, now())
    if problems:
        return _page(problems, 422)
    response = _back("password")
    auth.stay_signed_in(response, token)
    return response


@blueprint.post("/desk/account/sessions")
@roles(*ALL_ROLES)
def end_sessions() -> AnyResponse:
    """Without a session's id, all but this one end."""
    session = request.form.get("session", "")
    if session:
        accounts.end_sessions(toolbox(), g.viewer.id, session, now())
    else:
        own_account.end_other_sessions(toolbox(), g.viewer.id, auth.session_token(), now())
    return _back("sessions")


def _back(said: str) -> AnyResponse:
    return redirect(url_for("own_account.show", said=said), 303)


def _page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    found = accounts.account(toolbox(), g.viewer.id, now())
    if found is None:
        abort(404)
    account, sessions = found
    wrong = {str(problem.where[0]): account_problem(problem, words()) for problem in problems}
    known = {name: getattr(account, name) for name in ("name", "language", "timezone")}
    emails = [*EMAILS[g.viewer.role], *((PLANNED,) if g.viewer.role in AUTHORS else ())]
    return page(
        "desk/own_account.html",
        status,
        account=account,
        sessions=sessions,
        here=own_account.session_id(auth.session_token()),
        typed=request.form if problems and "name" in request.form else known,
        problems=wrong,
        choices=staff_choices(),
        said=request.args.get("said", ""),
        emails=[words()(email) for email in emails],
        keeps_mail=toolbox().settings.smtp is None,
    )
