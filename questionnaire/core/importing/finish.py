"""The end of an import: conditions, calculations and mentions are written, and the document is made readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.conditions import write_condition
from questionnaire.core.importing.contact_step import move_to_contact
from questionnaire.core.importing.draft import OpenCalculation, OpenCondition, SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression, both
from questionnaire.core.importing.formulas import calculated_value, place_of
from questionnaire.core.importing.limits import keep_limits
from questionnaire.core.importing.names import slug
from questionnaire.core.importing.readable import ImportedSurvey, readable
from questionnaire.core.importing.scope import LaterName, NotWritable, SourceName
from questionnaire.core.importing.share import complete_maturity, in_order, share_choices
from questionnaire.core.importing.texts import fill_mentions

DEFAULT_POLICY = "default"


def finish(draft: SurveyDraft, title: Any) -> ImportedSurvey:
    """The survey that was built, under this title."""
    _mark_certain(draft)
    for _ in range(len(draft.calculations) + 1):
        draft.calculations = [one for one in draft.calculations if not _calculate(draft, one, last=False)]
    for left in draft.calculations:
        _calculate(draft, left, last=True)
    places = _places(draft)
    for condition in draft.conditions:
        _write(draft, condition, places.get(id(condition.target)))
    draft.pages, draft.document = _shown(draft.pages), _shown(draft.document)
    move_to_contact(draft)
    first = title if isinstance(title, str) else next(iter(title.values()))
    document = {
        "schema": "survey/1", "id": slug(first), "version": 1, "policy": DEFAULT_POLICY,
        "languages": list(draft.texts.languages), "title": title, **draft.document, "pages": draft.pages,
    }  # fmt: skip
    if draft.scope.calculated:
        document["calculated"] = draft.scope.calculated
    document = keep_limits(document, draft)
    for question in (one for page in document["pages"] for one in page["questions"]):
        complete_maturity(question)
    for page in document["pages"]:
        page["questions"] = [in_order(question) for question in page["questions"]]
    filled = fill_mentions(document, lambda name: _placeholder(draft, name))
    return readable(_in_order(share_choices(filled)), draft.notes)


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The keys as authors write them: what the survey is, what it asks, what comes of it."""
    order = ("schema", "id", "version", "policy", "languages", "title", "description", "display", "hidden_fields",
             "dimensions", "choice_sets", "pages", "endings", "calculated", "contact", "report")  # fmt: skip
    return {key: document[key] for key in order if document.get(key)}


def _mark_certain(draft: SurveyDraft) -> None:
    """Required questions that always show are answered by everybody who gets past them."""
    conditional = {id(one.target) for one in draft.conditions}
    certain = {
        question["name"]
        for page in draft.pages if id(page) not in conditional
        for question in page["questions"] if question.get("required") and id(question) not in conditional
    }  # fmt: skip
    conditional_rows = {id(one.target) for one in draft.conditions}
    for name in draft.scope.names.values():
        question, _, _ = name.name.partition(".")
        name.certain = question in certain and not any(id(choice) in conditional_rows for choice in name.choices)


def _calculate(draft: SurveyDraft, one: OpenCalculation, *, last: bool) -> bool:
    """Writes a calculated value; False while it waits for another one. The `last` try leaves a note."""

    def condition(expression: Expression) -> dict[str, Any] | bool:
        return write_condition(expression, draft.scope)

    try:
        value = calculated_value(one.name, one.expression, draft.scope, condition)
        place = place_of(one.expression, draft.scope)
    except NotWritable as error:
        if last:
            draft.notes.add("formula_left_out", one.place, part=error, text=one.text)
        return last
    draft.scope.calculated.append({**value, **one.keys})
    draft.scope.add(one.key, SourceName(one.name, "calculated", place))
    return True


def _places(draft: SurveyDraft) -> dict[int, int]:
    """The place of every page, question, choice and row: a condition may name questions before it only."""
    places: dict[int, int] = {}
    count = 0
    for page in draft.pages:
        places[id(page)] = count
        for question in page["questions"]:
            parts = [one for key in ("choices", "rows") if isinstance(question.get(key), list) for one in question[key]]
            places |= {id(one): count for one in (question, *parts)}
            count += 1
    return places


def _write(draft: SurveyDraft, one: OpenCondition, before: int | None) -> None:
    calculated = len(draft.scope.calculated)
    written = _condition(draft, one, before)
    for value in draft.scope.calculated[calculated:]:
        draft.notes.add("condition_calculated", one.place, name=value["name"])
    if written is not None:
        if isinstance(written, dict):
            one.target[one.key] = written
            return
        code = "always_true" if written else "never_true"
        draft.notes.add(code, one.place, text=one.text, **({} if written else {"title": _name_of(one.target)}))
        if not written:
            one.target["never"] = True
    if one.key == "when":
        # Without its condition a last page would be everybody's.
        one.target["never"] = True


def _condition(draft: SurveyDraft, one: OpenCondition, before: int | None) -> dict[str, Any] | bool | None:
    """The condition without those of its parts that cannot be written; None when nothing is left."""
    expression = one.expression
    is_all = isinstance(expression, Compound) and expression.sign == "and" and one.key == "show_if"
    parts = _parts(expression) if is_all else (expression,)
    known, code = [], ""
    for part in parts:
        try:
            write_condition(part, draft.scope, before)
        except NotWritable as error:
            code = "later_question" if isinstance(error, LaterName) else "condition_left_out"
            code = "condition_weaker" if len(parts) > 1 else code
            draft.notes.add(code, one.place, part=error, text=one.text)
        else:
            known.append(part)
    whole = both(*known)
    try:
        return None if whole is None else write_condition(whole, draft.scope, before)
    except NotWritable as error:
        # Each part can be written, and all of them together are nested too deeply.
        draft.notes.add("condition_left_out", one.place, part=error, text=one.text)
        return None


def _parts(expression: Expression) -> tuple[Expression, ...]:
    """What all must hold, without the brackets of those in between."""
    if isinstance(expression, Compound) and expression.sign == "and":
        return tuple(one for part in expression.parts for one in _parts(part))
    return (expression,)


def _name_of(target: Mapping[str, Any]) -> str:
    title = target.get("title") or target.get("text") or target.get("name") or ""
    return str(next(iter(title.values())) if isinstance(title, Mapping) else title)


def _shown(value: Any) -> Any:
    """The document without the parts that never show."""
    if isinstance(value, dict):
        return {key: _shown(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_shown(part) for part in value if not (isinstance(part, dict) and part.get("never"))]
    return value


def _placeholder(draft: SurveyDraft, name: str) -> str:
    hidden = {field["name"] for field in draft.document.get("hidden_fields", [])}
    try:
        found = draft.scope.find(name)
        if found.name in hidden:
            raise NotWritable(name)
    except NotWritable:
        draft.notes.add("name_in_text_left_out", "", name=name)
        return "…"
    return f"{{{{{found.name}|…}}}}"
