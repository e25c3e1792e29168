"""The diagnostic: GET shows the whole survey, POST takes answers in, and the 303 after it leads to the result.

Nothing is stored before the last step, no cookie is set, and every refusal shows the page again with all that was
typed. With JavaScript one POST brings everything; without it each POST brings one stop and the signed rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, g, jsonify, make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from questionnaire.actions import intake
from questionnaire.core.maturity import measure
from questionnaire.core.survey import Survey
from questionnaire.storage.trouble import StorageBusy
from questionnaire.templating import words_for
from questionnaire.web import embed, languages, limits, security
from questionnaire.web.access import public
from questionnaire.web.drafts import Draft, open_signed, sign
from questionnaire.web.errors import FORM_EXPIRED, trouble_page
from questionnaire.web.here import keys, now, theme, toolbox
from questionnaire.web.pages import HTML
from questionnaire.web.screens import Shelf, Teaser, public_style, stop_page
from questionnaire.web.stops import CONSENT, Stop, Typed, known_names, stops_of

MACHINERY = frozenset(
    {"publication", "lang", "state", "key", "page", "shown", "homepage", "step"}
    | {"draft", "visit", "seen", "at", "source", "took", "sure", "later"}
)
FRESH_SECONDS = 300

blueprint = Blueprint("fill", __name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One POST on the way: what is answered under which frozen survey, and which stop it came from."""

    publication: intake.Publication
    language: str
    typed: Typed
    key: str
    page: str
    shown: frozenset[str]

    @property
    def survey(self) -> Survey:
        return self.publication.survey

    def stops(self) -> tuple[Stop, ...]:
        return stops_of(self.survey, self.language, self.typed, self.typed.journey(self.survey).shown)


@blueprint.get("/s/<slug>")
@public
def whole(slug: str) -> Response:
    shelf: Shelf = current_app.extensions["shelf"]
    publication = shelf.newest(slug, now())
    if publication is None:
        publication = _published(slug, None)
        shelf.put(slug, publication, now())
    language = languages.speak(languages.choose(publication.survey.languages))
    kept = shelf.page(
        str(publication.id), publication.survey, language, theme(), embed.around(publication.survey, language)
    )
    zipped = request.accept_encodings.quality("gzip") > 0
    response = make_response(kept.zipped if zipped else kept.body)
    response.content_type = HTML
    response.set_etag(kept.etag + ("-z" if zipped else ""))
    response.headers["Content-Language"] = language
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding" if request.args.get("lang") else "Accept-Encoding, Accept-Language"
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    g.cacheable = True
    g.content_policy = security.content_policy(kept.styles, kept.scripts, embed.frames(publication.survey))
    g.referrer_policy = "strict-origin-when-cross-origin"
    response.make_conditional(request)
    return response


@blueprint.post("/s/<slug>")
@public
@limits.answers
def answer(slug: str) -> Response:
    form = request.form
    draft = open_signed(form["state"], keys()) if form.get("state") else None
    if form.get("state") and draft is None:
        return trouble_page(400, FORM_EXPIRED)
    publication = _published(slug, draft.publication if draft else form.get("publication"))
    survey = publication.survey
    languages.speak(survey.language(form.get("lang") or languages.choose(survey.languages)))
    g.frame_ancestors = embed.frames(survey)
    visit = _visit(publication, draft, form)
    step = form.get("step", "")
    if step == "teaser":
        shown = _teaser(visit)
        return jsonify({"shown": shown.shown, "band": shown.band} if shown else {})
    if step == "save":
        return make_response("", 204)
    unknown = sorted(set(form) - known_names(survey) - MACHINERY)
    if unknown or form.get("homepage"):
        return _again(visit, _not_ours(visit, unknown))
    if visit.key and step != "next" and step != "back":
        return _finish(visit)
    return _back(visit) if step == "back" else _next(visit)


def _published(slug: str, version: str | None) -> intake.Publication:
    publication = intake.prepare(toolbox(), slug, version)
    if publication is None:
        abort(404)
    if publication.closed:
        languages.speak(languages.choose(publication.survey.languages))
        abort(410)
    return publication


def _visit(publication: intake.Publication, draft: Draft | None, form: MultiDict[str, str]) -> Visit:
    """What was typed before, and over it what this page brought; a box that was unticked is gone."""
    survey = publication.survey
    names = known_names(survey)
    values = {name: list(typed) for name, typed in (draft.values if draft else {}).items() if name in names}
    page = form.get("page", "")
    for name in _names_on(survey, page):
        values.pop(name, None)
    values |= {name: form.getlist(name) for name in form if name in names}
    hidden = {field.name: request.args[field.name] for field in survey.hidden_fields if request.args.get(field.name)}
    return Visit(
        publication,
        languages.current(),
        Typed(values, hidden),
        draft.key if draft else form.get("key", "")[:100],
        page,
        frozenset(form.get("shown", "").split()),
    )


