"""The input of a dossier. Answers are numbered, so that each figure can be traced to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.documents.report import Report
from questionnaire.core.documents.view_parts import items_to_answer
from questionnaire.core.handoff.routing import Assignment
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_text
from questionnaire.core.policy import names
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.core.scoring.evidence import ANSWER, CALCULATED, CONTACT, Known, ResponseEvidence
from questionnaire.core.survey.placeholders import say_answer


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A consent text as shown to the prospect. `given` is None without checkbox (request, legitimate interest)."""

    text: str
    basis: str
    granted: bool | None


@dataclass(frozen=True, slots=True)
class PastEvent:
    """A past event of the lead, as a sentence."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """The person that an unconfirmed, not counted response claims to be from."""

    at: datetime
    name: str = ""
    title: str = ""
    company: str = ""
    phone: str = ""
    """In words, with its extension."""

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.company, self.phone) if part)


@dataclass(frozen=True)
class DossierContext:
    """One lead for one reader. `zone` is the reader's; `due` is the first-contact deadline.

    `waivers`: reason per open item. `rep_zone` is the rep's time zone.
    `stage` is the lead's current stage in words, "" for that of the assessment.
    `confirmed`: the email address is confirmed. `claims`: other, unconfirmed responses, newest first.
    `reps`: names of reps by id, besides those of the policy.
    """

    assessment: Assessment
    words: Translator = ENGLISH
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    due: datetime | None = None
    assignment: Assignment | None = None
    rep: str = ""
    report: Report | None = None
    agreed: tuple[ConsentRecord, ...] = ()
    waivers: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[PastEvent, ...] = ()
    confirmed: bool = True
    claims: tuple[Claimant, ...] = ()
    reps: Mapping[str, str] = field(default_factory=dict)
    rep_zone: ZoneInfo | None = None
    stage: str = ""

    def contact_text(self, name: str) -> str:
        return str(self.assessment.evidence.contact.get(name) or "").strip()

    @property
    def phone(self) -> str:
        """The telephone number with its extension, in the reader's language."""
        return phone_text(dialled(self.assessment.evidence.contact), self.words.language)

    @cached_property
    def rep_names(self) -> Mapping[str, str]:
        return {**self.assessment.policy.rep_names, **self.reps}

    def local(self, moment: datetime) -> str:
        """ISO 8601 in the reader's zone."""
        return moment.astimezone(self.zone).isoformat(timespec="seconds")

    @property
    def person(self) -> str:
        return " ".join(part for part in (self.contact_text("first_name"), self.contact_text("last_name")) if part)

    @cached_property
    def responses(self) -> tuple[ResponseEvidence, ...]:
        """The responses, newest first."""
        return tuple(reversed(self.assessment.evidence.filled))

    @cached_property
    def numbers(self) -> Mapping[tuple[datetime, str], int]:
        """The number of each answer, counted over all responses, newest first."""
        answered: list[tuple[datetime, str]] = []
        for response in self.responses:
            journey = response.journey
            answered += [(response.at, item.name) for item in items_to_answer(journey) if item.name in journey.answers]
        return {key: number for number, key in enumerate(answered, start=1)}

    def number_of(self, known: Known) -> int | None:
        return self.numbers.get((known.at, known.name)) if known.kind == ANSWER else None

    def words_of(self, known: Known) -> str:
        """The answer or value behind a level as the prospect saw it; a calculated one in the reader's number format."""
        told = (self._words_in(response, known) for response in self.responses if response.at == known.at)
        return next(filter(None, told), str(known.value))

    def spoken_words(self, known: Known) -> str:
        """The answer behind a level in the reader's language; where the survey lacks it, quoted as it was given."""
        for response in self.responses:
            item = response.survey.question(known.name)
            if item is None or known.kind != ANSWER or response.at != known.at or self._reads(response.language):
                continue
            if any(map(self._reads, response.survey.languages)):
                return say_answer(item, known.value, self.words.language, response.fills)
            return self.words("“%(answer)s”", answer=self.words_of(known))
        return self.words_of(known)

    def _reads(self, language: str) -> bool:
        return language.split("-")[0] == self.words.language.split("-")[0]

    def _words_in(self, response: ResponseEvidence, known: Known) -> str:
        """What a response says of a value, "" when it is not the one that gave it."""
        survey = response.survey
        if known.kind == ANSWER and (item := survey.question(known.name)) is not None:
            return response.answer_words(item)
        if known.kind == CONTACT:
            fields = (field for field in survey.contact_fields if field.name == known.name)
            return next((response.value_words(field.question, known.value) for field in fields), "")
        if known.kind == CALCULATED and (value := survey.calculated_by_name.get(known.name)) is not None:
            amount = response.calculated[known.name]
            return value.say(amount, self.words.language) if amount is not None else ""
        return ""

    def criterion_title(self, criterion: str) -> str:
        return names.criterion_title(self.assessment.policy, criterion, self.words)

    def level_title(self, criterion: str, level: str) -> str:
        return names.level_title(self.assessment.policy, criterion, level, self.words)

    def signal_title(self, signal: str) -> str:
        return names.signal_title(self.assessment.policy, signal, self.words)

    def field_label(self, name: str) -> str:
        """The label of a contact field; for an undeclared field its name without underscores."""
        for response in self.responses:
            for declared in response.survey.contact_fields:
                if declared.name == name:
                    return declared.label(response.survey.language(self.words.language), self.words)
        return name.replace("_", " ")


def zone_name(zone: tzinfo, words: Translator) -> str:
    """The name of a zone for people: `Europe/Berlin` becomes `Berlin time`."""
    name = str(zone)
    city = name.rsplit("/", 1)[-1].replace("_", " ")
    return name if "/" not in name else words("%(city)s time", city=city)
