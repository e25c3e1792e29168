"""Sample people of the demo: companies, personas (how they tend to answer), names and contact data.

All random choices use seeded generators, so that the same number of people always gives the same people.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from questionnaire.demo.names import COMPANIES, NAMES, PHONES, TITLES

FRENCH = frozenset({"FR", "BE", "LU"})
GERMAN = frozenset({"DE", "AT", "CH"})
SOLD_TO = frozenset(NAMES) & {"US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "BE", "NL", "LU"}
_LETTERS = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "ı": "i", "&": " "})


def seeded_random(*mark: object) -> random.Random:
    """A random generator seeded with `mark`: the same mark gives the same numbers."""
    return random.Random("demo " + " ".join(map(str, mark)))  # noqa: S311 (sample people, no secrets)


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    country: str
    trade: str
    size: int
    domain: str

    @property
    def kind(self) -> str:
        """The segment: `micro` (under 10 people), `elsewhere` (country not sold to), `large`, `small`, or `core`."""
        if self.size < 10:
            return "micro"
        if self.country not in SOLD_TO:
            return "elsewhere"
        return "large" if self.size > 500 else "small" if self.size < 50 else "core"


@dataclass(frozen=True, slots=True)
class Persona:
    """How a person tends to answer. `fit`, `timing` and `maturity` are 0 to 1.

    `requests_contact` is the probability of a contact request.
    `levels` are possible seniorities, `company` the kind of company, `phone` the probability of a phone number.
    """

    name: str
    fit: float
    timing: float
    requests_contact: float
    maturity: float = 0.45
    levels: tuple[str, ...] = ("director", "manager")
    company: str = "core"
    phone: float = 0.6
    flag: str = ""
    free_mail: bool = False
    unsure: bool = False


_BOSSES = ("c_level", "vp", "vp", "director", "director", "director")
READY = Persona("ready", 0.92, 0.85, 1, 0.4, _BOSSES, phone=1)
PERSONAS: dict[str, Persona] = {
    persona.name: persona
    for persona in (
        READY,
        Persona("hurried", 0.85, 0.7, 1, 0.4, _BOSSES, phone=0),
        Persona("big", 0.75, 0.6, 0.7, 0.65, _BOSSES, "large", 0.9),
        Persona("warm", 0.6, 0.35, 0, 0.55, ("director", "manager")),
        Persona("reader", 0.05, 0.15, 0, 0.35, ("contributor",), phone=0.3),
        Persona("small", 0.4, 0.45, 0.3, 0.25, ("c_level", "manager", "contributor"), "small"),
        Persona("later", 0.75, 0.05, 0.1, 0.5, _BOSSES, flag="not_now"),
        Persona("abroad", 0.7, 0.6, 0.6, 0.5, _BOSSES, "elsewhere", 0.8),
        Persona("private", 0.6, 0.6, 0.8, 0.3, ("manager", "director"), phone=0.8, free_mail=True),
        Persona("unsure", 0.4, 0.3, 0.15, 0.2, ("manager", "contributor"), phone=0.2, unsure=True),
        Persona("tiny", 0.1, 0.3, 0.6, 0.15, ("c_level",), "micro", 0.4),
        Persona("student", 0, 0, 1, 0.05, ("student",), "micro", 0, free_mail=True),
        Persona("rival", 0.9, 0.9, 1, 0.95, ("c_level",), phone=1, flag="competitor"),
    )
}
_OF_A_HUNDRED = {"ready": 37, "warm": 17, "reader": 13, "big": 7, "small": 6, "hurried": 5, "later": 4, "abroad": 3,
                 "private": 2, "unsure": 3, "tiny": 2}  # fmt: skip
_LATELY = {"ready": 66, "warm": 12, "big": 9, "hurried": 5, "reader": 5, "small": 3}
"""Shares on the last day: more are ready, so that the desk has a day of work. No one has a free-mail address."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person who answers. `language` is the preferred one."""

    number: int
    persona: Persona
    company: Company
    first: str
    last: str
    email: str
    title: str
    country: str
    phone: str
    linkedin: str
    language: str


