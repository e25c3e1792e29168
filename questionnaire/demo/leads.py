"""The people of the demo: who they are, how they tend to answer, and when they come by.

Everything is drawn from numbered dice, so that the same number of people is always the same people.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from questionnaire.demo.names import COMPANIES, NAMES, PHONES, TITLES

FRENCH = frozenset({"FR", "BE", "LU"})
GERMAN = frozenset({"DE", "AT", "CH"})
SOLD_TO = frozenset(NAMES) & {"US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "BE", "NL", "LU"}
_LETTERS = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "ı": "i", "&": " "})


def dice(*mark: object) -> random.Random:
    """Dice that fall the same way each time they are thrown for the same thing."""
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
        """How it looks to whoever sells: `elsewhere`, `large`, `small`, or right (`core`)."""
        if self.size < 10:
            return "micro"
        if self.country not in SOLD_TO:
            return "elsewhere"
        return "large" if self.size > 500 else "small" if self.size < 50 else "core"


@dataclass(frozen=True, slots=True)
class Persona:
    """How somebody tends to answer. `fit`, `timing` and `maturity` from 0 to 1; `raises` how likely a hand goes up.

    `levels` are the seniorities they may have, `company` the kind they work at, `phone` how likely they give theirs.
    """

    name: str
    fit: float
    timing: float
    raises: float
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
"""Of the newest people more are ready, so that there is a day's work on the desk. None of them uses free mail."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person who answers. `language` is the one they would rather read."""

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
    """`Ayşe` -> `ayse`: letters for an address."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain.replace("'", "")).split())


@cache
def companies() -> tuple[Company, ...]:
    found: list[Company] = []
    taken: set[str] = set()
    for line in COMPANIES.strip().splitlines():
        name, country, trade, size, *address = (part.strip() for part in line.split("|"))
        words = (address[0] if address else folded(name)).split("-")
        stem = words[0] if len(words[0]) > 3 and words[0] not in taken else "-".join(words)
        taken.add(stem)
        found.append(Company(name, country, trade, int(size), f"{stem}.example"))
    return tuple(found)


def cast(count: int, lately: int, rivals: tuple[str, ...]) -> tuple[DemoPerson, ...]:
    """So many people in the order they come by, the last `lately` of them on the last day."""
    early = _roles(count - lately, _OF_A_HUNDRED, "early")
    for place, name in ((count // 3, "student"), (count // 2, "rival")):
        if place < len(early):
            early[place] = name
    seats = {kind: _seats(kind) for kind in {company.kind for company in companies()}}
    met: set[str] = set()
    people: list[DemoPerson] = []
    for number, name in enumerate(early + _roles(lately, _LATELY, "lately")):
        persona = PERSONAS[name]
        company = next(seats[persona.company])
        if persona.flag == "competitor" and rivals:
            company = Company("LeadForge", "FR", "lead_gen_vendor", 80, rivals[0])
        people.append(_somebody(number, persona, company, met))
    return tuple(people)


def _roles(count: int, shares: dict[str, int], mark: str) -> list[str]:
    """Each persona as often as its share says, in an order that looks like chance."""
    total, names, roles = sum(shares.values()), list(shares), list[str]()
    owed = dict.fromkeys(names, 0.0)
    for _ in range(count):
        for name in names:
            owed[name] += shares[name] / total
        name = max(names, key=lambda one: owed[one])
        owed[name] -= 1
        roles.append(name)
    dice(mark).shuffle(roles)
    return roles


def _seats(kind: str) -> Iterator[Company]:
    """Companies of a kind, shuffled; when all were there, they send second people."""
    cards = [company for company in companies() if company.kind == kind]
    while True:
        dice(kind).shuffle(cards)
        yield from cards


def _somebody(number: int, persona: Persona, company: Company, met: set[str]) -> DemoPerson:
    thrown = dice("person", number)
    first, last, woman = _name(thrown, company.country, met)
    local = f"{folded(first)}.{folded(last)}" + (str(number) if f"{first} {last}" in met else "")
    met.add(f"{first} {last}")
    country = company.country
    # No mailbox of that provider has fewer than six letters: nobody is ever written to.
    private = f"{local[0]}{folded(last)[0]}{number % 1000:03d}@gmail.com"
    return DemoPerson(
        number=number,
        persona=persona,
        company=company,
        first=first,
        last=last,
        email=private if persona.free_mail else f"{local}@{company.domain}",
        title=_title(thrown, persona, country, woman),
        country=country,
        phone=f"{PHONES[country]}{number % 100:02d}" if thrown.random() < persona.phone else "",
        linkedin=f"https://linkedin.example/in/{local.replace('.', '-')}" if thrown.random() < 0.35 else "",
        language="fr" if country in FRENCH or (country in ("CA", "CH") and thrown.random() < 0.3) else "en",
    )


def _name(thrown: random.Random, country: str, met: set[str]) -> tuple[str, str, bool]:
    """First name, family name, and whether a woman bears them; somebody new while there are names left."""
    women, men, families = (text.split() for text in NAMES[country])
    first, last, woman = "", "", False
    for _ in range(30):
        woman = thrown.random() < 0.5
        first, last = thrown.choice(women if woman else men), thrown.choice(families).replace("-", " ")
        if f"{first} {last}" not in met:
            break
    return first, last, woman


def _title(thrown: random.Random, persona: Persona, country: str, woman: bool) -> str:
    level = thrown.choice(persona.levels)
    if level == "student":
        return "Student"
    own = "fr" if country in FRENCH else "de" if country in GERMAN else "en"
    titles = TITLES[own if thrown.random() < 0.75 else "en"][level]
    return thrown.choice(titles)[0 if woman else 1]
