"""Settings of the installation, for administrators. In a new one they are the steps of the set-up, to the first survey.

Where a value comes from the environment, the page shows it with the name of its variable.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.company_settings import CompanySettings
from questionnaire.actions.delivery import mail_test
from questionnaire.actions.people import accounts, first_setup, invitations
from questionnaire.actions.people.invitations import StaffDetails
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.base.translation import LANGUAGES
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.templating import formats_for
from questionnaire.web.desk.settings_steps import CHANNELS, settings_steps
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.account_words import account_problem
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

LONGEST, LONGEST_SITES = 300, 20_000
FIELDS: Mapping[str, tuple[str, ...]] = {
    "company": ("name",), "languages": ("languages",), "email": ("sender", "reply_to"), "sites": ("sites",),
}  # fmt: skip
"""Step -> the fields that are stored there."""
WRONG: Mapping[str, str] = {
    "company_email": _("Enter an email like hello@company.com."),
    "company_name": _("Use 80 characters at most."),
    "company_languages": _("Choose at least one language."),
    "company_site": _("“%(site)s” isn’t the address of a site. Enter it like www.company.com."),
    "company_sites": _("That’s more than 50 sites. Allow all of a domain with *.company.com."),
}

blueprint = Blueprint("settings", __name__)


@blueprint.get("/desk/settings")
@roles(ADMIN)
def start() -> Response:
    """Where the set-up goes on; the first page once it is over."""
    progress = first_setup.progress(toolbox())
    return _page(progress.next_step if progress.open else first_setup.STEPS[0])


@blueprint.get("/desk/settings/<step>")
@roles(ADMIN)
def show(step: str) -> Response:
    return _page(step)


@blueprint.post("/desk/settings/<step>")
@roles(ADMIN)
@rate_limits.answers
def save(step: str) -> AnyResponse:
    """With mistakes the page is shown again, with all that was entered."""
    if step == "people":
        return _invite()
    if step not in FIELDS:
        abort(404)
    problems = company_settings.change(toolbox(), {field: _typed(field) for field in FIELDS[step]}, now())
    if problems:
        return _page(step, _said(problems), 422)
    if request.form.get("do") == "test":
        mail = mail_test.send(toolbox(), g.viewer.email, locale.current(), now())
        return redirect(url_for("settings.show", step=step, mail=mail) + "#test", 303)
    return _go_on(step)


@blueprint.post("/desk/settings/finish")
@roles(ADMIN)
def finish() -> AnyResponse:
    first_setup.finish(toolbox(), now())
    way = request.form.get("way", "")
    target = url_for("new_surveys.choose", way=way) if way else url_for("sharing.surveys")
    return redirect(target, 303)


def _go_on(step: str) -> AnyResponse:
    """To the next step of the set-up; back to the same page once it is over."""
    if not first_setup.progress(toolbox()).open:
        return redirect(url_for("settings.show", step=step, said="saved"), 303)
    first_setup.complete(toolbox(), step, now())
    following = first_setup.STEPS[first_setup.STEPS.index(step) + 1]
    return redirect(url_for("settings.show", step=following), 303)


def _invite() -> AnyResponse:
    """Without an address there is nobody to invite: the step is done."""
    email = request.form.get("email", "")[:LONGEST].strip()
    if not email and request.form.get("do") != "invite":
        return _go_on("people")
    role = request.form.get("role", "")[:LONGEST]
    details = StaffDetails("", role, "", g.viewer.language, g.viewer.zone)
    staff_id, problems = invitations.invite(toolbox(), email, details, g.viewer.name, now())
    if problems:
        return _page("people", {str(one.where[0]): account_problem(one, words()) for one in problems}, 422)
    return redirect(url_for("settings.show", step="people", invited=staff_id), 303)


def _typed(field: str) -> str | tuple[str, ...]:
    form = request.form
    if field == "languages":
        first = form.get("first", "")
        return tuple(dict.fromkeys(tag for tag in (first, *form.getlist("languages")) if tag in LANGUAGES))
    return form.get(field, "")[: LONGEST_SITES if field == "sites" else LONGEST]


def _said(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field -> sentence."""
    return {str(one.where[0]): words()(WRONG[one.code], site=str(one.where[-1])) for one in problems}


def _page(step: str, wrong: Mapping[str, str] | None = None, status: int = 200) -> Response:
    progress = first_setup.progress(toolbox())
    company = company_settings.company(toolbox(), fresh=True)
    steps = settings_steps(company, progress)
    number = next((place for place, one in enumerate(steps, 1) if one.name == step), 0)
    if not number or step in CHANNELS:
        abort(404)
    test = mail_test.find(toolbox(), request.args.get("mail", "")[:64], g.viewer.email) if step == "email" else None
    return page(
        "desk/settings.html",
        status,
        step=step,
        steps=steps,
        number=number,
        following=steps[number] if number < len(steps) else None,
        progress=progress,
        company=company,
        typed=request.form if wrong else {},
        chosen=_typed("languages") if wrong else company.languages,
        wrong=wrong or {},
        saved=request.args.get("said") == "saved",
        test=test,
        now=now(),
        more=_more(step, company),
    )


def _more(step: str, company: CompanySettings) -> dict[str, object]:
    """What one step shows besides the fields."""
    settings, formats = toolbox().settings, formats_for(locale.current())
    if step == "languages":
        return {"languages": [(tag, formats.language(tag)) for tag in LANGUAGES]}
    if step == "email":
        return {"server": settings.smtp, "preview": mail_test.preview(toolbox(), company.languages[0])}
    if step == "people":
        invited = request.args.get("invited", "")[:64]
        link = invitations.link_to_hand_over(toolbox(), invited, now()) if invited else ""
        real = [account for account in accounts.accounts(toolbox()) if not account.is_sample_rep]
        return {"accounts": real, "roles": tuple(Role), "invited": invited, "link": link}
    return {"public": settings.public_url}
