"""The contact step of an imported survey: made of the question that asks for an email address, and those beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import names_in
from questionnaire.core.importing.names import plain_name
from questionnaire.core.importing.scope import HIDDEN, NotWritable

FIELDS: Mapping[str, tuple[str, ...]] = {
    "first_name": ("first_name", "firstname", "given_name", "prenom", "vorname"),
    "last_name": ("last_name", "lastname", "family_name", "surname", "name", "full_name", "nom", "nachname"),
    "company": ("company", "organization", "organisation", "company_name", "entreprise", "societe", "firma"),
    "job_title": ("job_title", "role", "position", "your_role", "fonction"),
    "phone": ("phone", "phone_number", "telephone", "tel", "mobile"),
    "country": ("country", "pays", "land"),
    "website": ("website", "url", "site_web"),
}
"""Name of a contact field -> names of questions that ask for it."""
_TYPES = frozenset({"text", "phone", "url", "country", "email"})
_KEYS = ("type", "title", "help", "placeholder", "required", "max_length")


def move_to_contact(draft: SurveyDraft) -> None:
    """Moves the first question for an email address, and the other contact details on its page."""
    tested = _tested_names(draft)
    found = [
        (page, question)
        for page in draft.pages if "show_if" not in page
        for question in page["questions"] if question["type"] == "email" and _is_movable(question, tested)
    ]  # fmt: skip
    fields: list[dict[str, Any]] = list(draft.document.get("contact", {}).get("fields", []))
    if found and not any(field["type"] == "email" for field in fields):
        page, email = found[0]
        beside = [one for one in page["questions"] if one is email or _detail(one, tested)]
        # A survey asks at least one question besides the contact details.
        if len(beside) < sum(len(one["questions"]) for one in draft.pages):
            for question in beside:
                page["questions"].remove(question)
                fields.append(_field(draft, question, "email" if question is email else _detail(question, tested)))
            if not page["questions"] and "title" in page:
                draft.document["contact"] = {"title": page.pop("title")}
    if fields:
        draft.document["contact"] = {**draft.document.get("contact", {}), "fields": fields}
    else:
        draft.notes.add("no_email", "")
        draft.document.setdefault("display", {})["gate"] = "none"


def _is_movable(question: Mapping[str, Any], tested: frozenset[str]) -> bool:
    return "show_if" not in question and question["name"] not in tested


def _detail(question: Mapping[str, Any], tested: frozenset[str]) -> str:
    """The contact field that a question asks for; "" for none."""
    if question["type"] not in _TYPES or question["type"] == "email" or not _is_movable(question, tested):
        return ""
    title = question["title"]
    said = plain_name(title if isinstance(title, str) else next(iter(title.values())), "")
    return next((field for field, names in FIELDS.items() if question["name"] in names or said in names), "")


def _field(draft: SurveyDraft, question: Mapping[str, Any], name: str) -> dict[str, Any]:
    used = {field["name"] for field in draft.document.get("contact", {}).get("fields", [])}
    name = name if name not in draft.names.used - {question["name"]} and name not in used else question["name"]
    draft.names.take(name)
    for known in draft.scope.names.values():
        if known.name == question["name"]:
            known.name, known.place = name, HIDDEN
    draft.notes.add("moved_to_contact", draft.places[question["name"]], name=name)
    return {"name": name, **{key: question[key] for key in _KEYS if key in question}}


def _tested_names(draft: SurveyDraft) -> frozenset[str]:
    """Our names of what conditions and calculations of the source use."""
    expressions = [one.expression for one in draft.conditions] + [one.expression for one in draft.calculations]
    found = set()
    for key in (name for expression in expressions for name in names_in(expression)):
        try:
            found.add(draft.scope.find(key).name)
        except NotWritable:
            continue
    return frozenset(found)
