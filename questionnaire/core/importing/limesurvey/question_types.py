"""The question types of LimeSurvey that ask for one answer, or for several of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.limesurvey.arrays import Given, show_part
from questionnaire.core.importing.limesurvey.assessments import AssessmentScores
from questionnaire.core.importing.limesurvey.tables import Attributes, Record, Tables
from questionnaire.core.importing.names import plain_name
from questionnaire.core.importing.question_forms import whole, with_text
from questionnaire.core.importing.scope import SourceName
from questionnaire.core.importing.source import day_of

ROW_NUMBERS = ("sid", "qid", "gid", "parent_qid", "question_order", "scale_id", "same_default", "encrypted",
           "modulename", "same_script", "question_theme_name", "language")  # fmt: skip
Adder = Callable[["TypeReader", Record, dict[str, Any], Attributes, str], None]


class TypeReader:
    """What the types need: the draft, the rows of answers, and what their values count for."""

    def __init__(self, draft: SurveyDraft, tables: Tables, scores: AssessmentScores) -> None:
        self.draft, self.tables, self.scores = draft, tables, scores
        self.first = draft.texts.languages[0]

    def answers(self, question: Record, attributes: Attributes) -> Given:
        """Code, text and value of each answer, and "other" where it is offered."""
        qid = question.row.text("qid")
        found: Given = []
        for answer in (one for one in self.tables.answers if one.row.text("qid") == qid):
            answer.row.skip("aid", "sortorder", "scale_id", "qid", "language")
            value = answer.row.number("assessment_value")
            keys = {"maturity": value} if self.scores.on and value is not None and value >= 0 else {}
            found.append((answer.code, answer.texts_of("answer", self.first), keys))
        if question.row.flag("other"):
            found.append(("-oth-", attributes.texts_of("other_replace_text", self.first) or "Other",
                          {"other_text": True, "fixed": True}))  # fmt: skip
        return found

    def finish_choices(
        self, question: Record, choices: list[dict[str, Any]], common: dict[str, Any], place: str
    ) -> None:
        """The dimension of a question whose answers have values; none where all of them are 0."""
        best = max((choice.get("maturity", 0) for choice in choices), default=0)
        if best > 0:
            common["dimension"] = self.scores.dimension(question.row.text("gid"), best, place)
        else:
            for choice in choices:
                choice.pop("maturity", None)


def _choose(reader: TypeReader, question: Record, common: dict[str, Any], attributes: Attributes, place: str) -> None:
    """Lists: radio buttons, a drop-down list, and a list with a comment."""
    draft, kind, key = reader.draft, question.row.text("type"), common.pop("key")
    given = reader.answers(question, attributes)
    if not given:
        draft.notes.add("choice_missing", place, name=key)
        draft.names.used.discard(common["name"])
        return
    choices, values = draft.choices(given, place)
    reader.finish_choices(question, choices, common, place)
    ours = "dropdown" if kind == "!" else "ranking" if kind == "R" else "single_choice"
    keys = with_text(shuffle=attributes.text("random_order") == "1")
    if kind == "R":
        keys["top"] = whole(attributes.number("max_answers") or attributes.number("max_subquestions"), 1, len(choices))
        for choice in choices:
            choice.pop("other_text", None)
    question_keys = {"type": ours, **common, "choices": choices, **with_text(**keys)}
    draft.add(key, {"name": common["name"], **question_keys}, place, values)
    if kind == "O":
        title = draft.text("Comment", place) or "Comment"
        name = draft.names.take(plain_name(f"{key}_comment", "comment"))
        draft.add(f"{key}_comment", {"name": name, "type": "long_text", "title": title}, place)


def _choose_several(
    reader: TypeReader, question: Record, common: dict[str, Any], attributes: Attributes, place: str
) -> None:
    """Boxes to tick, with or without a comment at each."""
    draft, key, qid = reader.draft, common.pop("key"), question.row.text("qid")
    alone = {code.strip() for code in attributes.text("exclude_all_others").split(";") if code.strip()}
    value = attributes.number("assessment_value") if reader.scores.on else None
    given: Given = []
    for part in (one for one in reader.tables.subquestions if one.row.text("parent_qid") == qid):
        part.row.skip(*ROW_NUMBERS, "type", "other", "mandatory")
        keys: dict[str, Any] = {"exclusive": True, "fixed": True} if part.code in alone else {}
        given.append(
            (part.code, part.texts_of("question", reader.first), {**keys, **({"maturity": value} if value else {})})
        )
    if question.row.flag("other"):
        other = attributes.texts_of("other_replace_text", reader.first) or "Other"
        given.append(("other", other, {"other_text": True, "fixed": True}))
    if not given:
        draft.notes.add("choice_missing", place, name=key)
        draft.names.used.discard(common["name"])
        return
    choices, values = draft.choices(given, place)
    parts = (one for one in reader.tables.subquestions if one.row.text("parent_qid") == qid)
    for part, choice in zip(parts, choices, strict=False):
        show_part(draft, part, choice)
    best = sum(choice.get("maturity", 0) for choice in choices)
    if best > 0:
        common["dimension"] = reader.scores.dimension(question.row.text("gid"), best, place)
    limits = {
        "min": whole(attributes.number("min_answers") or None, 1, len(choices)),
        "max": whole(attributes.number("max_answers") or None, 1, len(choices)),
    }
    shuffle = attributes.text("random_order") == "1"
    for code, ours in values.items():
        draft.scope.add(f"{key}_{code}", SourceName(common["name"], "member", draft.count, {"": ours}))
    draft.add(key, {"name": common["name"], "type": "multiple_choice", **common, "choices": choices,
                    **with_text(shuffle=shuffle, **limits)}, place, values)  # fmt: skip
    if question.row.text("type") == "P":
        draft.notes.add("type_changed", place, type="multiple choice with comments", ours="multiple_choice")


def _write(reader: TypeReader, question: Record, common: dict[str, Any], attributes: Attributes, place: str) -> None:
    """Texts, numbers and dates."""
    kind, key = question.row.text("type"), common.pop("key")
    keys: dict[str, Any] = {}
    ours = {"S": "text", "T": "long_text", "U": "long_text", "N": "number", "D": "date"}[kind]
    if kind == "N":
        unit = reader.draft.text(attributes.texts_of("suffix", reader.first), place)
        low, high = (attributes.number(f"{end}_num_value_n") for end in ("min", "max"))
        keys = {
            "min": low,
            "max": high,
            "step": 1 if attributes.text("num_value_int_only") == "1" else None,
            "unit": unit,
        }
    elif kind == "D":
        keys = {end: day_of(attributes.text(f"date_{end}")) for end in ("min", "max")}
        if attributes.text("date_format"):
            reader.draft.notes.add("limit_changed", f"{place}.date_format", text=attributes.text("date_format"))
    else:
        keys = {"max_length": whole(attributes.number("maximum_chars"), 1, 5000),
                "placeholder": reader.draft.text(attributes.texts_of("placeholder", reader.first), place)}  # fmt: skip
        if kind == "S" and (attributes.text("em_validation_q") + key).lower().find("mail") >= 0:
            ours = "email"
    known = {name: value for name, value in keys.items() if value is not None}
    reader.draft.add(key, {"name": common["name"], "type": ours, **common, **known}, place)


def _fixed(reader: TypeReader, question: Record, common: dict[str, Any], _: Attributes, place: str) -> None:
    """Types whose answers LimeSurvey brings along: yes or no, gender, five points, the language."""
    kind, key = question.row.text("type"), common.pop("key")
    if kind == "Y":
        reader.draft.add(key, {"name": common["name"], "type": "yes_no", **common}, place)
    elif kind == "5":
        reader.draft.add(key, {"name": common["name"], "type": "scale", **common, "from": 1, "to": 5}, place)
    else:
        choices, values = reader.draft.choices([("F", "Female", {}), ("M", "Male", {})], place)
        question_keys = {"name": common["name"], "type": "single_choice", **common, "choices": choices}
        reader.draft.add(key, question_keys, place, values)


ADDERS: Mapping[str, Adder] = {
    **dict.fromkeys("L!OR", _choose),
    **dict.fromkeys("MP", _choose_several),
    **dict.fromkeys("STUND", _write),
    **dict.fromkeys("Y5G", _fixed),
}