def _names_on(survey: Survey, page: str) -> frozenset[str]:
    """Names of the boxes on one stop: a browser says nothing of a box that is not ticked."""
    several = {q.name for q in survey.questions if q.control in ("multiple_choice", "ranking", "consent")}
    shown = set(request.form.get("shown", "").split())
    consents = survey.contact.consents if survey.contact and page == "contact" else ()
    return frozenset((several & shown) | {CONSENT + consent.name for consent in consents})


# --- the steps -------------------------------------------------------------------------------------------------


def _next(visit: Visit) -> Response:
    stops = visit.stops()
    index = _index(stops, visit.page)
    asked = [field for field in stops[index].fields if field.name in visit.shown or stops[index].contact]
    wrongs = [field for field in asked if not field.is_right()]
    if wrongs:
        return _render(visit, stops, index, [(field.input_id, " ".join(field.mistakes)) for field in wrongs], 422)
    opened = [field for field in stops[index].fields if field not in asked and field.control != "statement"]
    if opened and any(not field.typed for field in opened):
        words = words_for(visit.language)
        notice = words("Your answers open one more question on this page.")
        return _render(visit, stops, index, notice=notice)
    if index + 1 < len(stops):
        return _render(visit, stops, index + 1)
    # The very first POST of a survey of one stop: it brings no key yet, so a second click could not be told apart.
    return _render(visit, stops, index) if not visit.key else _finish(visit)


def _back(visit: Visit) -> Response:
    stops = visit.stops()
    return _render(visit, stops, max(0, _index(stops, visit.page) - 1))


def _index(stops: tuple[Stop, ...], page: str) -> int:
    return next((index for index, stop in enumerate(stops) if stop.name == page), 0)


def _finish(visit: Visit) -> Response:
    typed: Mapping[str, object] = {
        **visit.typed.answered(visit.survey),
        **visit.typed.contact(visit.survey),
        **{CONSENT + name: True for name in visit.typed.ticked},
    }
    try:
        done = intake.accept(toolbox(), visit.publication, typed, visit.typed.hidden, visit.key, visit.language, now())
    except StorageBusy as busy:
        return _not_now(visit, busy.retry_after)
    if isinstance(done, intake.Accepted):
        address = url_for("result.show", token=done.token, embed=embed.kept())
        return jsonify(location=address) if _wants_json() else redirect(address, 303)  # type: ignore[return-value]
    if done.conflict:
        return trouble_page(409)
    return _again(
        visit, {str(problem.where[-1]) if problem.where else "": problem.message for problem in done.problems}
    )


def _not_now(visit: Visit, seconds: int) -> Response:
    """The store is away for a moment: the page comes back with everything on it, and the same key."""
    if _wants_json():
        response = trouble_page(503)
    else:
        stops = visit.stops()
        said = words_for(visit.language)(
            "We cannot take this in right now. All you typed is still here: press the button again in a moment."
        )
        response = _render(visit, stops, len(stops) - 1, status=503, notice=said)
    response.headers["Retry-After"] = str(seconds)
    return response


# --- answers that are pages again ------------------------------------------------------------------------------


def _not_ours(visit: Visit, unknown: list[str]) -> Mapping[str, str]:
    words = words_for(visit.language)
    if unknown:
        names = ", ".join(name[:40] for name in unknown[:3])
        said = words("This form holds something this survey does not ask (%(names)s).", names=names)
        return {"": said + " " + words("Press the button again to send the rest.")}
    return {"": words("Please press the button once more.")}


def _again(visit: Visit, wrongs: Mapping[str, str]) -> Response:
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
    said = [(places[name].input_id if name in places else "", text) for name, text in wrongs.items()]
    return _render(visit, stops, index, said, 422)


def _render(
    visit: Visit,
    stops: tuple[Stop, ...],
    index: int,
    wrongs: list[tuple[str, str]] | None = None,
    status: int = 200,
    notice: str = "",
) -> Response:
    key = visit.key or toolbox().new_token()
    publication = str(visit.publication.id)
    state = sign(Draft(publication, key, visit.typed.values), keys())
    teaser = _teaser(visit) if stops[index].contact and index > 0 else None
    said = stop_page(
        publication,
        visit.survey,
        visit.language,
        theme(),
        stops,
        index,
        state=state,
        ticked=visit.typed.ticked,
        wrongs=wrongs or (),
        notice=notice,
        teaser=teaser,
        framed=embed.asked(),
    )
    style = security.block_hash(public_style(theme(), framed=embed.asked()))
    g.content_policy = security.content_policy((style,), ("'none'",), embed.frames(visit.survey))
    response = make_response(said, status)
    response.content_type = HTML
    return response


def _teaser(visit: Visit) -> Teaser | None:
    """The overall score so far, for the gate; nothing is stored."""
    if visit.survey.display.teaser != "overall":
        return None
    score = measure(visit.survey, visit.typed.journey(visit.survey))
    if score.shown is None:
        return None
    name = score.band.name.say(visit.language) if score.band and score.band.name else ""
    return Teaser(score.shown, name)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