def folded(text: str) -> str:
    """`Ayşe` -> `ayse`: text as ASCII letters for an email address or a domain."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain.replace("'", "")).split())


@cache
def companies() -> tuple[Company, ...]:
    rows: list[Company] = []
    stems: set[str] = set()
    for line in COMPANIES.strip().splitlines():
        name, country, trade, size, *address = (part.strip() for part in line.split("|"))
        words = (address[0] if address else folded(name)).split("-")
        stem = words[0] if len(words[0]) > 3 and words[0] not in stems else "-".join(words)
        stems.add(stem)
        rows.append(Company(name, country, trade, int(size), f"{stem}.example"))
    return tuple(rows)


def sample_people(count: int, lately: int, competitors: tuple[str, ...]) -> tuple[DemoPerson, ...]:
    """`count` people in the order of their responses; the last `lately` of them answer on the last day."""
    early = _roles(count - lately, _OF_A_HUNDRED, "early")
    for place, name in ((count // 3, "student"), (count // 2, "rival")):
        if place < len(early):
            early[place] = name
    seats = {kind: _seats(kind) for kind in {company.kind for company in companies()}}
    used_names: set[str] = set()
    people: list[DemoPerson] = []
    for number, name in enumerate(early + _roles(lately, _LATELY, "lately")):
        persona = PERSONAS[name]
        company = next(seats[persona.company])
        if persona.flag == "competitor" and competitors:
            company = Company("LeadForge", "FR", "lead_gen_vendor", 80, competitors[0])
        people.append(_person(number, persona, company, used_names))
    return tuple(people)


def _roles(count: int, shares: dict[str, int], mark: str) -> list[str]:
    """Persona names, each in proportion to its share, shuffled."""
    total, names, roles = sum(shares.values()), list(shares), list[str]()
    due_counts = dict.fromkeys(names, 0.0)
    for _ in range(count):
        for name in names:
            due_counts[name] += shares[name] / total
        name = max(names, key=lambda persona: due_counts[persona])
        due_counts[name] -= 1
        roles.append(name)
    seeded_random(mark).shuffle(roles)
    return roles


def _seats(kind: str) -> Iterator[Company]:
    """Companies of a kind in random order, without end: after the last one they repeat."""
    cards = [company for company in companies() if company.kind == kind]
    while True:
        seeded_random(kind).shuffle(cards)
        yield from cards


def _person(number: int, persona: Persona, company: Company, used_names: set[str]) -> DemoPerson:
    rng = seeded_random("person", number)
    first, last, woman = _name(rng, company.country, used_names)
    local = f"{folded(first)}.{folded(last)}" + (str(number) if f"{first} {last}" in used_names else "")
    used_names.add(f"{first} {last}")
    country = company.country
    return DemoPerson(
        number=number,
        persona=persona,
        company=company,
        first=first,
        last=last,
        email=_private(number, first, last) if persona.free_mail else f"{local}@{company.domain}",
        title=_title(rng, persona, country, woman),
        country=country,
        phone=f"{PHONES[country]}{number % 100:02d}" if rng.random() < persona.phone else "",
        linkedin=f"https://linkedin.example/in/{local.replace('.', '-')}" if rng.random() < 0.35 else "",
        language=_language(rng, country),
    )


def _private(number: int, first: str, last: str) -> str:
    """Gmail addresses have at least six characters, so this address cannot exist and no one gets an email."""
    return f"{folded(first)[0]}{folded(last)[0]}{number % 1000:03d}@gmail.com"


def _language(rng: random.Random, country: str) -> str:
    if country in FRENCH or (country in ("CA", "CH") and rng.random() < 0.3):
        return "fr"
    return "de" if country in GERMAN else "en"


def _name(rng: random.Random, country: str, used_names: set[str]) -> tuple[str, str, bool]:
    """First name, family name, and whether it is a woman; up to 30 attempts to find a name that is not used yet."""
    women, men, families = (text.split() for text in NAMES[country])
    first, last, woman = "", "", False
    for _ in range(30):
        woman = rng.random() < 0.5
        first, last = rng.choice(women if woman else men), rng.choice(families).replace("-", " ")
        if f"{first} {last}" not in used_names:
            break
    return first, last, woman


def _title(rng: random.Random, persona: Persona, country: str, woman: bool) -> str:
    level = rng.choice(persona.levels)
    if level == "student":
        return "Student"
    language = "fr" if country in FRENCH else "de" if country in GERMAN else "en"
    titles = TITLES[language if rng.random() < 0.75 else "en"][level]
    return rng.choice(titles)[0 if woman else 1]


def with_a_second_address(sample: Sequence[DemoPerson]) -> tuple[DemoPerson, ...]:
    """The sample in which the last one who is ready is the first one again, with a private address: what reviewers
    decide about as "same person?"."""
    ready = [index for index, person in enumerate(sample) if person.persona is READY]
    if len(ready) < 2:
        return tuple(sample)
    first, number = sample[ready[0]], sample[ready[-1]].number
    again = replace(first, number=number, email=_private(number, first.first, first.last))
    return tuple(again if index == ready[-1] else person for index, person in enumerate(sample))
