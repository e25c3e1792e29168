"""The questions of a LimeSurvey survey: what they share, and which type reads the rest."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.limesurvey.arrays import ARRAYS, ArrayReader
from questionnaire.core.importing.limesurvey.assessments import AssessmentScores
from questionnaire.core.importing.limesurvey.question_types import ADDERS, ROW_NUMBERS, TypeReader
from questionnaire.core.importing.limesurvey.tables import Attributes, Record, Tables
from questionnaire.core.importing.question_forms import statement, with_text

_LOOKS = frozenset(
    """
    hide_tip display_columns display_rows text_input_columns text_input_width input_size label_input_columns
    answer_width subquestion_width dropdown_size dropdown_prefix category_separator page_break cssclass
    time_limit_timer_style statistics_graphtype statistics_showgraph public_statistics scale_export numbers_only
    keep_aspect horizontal_scroll crop_or_resize answer_order subquestion_order printable_help save_as_default
    repeat_headings use_dropdown input_boxes clear_default array_filter_style random_group alphasort other_position
    other_position_code other_numbers_only other_comment_mandatory
    """.split()
)


class QuestionReader:
    """Adds the questions of one survey to its draft."""

    def __init__(self, draft: SurveyDraft, tables: Tables, scores: AssessmentScores) -> None:
        self.draft, self.tables, self.scores = draft, tables, scores
        self.first = draft.texts.languages[0]
        self.arrays = ArrayReader(draft, tables, scores)
        self.types = TypeReader(draft, tables, scores)

    def add(self, question: Record, place: str) -> None:
        """Adds a question, or a note that it cannot be asked."""
        draft, row = self.draft, question.row
        kind, code = row.text("type"), question.code or f"q{row.text('qid')}"
        attributes = Attributes(self.tables.attributes.get(row.text("qid"), {}))
        words, helps = question.texts_of("question", self.first), question.texts_of("help", self.first)
        if row.has("preg"):
            draft.notes.add("rule_left_out", f"{place}.preg", text=row.text("preg"))
        if attributes.text("hidden") == "1" and kind != "*":
            draft.notes.add("type_left_out", place, type="hidden", title=", ".join(words.values()) or code)
            self._read_parts(question)
        elif kind == "X":
            statement(draft, words, place, code)
            statement(draft, helps, f"{place}.help", f"{code}_help")
        elif kind == "*":
            self._add_equation(question, attributes, place, code)
        elif kind in ADDERS or kind in ARRAYS:
            name = draft.name(code, place)
            common = {
                "key": code, "name": name, "title": draft.title(words, place, code),
                **with_text(help=draft.text(helps, f"{place}.help", lines=True), required=row.flag("mandatory")),
            }  # fmt: skip
            if kind in ARRAYS:
                self.arrays.add(question, common, attributes, place)
            else:
                ADDERS[kind](self.types, question, common, attributes, place)
            self._add_codes(question, name, code)
        else:
            draft.notes.add(
                "type_left_out", place, type=_NAMES.get(kind, kind), title=", ".join(words.values()) or code
            )
            self._read_parts(question)
        row.skip(*ROW_NUMBERS, "other", "mandatory")
        self._note_attributes(attributes, place)

    def _add_equation(self, question: Record, attributes: Attributes, place: str, code: str) -> None:
        text = attributes.text("equation") or next(iter(question.texts_of("question", self.first).values()), "")
        text = text.strip()
        text = text[1:-1] if text.startswith("{") and text.endswith("}") else text
        self.draft.calculate(code, text, place)

    def _add_codes(self, question: Record, name: str, code: str) -> None:
        """The older names of answers: survey, group and question number, and the code of the part."""
        row, scope = question.row, self.draft.scope
        number = f"{row.text('sid')}x{row.text('gid')}x{row.text('qid')}"
        for key, known in list(scope.names.items()):
            if key == code.lower() or key.startswith(f"{code.lower()}_"):
                scope.add(number + key[len(code) :].lstrip("_"), known)

    def _read_parts(self, question: Record) -> None:
        """FreeNames what a question that is left out consists of."""
        qid = question.row.text("qid")
        parts = [one for one in self.tables.subquestions if one.row.text("parent_qid") == qid]
        parts += [one for one in self.tables.answers if one.row.text("qid") == qid]
        for one in parts:
            self.draft.notes.add("key_left_out", one.row.place, key=question.code, value="; ".join(
                item.leave() for item in (one.row, *one.translations)))  # fmt: skip

    def _note_attributes(self, attributes: Attributes, place: str) -> None:
        for row in attributes.rest():
            name = row.text("attribute")
            if name in _LOOKS or row.text("value") in ("0", "N"):
                row.technical[name] = None
                row.keys.add("value")
            else:
                self.draft.notes.add("key_left_out", f"{place}.{name}", key=name, value=row.text("value"))
        for row in attributes.rows.values():
            row.skip("qaid", "qid", "attribute", "language")


_NAMES: Mapping[str, str] = {
    "|": "file upload", "I": "language switch", "P": "multiple choice with comments", "Q": "multiple short text",
    "K": "multiple numerical input", ";": "array (texts)", ":": "array (numbers)",
}  # fmt: skip
