"""Answers of a sample person to any survey: follows the journey and chooses as the persona tends to.

The nearer the value of a choice (level, maturity, signal) is to the persona, the likelier the choice. Facts about the
company (trade, size) are the same for all its people. Nothing here depends on a particular survey.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.policy import Policy
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.questions import Choice, Mistake, Question, Value
from questionnaire.core.survey.survey import Survey
from questionnaire.demo.leads import DemoPerson, Persona, seeded_random
from questionnaire.demo.texts import OTHERS, PAINS

FormValues = dict[str, object]
LEFT_OPEN = 0.35
"""Probability that an optional question is skipped."""
SOURCES = 0.5
"""Probability that a person came by a campaign link."""
LONGEST_LINE = 200
"""Characters. For a longer text, people describe their problem."""
PER_EMPLOYEE: Mapping[str, float] = {"m²": 22, "kWh": 2300}
"""Unit -> amount per employee: a large company has large buildings and bills."""
_RANGE = re.compile(r"(\d+)\D+(\d+)")
_CAMPAIGNS = (
    ("linkedin", "paid_social", "handoff-diagnostic"),
    ("google", "cpc", "lead-scoring"),
    ("newsletter", "email", "monthly-issue"),
    ("partner-webinar", "event", "promises-that-hold"),
)


def campaign_fields(survey: Survey, person: DemoPerson) -> dict[str, str]:
    """Hidden fields of the campaign link that the person followed; half of the people used no link and have none."""
    rng = seeded_random("campaign", person.number)
    source, medium, campaign = rng.choice(_CAMPAIGNS)
    known = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign,
             "referrer": f"https://www.{source}.example/"}  # fmt: skip
    names = {field.name for field in survey.hidden_fields}
    return {name: value for name, value in known.items() if name in names} if rng.random() < SOURCES else {}


@dataclass(frozen=True, slots=True)
class SampleRespondent:
    """A sample person who answers a survey on a day. The same random seed gives the same answers."""

    survey: Survey
    policy: Policy
    person: DemoPerson
    persona: Persona
    day: date
    rng: random.Random

    @property
    def language(self) -> str:
        return self.survey.language(self.person.language)

    def form_values(self) -> FormValues:
        """Answers, contact fields and ticked consents, as form input."""
        contact = self._contact()
        consents = self.survey.contact.distinct_consents if self.survey.contact else ()
        boxes = {
            f"consent.{consent.name}": "on"
            for consent in consents
            if consent.basis == "consent" and (self._happens(0.45) or consent.required)
        }
        return {**self._answers(contact), **contact, **boxes}

    def _happens(self, likely: float) -> bool:
        return self.rng.random() < likely

    def _answers(self, fields: FormValues) -> FormValues:
        answers: dict[str, Value] = {}
        values: FormValues = {}
        asked_names: set[str] = set()
        while (item := self._next(answers, fields, asked_names)) is not None:
            asked_names.add(item.name)
            raw = self._form_value(item)
            value = item.read(raw)
            if value is None or isinstance(value, Mistake):
                continue
            answers[item.name], values[item.name] = value, raw
            if any(choice.other_text for choice in item.chosen(value)):
                values[f"{item.name}.other"] = self._text(OTHERS)
        return values

    def _next(self, answers: dict[str, Value], fields: FormValues, asked_names: set[str]) -> Question | None:
        questions = derive_journey(self.survey, Answers(answers), fields).visible
        items = (item for question in questions for item in question.items)
        return next((item for item in items if item.asks and item.name not in asked_names), None)

    def _form_value(self, item: Question) -> object:
        """Form input for one question; None when it is skipped."""
        if item.answer_choices:
            return self._choose(item)
        if not item.required and self._happens(LEFT_OPEN):
            return None
        limits = item.constraints
        if item.kind == "number":
            return self._number(item)
        if item.kind == "date":
            day = max(self.day + timedelta(days=90), limits.min or self.day)
            return min(day, limits.max or day).isoformat()
        return self._text_value(item)

    def _text_value(self, item: Question) -> object:
        person = self.person
        if item.open_ended:
            return self._text(PAINS if (item.constraints.max_length or 0) > LONGEST_LINE else OTHERS)
        known = {"country": person.country, "email": person.email, "tel": person.phone,
                 "url": f"https://www.{person.company.domain}"}  # fmt: skip
        return known.get(item.autocomplete) or item.sample()

    def _text(self, texts: Mapping[str, tuple[str, ...]]) -> str:
        return self.rng.choice(texts.get(self.language, texts["en"]))

    def _tendency(self) -> float:
        return min(1, max(0, self.persona.maturity + self.rng.uniform(-0.25, 0.25)))

    def _number(self, item: Question) -> str:
        criterion, limits = self.policy.criteria.get(item.criterion or ""), item.constraints
        share = PER_EMPLOYEE.get(item.unit_label("en"))
        if share is not None:
            amount = round(self.person.company.size * share * self.rng.uniform(0.6, 1.5))
            return str(min(max(amount, int(limits.min or 0)), int(limits.max or amount)))
        if criterion is not None and criterion.bands:
            return str(self.person.company.size)
        low = float(limits.min if limits.min is not None else 0)
        high = float(limits.max if limits.max is not None else low + 100)
        step = float(limits.step or 1)
        return f"{low + step * round((high - low) * self._tendency() / step):g}"

    def _choose(self, item: Question) -> object:
        choice = self._company_choice(item)
        if choice is not None:
            return choice.value
        requests_contact = self._happens(self.persona.requests_contact)
        weights = {choice.value: self._weight(item, choice, requests_contact) for choice in item.answer_choices}
        limits = item.constraints
        if item.kind == "ranking":
            return self._draw(weights, limits.max)
        first = self._draw(weights, 1)
        if item.kind == "choice" or any(choice.exclusive for choice in item.chosen(tuple(first))):
            return first
        combinable = {choice.value: weights[choice.value] for choice in item.answer_choices if not choice.exclusive}
        least = max(1, limits.min or 1)
        return self._draw(combinable, self.rng.randint(least, max(least, min(limits.max or 3, 3))))

    def _draw(self, weights: dict[str, float], count: int) -> list[str]:
        remaining, values = dict(weights), list[str]()
        for _ in range(min(count, len(remaining))):
            value = self.rng.choices(list(remaining), [max(weight, 1e-6) for weight in remaining.values()])[0]
            values.append(value)
            del remaining[value]
        return values

    def _company_choice(self, item: Question) -> Choice | None:
        """The choice for a fact about the company: its trade, or the band of its size. None for other questions.

        A choice with a `number` is an amount of something else than people."""
        company = self.person.company
        choice = item.choice(company.trade)
        if choice is not None:
            return choice
        criterion = self.policy.criteria.get(item.criterion or "")
        level = criterion.level_in_band(company.size) if criterion and criterion.bands else None
        counted = (choice for choice in item.answer_choices if choice.number is None)
        fitting = [choice for choice in counted if level is not None and choice.level == level]
        for choice in fitting:
            ends = _RANGE.search(choice.value)
            if ends and int(ends[1]) <= company.size <= int(ends[2]):
                return choice
        return fitting[0] if fitting else None

    def _weight(self, item: Question, choice: Choice, requests_contact: bool) -> float:
        persona, contact_requests = self.persona, self.policy.mql.immediate_on
        if self._ends(item, choice):
            return 0.0
        if choice.flags:
            return 1000.0 if persona.flag in choice.flags else 0.0
        if choice.proves_nothing:
            return 4.0 if persona.unsure else 0.05
        if any(other.emits in contact_requests for other in item.answer_choices):
            return 1.0 if (choice.emits in contact_requests) == requests_contact else 0.0
        weight = 1.0
        criterion = self.policy.criteria.get(item.criterion or "")
        if criterion is not None and choice.level in criterion.levels and criterion.best:
            tendency = persona.timing if item.criterion in self.policy.timing.criteria else persona.fit
            weight *= _near(criterion.points(choice.level) / criterion.best, tendency)
        best = float(item.best) if item.dimension else 0.0
        return weight * _near(float(choice.worth) / best, persona.maturity) if best else weight

    def _ends(self, item: Question, choice: Choice) -> bool:
        """Whether the choice alone ends the survey early. Sample people become leads, so they choose something else."""
        return any(evaluate(ending.when, {item.name: choice.value}) is True for ending in self.survey.endings)

    def _contact(self) -> FormValues:
        person = self.person
        known: FormValues = {
            "email": person.email, "first_name": person.first, "last_name": person.last,
            "name": f"{person.first} {person.last}", "company": person.company.name,
            "job_title": person.title, "country": person.country, "phone": person.phone,
            "linkedin": person.linkedin, "website": f"https://www.{person.company.domain}",
        }  # fmt: skip
        by_type = {"email": "email", "country": "country", "phone": "phone", "url": "website"}
        values: FormValues = {}
        for field in self.survey.contact_fields:
            value = known.get(field.name)
            if value is None and field.required:
                value = field.choices[0].value if field.choices else known[by_type.get(field.type, "company")]
            if value:
                values[field.name] = value
        return values


def _near(worth: float, tendency: float) -> float:
    return math.exp(-6 * (worth - tendency) ** 2)
