"""Fills an empty demo: sample people answer surveys, and reps follow up their leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.people import staff
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.respond import acceptance, confirmation, judgement, validate
from questionnaire.actions.respond.acceptance import AcceptedResponse, Publication, SubmissionContext
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.policy import Policy
from questionnaire.demo.arrivals import LAST_DAY, SPAN, arrivals
from questionnaire.demo.job_titles import title_for
from questionnaire.demo.leads import PERSONAS, DemoPerson, Persona, sample_people, seeded_random, with_a_second_address
from questionnaire.demo.names import FRENCH_REPS, HEADS, STAFF, STAFF_DOMAIN
from questionnaire.demo.persona_answers import FormValues, SampleRespondent, campaign_fields
from questionnaire.demo.playback import EventPlayback, StaggeredQueue, stable_id, toolbox_at
from questionnaire.storage.leads import lead_page as stored
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.people import settings_store
from questionnaire.storage.people import staff as people
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import StaffRow

NOTE = "demo"
LATELY = 0.18
"""The share of people who answer on the last day."""
REPEATS = 0.08
"""The share of people who answer a second time."""
IN_SEVERAL_LANGUAGES: Mapping[str, float] = {"en": 0.16, "de": 0.3, "fr": 0.85}
"""The share of people, by language, who get the survey in several languages; Germans often answer in English."""
OPENED = 0.67
"""The share of people who open the link in their email and confirm the address."""
RENDERED = 20
"""Number of the newest responses whose report is rendered and whose emails are composed."""
JOBS_EACH = timedelta(seconds=12)
CHANGES = {"warm": "ready", "later": "ready", "reader": "warm", "small": "warm", "ready": "warm", "unsure": "warm"}
"""Persona of the first response -> persona of the second."""


@dataclass(frozen=True, slots=True)
class DemoSurvey:
    """An open survey and the policy that assesses it."""

    publication: Publication
    policy: Policy


@dataclass(frozen=True, slots=True)
class DemoVisit:
    """One response of a sample person. `key` is its submission key; `place` counts from the newest visit, which is 1.

    `confirmed_at`: when the link in the email is opened; None if it is not.
    """

    at: datetime
    key: str
    person: DemoPerson
    persona: Persona
    survey: DemoSurvey
    confirmed_at: datetime | None = None
    place: int = 0

    @property
    def renders_documents(self) -> bool:
        return self.place <= RENDERED

    def form_values(self) -> FormValues:
        survey, policy = self.survey.publication.survey, self.survey.policy
        return SampleRespondent(
            survey, policy, self.person, self.persona, self.at.date(), seeded_random("answers", self.key)
        ).form_values()


def seed(toolbox: Toolbox, now: datetime, leads: int = 200) -> int:
    """Fills an empty demo with leads of the last 60 days. Returns the number of leads, 0 if nothing was done.

    Does nothing if there are leads already, but resumes an interrupted run. Raises ValueError outside a demo.
    """
    if not toolbox.settings.demo:
        raise ValueError("sample people belong into a demo alone")
    surveys = _surveys(toolbox)
    run = _begin(toolbox, now, leads) if surveys else None
    if run is None:
        return 0
    reps = _add_staff(toolbox, run.now, surveys)
    playback = EventPlayback(toolbox, run.now, stable_id("staff", "omar"), reps, run.resumed)
    visits = _visits(run, surveys)
    responses: dict[str, str] = {}
    moments = [(visit.at, visit, _answer) for visit in visits]
    moments += [(visit.confirmed_at, visit, _confirm) for visit in visits if visit.confirmed_at]
    for at, visit, perform in sorted(moments, key=lambda moment: moment[0]):
        playback.play(at)
        perform(toolbox, playback, visit, responses, at)
    playback.play(run.now)
    with toolbox.database.writing() as session:
        settings_store.keep(session, NOTE, {"done": True}, now)
        return stored.counts(session, Viewer("admin")).total


def _surveys(toolbox: Toolbox) -> tuple[DemoSurvey, ...]:
    """The newest version of every open survey with an email field; surveys in one language first."""
    with toolbox.database.reading() as session:
        names = [row.id for row in publications.newest_of_all(session, "survey")]
    surveys: list[DemoSurvey] = []
    for name in names:
        publication = acceptance.get_publication(toolbox, name)
        has_email = publication is not None and any(
            field.name == "email" for field in publication.survey.contact_fields
        )
        if publication is None or not has_email or publication.closed:
            continue
        with toolbox.database.reading() as session:
            row = publications.find(session, "policy", publication.survey.policy)
            if row is not None:
                surveys.append(DemoSurvey(publication, policy_of(toolbox, session, row.id, row.version)))
    return tuple(sorted(surveys, key=lambda survey: len(survey.publication.survey.languages)))


@dataclass(frozen=True, slots=True)
class SeedRun:
    """A seeding run: its start, the number of leads, and whether it resumes an interrupted run."""

    now: datetime
    leads: int
    resumed: bool = False

    @property
    def lately(self) -> int:
        return max(1, round(self.leads * LATELY))


def _begin(toolbox: Toolbox, now: datetime, leads: int) -> SeedRun | None:
    with toolbox.database.writing() as session:
        note = settings_store.find(session, NOTE)
        if note is not None:
            return None if note.get("done") else SeedRun(datetime.fromisoformat(note["now"]), int(note["leads"]), True)
        if leads < 1 or stored.counts(session, Viewer("admin")).total:
            return None
        settings_store.keep(session, NOTE, {"now": now.isoformat(), "leads": leads}, now)
    return SeedRun(now, leads)


def _add_staff(toolbox: Toolbox, now: datetime, surveys: Sequence[DemoSurvey]) -> dict[str, str]:
    """Adds the policies' reps and the other staff users. Returns rep id -> staff id."""
    since = now - SPAN - timedelta(days=1)
    with toolbox.database.writing() as session:
        for survey in surveys:
            staff.seed(toolbox_at(toolbox, since, f"reps {survey.policy.id}"), session, survey.policy, since)
        for name, full, role, language in STAFF:
            row = StaffRow(id=stable_id("staff", name), email=f"{name}@{STAFF_DOMAIN}", name=full, role=role,
                        signs=HEADS.get(name, ""), language=language, timezone=surveys[0].policy.timezone,
                        created_at=since)  # fmt: skip
            people.add(session, row)
        reps = {person.rep: person for person in people.all_staff(session) if person.rep}
        for rep in FRENCH_REPS:
            if rep in reps:
                reps[rep].language = "fr"
        for rep, side in HEADS.items():
            if rep in reps:
                reps[rep].signs = side
        return {rep: person.id for rep, person in reps.items()}


