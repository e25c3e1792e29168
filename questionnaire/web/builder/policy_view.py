"""What the edit page of a policy shows: its parts, and the form of the one that someone works on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.policy_check import PolicyCheck
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement import PARTS, AgreementPart, PolicyPart, part_in_words
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.policy_places import part_of_path
from questionnaire.core.editing.same import same
from questionnaire.core.policy import Policy
from questionnaire.web.builder.form_fields import FieldMaker, read_field
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.policy_axis_forms import fit_form, intent_form, timing_form, titles_form
from questionnaire.web.builder.policy_blocks import PolicyForm, conditions_of, fields_of, tables_of
from questionnaire.web.builder.policy_decision_forms import (
    basics_form,
    checklist_form,
    kpis_form,
    lists_form,
    rules_form,
    thresholds_form,
)
from questionnaire.web.builder.policy_fields import PolicyFields
from questionnaire.web.builder.policy_handoff_forms import calendars_form, reasons_form, routing_form, sla_form
from questionnaire.web.builder.policy_problems import PolicyProblemWords
from questionnaire.web.builder.policy_segment_form import segments_form
from questionnaire.web.builder.problem_words import DraftProblem

FORMS: Mapping[str, Callable[[Policy | None, PolicyFields], PolicyForm]] = {
    "thresholds": thresholds_form, "fit": fit_form, "intent": intent_form, "timing": timing_form,
    "titles": titles_form, "routing": routing_form, "sla": sla_form, "calendars": calendars_form,
    "reasons": reasons_form, "rules": rules_form, "checklist": checklist_form, "segments": segments_form,
    "lists": lists_form, "kpis": kpis_form, "basics": basics_form,
}  # fmt: skip
IN_WORDS = ("segments", "kpis", "calendars")
"""Parts of which not everything has a field: their words stand below the form."""


@dataclass(frozen=True, slots=True)
class PartLine:
    name: str
    title: str
    changed: bool
    errors: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class PolicyView:
    """`was`: name of a field -> what the version in force says there. `words`: the part as the agreement says it."""

    part: PolicyPart
    title: str
    what: str
    parts: tuple[PartLine, ...]
    form: PolicyForm
    was: Mapping[str, str]
    words: AgreementPart | None
    problems: tuple[DraftProblem, ...]
    loose: tuple[DraftProblem, ...]
    languages: tuple[str, ...]
    language: str

    @property
    def at(self) -> str:
        return self.part.name

    @property
    def errors(self) -> int:
        return sum(problem.is_error for problem in self.problems)


def policy_view(
    draft: Draft, check: PolicyCheck, old: Mapping[str, Any], words: Translator, at: str, language: str, today: date
) -> PolicyView:  # fmt: skip
    document = draft.document
    languages = languages_of(document)
    written = language if language in languages else languages[0]
    choosable = Choosable(document, check.policy, words, written)
    problems = PolicyProblemWords(choosable).problems(check.problems)
    part = next((one for one in PARTS if one.name == at), PARTS[0])
    form = FORMS[part.name](check.policy, PolicyFields(FieldMaker(choosable, problems)))
    lines = tuple(
        PartLine(one.name, words(one.title), _differs(old, document, one), _errors(problems, one.name), one == part)
        for one in PARTS
    )
    said = part_in_words(check.policy, part.name, words, today) if check.policy and part.name in IN_WORDS else None
    mine = tuple(one for one in problems if part_of_path(one.path) == part.name)
    shown = {one.number for field in fields_of(form) for one in field.problems}
    loose = tuple(one for one in mine if one.number not in shown and one.number not in _own(form))
    was = dict(_old_values(form, old, document)) if old else {}
    return PolicyView(part, words(part.title), words(part.what), lines, form, was, said, problems, loose, languages,
                      written)  # fmt: skip


def _differs(old: Mapping[str, Any], new: Mapping[str, Any], part: PolicyPart) -> bool:
    return bool(old) and any(not same(old.get(key), new.get(key)) for key in part.keys)


def _errors(problems: tuple[DraftProblem, ...], name: str) -> int:
    return sum(one.is_error for one in problems if part_of_path(one.path) == name)


def _own(form: PolicyForm) -> set[int]:
    """The problems that stand at a row, a criterion or a condition."""
    found = {one.number for block in form.criteria for one in block.problems}
    found |= {one.number for table in tables_of(form) for row in table.rows for one in row.problems}
    return found | {one.number for condition in conditions_of(form) for one in condition.problems}


def _old_values(
    form: PolicyForm, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    for field in fields_of(form):
        read = read_field(field.name, "")
        if read is None or field.control == "picks":
            continue
        before, after = value_at(old, read.path), value_at(new, read.path)
        if before is None or same(before, after):
            continue
        text = ", ".join(map(str, before)) if isinstance(before, list) else _said(before)
        yield field.name, dict(field.options).get(text, text)


def _said(value: Any) -> str:
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
        return " ".join(f"{key} {one}" for key, one in value.items())
    return text_in(value, "")
