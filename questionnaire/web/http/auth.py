"""Signing in and out. The session lives in the database by the hash of its token; the cookie holds the token alone.

The form token of Flask-WTF sits in a second, signed cookie, so that showing the form writes nothing.
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
from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import EVERYBODY_ON_STAFF, public_form, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words
from questionnaire.web.http.security_headers import cookie_name

LONGEST_NEXT = 2000
OURS = re.compile(r"/(?!/)[^\\]*\Z")
TOO_MANY = gettext_noop("Too many attempts. Try again in an hour, or use a device you’ve signed in on before.")
RETRY_SECONDS = 3600
WRONG = gettext_noop("That email and password don’t match. Check both and try again.")

blueprint = Blueprint("auth", __name__)


class CurrentUser(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The person behind a session, as Flask-Login wants it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.id


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Limits keep a hostile password from costing a minute of hashing."""

    email = StringField(validators=[InputRequired(), Length(max=254)])
    password = PasswordField(validators=[InputRequired(), Length(max=200)])
    next = HiddenField()


def install(app: Flask) -> None:
    manager = LoginManager()
    manager.request_loader(_load)
    # Not init_app(): it would look into the form cookie on every answer, and the public page must never vary by it.
    app.login_manager = manager  # type: ignore[attr-defined]  # Flask-Login's own place
    app.register_blueprint(blueprint)


def viewer() -> Person | None:
    """The signed-in person; from here on the request speaks their language."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user.person
    locale.set_locale(person.language)
    return person


def _load(asked: Request) -> CurrentUser | None:
    token = asked.cookies.get(_cookie())
    person = staff.viewer(toolbox(), token, now()) if token else None
    return CurrentUser(person) if person else None


def _cookie(name: str = "session") -> str:
    return cookie_name(name, https=bool(current_app.config["SESSION_COOKIE_SECURE"]))


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
        return _entered(form, token) if token else _form(form, words()(WRONG), 422)
    if not form.validate_on_submit():
        return _form(form, words().gettext("Enter your email and password."), 422)
    device = request.cookies.get(_cookie("device"), "")
    email, password = str(form.email.data), str(form.password.data)
    attempt = signing_in.Attempt(email, password, rate_limits.network(), device, old)
    done = signing_in.enter(toolbox(), attempt, now())
    if done is signing_in.Refusal.TOO_MANY:
        response = _form(form, words()(TOO_MANY), 429)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    if not isinstance(done, signing_in.SessionTokens):
        return _form(form, words()(WRONG), 422)
    return _entered(form, done.token, done.device)


def _entered(form: SignInForm, token: str, device: str = "") -> Response:
    session.clear()
    response = redirect(_inside(form.next.data), 303)
    _set(response, token, SESSION_LASTS)
    if device:
        _set(response, device, signing_in.DEVICE_LASTS, "device")
    return response  # type: ignore[return-value]  # werkzeug's own response class


@blueprint.post("/sign-out")
@roles(*EVERYBODY_ON_STAFF)
def sign_out() -> Response:
    staff.sign_out(toolbox(), request.cookies.get(_cookie(), ""))
    session.clear()
    response = redirect(url_for("auth.sign_in"), 303)
    _set(response, "", timedelta(0))
    return response  # type: ignore[return-value]  # werkzeug's own response class


def _form(form: SignInForm, wrong: str = "", status: int = 200) -> Response:
    people = staff.demo_people(toolbox()) if toolbox().settings.demo else ()
    g.viewer = None
    return page("desk/sign_in.html", status, form=form, wrong=wrong, people=people)


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


def _inside(address: str | None) -> str:
    """Where to go after signing in: a path of our own, else the desk.

    Browsers read a backslash as a slash, drop tabs and line breaks, and take two slashes for another host.
    """
    ours = address and len(address) <= LONGEST_NEXT and address.isprintable() and OURS.match(address)
    return str(address) if ours else url_for("desk.leads")
