"""Job titles of sample people in the field of the survey that they answer, where it isn’t marketing or sales.

Titles without a gender, so that they fit any first name.
"""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.policy.titles import Titles
from questionnaire.demo.leads import DemoPerson, seeded_random

_Titles = Mapping[str, tuple[str, ...]]

_PEOPLE: _Titles = {
    "c_level": ("CEO", "COO", "Chief People Officer"), "vp": ("VP People", "VP Talent"),
    "director": ("Head of People", "HR Director", "Head of Talent"),
    "manager": ("Talent Acquisition Manager", "HR Manager", "Recruiting Manager"),
    "contributor": ("Recruiter", "HR Business Partner", "Talent Partner"),
}  # fmt: skip
_TECHNOLOGY: _Titles = {
    "c_level": ("CTO", "CIO"), "vp": ("VP Engineering", "VP Technology"),
    "director": ("Head of Platform", "Engineering Director", "Head of Infrastructure"),
    "manager": ("Engineering Manager", "DevOps Manager", "IT Manager"),
    "contributor": ("DevOps Engineer", "Site Reliability Engineer", "Software Engineer"),
}  # fmt: skip
_SMALL_COMPANY: _Titles = {
    "c_level": ("Managing Director", "CEO", "Owner"), "vp": ("VP Operations",),
    "director": ("Head of IT", "Head of Operations"), "manager": ("IT Manager", "Office Manager"),
    "contributor": ("Accountant", "Team Assistant"),
}  # fmt: skip
_BUILDINGS: _Titles = {
    "c_level": ("Managing Director", "CEO", "Owner"), "vp": ("VP Real Estate",),
    "director": ("Head of Real Estate", "Head of Facilities"), "manager": ("Facility Manager", "Property Manager"),
    "contributor": ("Facilities Assistant", "Project Engineer"),
}  # fmt: skip
_IN_FRENCH: Mapping[str, _Titles] = {
    "hiring-process": {"director": ("DRH",), "manager": ("Responsable RH", "Responsable recrutement")},
    "devops-maturity": {"director": ("DSI",), "manager": ("Responsable infrastructure", "Responsable plateforme")},
    "cybersecurity-basics": {"c_level": ("PDG", "DG"), "director": ("DSI",), "manager": ("Responsable informatique",)},
    "building-energy-efficiency": {"c_level": ("PDG", "DG"), "manager": ("Responsable technique",)},
}
_OF_SURVEY: Mapping[str, _Titles] = {
    "hiring-process": _PEOPLE, "devops-maturity": _TECHNOLOGY,
    "cybersecurity-basics": _SMALL_COMPANY, "building-energy-efficiency": _BUILDINGS,
}  # fmt: skip
_LEVEL_OF = Titles().level_of


def title_for(person: DemoPerson, survey: str) -> str:
    """A title of the same seniority; that of the person for any other survey."""
    level = _LEVEL_OF(person.title)
    titles = _OF_SURVEY.get(survey, {}).get(level or "", ())
    if person.language == "fr":
        titles = _IN_FRENCH.get(survey, {}).get(level or "", titles)
    if not titles or person.title == "Student":
        return person.title
    return seeded_random("title", person.number).choice(titles)
