"""Sign-in and sign-out. The session is stored in the database under the hash of its token; the cookie is the token.

The CSRF token of Flask-WTF is in a second, signed cookie, so that rendering the form writes nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Blueprint, Flask, Request, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from questionnaire.actions.people import sign_in as signing_in
from questionnaire.actions.people import staff
from questionnaire.actions.people.staff import SESSION_LASTS
from questionnaire.actions.views import Person
from questionnaire.core.base.translation import STAFF_LANGUAGES, gettext_noop
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import ALL_ROLES, public_form, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words
from questionnaire.web.http.security_headers import cookie_name

LONGEST_NEXT = 2000
LOCAL_PATH = re.compile(r"/(?!/)[^\\]*\Z")
TOO_MANY = gettext_noop("Too many attempts. Try again in an hour, or use a device you’ve signed in on before.")
RETRY_SECONDS = 3600
WRONG = gettext_noop("That email and password don’t match. Check both and try again.")

blueprint = Blueprint("auth", __name__)


class CurrentUser(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The user of a session, for Flask-Login."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.id


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The length limits keep a very long password from taking a minute to hash."""

    email = StringField(validators=[InputRequired(), Length(max=254)])
    password = PasswordField(validators=[InputRequired(), Length(max=200)])
    next = HiddenField()


def install(app: Flask) -> None:
    manager = LoginManager()
    manager.request_loader(_load)
    # Not init_app(): it reads the form cookie on every response, and the cached public page must not vary by a cookie.
    app.login_manager = manager  # type: ignore[attr-defined]  # the attribute that Flask-Login reads
    app.register_blueprint(blueprint)


def viewer() -> Person | None:
    """The signed-in user, or None. Sets the language of the request to the user's."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user.person
    locale.set_locale(person.language)
    return person


def _load(incoming: Request) -> CurrentUser | None:
    token = incoming.cookies.get(_cookie())
    person = staff.viewer(toolbox(), token, now()) if token else None
    return CurrentUser(person) if person else None


def _cookie(name: str = "session") -> str:
    return cookie_name(name, https=bool(current_app.config["SESSION_COOKIE_SECURE"]))


@blueprint.before_request
def choose_staff_language() -> None:
    """The sign-in page is the one page of the staff that opens without a user, whose language it could take."""
    locale.set_locale(locale.negotiate(STAFF_LANGUAGES))


@blueprint.get("/sign-in")
@public_form
def sign_in() -> Response:
    return _form(SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@public_form
@rate_limits.sign_in
def enter() -> Response:
    form = SignInForm()
    old = request.cookies.get(_cookie())
    chosen = request.form.get("person")
    if chosen and toolbox().settings.demo:
        token = staff.sign_in_demo(toolbox(), chosen, now(), old)
        return _sign_in_response(form, token) if token else _form(form, words()(WRONG), 422)
    if not form.validate_on_submit():
        return _form(form, words().gettext("Enter your email and password."), 422)
    device = request.cookies.get(_cookie("device"), "")
    email, password = str(form.email.data), str(form.password.data)
    attempt = signing_in.Attempt(email, password, rate_limits.network(), device, old)
    outcome = signing_in.enter(toolbox(), attempt, now())
    if outcome is signing_in.Refusal.TOO_MANY:
        response = _form(form, words()(TOO_MANY), 429)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    if not isinstance(outcome, signing_in.SessionTokens):
        return _form(form, words()(WRONG), 422)
    return _sign_in_response(form, outcome.token, outcome.device)


def _sign_in_response(form: SignInForm, token: str, device: str = "") -> Response:
    session.clear()
    response = redirect(_local_target(form.next.data), 303)
    _set(response, token, SESSION_LASTS)
    if device:
        _set(response, device, signing_in.DEVICE_LASTS, "device")
    return response  # type: ignore[return-value]  # werkzeug's own response class


@blueprint.post("/sign-out")
@roles(*ALL_ROLES, by_code=True)
def sign_out() -> Response:
    staff.sign_out(toolbox(), request.cookies.get(_cookie(), ""))
    session.clear()
    response = redirect(url_for("auth.sign_in"), 303)
    _set(response, "", timedelta(0))
    return response  # type: ignore[return-value]  # werkzeug's own response class


def _form(form: SignInForm, wrong: str = "", status: int = 200) -> Response:
    people = staff.demo_people(toolbox()) if toolbox().settings.demo else ()
    g.viewer = None
    asked = request.args
    return page("desk/sign_in.html", status, form=form, wrong=wrong, people=people, chosen="chosen" in asked,
                by_code="code" in asked)  # fmt: skip


def session_token() -> str:
    """The token of the session of this request, "" without one."""
    return request.cookies.get(_cookie(), "")


def stay_signed_in(response: object, token: str, lasts: timedelta = SESSION_LASTS) -> None:
    """Puts the token of a new session in place of the old one, which has ended."""
    _set(response, token, lasts)


def _set(response: object, token: str, lasts: timedelta, name: str = "session") -> None:
    response.set_cookie(  # type: ignore[attr-defined]
        _cookie(name),
        token,
        max_age=lasts,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _local_target(address: str | None) -> str:
    """The redirect target after sign-in: a path of this site, else the desk (prevents open redirects).

    Browsers read a backslash as a slash, drop tabs and line breaks, and treat two slashes as another host.
    """
    is_local = address and len(address) <= LONGEST_NEXT and address.isprintable() and LOCAL_PATH.match(address)
    # Whoever asked for the desk as such begins where their day begins.
    return str(address) if is_local and address != url_for("desk.leads") else url_for("today.start")
