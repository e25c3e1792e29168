"""The POST of a survey's form, parsed once: the answers, their version, and the fields of the form itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from werkzeug.datastructures import MultiDict

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.assessing.personal_links import Invitation
from questionnaire.actions.errors import DatabaseUnavailable
from questionnaire.actions.respond import resume, test_mode
from questionnaire.actions.respond.acceptance import Publication, SubmissionContext
from questionnaire.actions.respond.resume import PartialResponse, ResumedResponse
from questionnaire.core.base.translation import Translator
from questionnaire.core.identity.attribution import Touchpoint, continue_touches, read_touch, read_touches
from questionnaire.core.survey.contact import CONSENT
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.gate import SurveyPath
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import locale
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.responses import wants_json
from questionnaire.web.respond.form_state import FormState
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.form_input import FormInput, input_names
from questionnaire.web.survey_page.steps import FormStep, build_steps
from questionnaire.web.survey_page.wording import wording_of

CONTROL_FIELDS = frozenset(
    {"publication", "lang", "state", "key", "page", "shown", "homepage", "step"}
    | {"draft", "visit", "seen", "at", "source", "took", "sure", "later"}
)
"""Names a form may send that are no answers."""
MOST_SEEN_CHARS = 20_000
MOST_MILLISECONDS = 10**11


@dataclass(frozen=True, slots=True)
class FormRequest:
    """`page` is the step that was sent, `shown` the questions visible on it. `started_at`: time of the first POST
    without JavaScript, None on that very one. `draft` and `visit` are 32 hexadecimal digits, or "". `seen` and `at`:
    questions seen so far and on the screen now. `touches`: first and last touch. `elapsed`: the browser's time since
    the page was loaded. `confirmed_email`: an address kept although it looks mistyped. `trapped`: a field that people
    do not see is filled in. `unexpected`: input names the survey does not have.

    `stepwise`: it came from a page without JavaScript. `posts`: how often such a form was sent. `resumed_at`: the
    questions on the screen where a resumed visitor stopped.
    """

    publication: Publication
    language: str
    input: FormInput
    invitation: Invitation
    key: str
    page: str
    visible_names: frozenset[str]
    started_at: datetime | None
    draft: str
    visit: str
    seen: tuple[str, ...]
    at: tuple[str, ...]
    touches: Mapping[str, Touchpoint]
    elapsed: timedelta | None
    confirmed_email: str
    resume_address: str
    trapped: bool
    unexpected: tuple[str, ...]
    stepwise: bool = False
    posts: int = 0
    resumed_at: str = ""
    test: bool = False

    @property
    def survey(self) -> Survey:
        return self.publication.survey

    @property
    def words(self) -> Translator:
        """The product's sentences as this survey says them."""
        return words_for(self.language, self.survey.phrases(self.language))

    @property
    def known(self) -> frozenset[str]:
        """Input names a signed link answers: they are not asked."""
        return frozenset(self.invitation.known(self.survey))

    @property
    def path(self) -> SurveyPath:
        """The path so far."""
        return self.input.path(self.survey, self.language, self.known)

    def steps(self) -> tuple[FormStep, ...]:
        return build_steps(self.survey, self.language, self.input, self.path, self.known)

    @property
    def fills(self) -> Mapping[str, str]:
        """The values of the placeholders in the survey's texts."""
        return wording_of(self.survey, self.language, self.input).values

    def step_index(self, steps: tuple[FormStep, ...]) -> int:
        """Which of `steps` was sent; the first one when it is no longer among them."""
        return next((index for index, step in enumerate(steps) if step.name == self.page), 0)


def read_form(publication: Publication, state: FormState | None, form: MultiDict[str, str]) -> FormRequest:
    """Parses the request. `state`: what earlier pages brought, for a form without JavaScript after its first page."""
    survey = publication.survey
    invitation = personal_links.opened(toolbox(), survey.id, request.args.get("k", ""), now())
    key = state.key if state else form.get("key", "")[:100]
    shown = frozenset(form.get("shown", "").split())
    draft, visit = _numbers(form, key)
    earlier = _earlier(survey, draft)
    touches = continue_touches(earlier.touches, read_touches(form.get("source", "")) or _address_touches())
    elapsed = parse_int(form.get("took", ""), 0, MOST_MILLISECONDS, -1)
    return FormRequest(
        publication=publication,
        language=locale.current(),
        input=FormInput(
            _values(survey, state, form, invitation, earlier),
            _hidden(survey, invitation, touches.get("last"), earlier.claims),
        ),
        invitation=invitation,
        key=key,
        page=form.get("page", ""),
        visible_names=shown,
        started_at=state.started_at if state else None,
        draft=draft,
        visit=visit,
        seen=tuple(form.get("seen", "")[:MOST_SEEN_CHARS].split()),
        at=tuple(form.get("at", "")[:MOST_SEEN_CHARS].split()),
        touches=touches,
        elapsed=timedelta(milliseconds=elapsed) if elapsed >= 0 else None,
        confirmed_email=form.get("sure", "").strip(),
        resume_address=form.get("later", "")[:300],
        trapped=bool(form.get("homepage")),
        unexpected=tuple(sorted(set(form) - input_names(survey) - CONTROL_FIELDS)),
        stepwise=state is not None or not (key or wants_json()),
        posts=state.posts if state else 0,
        resumed_at=earlier.at,
        test=test_mode.is_test(toolbox(), survey.id, request.args.get("test", ""), now()),
    )


