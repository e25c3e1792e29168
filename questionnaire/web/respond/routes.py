"""The survey's form: GET serves the full page, each command of the form is a POST of its own address.

With JavaScript one POST brings everything, and each screen is saved on the way; without it each POST brings one step,
and is answered with 303 to the page of the next one (form_pages.py). No cookie is set, every refusal shows the form
again with all that was typed, and an accepted response is answered with 303 to its result.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, abort, current_app, g, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.errors import DatabaseUnavailable
from questionnaire.actions.respond import acceptance, form_states, validate
from questionnaire.core.survey.contact import CONSENT
from questionnaire.templating import formats_for
from questionnaire.web.http import locale, rate_limits, security_headers
from questionnaire.web.http.access import public
from questionnaire.web.http.compression import compressed_response
from questionnaire.web.http.context import keys, now, theme, toolbox, use_theme
from questionnaire.web.http.errors import FORM_EXPIRED, error_page
from questionnaire.web.http.rendering import HTML
from questionnaire.web.http.responses import wants_json
from questionnaire.web.respond import bot_check, prefilled
from questionnaire.web.respond.autosave import autosave, mail_resume_link
from questionnaire.web.respond.email_typo import suggest_correction
from questionnaire.web.respond.form_request import FormRequest, read_form, submission_context
from questionnaire.web.respond.form_state import FormState, open_signed, read_stored
from questionnaire.web.respond.lookup import get_publication_or_abort
from questionnaire.web.respond.page_cache import PageCache
from questionnaire.web.respond.rejections import refused, typo_suggested, unavailable, unticked
from questionnaire.web.respond.step_response import step_response, teaser_of
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.step_page import StepNotice
from questionnaire.web.survey_page.steps import CONSENT_ID

FRESH_SECONDS = 300

Command = Callable[[FormRequest], AnyResponse]

blueprint = Blueprint("respond", __name__)


@blueprint.get("/s/<slug>")
@public
def whole(slug: str) -> AnyResponse:
    if prefilled.is_personal():
        return prefilled.personal_page(slug)
    publication = _publication(slug)
    survey = publication.survey
    cache: PageCache = current_app.extensions["page_cache"]
    language = locale.set_locale(locale.negotiate(survey.languages))
    use_theme(survey.theme)
    page = cache.page(str(publication.id), survey, language, theme(), framing.frame_context(survey, language))
    response = compressed_response(page.content, page.etag)
    response.content_type = HTML
    response.headers["Content-Language"] = language
    by_address = locale.named(survey.languages)
    response.headers["Vary"] = "Accept-Encoding" if by_address else "Accept-Encoding, Accept-Language"
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    g.cacheable = True
    g.content_policy = security_headers.content_policy(page.styles, page.scripts, framing.frame_ancestors(survey))
    g.referrer_policy = "strict-origin-when-cross-origin"
    response.make_conditional(request)
    return response


def _publication(slug: str) -> acceptance.Publication:
    """The newest version, or the one the address names; a version that never was is the newest."""
    cache: PageCache = current_app.extensions["page_cache"]
    version = request.args.get("version", "")
    if version:
        named = acceptance.get_publication(toolbox(), slug, f"{slug}@{version}")
        if named is not None and not named.closed:
            return named
    publication = cache.newest(slug, now())
    if publication is None:
        publication = get_publication_or_abort(slug, None)
        cache.put(slug, publication, now())
    return publication


# --- from the POST to the command ------------------------------------------------------------------------------


def form_command(path: str, *, checked: bool = True) -> Callable[[Command], Command]:
    """Registers a command of the form under POST /s/<slug><path>; the command gets the parsed form. `checked`: a form
    with fields the survey does not have, or with the trap filled in, is shown again instead.
    """

    def register(command: Command) -> Command:
        guarded = _checked(command) if checked else command

        def view(slug: str, tag: str = "") -> AnyResponse:
            return guarded(_parse(slug, tag))

        blueprint.add_url_rule(f"/s/<slug>{path}", command.__name__, public(rate_limits.posts(view)), methods=["POST"])
        return guarded

    return register


def _parse(slug: str, tag: str = "") -> FormRequest:
    """The form of this request; the request speaks its language from here on. 400 for a state that is not ours."""
    form = request.form
    state = open_signed(form["state"], keys()) if form.get("state") else None
    if form.get("state") and state is None:
        abort(error_page(400, FORM_EXPIRED))
    state = _newest(slug, state) if state else None
    # A POST comes from a page that was open before, or was fetched in the minutes that caches keep it.
    publication = get_publication_or_abort(slug, state.publication if state else form.get("publication"), started=True)
    survey = publication.survey
    locale.set_locale(survey.language(tag or form.get("lang", "") or locale.negotiate(survey.languages)))
    g.frame_ancestors = framing.frame_ancestors(survey)
    return read_form(publication, state, form)


def _newest(slug: str, state: FormState) -> FormState:
    """Of the state on the page and the stored one, the one that more was sent to: with Back the page is the older one,
    and after a time without the database it is the newer one."""
    try:
        content = form_states.find(toolbox(), slug, state.key, now())
    except DatabaseUnavailable:
        return state
    stored = read_stored(content).state if content is not None else state
    return stored if stored.posts >= state.posts else state


def _checked(command: Command) -> Command:
    @wraps(command)
    def guarded(form: FormRequest) -> AnyResponse:
        words = form.words
        if form.unexpected:
            names = ", ".join(name[:40] for name in form.unexpected[:3])
            text = words("This form includes fields we don’t use (%(names)s).", names=names)
            return refused(form, {"": text + " " + words("Press the button again to send the rest.")})
        if form.trapped:
            return refused(form, {"": words("Please press the button again.")})
        return command(form)

    return guarded


# --- on the way ------------------------------------------------------------------------------------------------


@form_command("/save", checked=False)
def save(form: FormRequest) -> AnyResponse:
    """Autosave. The browser does not wait for the response."""
    autosave(form)
    return make_response("", 204)


@form_command("/teaser", checked=False)
def teaser(form: FormRequest) -> AnyResponse:
    """JSON of the score so far, for the contact step."""
    found = teaser_of(form)
    if found is None:
        return jsonify({})
    shown = found.score if isinstance(found.score, int) else formats_for(form.language).number(found.score, 1)
    return jsonify({"shown": shown, "band": found.band})


@form_command("/resume-link", checked=False)
def resume_link(form: FormRequest) -> AnyResponse:
    """Mails a link that resumes the form; the page again, or JSON, with what became of it."""
    rate_limits.count_answer()
    status, text = mail_resume_link(form)
    if wants_json():
        return make_response(jsonify(sent=status == 200, text=text), status)
    steps = form.steps()
    return step_response(form, steps, form.step_index(steps), StepNotice(text=text), status)


@form_command("/next")
def next_step(form: FormRequest) -> AnyResponse:
    autosave(form)
    steps = form.steps()
    index = form.step_index(steps)
    asked = [field for field in steps[index].fields if field.name in form.visible_names or steps[index].contact]
    wrong = [(field.input_id, " ".join(field.mistakes)) for field in asked if not field.is_right()]
    wrong += [(CONSENT_ID + name, text) for name, text in unticked(form, steps[index]).items()]
    if wrong:
        return step_response(form, steps, index, StepNotice(tuple(wrong)), 422)
    opened = [field for field in steps[index].fields if field not in asked and field.question.asks]
    more = any(part not in form.visible_names for part in steps[index].parts)
    if more or (opened and any(not field.typed for field in opened)):
        words = form.words
        notice = StepNotice(text=words("There’s more to answer on this page."))
        return step_response(form, steps, index, notice)
    if index + 1 < len(steps):
        return step_response(form, steps, index + 1)
    # The very first POST of a survey of one step: it brings no key yet, so a second click could not be told apart.
    return _accept(form) if form.key else step_response(form, steps, index)


@form_command("/back")
def previous_step(form: FormRequest) -> AnyResponse:
    autosave(form)
    steps = form.steps()
    return step_response(form, steps, max(0, form.step_index(steps) - 1))


@form_command("/language/<tag>")
def change_language(form: FormRequest) -> AnyResponse:
    """The same step in another language."""
    steps = form.steps()
    return step_response(form, steps, form.step_index(steps))


@blueprint.get("/s/<slug>/next")
@blueprint.get("/s/<slug>/back")
@blueprint.get("/s/<slug>/resume-link")
@blueprint.get("/s/<slug>/language/<tag>")
@public
def restart(slug: str, **_: str) -> AnyResponse:
    """A page that was the answer to a POST, opened by its address: the form from its first step."""
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return redirect(url_for("respond.whole", slug=slug) + query, 303)


# --- the last step ---------------------------------------------------------------------------------------------


@blueprint.post("/s/<slug>")
@public
@rate_limits.posts
def submit(slug: str) -> AnyResponse:
    """The whole form; without a key it is the first page, sent without JavaScript."""
    step = request.form.get("step", "")
    form = _parse(slug, step.removeprefix(OLD_LANGUAGE) if step.startswith(OLD_LANGUAGE) else "")
    return _posted_command(step)(form)


OLD_LANGUAGE = "lang:"


def _posted_command(step: str) -> Command:
    """The command that a field `step` names: on pages of earlier versions that still stand in a browser, and on the
    full page, whose `later` button must keep the address's query string, which a formaction would drop.
    """
    if step.startswith(OLD_LANGUAGE):
        return change_language
    commands = {"save": save, "teaser": teaser, "later": resume_link, "next": next_step, "back": previous_step}
    return commands.get(step, _submit)


@_checked
def _submit(form: FormRequest) -> AnyResponse:
    return _accept(form) if form.key else next_step(form)


def _accept(form: FormRequest) -> AnyResponse:
    words = form.words
    if bot_check.submitted_too_fast(form):
        return refused(form, {"": words(bot_check.QUICK)})
    suggestion = suggest_correction(form)
    if suggestion is not None:
        return typo_suggested(form, suggestion)
    answered, contact = form.input.answered(form.survey), form.input.contact(form.survey)
    rate_limits.count_answer(contact.get("email", ""))
    typed = {**answered, **contact, **{CONSENT + name: True for name in form.input.ticked}}
    try:
        validated = validate.validate_form(
            toolbox(), form.survey, typed, form.input.hidden, form.language, form.invitation
        )
        done = acceptance.accept(toolbox(), validated, submission_context(form), now())
    except DatabaseUnavailable as busy:
        return unavailable(form, busy.retry_after)
    if isinstance(done, acceptance.AcceptedResponse):
        address = url_for("result.show", token=done.token, embed=framing.embed_argument())
        if not wants_json():
            return redirect(address, 303)
        ending = {"ending": done.ending} if done.ending else {}
        return jsonify(location=address, response=done.response_id, **ending)
    if done.conflict:
        return error_page(409)
    return refused(form, {str(one.where[-1]) if one.where else "": one.message for one in done.problems})
