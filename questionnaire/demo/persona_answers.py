"""How people of the demo answer any survey: they walk it, see what shows, and choose as their persona leans.

A choice is as likely as its worth (level, maturity, signal) is near to what the persona is like; what a company is (its
trade, its size) all its people say alike. Nothing here knows a survey by name.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from questionnaire.core.policy import Policy
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.questions import Choice, Mistake, Question, Value
from questionnaire.core.survey.survey import Survey
from questionnaire.demo.leads import DemoPerson, Persona, dice
from questionnaire.demo.texts import OTHERS, PAINS

Typed = dict[str, object]
LEFT_OPEN = 0.35
"""How often a question that may stay open is passed over."""
SOURCES = 0.5
LONGEST_LINE = 200
"""Characters. Where more may be written, people describe their problem."""
_RANGE = re.compile(r"(\d+)\D+(\d+)")
_CAMPAIGNS = (
    ("linkedin", "paid_social", "handoff-diagnostic"),
    ("google", "cpc", "lead-scoring"),
    ("newsletter", "email", "monthly-issue"),
    ("partner-webinar", "event", "promises-that-hold"),
)


def came_from(survey: Survey, somebody: DemoPerson) -> dict[str, str]:
    """The hidden fields in the address they followed; half of them typed it, and bring none."""
    thrown = dice("campaign", somebody.number)
    source, medium, campaign = thrown.choice(_CAMPAIGNS)
    known = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign,
             "referrer": f"https://www.{source}.example/"}  # fmt: skip
    names = {field.name for field in survey.hidden_fields}
    return {name: value for name, value in known.items() if name in names} if thrown.random() < SOURCES else {}


@dataclass(frozen=True, slots=True)
class Pen:
    """Somebody in front of a survey on a day. The same mark makes them type the same again."""

    survey: Survey
    policy: Policy
    somebody: DemoPerson
    persona: Persona
    day: date
    thrown: random.Random

    @property
    def language(self) -> str:
        return self.survey.language(self.somebody.language)

    def fills_in(self) -> Typed:
        """Answers, contact fields and ticked consents, as a form sends them."""
        contact = self._contact()
        asked = self.survey.contact.consents if self.survey.contact else ()
        boxes = {f"consent.{one.name}": "on" for one in asked if one.basis == "consent" and self._happens(0.45)}
        return {**self._answers(contact), **contact, **boxes}

    def _happens(self, likely: float) -> bool:
        return self.thrown.random() < likely

    def _answers(self, fields: Typed) -> Typed:
        given: dict[str, Value] = {}
        typed: Typed = {}
        passed: set[str] = set()
        while (item := self._next(given, fields, passed)) is not None:
            passed.add(item.name)
            raw = self._typed(item)
            value = item.read(raw)
            if value is None or isinstance(value, Mistake):
                continue
            given[item.name], typed[item.name] = value, raw
            if any(choice.other_text for choice in item.chosen(value)):
                typed[f"{item.name}.other"] = self._text(OTHERS)
        return typed

    def _next(self, given: dict[str, Value], fields: Typed, passed: set[str]) -> Question | None:
        shown = derive_journey(self.survey, Answers(given), fields).shown
        return next((item for one in shown for item in one.items if item.asks and item.name not in passed), None)

    def _typed(self, item: Question) -> object:
        """What is typed for one question; None when it is left open."""
        if item.answer_choices:
            return self._chosen(item)
        if not item.required and self._happens(LEFT_OPEN):
            return None
        limits = item.constraints
        if item.kind == "number":
            return self._number(item)
        if item.kind == "date":
            day = max(self.day + timedelta(days=90), limits.min or self.day)
            return min(day, limits.max or day).isoformat()
        return self._written(item)

    def _written(self, item: Question) -> object:
        somebody = self.somebody
        if item.open_ended:
            return self._text(PAINS if (item.constraints.max_length or 0) > LONGEST_LINE else OTHERS)
        known = {"country": somebody.country, "email": somebody.email, "tel": somebody.phone,
                 "url": f"https://www.{somebody.company.domain}"}  # fmt: skip
        return known.get(item.autocomplete) or item.sample()

    def _text(self, texts: Mapping[str, tuple[str, ...]]) -> str:
        return self.thrown.choice(texts.get(self.language, texts["en"]))

    def _leaning(self) -> float:
        return min(1, max(0, self.persona.maturity + self.thrown.uniform(-0.25, 0.25)))

    def _number(self, item: Question) -> str:
        criterion, limits = self.policy.criteria.get(item.criterion or ""), item.constraints
        if criterion is not None and criterion.bands:
            return str(self.somebody.company.size)
        low = float(limits.min if limits.min is not None else 0)
        high = float(limits.max if limits.max is not None else low + 100)
        step = float(limits.step or 1)
        return f"{low + step * round((high - low) * self._leaning() / step):g}"

    def _chosen(self, item: Question) -> object:
        own = self._of_the_company(item)
        if own is not None:
            return own.value
        raised = self._happens(self.persona.raises)
        weights = {choice.value: self._weight(item, choice, raised) for choice in item.answer_choices}
        limits = item.constraints
        if item.kind == "ranking":
            return self._draw(weights, limits.max)
        first = self._draw(weights, 1)
        if item.kind == "choice" or any(choice.exclusive for choice in item.chosen(tuple(first))):
            return first
        together = {choice.value: weights[choice.value] for choice in item.answer_choices if not choice.exclusive}
        least = max(1, limits.min or 1)
        return self._draw(together, self.thrown.randint(least, max(least, min(limits.max or 3, 3))))

    def _draw(self, weights: dict[str, float], count: int) -> list[str]:
        left, drawn = dict(weights), list[str]()
        for _ in range(min(count, len(left))):
            value = self.thrown.choices(list(left), [max(weight, 1e-6) for weight in left.values()])[0]
            drawn.append(value)
            del left[value]
        return drawn

    def _of_the_company(self, item: Question) -> Choice | None:
        """The choice that all people of one company make: its trade, or the band its size lies in."""
        company = self.somebody.company
        own = item.choice(company.trade)
        if own is not None:
            return own
        criterion = self.policy.criteria.get(item.criterion or "")
        level = criterion.level_in_band(company.size) if criterion and criterion.bands else None
        fitting = [choice for choice in item.answer_choices if level is not None and choice.level == level]
        for choice in fitting:
            ends = _RANGE.search(choice.value)
            if ends and int(ends[1]) <= company.size <= int(ends[2]):
                return choice
        return fitting[0] if fitting else None

    def _weight(self, item: Question, choice: Choice, raised: bool) -> float:
        persona, hand = self.persona, self.policy.mql.immediate_on
        if choice.flags:
            return 1000.0 if persona.flag in choice.flags else 0.0
        if choice.unknown:
            return 4.0 if persona.unsure else 0.05
        if any(one.emits in hand for one in item.answer_choices):
            return 1.0 if (choice.emits in hand) == raised else 0.0
        weight = 1.0
        criterion = self.policy.criteria.get(item.criterion or "")
        if criterion is not None and choice.level in criterion.levels and criterion.best:
            leaning = persona.timing if item.criterion in self.policy.timing.criteria else persona.fit
            weight *= _near(criterion.points(choice.level) / criterion.best, leaning)
        best = float(item.best) if item.dimension else 0.0
        return weight * _near(float(choice.worth) / best, persona.maturity) if best else weight

    def _contact(self) -> Typed:
        somebody = self.somebody
        known: Typed = {
            "email": somebody.email, "first_name": somebody.first, "last_name": somebody.last,
            "name": f"{somebody.first} {somebody.last}", "company": somebody.company.name,
            "job_title": somebody.title, "country": somebody.country, "phone": somebody.phone,
            "linkedin": somebody.linkedin, "website": f"https://www.{somebody.company.domain}",
        }  # fmt: skip
        alike = {"email": "email", "country": "country", "phone": "phone", "url": "website"}
        typed: Typed = {}
        for field in self.survey.contact_fields:
            value = known.get(field.name)
            if value is None and field.required:
                value = field.choices[0].value if field.choices else known[alike.get(field.type, "company")]
            if value:
                typed[field.name] = value
        return typed


def _near(worth: float, leaning: float) -> float:
    return math.exp(-6 * (worth - leaning) ** 2)
