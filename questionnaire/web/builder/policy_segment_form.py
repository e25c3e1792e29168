"""The form of segments: for whom each is, and what is different in it, with the fields that the policy itself has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.outline import entries
from questionnaire.core.editing.paths import Document, Path, find, has, write_path
from questionnaire.core.editing.policy_places import part_of_path, policy_place
from questionnaire.core.policy import Policy
from questionnaire.core.policy.segments import merge
from questionnaire.web.builder.form_fields import BuilderField, field_id, read_field
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.policy_axis_forms import fit_form, intent_form, timing_form, titles_form
from questionnaire.web.builder.policy_blocks import PolicyForm, PolicyRow, PolicyTable, fields_of
from questionnaire.web.builder.policy_condition_form import policy_condition_form
from questionnaire.web.builder.policy_criterion_form import must_know_table
from questionnaire.web.builder.policy_decision_forms import (
    checklist_table,
    disqualify_table,
    divert_table,
    kpis_form,
    rules_form,
    thresholds_form,
    words_form,
)
from questionnaire.web.builder.policy_fields import PolicyFields
from questionnaire.web.builder.policy_handoff_forms import (
    pool_table,
    reps_of,
    routing_form,
    rules_table,
    sla_form,
    steps_table,
    terms_table,
)

CHANGEABLE = ("phrases", "fit", "intent", "timing", "mql", "sql", "disqualify", "divert", "verify", "checklist",
              "routing", "sla", "kpi_bands")  # fmt: skip
OWN = ("id", "when", "title")
FORMS: tuple[tuple[Callable[[Policy | None, PolicyFields], PolicyForm], tuple[str, ...]], ...] = (
    (thresholds_form, ("mql", "sql")), (fit_form, ("fit",)), (intent_form, ("intent",)), (timing_form, ("timing",)),
    (titles_form, ("fit", "timing")), (routing_form, ("routing",)), (sla_form, ("sla",)), (rules_form, ("verify",)),
    (kpis_form, ("kpi_bands",)), (words_form, ("phrases",)),
)  # fmt: skip
"""Forms whose fields a segment has too, each with the keys that it is about."""
LISTS: Mapping[Path, Callable[[Policy | None, PolicyFields, Path], PolicyTable]] = {
    ("disqualify",): disqualify_table, ("divert",): divert_table, ("checklist",): checklist_table,
    ("routing", "rules"): rules_table, ("fit", "completeness", "of"): must_know_table,
    ("sla", "first_contact"): terms_table, ("sla", "on_breach"): lambda _policy, fields, at: steps_table(fields, at),
}  # fmt: skip
"""What a segment replaces as a whole."""


def segments_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    rows: list[PolicyRow] = []
    tables: list[PolicyTable] = []
    known = _fields(policy, fields, fields.document, CHANGEABLE)
    offered = _offered(policy, fields, known)
    for path, raw in entries(fields.document, ("segments",)):
        cells = (fields.text((*path, "title"), words("Name of the segment")),
                 fields.word((*path, "id"), words("Short name"), required=True))  # fmt: skip
        condition = policy_condition_form(policy, fields, (*path, "when"))
        own = fields.maker.own_problems(path, (*OWN, *CHANGEABLE))
        rows.append(PolicyRow(str(raw.get("id", "")), cells, write_path(path), True, condition, own))
        tables += _differences(policy, fields, path, raw, known, offered)
    heads = (words("Name of the segment"), words("Short name"))
    note = words("A lead belongs to the first segment that matches. Without a match, the policy applies as it is.")
    head = PolicyTable(words("Segments, first match decides"), heads, tuple(rows), "segments", words("New segment"),
                       named=True, note=note)  # fmt: skip
    return PolicyForm(tables=(head, *tables))


def _differences(
    policy: Policy | None, fields: PolicyFields, path: Path, raw: Mapping[str, Any],
    before: Mapping[Path, BuilderField], offered: Options,
) -> Iterator[PolicyTable]:  # fmt: skip
    """What differs in a segment: a table of single values, and one for each list of its own."""
    words = fields.words
    title = str(raw.get("title") or raw.get("id") or "") if not isinstance(raw.get("title"), Mapping) else ""
    title = title or str(next(iter(raw["title"].values()), ""))
    changes = {str(key): value for key, value in raw.items() if key not in OWN}
    merged = {**merge(fields.document, changes)}
    known = _fields(policy, fields, merged, tuple(changes))
    rows: list[PolicyRow] = []
    lists: list[PolicyTable] = []
    for place, value in _places(changes):
        at = (*path, *place)
        name = policy_place(merged, policy, place, words)
        if (table := _list_table(policy, fields, place, at)) is not None:
            text = words("%(name)s: %(text)s", name=title, text=table.title)
            lists.append(replace(table, title=text, path=write_path(at)))
        elif place == ("sql", "review_if"):
            rows.append(PolicyRow(name, (), write_path(at), condition=policy_condition_form(policy, fields, at)))
        else:
            cells = (_moved(fields, known[place], at),) if place in known else ()
            note = _note(fields, value, before.get(place), is_known=place in known)
            rows.append(PolicyRow(name, cells, write_path(at), problems=fields.maker.problems_at(at), note=note))
    taken = {write_path(place) for place, _value in _places(changes)}
    left = tuple(one for one in offered if one[0] not in taken)
    heads = (words("What differs"), words("In this segment"))
    yield PolicyTable(words("%(name)s: what differs", name=title), heads, tuple(rows), write_path(path),
                      words("What else differs"), named=True, options=left, verb="differ")  # fmt: skip
    yield from lists


def _list_table(policy: Policy | None, fields: PolicyFields, place: Path, at: Path) -> PolicyTable | None:
    if not isinstance(value_at(fields.document, at), list):
        return None
    if place[:2] == ("routing", "pools") and len(place) == 3:
        return pool_table(fields, at, reps_of(fields))
    return LISTS[place](policy, fields, at) if place in LISTS else None


def _note(fields: PolicyFields, value: Any, before: BuilderField | None, *, is_known: bool) -> str:
    """What the policy says there; of a key without a field what it is."""
    words = fields.words
    if value is None:
        return words("left out in this segment")
    if not is_known:
        return words("Change it as YAML: %(value)s", value=str(value))
    said = dict(before.options).get(before.value, before.value) if before is not None else ""
    return words("%(value)s in the policy", value=said.replace("\n", ", ")) if said else ""


def _moved(fields: PolicyFields, field: BuilderField, at: Path) -> BuilderField:
    """A field of the policy that writes into a segment."""
    reading = field.name.partition(" ")[0]
    return replace(field, name=f"{reading} {write_path(at)}", id=field_id("s", at),
                   problems=fields.maker.problems_at(at))  # fmt: skip


def _fields(
    policy: Policy | None, fields: PolicyFields, document: Document, changed: tuple[str, ...]
) -> dict[Path, BuilderField]:  # fmt: skip
    """Place -> its field in the forms of a policy, of the keys that are changed."""
    maker = replace(fields.maker, choosable=replace(fields.maker.choosable, document=document), problems=())
    inside = PolicyFields(maker)
    found = {}
    for form, about in FORMS:
        for field in fields_of(form(policy, inside)) if set(about) & set(changed) else ():
            read = read_field(field.name, "")
            if read is not None and read.path[0] in changed:
                found[read.path] = field
    return found


def _places(changes: Any, above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that a segment has of its own; a condition is one."""
    if not isinstance(changes, Mapping) or above == ("sql", "review_if") or not changes:
        if above:
            yield above, changes
        return
    for key, value in changes.items():
        yield from _places(value, (*above, str(key)))


def _offered(policy: Policy | None, fields: PolicyFields, known: Mapping[Path, BuilderField]) -> Options:
    """What a segment may have of its own: every value that the policy has and that stands in no list."""
    document = fields.document
    places = [place for place in known if value_at(document, place) is not None]
    places += [place for place in LISTS if has(document, place)]
    places += [("routing", "pools", str(name)) for name in fields.mapping(("routing", "pools"))]
    places += [place for place in (("sql", "review_if"),) if has(document, place)]
    order = {part.name: number for number, part in enumerate(PARTS)}
    free = [place for place in places if not _is_in_list(document, place)]
    free.sort(key=lambda place: order[part_of_path(place)])
    return tuple((write_path(place), policy_place(document, policy, place, fields.words)) for place in free)


def _is_in_list(document: Document, place: Path) -> bool:
    above = [place[:depth] for depth in range(1, len(place))]
    return any(has(document, one) and isinstance(find(document, one), list) for one in above)
