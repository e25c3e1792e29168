"""Pages with which people get into their account: a chosen password, a forgotten one, and the first admin of all."""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.people import account_links, invitations
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import public_form
from questionnaire.web.http.account_words import account_problem
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("account", __name__)
LONGEST = 300


@blueprint.before_request
def choose_staff_language() -> None:
    """Whoever is signed in on this device may be somebody else."""
    locale.set_locale(locale.negotiate(STAFF_LANGUAGES))
    g.viewer = None


@blueprint.get("/account/<token>")
@public_form
def password(token: str) -> Response:
    row = account_links.account_of(toolbox(), token, now())
    return _too_late() if row is None else page("account/password.html", email=row.email, wrong="")


@blueprint.post("/account/<token>")
@public_form
@rate_limits.sign_in
def choose_password(token: str) -> AnyResponse:
    row = account_links.account_of(toolbox(), token, now())
    problems = account_links.choose_password(toolbox(), token, request.form.get("password", ""), now())
    if row is None or problems is None:
        return _too_late()
    if problems:
        return page("account/password.html", 422, email=row.email, wrong=account_problem(problems[0], words()))
    return redirect(url_for("auth.sign_in", chosen=1), 303)


@blueprint.get("/forgotten-password")
@public_form
def forgotten() -> Response:
    return page("account/forgotten.html", asked=False, email="", wrong="")


@blueprint.post("/forgotten-password")
@public_form
@rate_limits.sign_in
def ask_for_link() -> AnyResponse:
    """The answer is the same with and without an account."""
    email = request.form.get("email", "")[:LONGEST].strip()
    if "@" not in email:
        wrong = words().gettext("Enter the email address of your account.")
        return page("account/forgotten.html", 422, asked=False, email=email, wrong=wrong)
    if not invitations.ask_for_link(toolbox(), email, now()):
        wrong = words().gettext("Several links were just asked for. Look into your inbox, or try again later.")
        return page("account/forgotten.html", 429, asked=False, email=email, wrong=wrong)
    return page("account/forgotten.html", asked=True, email=email, wrong="")


@blueprint.get("/first-admin/<token>")
@public_form
def first_admin(token: str) -> Response:
    return _first_page() if account_links.is_first(toolbox(), token, now()) else _too_late()


@blueprint.post("/first-admin/<token>")
@public_form
@rate_limits.sign_in
def add_first_admin(token: str) -> AnyResponse:
    email, name = (request.form.get(field, "")[:LONGEST].strip() for field in ("email", "name"))
    typed = request.form.get("password", "")
    problems = account_links.add_first_admin(toolbox(), token, email, name, typed, locale.current(), now())
    if problems is None:
        return _too_late()
    if problems:
        return _first_page(problems, 422)
    return redirect(url_for("auth.sign_in", chosen=1, next=url_for("settings.start")), 303)


def _first_page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    said = {str(one.where[0]) if one.where else "": account_problem(one, words()) for one in problems}
    return page("account/first_admin.html", status, typed=request.form, problems=said)


def _too_late() -> Response:
    return page("account/too_late.html", 410)
