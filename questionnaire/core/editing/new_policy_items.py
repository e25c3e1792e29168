"""What is new in a policy: criteria, levels, signals, pools, people, rules, terms and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.editing.edit import Change, add, set_
from questionnaire.core.editing.form_edits import write_at
from questionnaire.core.editing.new_items import name_of, unique
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import Document, EditError, Path, find, has, identities, part_at, read_path

DEFAULT_HOURS = {"mon-fri": "09:00-18:00"}
SATURDAY = "09:00-13:00"
"""The hours of further days, until someone writes others."""


def is_policy(document: Document) -> bool:
    return str(document.get("schema", "")).startswith("policy")


def named_item(document: Document, path: Path, typed: str) -> Change:
    """A new key of a mapping of names, such as a signal. What was typed is its title where it can have one."""
    if not typed.strip():
        raise EditError("name_missing", path, "the new entry has no name", "enter a name")
    if path in (("reps",), ("rejection_reasons",), ("segments",)):
        return _named_row(document, path, typed.strip())
    if path[:1] == ("calendars",) and path[-1:] == ("hours",):
        return (write_at(document, (*path, typed.strip()), SATURDAY),)
    holder = find(document, path) if has(document, path) else {}
    taken = {str(name) for name in holder} if isinstance(holder, Mapping) else set()
    name = name_of(typed, taken, "item")
    value: Any = _start(document, path, typed.strip(), name)
    if path == ("report", "blocks"):
        first, *others = languages_of(document)
        value = {"text": {first: typed.strip()} if others else typed.strip()}
    if has(document, path):
        return (set_((*path, name), value),)
    above, value = path, {name: value}
    while len(above) > 1 and not has(document, above[:-1]):
        above, value = above[:-1], {above[-1]: value}
    return (set_(above, value),)


def _named_row(document: Document, path: Path, title: str) -> Change:
    items = find(document, path) if has(document, path) else []
    taken = {str(step) for step in identities(items, part_at(document, path))} if isinstance(items, list) else set()
    name = name_of(title, taken, "item")
    row: dict[str, Any] = {"code": name, "then": {"nurture": "P3M"}}
    if path == ("reps",):
        row = {"id": name, "name": title, "email": ""}
    if path == ("segments",):
        row = {"id": name.replace("_", "-"), "when": {"hand_raise": True}, "title": title}
    return (add(path, row),) if has(document, path) else (set_(path, [row]),)


def _start(document: Document, path: Path, title: str, name: str) -> Any:
    worded = {} if name == title else {"title": title}
    if path[-1:] == ("levels",):
        return {"points": 0, **worded} if worded else 0
    if path[-1:] == ("criteria",):
        return {**worded, "levels": {"yes": 0, "no": 0}}
    if path == ("intent", "signals"):
        return {"points": 0, "window": "P90D", **worded}
    if path == ("intent", "groups"):
        return 0
    if path == ("calendars",):
        return {"timezone": str(document.get("timezone", "UTC")), "hours": dict(DEFAULT_HOURS)}
    return []


def new_difference(document: Document, path: Path, place: str) -> Change:
    """A segment gets its own value at a place of the policy, which is at first the same."""
    if not place or not has(document, read_path(place)):
        raise EditError("name_missing", path, "nothing was chosen", "choose what differs")
    return (write_at(document, (*path, *read_path(place)), find(document, read_path(place))),)


def policy_row(document: Document, path: Path) -> Change:
    """A new entry of a list, also of one that a segment has of its own."""
    items = find(document, path) if has(document, path) else []
    steps = {str(step) for step in identities(items, part_at(document, path))} if isinstance(items, list) else set()
    of_policy = path[2:] if path[:1] == ("segments",) and len(path) > 2 else path
    row = _row(document, of_policy, steps)
    if of_policy == ("sla", "first_contact") and items:
        return (add(path, row, 0),)
    if has(document, path):
        return (add(path, row),)
    value: Any = [row]
    while len(path) > 1 and not has(document, path[:-1]):
        path, value = path[:-1], {path[-1]: value}
    return (set_(path, value),)


def _row(document: Document, path: Path, taken: set[str]) -> Any:
    if path == ("routing", "rules"):
        pool = next(iter(_mapping(document, ("routing", "pools"))), "")
        return {"id": unique("rule", taken, "-"), "assign": {"pool": str(pool)}}
    if path[:2] == ("routing", "pools"):
        reps = [str(rep.get("id")) for rep in document.get("reps", ()) if isinstance(rep, Mapping)]
        return {"rep": next((rep for rep in reps if rep not in taken), "")}
    if path == ("checklist",):
        return {"id": unique("ITEM", taken, "-"), "text": "", "check": {"email_kind": "business"}}
    if path == ("sla", "first_contact"):
        return {"when": {"hand_raise": True}, "within": "4bh"}
    if path == ("disqualify",):
        return {"when": {"email_kind": "disposable"}, "reason": "invalid_contact"}
    if path == ("divert",):
        return {"when": {"domain_in": "partners"}, "to": "partner_team"}
    if path == ("fit", "completeness", "of"):
        known = str(find(document, path)) if has(document, path) else ""
        names = [str(name) for name in _mapping(document, ("fit", "criteria"))]
        return next((name for name in names if f"'{name}'" not in known), names[0] if names else "")
    if path == ("sla", "on_breach"):
        return {"notify": "manager"}
    return {}


def _mapping(document: Document, path: Path) -> Mapping[str, Any]:
    found = find(document, path) if has(document, path) else {}
    return found if isinstance(found, Mapping) else {}
