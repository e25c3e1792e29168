"""All a dossier is made of, and how a figure is traced to the answer that gave it: answers bear numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.documents.report import Report
from questionnaire.core.documents.view_parts import answer_words, items_to_answer
from questionnaire.core.handoff.routing import Assignment
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.core.scoring.evidence import ANSWER, Known, ResponseEvidence


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A consent text as it was shown. `given` is None when there was no box to tick (request, legitimate interest)."""

    text: str
    basis: str
    given: bool | None


@dataclass(frozen=True, slots=True)
class Happened:
    """An earlier moment in the life of the lead, as a sentence."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who an unconfirmed response that does not count says it is from."""

    at: datetime
    name: str = ""
    title: str = ""
    company: str = ""
    phone: str = ""

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.company, self.phone) if part)


@dataclass(frozen=True)
class DossierContext:
    """One lead for one rep. `zone` is the rep's; `due` when first contact is owed; `waivers` a word per open box.

    `confirmed`: the address is known to be the person's. `claims`: other, unconfirmed responses, newest first.
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
    earlier: tuple[Happened, ...] = ()
    confirmed: bool = True
    claims: tuple[Claimant, ...] = ()

    def said(self, name: str) -> str:
        return str(self.assessment.evidence.contact.get(name) or "").strip()

    def local(self, moment: datetime) -> str:
        """ISO 8601 in the rep's zone."""
        return moment.astimezone(self.zone).isoformat(timespec="seconds")

    @property
    def person(self) -> str:
        return " ".join(part for part in (self.said("first_name"), self.said("last_name")) if part)

    @cached_property
    def responses(self) -> tuple[ResponseEvidence, ...]:
        """Newest first."""
        return tuple(reversed(self.assessment.evidence.filled))

    @cached_property
    def numbers(self) -> Mapping[tuple[datetime, str], int]:
        """The number of each answer given, counted through all responses, newest first."""
        given: list[tuple[datetime, str]] = []
        for one in self.responses:
            journey = one.journey()
            given += [(one.at, item.name) for item in items_to_answer(journey) if item.name in journey.answers]
        return {key: number for number, key in enumerate(given, start=1)}

    def number_of(self, known: Known) -> int | None:
        return self.numbers.get((known.at, known.name)) if known.kind == ANSWER else None

    def words_of(self, known: Known) -> str:
        """What stands behind a level, as the prospect said it."""
        for one in self.responses:
            item = one.survey.question(known.name)
            if known.kind == ANSWER and one.at == known.at and item is not None:
                return answer_words(item, one.journey(), one.language) or str(known.value)
        return str(known.value)

    def field_label(self, name: str) -> str:
        """The words beside a contact field; a name nobody declared loses its underscores."""
        for one in self.responses:
            for declared in one.survey.contact_fields:
                if declared.name == name:
                    return declared.label(one.survey.language(self.words.language), self.words)
        return name.replace("_", " ")


def zone_name(zone: tzinfo, words: Translator) -> str:
    """`Europe/Berlin` -> `Berlin time`."""
    name = str(zone)
    city = name.rsplit("/", 1)[-1].replace("_", " ")
    return name if "/" not in name else words("%(city)s time", city=city)
