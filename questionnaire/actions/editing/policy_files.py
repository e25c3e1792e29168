"""Policies as YAML: out, in as one change of the draft, and part by part; new policies from a file or a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import DraftResult, find_draft_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.edit import Change, remove, set_
from questionnaire.core.editing.new_items import name_of, unique
from questionnaire.core.editing.same import replacing, same
from questionnaire.library.yaml.reader import read_bytes
from questionnaire.library.yaml.writer import write_yaml
from questionnaire.storage.publishing import drafts as stored
from questionnaire.storage.publishing import publications

FILE = "policy.yaml"


def part_yaml(document: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Some keys of a policy as YAML, in the order of the document."""
    part = {key: document[key] for key in document if key in keys}
    return write_yaml(part) if part else ""


def part_edits(
    document: Mapping[str, Any], keys: tuple[str, ...], typed: str
) -> tuple[Change, tuple[Problem, ...]]:  # fmt: skip
    """The edits that make these keys say what was typed. Other keys are refused."""
    raw, problems = _mapping(typed) if typed.strip() else ({}, ())
    if problems:
        return (), problems
    strange = [key for key in raw if key not in keys]
    if strange:
        hint = "write only " + ", ".join(f"`{key}`" for key in keys)
        return (), (Problem("unknown_key", (), f"`{strange[0]}` belongs to another part", hint),)
    wanted = {key: value for key, value in document.items() if key not in keys or key in raw} | raw
    change: Change = ()
    for key in keys:
        if key in document and key not in raw:
            change += (remove((key,), anyway=True),)
        elif key in raw and not (key in document and same(document[key], raw[key])):
            change += (set_((key,), wanted[key]),)
    return change, ()


def _mapping(typed: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    source, problems = read_bytes(typed.encode(), FILE)
    if source is None or problems:
        return {}, problems
    if not isinstance(source.raw, Mapping):
        return {}, (Problem("not_authored", (), "keys with values are expected here", "write for example `mql: …`"),)
    return json.loads(json.dumps(source.raw)), ()


def policy_yaml(toolbox: Toolbox, name: str, version: int | None = None, *, draft: bool = False) -> str | None:
    """The file of a version or of the draft; None when there is none. Writes nothing."""
    with toolbox.database.reading() as session:
        row = stored.of_name(session, "policy", name) if draft else publications.find(session, "policy", name, version)
        return None if row is None else write_yaml(row.content)


def policy_from_yaml(toolbox: Toolbox, content: bytes, name: str, actor: str, now: datetime) -> DraftResult:
    """Makes the draft say what the file says, as one change that can be undone.

    Without `name` the file's own id is meant; then a draft is opened, of a published policy from the version in force.
    """
    source, problems = read_bytes(content, FILE)
    if source is None or problems:
        return DraftResult(None, problems=problems)
    raw: Any = json.loads(json.dumps(source.raw))
    given = str(raw.get("id") or "") if isinstance(raw, Mapping) and raw.get("schema") == "policy/1" else ""
    if not given or (name and given != name):
        hint = (
            f"start it with `schema: policy/1` and `id: {name}`"
            if name
            else "start it with `schema: policy/1` and an `id`"
        )
        message = f"this is the policy `{given}`" if given else "this is no policy"
        return DraftResult(None, problems=source.placed([Problem("not_authored", (), message, hint)]))
    with toolbox.database.reading() as session:
        is_published = publications.newest_version(session, "policy", given) is not None
    if is_published:
        drafts.open_from_version(toolbox, "policy", given, actor, now)
    draft = find_draft_of(toolbox, "policy", given)
    if draft is None:
        return drafts.open_content(toolbox, raw, None, actor, now)
    if not name and not is_published:
        problem = Problem("name_taken", (), f"there is a draft of `{given}` already", "change the id in the file")
        return DraftResult(None, problems=(problem,))
    change = replacing(draft.document, raw)
    if not change:
        return DraftResult(draft)
    return drafts.edit(toolbox, draft.id, draft.revision, [one.as_json for one in change], actor, now)


def copy_policy(toolbox: Toolbox, name: str, title: str, actor: str, now: datetime) -> DraftResult:
    """A new policy with the content of the draft or version in force of another one."""
    if not title.strip():
        return DraftResult(None, problems=(Problem("text_empty", ("title",), "the name is empty", "enter a name"),))
    with toolbox.database.reading() as session:
        row = stored.of_name(session, "policy", name) or publications.find(session, "policy", name)
        taken = {one.id for one in publications.newest_of_all(session, "policy")}
        taken |= {"new", *(one.name for one in stored.every(session, "policy"))}
    if row is None:
        return DraftResult(None, problems=(Problem("not_published", (), f"there is no policy `{name}`", ""),))
    new = unique(name_of(title, (), "policy").replace("_", "-"), taken, "-")
    document = {key: value for key, value in row.content.items() if key != "signed_by"} | {"id": new, "version": 1}
    return drafts.open_content(toolbox, document, None, actor, now)
