"""Surveys with the shape and size of three well-known public questionnaires, made by code and in words of our own.

- `impact_assessment`: what a government asks before it automates decisions. 299 items in sections: yes or no, choices
  with points, several answers, free text, and follow-ups that show after an answer. The risk and what reduces it are
  scored apart; the level follows from both.
- `delivery_assessment`: 75 statements about delivering software, agree to disagree, five dimensions of one level.
- `security_model`: 90 questions about secure software. Five functions of three practices each, two levels of
  dimensions; each practice has two streams with questions of levels 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any

from questionnaire.core.policy import Policy
from questionnaire.core.policy import read as read_policy
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey
from questionnaire.library.yaml.reader import read_source
from tests.conventions.checkout import ROOT

Raw = dict[str, Any]

CONTACT: Raw = {
    "fields": [
        {"name": "email", "type": "email", "required": True},
        {"name": "company", "type": "text", "required": True},
        {"name": "country", "type": "country", "required": True, "criterion": "zone"},
        {"name": "role", "type": "single_choice", "criterion": "role", "title": "What is your role?", "choices": [
            {"value": "decides", "text": "I decide", "level": "decides"},
            {"value": "other", "text": "Something else", "level": "other"}]},
        {"name": "plan", "type": "single_choice", "criterion": "timeline", "title": "When do you start?", "choices": [
            {"value": "soon", "text": "Soon", "level": "soon"}, {"value": "later", "text": "Later", "level": "later"},
            {"value": "none", "text": "Not planned", "level": "none"}]},
    ]
}  # fmt: skip
SECTIONS = (
    "Project", "Reasons to automate", "System", "Decision", "People concerned", "Rights", "Health", "Livelihood",
    "Environment", "Duration", "Data sources", "Personal data", "Data quality", "Consultation", "Fairness", "Recourse",
    "Security", "Monitoring",
)  # fmt: skip
RISKS = 12
"""The first sections ask for risks, the others for what reduces them."""
FUNCTIONS = {
    "Steering": ("Strategy", "Rules", "Training"), "Design": ("Threats", "Requirements", "Architecture"),
    "Making": ("Secure builds", "Secure deployment", "Defects"),
    "Proving": ("Review of architecture", "Tests of requirements", "Tests of security"),
    "Running": ("Incidents", "Environments", "Operation"),
}  # fmt: skip
ABILITIES = ("Flow", "Tests", "Architecture", "Operation", "Culture")


@cache
def policy() -> Policy:
    """The smallest policy: these questionnaires are about the report, and make leads all the same."""
    source, problems = read_source(ROOT / "surveys" / "features" / "policy.yaml")
    assert source is not None, problems
    found, mistakes = read_policy(source.raw)
    assert found is not None, mistakes
    return found


def _survey(id: str, title: str, dimensions: list[Raw], pages: list[Raw], **more: Any) -> Survey:
    raw = {"schema": "survey/1", "id": id, "version": 1, "policy": "features", "title": title, "pages": pages,
           "dimensions": dimensions, "display": {"mode": "by_page"}, "contact": CONTACT, **more}  # fmt: skip
    found, problems = surveys.read(raw)
    assert found is not None, [*map(str, problems)]
    return found


def _bands(names: Iterable[str], about: str) -> list[Raw]:
    """One band of the same width for each name, with three sentences."""
    every = list(names)
    return [
        {"from": round(100 * place / len(every)), "name": name, "text": f"{about} is at the level “{name}”. "
         "The answers below show what holds it there. Begin with the one that is easiest to change."}
        for place, name in enumerate(every)
    ]  # fmt: skip


def _choices(*texts: str, worth: Iterable[float] = (), advice: str = "") -> list[Raw]:
    """Choices from the worst to the best; `worth` are their points, else 0, 1, 2 …"""
    points = list(worth) or list(range(len(texts)))
    choices: list[Raw] = [{"value": f"v{place}", "text": text, "maturity": points[place]}
                          for place, text in enumerate(texts)]  # fmt: skip
    if advice:
        choices[0]["advice"] = {"text": advice, "effort": "low", "done_when": "someone else has looked at it"}
    return choices


@cache
def impact_assessment() -> Survey:
    pages = [_section(number, title) for number, title in enumerate(SECTIONS)]
    dimensions = [
        {"name": "safety", "title": "Low risk", "dimensions": [
            {"name": f"s{number}", "title": title} for number, title in enumerate(SECTIONS[:RISKS]) if number]},
        {"name": "care", "title": "Measures", "dimensions": [
            {"name": f"s{number}", "title": title} for number, title in enumerate(SECTIONS) if number >= RISKS]},
    ]  # fmt: skip
    scored = [f"s{number}" for number in range(1, len(SECTIONS))]
    calculated = [
        {"name": "measures", "formula": "score.care"},
        {"name": "impact", "title": "Impact after measures", "unit": "%",
         "help": "The risk in percent; measures of 80 and more take 15 percent off.", "cases": [
             {"when": {"calculated.measures": {"gte": 80}}, "formula": "(100 - score.safety) * 0.85"},
             {"formula": "100 - score.safety"}]},
    ]  # fmt: skip
    report = {
        "order": "listed", "figures": ["impact"],
        "overall": _bands(("Level IV", "Level III", "Level II", "Level I"), "The decision"),
        "dimensions": {name: _bands(("Weak", "Fair", "Strong"), "This section") for name in scored},
    }  # fmt: skip
    return _survey("impact-assessment", "Impact of automated decisions", dimensions, pages, calculated=calculated,
                   report=report)  # fmt: skip


def _section(number: int, title: str) -> Raw:
    """A section asks 16 or 17 questions, in turns of six: yes or no, its follow-ups, points, several answers, text."""
    count = 17 if number < 11 else 16
    scored = {"dimension": f"s{number}"} if number else {}
    questions: list[Raw] = []
    for place in range(count):
        name, asked = f"s{number}_q{place}", f"{title}, point {place + 1}"
        questions.append({"name": name, "required": place % 6 not in (2, 5), **_asked(number, place, asked, scored)})
    return {"name": f"section_{number}", "title": title, "questions": questions}


def _asked(number: int, place: int, asked: str, scored: Raw) -> Raw:
    turn, before = place % 6, f"s{number}_q{place - 1}"
    if turn == 0:
        choices: list[Raw] = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]
        if scored:
            choices[0] |= {"maturity": 0, "advice": f"Describe who is affected by “{asked}” and ask two of them."}
            choices[1] |= {"maturity": 3}
        return {"type": "yes_no", "title": f"{asked}: does it apply?", "choices": choices, **scored}
    if turn == 1:
        choices = _choices("Hard to undo", "Reversible with effort", "Easily reversible")
        return {"type": "single_choice", "title": f"{asked}: can it be undone?", "show_if": {before: "yes"},
                "choices": choices if scored else _bare(choices), **scored}  # fmt: skip
    if turn == 2:
        show_if = {"all": [{f"s{number}_q{place - 2}": "yes"}, {before: ["v0", "v1"]}]}
        return {"type": "long_text", "title": f"{asked}: please describe", "show_if": show_if}
    if turn == 3:
        choices = _choices("Very high", "High", "Moderate", "Little or none", worth=(0, 1, 2, 4))
        return {"type": "single_choice", "title": f"{asked}: how large is the effect?",
                "choices": choices if scored else _bare(choices), **scored}  # fmt: skip
    if turn == 4:
        choices = [{"value": f"m{part}", "text": f"{asked}, measure {part + 1}", **({"maturity": 1} if scored else {})}
                   for part in range(4)]  # fmt: skip
        return {"type": "multiple_choice", "title": f"{asked}: what have you done?", "choices": choices, **scored}
    return {"type": "text", "title": f"{asked}: who is responsible?"}


def _bare(choices: list[Raw]) -> list[Raw]:
    return [{key: value for key, value in choice.items() if key != "maturity"} for choice in choices]


@cache
def delivery_assessment() -> Survey:
    labels = {1: "I disagree", 2: "I rather disagree", 3: "Partly", 4: "I rather agree", 5: "I agree"}
    pages = [
        {"name": f"d{number}", "title": ability, "questions": [
            {"name": f"d{number}_q{place}", "type": "scale", "from": 1, "to": 5, "labels": labels, "required": True,
             "dimension": f"d{number}", "title": f"{ability}: our teams do number {place + 1} as a matter of course."}
            for place in range(15)]}
        for number, ability in enumerate(ABILITIES)
    ]  # fmt: skip
    dimensions = [{"name": f"d{number}", "title": ability} for number, ability in enumerate(ABILITIES)]
    report = {
        "overall": _bands(("Starting", "Growing", "Steady", "Leading"), "Your delivery"),
        "dimensions": {f"d{number}": _bands(("Low", "Middle", "High"), ability)
                       for number, ability in enumerate(ABILITIES)},
        "charts": {"dimensions": "radar"},
    }  # fmt: skip
    return _survey("delivery-assessment", "How you deliver software", dimensions, pages, report=report)


@cache
def security_model() -> Survey:
    dimensions: list[Raw] = []
    pages: list[Raw] = []
    for at, (function, practices) in enumerate(FUNCTIONS.items()):
        names = [f"p{at}{place}" for place in range(len(practices))]
        parts = [{"name": name, "title": practice} for name, practice in zip(names, practices, strict=True)]
        dimensions.append({"name": f"f{at}", "title": function, "dimensions": parts})
        for name, practice in zip(names, practices, strict=True):
            questions = [_level(name, practice, stream, level) for stream in "ab" for level in (1, 2, 3)]
            pages.append({"name": name, "title": f"{function}: {practice}", "questions": questions})
    lower = [part for upper in dimensions for part in upper["dimensions"]]
    calculated = [
        {"name": f"{upper['name']}_level", "title": f"{upper['title']}, of 3", "decimals": 2,
         "formula": f"score.{upper['name']} * 3 / 100"} for upper in dimensions
    ]  # fmt: skip
    report = {
        "overall": _bands(("Level 0", "Level 1", "Level 2", "Level 3"), "Your software"),
        "dimensions": {part["name"]: _bands(("Open", "In part", "Settled"), part["title"]) for part in lower},
        "figures": [value["name"] for value in calculated],
        "charts": {"dimensions": "radar"},
    }  # fmt: skip
    return _survey("security-model", "Secure software", dimensions, pages, report=report, calculated=calculated)


def _level(name: str, practice: str, stream: str, level: int) -> Raw:
    choices = _choices(
        "No", "For some applications", "For at least half of them", "For most or all", worth=(0, 0.25, 0.5, 1),
        advice=f"{practice}: write down how level {level} of stream {stream.upper()} looks for one application.",
    )  # fmt: skip
    return {
        "name": f"{name}_{stream}{level}",
        "type": "single_choice",
        "required": True,
        "dimension": name,
        "title": f"{practice}, stream {stream.upper()}, level {level}: is it in place?",
        "choices": choices,
    }


ALL = (impact_assessment, delivery_assessment, security_model)
"""In the order of the docstring."""


def answered(made: Survey, random: Random) -> Journey:
    """The journey of someone who answers every question that shows, at random, and long texts in one sentence."""
    given: dict[str, Value] = {}
    while True:
        journey = derive_journey(made, Answers(given))
        open_items = [item for question in journey.visible for item in question.items if item.name not in given]
        if not open_items:
            return journey
        given |= {item.name: _answer(item, random) for item in open_items}


def _answer(item: Question, random: Random) -> Value:
    if item.kind == "text":
        return "The head of the department, together with two people from operations."
    if not item.answer_choices:
        return random.randint(int(item.constraints.min or 0), int(item.constraints.max or 10))
    value = random.choice(item.answer_choices).value
    return value if item.kind == "choice" else (value,)