def _visits(run: SeedRun, surveys: Sequence[DemoSurvey]) -> tuple[DemoVisit, ...]:
    """All visits, second ones included, oldest first."""
    competitors = tuple(domain for survey in surveys for domain in survey.policy.lists.competitors)
    sample = with_a_second_address(sample_people(run.leads, run.lately, competitors))
    early, zone = run.leads - run.lately, surveys[0].policy.zone
    moments = arrivals(early, run.lately, run.now, zone, seeded_random("arrivals"))
    visits = [_first_visit(person, at, _survey_for(person, surveys), run.now)
              for person, at in zip(sample, moments, strict=True)]  # fmt: skip
    visits += _repeats(visits[:early], round(run.leads * REPEATS), run.now)
    visits.sort(key=lambda visit: visit.at)
    return tuple(replace(visit, place=len(visits) - index) for index, visit in enumerate(visits))


def _first_visit(person: DemoPerson, at: datetime, survey: DemoSurvey, now: datetime) -> DemoVisit:
    fitting = replace(person, title=title_for(person, survey.publication.survey.id))
    return DemoVisit(at, f"demo-{person.number}", fitting, person.persona, survey, _opened(person, at, now))


def _opened(person: DemoPerson, at: datetime, now: datetime) -> datetime | None:
    """When the address is confirmed by the link in the email: two in three people do, most of them soon; else None."""
    rng = seeded_random("opened", person.number)
    moment = at + timedelta(minutes=rng.expovariate(1 / 20) + 1)
    return moment if rng.random() < OPENED and moment < now else None


