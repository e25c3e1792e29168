"""One POST on the way, read: what is answered under which frozen survey, from where, and how far along it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request
from werkzeug.datastructures import MultiDict

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.assessing.personal_links import Invitation
from questionnaire.actions.respond import acceptance, resume
from questionnaire.actions.respond.resume import PartialResponse
from questionnaire.core.identity.attribution import read_touch, read_touches
from questionnaire.core.survey.contact import CONSENT
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.survey import Survey
from questionnaire.web.embed import routes
from questionnaire.web.http import locale
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.respond.form_state import FormState
from questionnaire.web.survey_page.steps import FormInput, FormStep, build_steps, input_names

CONTROL_FIELDS = frozenset(
    {"publication", "lang", "state", "key", "page", "shown", "homepage", "step"}
    | {"draft", "visit", "seen", "at", "source", "took", "sure", "later"}
)
LONGEST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class FormRequest:
    """`began` is when the first POST without script came, None on that very one; `known` is not asked again."""

    publication: acceptance.Publication
    language: str
    typed: FormInput
    key: str
    page: str
    shown: frozenset[str]
    invitation: Invitation
    began: datetime | None

    @property
    def survey(self) -> Survey:
        return self.publication.survey

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.invitation.known(self.survey))

    def stops(self) -> tuple[FormStep, ...]:
        shown = self.typed.journey(self.survey).shown
        return build_steps(self.survey, self.language, self.typed, shown, self.known)


def parse(publication: acceptance.Publication, draft: FormState | None, form: MultiDict[str, str]) -> FormRequest:
    """What was typed before, and over it what this page brought; a box that was unticked is gone."""
    survey = publication.survey
    names = input_names(survey)
    invitation = personal_links.opened(toolbox(), survey.id, request.args.get("k", ""), now())
    values = {name: list(typed) for name, typed in (draft.values if draft else _prefilled(survey, form)).items()}
    values = {name: typed for name, typed in values.items() if name in names}
    page = form.get("page", "")
    for name in _names_on(survey, page):
        values.pop(name, None)
    values |= {name: form.getlist(name) for name in form if name in names}
    # A hidden question is never shown: its answer comes with the address, and a signed link has the last word.
    silent = (question.name for question in survey.questions if not question.visible)
    values |= {name: [request.args[name]] for name in silent if request.args.get(name)} | invitation.known(survey)
    # The embedding page may have told the campaign to a frame whose address does not say it.
    last = read_touches(form.get("source", "")).get("last", {})
    named = {field.name: request.args.get(field.name) or last.get(field.name, "") for field in survey.hidden_fields}
    given = {name: text for name, text in named.items() if text}
    return FormRequest(
        publication,
        locale.current(),
        FormInput(values, {**given, **invitation.claims(survey), **invitation.hidden(survey)}),
        draft.key if draft else form.get("key", "")[:100],
        page,
        frozenset(form.get("shown", "").split()),
        invitation,
        draft.began if draft else None,
    )


def _names_on(survey: Survey, page: str) -> frozenset[str]:
    """Names of the boxes on one stop: a browser says nothing of a box that is not ticked."""
    several = {q.name for q in survey.questions if q.multiple or q.kind == "consent"}
    shown = set(request.form.get("shown", "").split())
    consents = survey.contact.consents if survey.contact and page == GATE else ()
    return frozenset((several & shown) | {CONSENT + consent.name for consent in consents})


def _prefilled(survey: Survey, form: MultiDict[str, str]) -> Mapping[str, list[str]]:
    """What the address fills in on later pages, for whoever has no script; a consent is never ticked by an address."""
    if form.get("step") != "next":
        return {}
    asked = Invitation({name: text for name, text in request.args.items() if name not in CONTROL_FIELDS}, trusted=False)
    forged = personal_links.opened(toolbox(), survey.id, request.args.get("k", ""), now())
    here = set(form.get("shown", "").split()) | set(form)
    filled = {**forged.typed(survey), **asked.typed(survey)}
    return {name: values for name, values in filled.items() if name not in here}


def submission_context(visit: FormRequest, form: MultiDict[str, str]) -> acceptance.SubmissionContext:
    """What comes with the answers and is none of them."""
    touches = read_touches(form.get("source", ""))
    if not touches:
        last = read_touch(request.args)
        touches = {"first": last, "last": last} if last else {}
    draft, number = _numbers(visit, form)
    resumed = resume.number_in(toolbox(), visit.survey.id, request.args.get("resume", ""), now())
    return acceptance.SubmissionContext(visit.invitation, touches, draft, resumed, number, routes.is_embedded())


def _numbers(visit: FormRequest, form: MultiDict[str, str]) -> tuple[str, str]:
    """The numbers of the draft and of the visit: the browser's own, else made of the form's key, each for itself."""
    if form.get("draft") or form.get("visit"):
        return form.get("draft", "")[:32], form.get("visit", "")[:32]
    if not visit.key:
        return "", ""
    made = (hashlib.sha256(f"{what}:{visit.key}".encode()).hexdigest()[:32] for what in ("draft", "visit"))
    draft, number = made
    return draft, number


def partial(visit: FormRequest, form: MultiDict[str, str]) -> PartialResponse:
    """How far somebody is, for the draft and the figures."""
    survey, typed = visit.survey, visit.typed
    draft, number = _numbers(visit, form)
    contact = typed.contact(survey)
    answered = {name: _texts(value) for name, value in {**typed.answered(survey), **contact}.items()}
    consents = {CONSENT + name: ("yes",) for name in typed.ticked}
    seen, at = form.get("seen", "")[:LONGEST_SEEN].split(), form.get("at", "")[:LONGEST_SEEN].split()
    return PartialResponse(
        survey=survey,
        language=visit.language,
        draft=draft,
        visit=number,
        typed={**answered, **consents},
        agreed=bool(typed.ticked),
        seen=tuple(seen) or _seen(visit),
        at=tuple(at) or tuple(sorted(visit.shown)),
        known=request.args.get("k", ""),
        embedded=routes.is_embedded(),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _seen(visit: FormRequest) -> tuple[str, ...]:
    """Without script: every question up to the page that was sent."""
    seen: list[str] = []
    for stop in visit.stops():
        seen += [GATE] if stop.contact else [entry.name for entry in stop.fields]
        if stop.name == visit.page:
            break
    return tuple(seen)
