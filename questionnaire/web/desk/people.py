"""The people who sign in: inviting them, their roles and rep ids, sessions, deactivating. For admins."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.handoff import absences
from questionnaire.actions.people import accounts, invitations
from questionnaire.actions.people.invitations import StaffDetails
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.templating import formats_for
from questionnaire.web.http import locale
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.account_words import account_problem
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("people", __name__)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class StaffChoices:
    """What the form of an account offers: roles, languages with their names, time zones."""

    roles: tuple[Role, ...]
    languages: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]


@blueprint.get("/desk/people")
@roles(ADMIN)
def people() -> Response:
    return page("desk/people.html", accounts=accounts.accounts(toolbox()))


@blueprint.get("/desk/people/new")
@roles(ADMIN)
def invite() -> Response:
    return _new_page()


@blueprint.post("/desk/people/new")
@roles(ADMIN)
def send_invitation() -> AnyResponse:
    """With mistakes the page is shown again, with all that was entered."""
    email = request.form.get("email", "")[:LONGEST]
    staff_id, problems = invitations.invite(toolbox(), email, _details(), g.viewer.name, now())
    if problems:
        return _new_page(problems, 422)
    return redirect(url_for("people.person", staff_id=staff_id, said="invited"), 303)


@blueprint.get("/desk/people/<staff_id>")
@roles(ADMIN)
def person(staff_id: str) -> Response:
    return _person_page(staff_id)


@blueprint.post("/desk/people/<staff_id>")
@roles(ADMIN)
def change(staff_id: str) -> AnyResponse:
    problems = invitations.change(toolbox(), staff_id, _details())
    if problems is None:
        abort(404)
    return _person_page(staff_id, problems, 422) if problems else _back(staff_id, "saved")


@blueprint.post("/desk/people/<staff_id>/link")
@roles(ADMIN)
def mail_link(staff_id: str) -> AnyResponse:
    if not invitations.send_link(toolbox(), staff_id):
        abort(404)
    return _back(staff_id, "mailed")


@blueprint.post("/desk/people/<staff_id>/active")
@roles(ADMIN)
def set_active(staff_id: str) -> AnyResponse:
    found = accounts.account(toolbox(), staff_id, now())
    if found is None:
        abort(404)
    active = request.form.get("active") == "yes"
    leads_to = request.form.get("leads_to", "")[:LONGEST]
    _, problems = accounts.set_active(toolbox(), found[0].email, active, leads_to, g.viewer.id)
    return _person_page(staff_id, problems, 422) if problems else _back(staff_id)


@blueprint.post("/desk/people/<staff_id>/sessions")
@roles(ADMIN)
def end_sessions(staff_id: str) -> AnyResponse:
    """Without a session's id, all of them end."""
    accounts.end_sessions(toolbox(), staff_id, request.form.get("session", ""), now())
    return _back(staff_id)


def _details() -> StaffDetails:
    form = request.form
    values = {name: form.get(name, "")[:LONGEST].strip() for name in ("name", "role", "rep", "language", "timezone")}
    return StaffDetails(**values)


def _back(staff_id: str, said: str = "") -> AnyResponse:
    return redirect(url_for("people.person", staff_id=staff_id, said=said or None), 303)


def staff_choices() -> StaffChoices:
    formats = formats_for(locale.current())
    languages = tuple((tag, formats.language(tag)) for tag in STAFF_LANGUAGES)
    zones = tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))
    return StaffChoices(tuple(Role), languages, zones)


def _new_page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    typed = request.form if request.method == "POST" else {"language": locale.current(), "timezone": g.viewer.zone}
    return page("desk/new_person.html", status, typed=typed, problems=_said(problems), choices=staff_choices())


def _person_page(staff_id: str, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    found = accounts.account(toolbox(), staff_id, now())
    if found is None:
        abort(404)
    account, sessions = found
    said = request.args.get("said", "")
    return page(
        "desk/person.html",
        status,
        account=account,
        sessions=sessions,
        typed=request.form if problems and "role" in request.form else _known(account),
        problems=_said(problems),
        link=invitations.link_to_hand_over(toolbox(), staff_id, now()) if said in ("invited", "mailed") else "",
        said=said,
        choices=staff_choices(),
        reps=[entry for entry in absences.reps(toolbox()) if entry[0] != account.rep],
    )


def _known(account: accounts.Account) -> dict[str, str]:
    """What the form shows before anything was entered."""
    names = ("name", "role", "rep", "language", "timezone")
    return {name: str(getattr(account, name)) for name in names}


def _said(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field -> sentence; "" is the page."""
    return {str(problem.where[0]) if problem.where else "": account_problem(problem, words()) for problem in problems}