def submission_context(form: FormRequest) -> SubmissionContext:
    token = request.args.get("resume", "")
    return SubmissionContext(
        publication=form.publication,
        key=form.key,
        invitation=form.invitation,
        touches=form.touches,
        draft=form.draft,
        resumed=resume.number_in(toolbox(), form.survey.id, token, now()),
        visit=form.visit,
        embedded=framing.is_embedded(),
        stepwise=form.stepwise,
        test=form.test,
    )


def partial_response(form: FormRequest) -> PartialResponse:
    """How far somebody is, for the saved draft and the drop-off figures."""
    survey, ticked = form.survey, form.input.ticked
    answered = {**form.input.answered(survey), **form.input.contact(survey)}
    consents = {CONSENT + name: ("yes",) for name in ticked}
    return PartialResponse(
        survey=survey,
        language=form.language,
        draft=form.draft,
        visit=form.visit,
        typed={**{name: _texts(value) for name, value in answered.items()}, **consents},
        agreed=bool(ticked),
        seen=form.seen or _seen(form),
        at=form.at or tuple(sorted(form.visible_names)),
        known=request.args.get("k", ""),
        touches=form.touches,
        claims={name: text for name, text in form.input.hidden.items() if name not in form.invitation.hidden(survey)},
        embedded=framing.is_embedded(),
    )


# --- the parts of a form ---------------------------------------------------------------------------------------


def _earlier(survey: Survey, draft: str) -> ResumedResponse:
    """The partial response that this form goes on with: its own, else that of the mailed link it was opened by. Where
    somebody came from and what their link said belongs to it, on whichever device it is continued."""
    try:
        own = resume.find(toolbox(), survey.id, draft, now()) if draft else None
        token = request.args.get("resume", "")
        return own or (resume.resume(toolbox(), survey.id, token, now()) if token else None) or resume.NOTHING
    except DatabaseUnavailable:
        return resume.NOTHING


def _values(
    survey: Survey,
    state: FormState | None,
    form: MultiDict[str, str],
    invitation: Invitation,
    earlier: ResumedResponse,
) -> dict[str, list[str]]:
    """What was typed on earlier pages, and over it what this page brought; a box that was unticked is gone."""
    names, shown = input_names(survey), frozenset(form.get("shown", "").split())
    before = state.values if state else _prefilled(survey, form, shown, invitation, earlier)
    values = {name: list(typed) for name, typed in before.items() if name in names}
    for name in _box_names(survey, form.get("page", ""), shown):
        values.pop(name, None)
    values |= {name: form.getlist(name) for name in form if name in names}
    # A hidden question is never shown: its answer comes with the address, and a signed link has the last word.
    silent = [question.name for question in survey.questions if not question.visible]
    values |= {name: list(earlier.typed[name]) for name in silent if earlier.typed.get(name)}
    return values | {name: [request.args[name]] for name in silent if request.args.get(name)} | invitation.known(survey)


def _hidden(
    survey: Survey, invitation: Invitation, last: Touchpoint | None, earlier: Mapping[str, str]
) -> dict[str, str]:
    """Hidden fields of the survey: from the address, else from the last touch, which the embedding page may have told a
    frame whose address does not say it, else from the partial response; a signed link has the last word.
    """
    touch = last or {}
    named = {
        field.name: request.args.get(field.name) or touch.get(field.name) or earlier.get(field.name, "")
        for field in survey.hidden_fields
    }
    given = {name: text for name, text in named.items() if text}
    return {**given, **invitation.claims(survey), **invitation.hidden(survey)}


def _box_names(survey: Survey, page: str, shown: frozenset[str]) -> frozenset[str]:
    """Names of the boxes on one step: a browser says nothing of a box that is not ticked."""
    boxes = {q.name for q in survey.questions if q.multiple or q.kind == "consent"}
    consents = survey.contact.distinct_consents if survey.contact and page == GATE else ()
    return frozenset((boxes & shown) | {CONSENT + consent.name for consent in consents})


def _prefilled(
    survey: Survey,
    form: MultiDict[str, str],
    shown: frozenset[str],
    invitation: Invitation,
    earlier: ResumedResponse,
) -> Mapping[str, Sequence[str]]:
    """What the address and the resumed answers fill in before the first POST without JavaScript: a script does so by
    itself, and sends a draft number or asks for JSON. A consent is never ticked by an address.
    """
    if form.get("key") or form.get("draft") or wants_json():
        return {}
    args = {name: text for name, text in request.args.items() if name not in CONTROL_FIELDS}
    named, language = Invitation(args, trusted=False), locale.current()
    filled = {**invitation.typed(survey, language), **named.typed(survey, language), **earlier.typed}
    return {name: values for name, values in filled.items() if name not in shown and name not in form}


def _address_touches() -> Mapping[str, Touchpoint]:
    """Without JavaScript the address is all that is known of where somebody comes from."""
    touch = read_touch(request.args)
    return {"first": touch, "last": touch} if touch else {}


def _numbers(form: MultiDict[str, str], key: str) -> tuple[str, str]:
    """The numbers of the draft and of the visit: the browser's own, else made of the form's key, each for itself."""
    if form.get("draft") or form.get("visit"):
        return form.get("draft", "")[:32], form.get("visit", "")[:32]
    if not key:
        return "", ""
    draft, visit = (hashlib.sha256(f"{what}:{key}".encode()).hexdigest()[:32] for what in ("draft", "visit"))
    return draft, visit


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _seen(form: FormRequest) -> tuple[str, ...]:
    """Without JavaScript: every question up to the page that was sent."""
    seen: list[str] = []
    for step in form.steps():
        seen += [GATE] if step.contact else [entry.name for entry in step.fields]
        if step.name == form.page:
            break
    return tuple(seen)
