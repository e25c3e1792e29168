"""The diagnostic: GET shows the whole survey, POST takes answers in, and the 303 after it leads to the result.

No cookie is set, and every refusal shows the page again with all that was typed. With JavaScript one POST brings
everything, and each screen is saved on the way (saving.py); without it each POST brings one stop and the signed rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, g, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.respond import acceptance
from questionnaire.core.survey.contact import CONSENT
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.templating import words_for
from questionnaire.web.embed import routes
from questionnaire.web.http import locale, rate_limits, security_headers
from questionnaire.web.http.access import public
from questionnaire.web.http.context import keys, now, theme, toolbox
from questionnaire.web.http.errors import FORM_EXPIRED, trouble_page
from questionnaire.web.http.rendering import HTML
from questionnaire.web.respond import autosave, bot_check, prefilled
from questionnaire.web.respond.email_typo import TypoSuggestion, suggest
from questionnaire.web.respond.form_request import CONTROL_FIELDS, FormRequest, parse, submission_context
from questionnaire.web.respond.form_state import open_signed
from questionnaire.web.respond.lookup import get_publication_or_abort
from questionnaire.web.respond.page_cache import PageCache
from questionnaire.web.respond.step_response import StepNotice, render, teaser_of
from questionnaire.web.survey_page.steps import FormStep, input_names

FRESH_SECONDS = 300
LANGUAGE = "lang:"

blueprint = Blueprint("fill", __name__)


@blueprint.get("/s/<slug>")
@public
def whole(slug: str) -> AnyResponse:
    if prefilled.asked_for():
        return prefilled.whole(slug)
    publication = _wanted(slug)
    shelf: PageCache = current_app.extensions["shelf"]
    language = locale.set_locale(locale.negotiate(publication.survey.languages))
    kept = shelf.page(
        str(publication.id), publication.survey, language, theme(), routes.around(publication.survey, language)
    )
    zipped = request.accept_encodings.quality("gzip") > 0
    response = make_response(kept.zipped if zipped else kept.body)
    response.content_type = HTML
    response.set_etag(kept.etag + ("-z" if zipped else ""))
    response.headers["Content-Language"] = language
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    by_address = locale.named(publication.survey.languages)
    response.headers["Vary"] = "Accept-Encoding" if by_address else "Accept-Encoding, Accept-Language"
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    g.cacheable = True
    g.content_policy = security_headers.content_policy(kept.styles, kept.scripts, routes.frames(publication.survey))
    g.referrer_policy = "strict-origin-when-cross-origin"
    response.make_conditional(request)
    return response


def _wanted(slug: str) -> acceptance.Publication:
    """The newest version, or the one somebody began with and names; a version that never was is the newest."""
    shelf: PageCache = current_app.extensions["shelf"]
    version = request.args.get("version", "")
    if version:
        named = acceptance.get_publication(toolbox(), slug, f"{slug}@{version}")
        if named is not None and not named.closed:
            return named
    publication = shelf.newest(slug, now())
    if publication is None:
        publication = get_publication_or_abort(slug, None)
        shelf.put(slug, publication, now())
    return publication


@blueprint.post("/s/<slug>")
@public
@rate_limits.posts
def answer(slug: str) -> AnyResponse:
    form = request.form
    draft = open_signed(form["state"], keys()) if form.get("state") else None
    if form.get("state") and draft is None:
        return trouble_page(400, FORM_EXPIRED)
    publication = get_publication_or_abort(slug, draft.publication if draft else form.get("publication"))
    survey = publication.survey
    step = form.get("step", "")
    spoken = step.removeprefix(LANGUAGE) if step.startswith(LANGUAGE) else form.get("lang", "")
    locale.set_locale(survey.language(spoken or locale.negotiate(survey.languages)))
    g.frame_ancestors = routes.frames(survey)
    visit = parse(publication, draft, form)
    if step == "teaser":
        shown = teaser_of(visit)
        return jsonify({"shown": shown.shown, "band": shown.band} if shown else {})
    if step == "save":
        return autosave.save(visit)
    if step == "later":
        rate_limits.count_answer()
        return autosave.mailed(visit) if _wants_json() else _later(visit)
    unknown = sorted(set(form) - input_names(survey) - CONTROL_FIELDS)
    if unknown or form.get("homepage"):
        return _again(visit, _not_ours(visit, unknown))
    if step.startswith(LANGUAGE):
        return _stay(visit)
    if visit.key and step not in ("next", "back"):
        return _finish(visit)
    autosave.note(visit)
    return _back(visit) if step == "back" else _next(visit)


# --- the steps -------------------------------------------------------------------------------------------------


def _next(visit: FormRequest) -> AnyResponse:
    stops = visit.stops()
    index = _index(stops, visit.page)
    asked = [field for field in stops[index].fields if field.name in visit.shown or stops[index].contact]
    wrongs = [field for field in asked if not field.is_right()]
    if wrongs:
        said = tuple((field.input_id, " ".join(field.mistakes)) for field in wrongs)
        return render(visit, stops, index, StepNotice(wrongs=said, status=422))
    opened = [field for field in stops[index].fields if field not in asked and field.question.asks]
    if opened and any(not field.typed for field in opened):
        words = words_for(visit.language)
        return render(
            visit, stops, index, StepNotice(notice=words("Your answers open one more question on this page."))
        )
    if index + 1 < len(stops):
        return render(visit, stops, index + 1)
    # The very first POST of a survey of one stop: it brings no key yet, so a second click could not be told apart.
    return render(visit, stops, index) if not visit.key else _finish(visit)


def _back(visit: FormRequest) -> Response:
    stops = visit.stops()
    return render(visit, stops, max(0, _index(stops, visit.page) - 1))


def _stay(visit: FormRequest) -> Response:
    """The same page in another language."""
    stops = visit.stops()
    return render(visit, stops, _index(stops, visit.page))


def _later(visit: FormRequest) -> Response:
    """Without script: the page again, with what became of the link."""
    status, text = autosave.mail_link(visit)
    stops = visit.stops()
    return render(visit, stops, _index(stops, visit.page), StepNotice(notice=text, status=status))


def _index(stops: tuple[FormStep, ...], page: str) -> int:
    return next((index for index, stop in enumerate(stops) if stop.name == page), 0)


def _finish(visit: FormRequest) -> AnyResponse:
    words = words_for(visit.language)
    if bot_check.submitted_too_fast(visit):
        return _again(visit, {"": words(bot_check.QUICK)})
    slip = suggest(visit)
    if slip is not None:
        return _slipped(visit, slip)
    rate_limits.count_answer(visit.typed.contact(visit.survey).get("email", ""))
    typed: Mapping[str, object] = {
        **visit.typed.answered(visit.survey),
        **visit.typed.contact(visit.survey),
        **{CONSENT + name: True for name in visit.typed.ticked},
    }
    more = submission_context(visit, request.form)
    try:
        done = acceptance.accept(
            toolbox(), visit.publication, typed, visit.typed.hidden, visit.key, visit.language, now(), more
        )
    except DatabaseUnavailable as busy:
        return _not_now(visit, busy.retry_after)
    if isinstance(done, acceptance.AcceptedResponse):
        address = url_for("result.show", token=done.token, embed=routes.frame_policy())
        return jsonify(location=address, response=done.response_id) if _wants_json() else redirect(address, 303)
    if done.conflict:
        return trouble_page(409)
    return _again(
        visit, {str(problem.where[-1]) if problem.where else "": problem.message for problem in done.problems}
    )


def _not_now(visit: FormRequest, seconds: int) -> Response:
    """The store is away for a moment: the page comes back with everything on it, and the same key."""
    if _wants_json():
        response = trouble_page(503)
    else:
        stops = visit.stops()
        said = words_for(visit.language)(
            "We cannot take this in right now. All you typed is still here: press the button again in a moment."
        )
        response = render(visit, stops, len(stops) - 1, StepNotice(notice=said, status=503))
    response.headers["Retry-After"] = str(seconds)
    return response


# --- answers that are pages again ------------------------------------------------------------------------------


def _not_ours(visit: FormRequest, unknown: list[str]) -> Mapping[str, str]:
    words = words_for(visit.language)
    if unknown:
        names = ", ".join(name[:40] for name in unknown[:3])
        said = words("This form holds something this survey does not ask (%(names)s).", names=names)
        return {"": said + " " + words("Press the button again to send the rest.")}
    return {"": words("Please press the button once more.")}


def _slipped(visit: FormRequest, slip: TypoSuggestion) -> Response:
    if _wants_json():
        response = jsonify(hint={"name": slip.name, "text": slip.text, "use": slip.use, "meant": slip.meant})
        response.status_code = 422
        return response
    return _again(visit, {slip.name: slip.text}, sure=slip.typed)


def _again(visit: FormRequest, wrongs: Mapping[str, str], sure: str = "") -> Response:
    """The page with what is wrong, at the first stop where something is."""
    if _wants_json():
        answer = jsonify(problems=[{"name": name.split(".")[0], "text": text} for name, text in wrongs.items()])
        answer.status_code = 422
        return answer
    stops = visit.stops()
    at = next((i for i, stop in enumerate(stops) for field in stop.fields if field.name in wrongs), None)
    index = _index(stops, visit.page) if at is None else at
    places = {field.name: field for field in stops[index].fields}
    for name, text in wrongs.items():
        if name in places:
            places[name].mistakes = (text,)
    said = tuple((places[name].input_id if name in places else "", text) for name, text in wrongs.items())
    return render(visit, stops, index, StepNotice(wrongs=said, status=422, sure=sure))


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