def _repeats(early: Sequence[DemoVisit], count: int, now: datetime) -> list[DemoVisit]:
    """Second visits of some people, with a persona whose plans have changed; most of them confirm the address."""
    rng, repeats = seeded_random("again"), list[DemoVisit]()
    willing = [visit for visit in early if visit.persona.name in CHANGES and now - visit.at > timedelta(days=6)]
    for visit in rng.sample(willing, min(len(willing), count)):
        at = visit.at + (now - timedelta(days=1) - visit.at) * rng.uniform(0.15, 0.9)
        confirmed = at + timedelta(minutes=rng.uniform(2, 50)) if rng.random() < 0.6 else None
        persona = PERSONAS[CHANGES[visit.persona.name]]
        repeats.append(replace(visit, at=at, key=f"{visit.key}-again", persona=persona, confirmed_at=confirmed))
    return repeats


def _survey_for(person: DemoPerson, surveys: Sequence[DemoSurvey]) -> DemoSurvey:
    """French-speaking people mostly get a survey in several languages, others mostly one in English only."""
    rng = seeded_random("survey", person.number)
    multilingual = [survey for survey in surveys if len(survey.publication.survey.languages) > 1]
    monolingual = [survey for survey in surveys if survey not in multilingual] or multilingual
    likely = IN_SEVERAL_LANGUAGES[person.language]
    return rng.choice(multilingual if multilingual and rng.random() < likely else monolingual)


def _answer(
    toolbox: Toolbox, playback: EventPlayback, visit: DemoVisit, responses: dict[str, str], at: datetime
) -> None:
    """Submits one response through the same actions as a real one."""
    start = playback.now + (visit.place - 1) * JOBS_EACH
    past_toolbox = toolbox_at(
        toolbox, at, visit.key, StaggeredQueue(toolbox.queue, start) if visit.renders_documents else None
    )
    publication = visit.survey.publication
    fields: Mapping[str, str] = campaign_fields(publication.survey, visit.person)
    language = publication.survey.language(visit.person.language)
    form = validate.validate_form(past_toolbox, publication.survey, visit.form_values(), fields, language)
    accepted = acceptance.accept(past_toolbox, form, SubmissionContext(publication, visit.key), at)
    if isinstance(accepted, AcceptedResponse):
        judgement.judge_response(past_toolbox, accepted.response_id)
        responses[visit.key] = accepted.response_id
        if not visit.renders_documents:
            with toolbox.database.reading() as session:
                playback.plan_report_email(session, accepted.response_id)
        _follow(playback, visit, accepted.response_id)


def _confirm(
    toolbox: Toolbox, playback: EventPlayback, visit: DemoVisit, responses: dict[str, str], at: datetime
) -> None:
    """The person opens the link in the email and confirms the address."""
    if visit.key in responses:
        link = sign(toolbox.settings.secret_keys, "mailed", responses[visit.key], visit.at)
        past_toolbox = toolbox_at(toolbox, at, f"{visit.key} confirmed")
        confirmation.confirm_address(past_toolbox, link, at)
        judgement.judge_response(past_toolbox, responses[visit.key])
        _follow(playback, visit, responses[visit.key])


def _follow(playback: EventPlayback, visit: DemoVisit, response_id: str) -> None:
    lately, notified = visit.at >= playback.now - LAST_DAY, not visit.renders_documents
    with playback.toolbox.database.reading() as session:
        playback.follow(session, response_id, visit.survey.policy, lately, notified)
