"""Arrays of LimeSurvey, and questions of several texts or numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.limesurvey.assessments import AssessmentScores
from questionnaire.core.importing.limesurvey.tables import Attributes, Record, Tables
from questionnaire.core.importing.names import FreeNames, plain_name
from questionnaire.core.importing.question_forms import with_text
from questionnaire.core.importing.scope import SourceName
from questionnaire.core.importing.source import number_of
from questionnaire.core.importing.texts import joined_text

Given = list[tuple[str, Mapping[str, str] | str, dict[str, Any]]]
_FIXED: Mapping[str, Given] = {
    "A": [(str(point), str(point), {}) for point in range(1, 6)],
    "B": [(str(point), str(point), {}) for point in range(1, 11)],
    "C": [("Y", "Yes", {}), ("U", "Uncertain", {"unknown": True}), ("N", "No", {})],
    "E": [("I", "Increase", {}), ("S", "Same", {}), ("D", "Decrease", {})],
}
"""Arrays whose columns LimeSurvey brings along."""
_FIELDS = {"Q": "multiple short text", "K": "multiple numerical input", ";": "array (texts)", ":": "array (numbers)"}
ARRAYS = frozenset("ABCEFH1QK;:")
_ROW_KEYS = ("sid", "qid", "gid", "parent_qid", "type", "question_order", "scale_id", "same_default", "encrypted",
             "other", "mandatory", "modulename", "same_script", "question_theme_name", "language")  # fmt: skip


class ArrayReader:
    """Adds arrays to the draft: a matrix, two of them for a dual scale, or a question for each part."""

    def __init__(self, draft: SurveyDraft, tables: Tables, scores: AssessmentScores) -> None:
        self.draft, self.tables, self.scores = draft, tables, scores
        self.first = draft.texts.languages[0]

    def add(self, question: Record, common: dict[str, Any], attributes: Attributes, place: str) -> None:
        kind = question.row.text("type")
        rows = self._parts(question, "0")
        if not rows:
            self.draft.notes.add("choice_missing", place, name=common["key"])
        elif kind in "QK":
            self._add_fields(question, common, attributes, place, rows)
        elif kind in ";:":
            self._add_cells(question, common, place, rows)
        elif kind == "1":
            self._add_dual(question, common, attributes, place, rows)
        else:
            given = _FIXED.get(kind) or self._answers(question, "0")
            self._add_matrix(question, dict(common), place, rows, given, "")

    def _parts(self, question: Record, scale: str) -> list[Record]:
        qid = question.row.text("qid")
        parts = [one for one in self.tables.subquestions if one.row.text("parent_qid") == qid]
        found = [one for one in parts if (one.row.text("scale_id") or "0") == scale]
        for one in found:
            one.row.skip(*_ROW_KEYS)
        return found

    def _answers(self, question: Record, scale: str) -> Given:
        qid, found = question.row.text("qid"), list[tuple[str, Mapping[str, str] | str, dict[str, Any]]]()
        for answer in (one for one in self.tables.answers if one.row.text("qid") == qid):
            if (answer.row.text("scale_id") or "0") != scale:
                continue
            answer.row.skip("aid", "sortorder", "scale_id", "qid", "language")
            value = answer.row.number("assessment_value")
            keys = {"maturity": value} if self.scores.on and value is not None and value >= 0 else {}
            found.append((answer.code, answer.texts_of("answer", self.first), keys))
        return found

    def _add_matrix(
        self, question: Record, common: dict[str, Any], place: str, rows: list[Record], given: Given, end: str
    ) -> None:
        key = common.pop("key")
        if not given:
            self.draft.notes.add("choice_missing", place, name=key)
            return
        choices, values = self.draft.choices(given, place)
        best = max((choice.get("maturity", 0) for choice in choices), default=0)
        if best > 0:
            common["dimension"] = self.scores.dimension(question.row.text("gid"), best * len(rows), place)
        else:
            for choice in choices:
                choice.pop("maturity", None)
        matrix = {"name": common["name"], "type": "matrix", **common, "rows": [], "choices": choices}
        used = FreeNames()
        for row in rows:
            name = used.take(plain_name(row.code, "row"))
            text = self.draft.title(row.texts_of("question", self.first), row.row.place, row.code or name)
            authored = {"name": name, "text": text}
            matrix["rows"].append(authored)
            show_part(self.draft, row, authored)
            answer = SourceName(f"{common['name']}.{name}", "choice", self.draft.count, values, False, choices)
            self.draft.scope.add(f"{key}_{row.code}{end}", answer)
        self.draft.put(matrix, place)

    def _add_dual(
        self, question: Record, common: dict[str, Any], attributes: Attributes, place: str, rows: list[Record]
    ) -> None:
        """Two scales beside each other become two matrices."""
        names = []
        for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
            given = self._answers(question, scale)
            heading = self.draft.text(attributes.texts_of(header, self.first), place)
            own = dict(common)
            if scale == "1":
                own["name"] = self.draft.names.take(f"{common['name'][:50]}_second")
            own["title"] = joined_text(own["title"], heading) if heading else own["title"]
            names.append(own["name"])
            self._add_matrix(question, own, place, rows, given, f"_{scale}")
        self.draft.notes.add("columns_split", place, columns=", ".join(names))

    def _add_fields(
        self, question: Record, common: dict[str, Any], attributes: Attributes, place: str, rows: list[Record]
    ) -> None:
        """Several short texts or numbers: a question for each."""
        key, kind = common.pop("key"), question.row.text("type")
        self.draft.names.used.discard(common["name"])
        keys: dict[str, Any] = {}
        ours = "text" if kind == "Q" else "number"
        if kind == "K":
            low, high = number_of(attributes.text("slider_min")), number_of(attributes.text("slider_max"))
            if attributes.text("slider_layout") == "1":
                ours, low, high = "slider", low or 0, 100 if high is None else high
            low = low if ours == "slider" else attributes.number("min_num_value_n")
            high = high if ours == "slider" else attributes.number("max_num_value_n")
            keys = {"min": low, "max": high, "step": attributes.number("slider_accuracy") or None,
                    "unit": self.draft.text(attributes.texts_of("suffix", self.first), place)}  # fmt: skip
        for row in rows:
            text = self.draft.title(row.texts_of("question", self.first), row.row.place, row.code or key)
            name = self.draft.names.take(plain_name(f"{common['name']}_{row.code}", "field"))
            shared = with_text(help=common.get("help"), required=common.get("required"))
            one = {"name": name, "type": ours, "title": joined_text(common["title"], text), **shared}
            one |= {name: value for name, value in keys.items() if value is not None}
            show_part(self.draft, row, one)
            self.draft.add(f"{key}_{row.code}", one, row.row.place)
        self.draft.notes.add("type_changed", place, type=_FIELDS[kind], ours=", ".join(row.code for row in rows))

    def _add_cells(self, question: Record, common: dict[str, Any], place: str, rows: list[Record]) -> None:
        """A table of texts or numbers: a question for each cell."""
        key, ours = common.pop("key"), "text" if question.row.text("type") == ";" else "number"
        self.draft.names.used.discard(common["name"])
        columns = self._parts(question, "1")
        for row in rows:
            for column in columns:
                first = self.draft.title(row.texts_of("question", self.first), row.row.place, row.code)
                second = self.draft.title(column.texts_of("question", self.first), column.row.place, column.code)
                name = self.draft.names.take(plain_name(f"{common['name']}_{row.code}_{column.code}", "cell"))
                one = {"name": name, "type": ours, "title": joined_text(common["title"], joined_text(first, second))}
                self.draft.add(f"{key}_{row.code}_{column.code}", one, place)
        self.draft.notes.add("type_changed", place, type=_FIELDS[question.row.text("type")], ours=ours)


def show_part(draft: SurveyDraft, part: Record, target: dict[str, Any]) -> None:
    """The condition of a subquestion, which rows and choices may have too."""
    text = part.row.text("relevance")
    if text not in ("", "1"):
        draft.show_if(target, text, f"{part.code}.relevance")
