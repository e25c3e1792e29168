"""When a question shows: its relevance equation, or the older conditions, which are kept in a table of their own."""

from __future__ import annotations

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression, Literal, Name, both
from questionnaire.core.importing.limesurvey.tables import Tables
from questionnaire.core.importing.source import SourceItem

_ALWAYS = frozenset({"", "1", "true"})
_SUFFIXES = (".naok", ".shown", ".value", ".code", ".valuenaok", ".nearest")
_METHODS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def normal_name(name: str) -> str:
    """`Q1.NAOK`, `q1` and `self`-less codes as one: names of LimeSurvey are compared without case here."""
    plain = name.strip().lower().removeprefix("insertans:")
    for suffix in _SUFFIXES:
        plain = plain.removesuffix(suffix)
    return plain


def relevance_of(draft: SurveyDraft, tables: Tables, row: SourceItem, place: str) -> tuple[Expression | None, str]:
    """The condition of a question, with its text for notes."""
    text = row.text("relevance")
    conditions = [one for one in tables.of("conditions") if one.text("qid") == row.text("qid")]
    if text.lower() not in _ALWAYS:
        # The equation was made of the conditions: they say the same.
        for one in conditions:
            one.skip("cid", "qid", "cqid", "cfieldname", "method", "value", "scenario")
        return draft.expression(text, f"{place}.relevance"), text
    if not conditions:
        return None, ""
    scenarios: dict[str, list[SourceItem]] = {}
    for one in conditions:
        one.skip("cid", "cqid")
        scenarios.setdefault(one.text("scenario") or "1", []).append(one)
    parts = [_scenario(draft, members) for members in scenarios.values()]
    said = "; ".join(one.summary() for one in conditions)
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None, said
    return (known[0] if len(known) == 1 else Compound("or", tuple(known))), said


def _scenario(draft: SurveyDraft, members: list[SourceItem]) -> Expression | None:
    """Conditions of one scenario: all must hold, but of several values of one question any."""
    by_field: dict[tuple[str, str], list[Expression]] = {}
    for one in members:
        field, method = one.text("cfieldname").lstrip("+"), one.text("method") or "=="
        value = one.text("value")
        if method not in _METHODS or value.startswith("@"):
            draft.notes.add("condition_left_out", one.place, part=method, text=one.leave())
            return None
        known = draft.scope.names.get(draft.scope.normal(field))
        sign = "=" if method == "==" else method
        if known is not None and known.kind == "choices":
            part: Expression = Compound("contains", (Name(field), Literal(value)))
            part = part if sign == "=" else Compound("not", (part,))
        else:
            part = Compound(sign, (Name(field), Literal(value)))
        key = (field if sign == "=" else one.place, sign)
        by_field.setdefault(key, []).append(part)
    groups = [parts[0] if len(parts) == 1 else Compound("or", tuple(parts)) for parts in by_field.values()]
    return both(*groups)
