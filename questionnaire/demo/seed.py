"""Filling an empty demo: people come by, answer like anybody else, and reps go after them."""

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
from questionnaire.demo.leads import PERSONAS, DemoPerson, Persona, cast, dice
from questionnaire.demo.names import FRENCH_REPS, HOUSE, STAFF
from questionnaire.demo.persona_answers import Pen, Typed, came_from
from questionnaire.demo.playback import DemoStage, Staggered, at_that_time, numbered
from questionnaire.storage.leads import leads as stored
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.people import settings_store
from questionnaire.storage.people import staff as people
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import StaffRow

NOTE = "demo"
LATELY = 0.18
"""The share of people who come by on the last day."""
AGAIN = 0.08
OPENED = 0.67
"""The share of people who open the link in their mail and say that the address is theirs."""
PRINTED = 20
"""So many of the newest answers have their report printed and their mails written."""
JOBS_EACH = timedelta(seconds=12)
CHANGES = {"warm": "ready", "later": "ready", "reader": "warm", "small": "warm", "ready": "warm", "unsure": "warm"}
"""As whom somebody answers the second time."""


@dataclass(frozen=True, slots=True)
class DemoSurvey:
    """A survey that can be answered, and the policy that judges it."""

    publication: Publication
    policy: Policy


@dataclass(frozen=True, slots=True)
class DemoVisit:
    """One answering. `key` is the browser's; `place` counts from the newest visit, which is 1.

    `confirmed_at`: when the link in the mail is opened, if it is.
    """

    at: datetime
    key: str
    somebody: DemoPerson
    persona: Persona
    sheet: DemoSurvey
    confirmed_at: datetime | None = None
    place: int = 0

    @property
    def printed(self) -> bool:
        return self.place <= PRINTED

    def typed(self) -> Typed:
        survey, policy = self.sheet.publication.survey, self.sheet.policy
        return Pen(survey, policy, self.somebody, self.persona, self.at.date(), dice("answers", self.key)).fills_in()


def seed(toolbox: Toolbox, now: datetime, leads: int = 200) -> int:
    """Fills an empty demo with so many leads of the last sixty days; how many there are now, 0 when nothing was done.

    Does nothing when there are leads already, and goes on where it was interrupted. ValueError outside of a demo.
    """
    if not toolbox.settings.demo:
        raise ValueError("sample people belong into a demo alone")
    sheets = _sheets(toolbox)
    begun = _begin(toolbox, now, leads) if sheets else None
    if begun is None:
        return 0
    reps = _welcome(toolbox, begun.now, sheets)
    stage = DemoStage(toolbox, begun.now, numbered("staff", "omar"), reps, begun.again)
    visits = _visits(begun, sheets)
    answered: dict[str, str] = {}
    moments = [(visit.at, visit, _answer) for visit in visits]
    moments += [(visit.confirmed_at, visit, _confirm) for visit in visits if visit.confirmed_at]
    for at, visit, happen in sorted(moments, key=lambda moment: moment[0]):
        stage.play(at)
        happen(toolbox, stage, visit, answered, at)
    stage.play(begun.now)
    with toolbox.database.writing() as session:
        settings_store.keep(session, NOTE, {"done": True}, now)
        return sum(stored.counts(session, Viewer("admin")).values())


def _sheets(toolbox: Toolbox) -> tuple[DemoSurvey, ...]:
    """The newest version of every survey that asks for an address; those in one language first."""
    with toolbox.database.reading() as session:
        names = [row.id for row in publications.newest_of_all(session, "survey")]
    found: list[DemoSurvey] = []
    for name in names:
        publication = acceptance.get_publication(toolbox, name)
        asks = publication is not None and any(one.name == "email" for one in publication.survey.contact_fields)
        if publication is None or not asks or publication.closed:
            continue
        with toolbox.database.reading() as session:
            row = publications.find(session, "policy", publication.survey.policy)
            if row is not None:
                found.append(DemoSurvey(publication, policy_of(toolbox, session, row.id, row.version)))
    return tuple(sorted(found, key=lambda sheet: len(sheet.publication.survey.languages)))


@dataclass(frozen=True, slots=True)
class Begun:
    """When the demo was begun, how many leads it is to have, and whether it was interrupted since."""

    now: datetime
    leads: int
    again: bool = False

    @property
    def lately(self) -> int:
        return max(1, round(self.leads * LATELY))


def _begin(toolbox: Toolbox, now: datetime, leads: int) -> Begun | None:
    with toolbox.database.writing() as session:
        note = settings_store.find(session, NOTE)
        if note is not None:
            return None if note.get("done") else Begun(datetime.fromisoformat(note["now"]), int(note["leads"]), True)
        if leads < 1 or stored.counts(session, Viewer("admin")):
            return None
        settings_store.keep(session, NOTE, {"now": now.isoformat(), "leads": leads}, now)
    return Begun(now, leads)


def _welcome(toolbox: Toolbox, now: datetime, sheets: Sequence[DemoSurvey]) -> dict[str, str]:
    """The policies' reps and the people around them; the staff ids of the reps."""
    since = now - SPAN - timedelta(days=1)
    with toolbox.database.writing() as session:
        for sheet in sheets:
            staff.seed(at_that_time(toolbox, since, f"reps {sheet.policy.id}"), session, sheet.policy, since)
        for name, full, role, language in STAFF:
            row = StaffRow(id=numbered("staff", name), email=f"{name}@{HOUSE}", name=full, role=role, language=language,
                        timezone=sheets[0].policy.timezone, created_at=since)  # fmt: skip
            people.add(session, row)
        reps = {person.rep: person for person in people.all_staff(session) if person.rep}
        for rep in FRENCH_REPS:
            if rep in reps:
                reps[rep].language = "fr"
        return {rep: person.id for rep, person in reps.items()}


def _visits(begun: Begun, sheets: Sequence[DemoSurvey]) -> tuple[DemoVisit, ...]:
    """Who comes by when, those who come again too, in the order of time."""
    rivals = tuple(domain for sheet in sheets for domain in sheet.policy.lists.competitors)
    company = cast(begun.leads, begun.lately, rivals)
    early, zone = begun.leads - begun.lately, sheets[0].policy.zone
    moments = arrivals(early, begun.lately, begun.now, zone, dice("arrivals"))
    visits = [
        DemoVisit(at, f"demo-{somebody.number}", somebody, somebody.persona, _sheet_for(somebody, sheets),
              _opened(somebody, at, begun.now))
        for somebody, at in zip(company, moments, strict=True)
    ]  # fmt: skip
    visits += _again(visits[:early], round(begun.leads * AGAIN), begun.now)
    visits.sort(key=lambda visit: visit.at)
    return tuple(replace(visit, place=len(visits) - index) for index, visit in enumerate(visits))


def _opened(somebody: DemoPerson, at: datetime, now: datetime) -> datetime | None:
    """When the link in the mail is opened and the address confirmed; two in three people do, most of them soon."""
    thrown = dice("opened", somebody.number)
    moment = at + timedelta(minutes=thrown.expovariate(1 / 20) + 1)
    return moment if thrown.random() < OPENED and moment < now else None


def _again(early: Sequence[DemoVisit], count: int, now: datetime) -> list[DemoVisit]:
    """Some people answer a second time, as somebody whose plans have changed; most of them confirm that it was them."""
    thrown, found = dice("again"), list[DemoVisit]()
    willing = [visit for visit in early if visit.persona.name in CHANGES and now - visit.at > timedelta(days=6)]
    for visit in thrown.sample(willing, min(len(willing), count)):
        at = visit.at + (now - timedelta(days=1) - visit.at) * thrown.uniform(0.15, 0.9)
        confirmed = at + timedelta(minutes=thrown.uniform(2, 50)) if thrown.random() < 0.6 else None
        persona = PERSONAS[CHANGES[visit.persona.name]]
        found.append(replace(visit, at=at, key=f"{visit.key}-again", persona=persona, confirmed_at=confirmed))
    return found


def _sheet_for(somebody: DemoPerson, sheets: Sequence[DemoSurvey]) -> DemoSurvey:
    """People mostly meet a survey in their language; the others mostly the first one."""
    thrown = dice("survey", somebody.number)
    own = [sheet for sheet in sheets if len(sheet.publication.survey.languages) > 1]
    plain = [sheet for sheet in sheets if sheet not in own] or own
    likely = 0.85 if somebody.language != "en" else 0.16
    return thrown.choice(own if own and thrown.random() < likely else plain)


def _answer(toolbox: Toolbox, stage: DemoStage, visit: DemoVisit, answered: dict[str, str], at: datetime) -> None:
    """One answer, by the way all answers go."""
    start = stage.now + (visit.place - 1) * JOBS_EACH
    then = at_that_time(toolbox, at, visit.key, Staggered(toolbox.queue, start) if visit.printed else None)
    publication = visit.sheet.publication
    fields: Mapping[str, str] = came_from(publication.survey, visit.somebody)
    language = publication.survey.language(visit.somebody.language)
    form = validate.validate_form(then, publication.survey, visit.typed(), fields, language)
    accepted = acceptance.accept(then, form, SubmissionContext(publication, visit.key), at)
    if isinstance(accepted, AcceptedResponse):
        judgement.judge_response(then, accepted.response_id)
        answered[visit.key] = accepted.response_id
        if not visit.printed:
            with toolbox.database.reading() as session:
                stage.announced(session, accepted.response_id)
        _follow(stage, visit, accepted.response_id)


def _confirm(toolbox: Toolbox, stage: DemoStage, visit: DemoVisit, answered: dict[str, str], at: datetime) -> None:
    """The person opens the link in the mail and says that the address is theirs."""
    if visit.key in answered:
        link = sign(toolbox.settings.secret_keys, "mailed", answered[visit.key], visit.at)
        then = at_that_time(toolbox, at, f"{visit.key} confirmed")
        confirmation.confirm_address(then, link, at)
        judgement.judge_response(then, answered[visit.key])
        _follow(stage, visit, answered[visit.key])


def _follow(stage: DemoStage, visit: DemoVisit, response_id: str) -> None:
    lately, told = visit.at >= stage.now - LAST_DAY, not visit.printed
    with stage.toolbox.database.reading() as session:
        stage.follow(session, response_id, visit.sheet.policy, lately, told)
