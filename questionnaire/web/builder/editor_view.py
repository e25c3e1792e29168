"""What the edit page shows of a draft: its outline, and the question or section that someone works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from questionnaire.actions.editing.draft_check import DraftCheck
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.keys import question_keys, survey_keys
from questionnaire.core.editing.outline import (
    PageEntry,
    QuestionEntry,
    languages_of,
    outline,
    questions_in,
    text_in,
)
from questionnaire.core.editing.paths import Path, has, read_path, write_path
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.web.builder.answer_table import AnswerTable, answer_table
from questionnaire.web.builder.condition_form import ConditionForm
from questionnaire.web.builder.condition_words import choices_of
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.form_parts import FormPart, PartMaker
from questionnaire.web.builder.options import Choosable, most_points
from questionnaire.web.builder.problem_words import DraftProblem, ProblemWords
from questionnaire.web.builder.survey_condition_form import condition_form

SECTIONS: Mapping[str, str] = {
    "survey": _("Title and display"), "dimensions": _("Dimensions"), "contact": _("Contact step"),
    "report": _("Result and report"), "endings": _("Endings"), "hidden_fields": _("Hidden fields"),
    "calculated": _("Calculated values"), "choice_sets": _("Shared answers"),
}  # fmt: skip
ELSEWHERE = frozenset({"title", "help", "required", "show_if", "criterion", "dimension", "choices"})
"""Keys of a question that have their own place on the page."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    path: str
    number: int | None
    label: str
    points: str
    branches: bool
    errors: int
    warnings: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class OutlinePage:
    path: str
    label: str
    errors: int
    is_here: bool
    lines: tuple[OutlineLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`keys`: its fields by key, those of the head of the page."""

    entry: QuestionEntry
    path: str
    page: str
    keys: Mapping[str, BuilderField]
    condition: ConditionForm | None
    answers: AnswerTable | None
    rest: FormPart
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class EditorView:
    """`part` is the form of a section or page, `question` that of a question; one of them is None."""

    at: str
    title: str
    languages: tuple[str, ...]
    language: str
    pages: tuple[OutlinePage, ...]
    sections: tuple[tuple[str, str, int, bool], ...]
    count: int
    question: QuestionView | None
    part: FormPart | None
    part_condition: ConditionForm | None
    problems: tuple[DraftProblem, ...]
    neighbours: tuple[str, str]
    focus: str

    @property
    def errors(self) -> int:
        return sum(problem.is_error for problem in self.problems)


def editor_view(
    draft: Draft, check: DraftCheck, words: Translator, at: str, language: str, open_row: str = "",
    policies: tuple[str, ...] = (),
) -> EditorView:  # fmt: skip
    document = draft.document
    languages = languages_of(document)
    written = language if language in languages else languages[0]
    choosable = Choosable(document, check.policy, words, written, policies)
    problems = ProblemWords(choosable).problems(check.problems)
    return _Editor(choosable, problems, at, open_row).view(languages)


class _Editor:
    def __init__(self, choosable: Choosable, problems: tuple[DraftProblem, ...], at: str, open_row: str) -> None:
        self.choosable, self.problems, self.open_row = choosable, problems, open_row
        self.words = choosable.words
        self.maker = FieldMaker(choosable, problems)
        self.pages = outline(choosable.document, choosable.language)
        self.questions = questions_in(self.pages)
        self.at = self._place(at)

    def _place(self, at: str) -> str:
        """The question, page or section to show: the one asked for as far as it exists, else the first question."""
        path = read_path(at)
        if at in SECTIONS:
            return at
        for question in self.questions:
            if path[: len(question.path)] == question.path:
                return write_path(question.path)
        if path[:1] == ("pages",) and len(path) > 1 and has(self.choosable.document, path[:2]):
            return write_path(path[:2])
        if path and str(path[0]) in SECTIONS:
            return str(path[0])
        if path and path[0] != "pages":
            return "survey"
        return write_path(self.questions[0].path) if self.questions else "survey"

    def view(self, languages: tuple[str, ...]) -> EditorView:
        document, language = self.choosable.document, self.choosable.language
        question = next((one for one in self.questions if write_path(one.path) == self.at), None)
        part = self._section() if question is None else None
        order = [write_path(one.path) for one in self.questions]
        index = order.index(self.at) if self.at in order else -1
        around = (order[index - 1] if index > 0 else "", order[index + 1] if 0 <= index < len(order) - 1 else "")
        is_page = self.at.startswith("pages/") and question is None
        return EditorView(
            self.at, text_in(document.get("title"), languages[0]) or self.words("Untitled survey"), languages, language,
            tuple(self._page(page) for page in self.pages), tuple(self._sections()),
            sum(one.number is not None for one in self.questions),
            self._question(question) if question is not None else None, part,
            condition_form(self.choosable, (*read_path(self.at), "show_if"), self.maker) if is_page else None,
            self.problems, around, self._focus(question),
        )  # fmt: skip

    def _focus(self, question: QuestionEntry | None) -> str:
        """The name of the question that the preview shows."""
        if question is not None:
            return question.name
        if self.at == "contact":
            return "contact"
        pages = [page for page in self.pages if write_path(page.path) == self.at]
        return next((one.name for page in pages for one in page.questions), "")

    def _page(self, page: PageEntry) -> OutlinePage:
        path = write_path(page.path)
        lines = tuple(self._line(one) for one in page.questions)
        inside = sum(line.errors for line in lines)
        return OutlinePage(path, page.label, self._count(page.path, errors=True) - inside, path == self.at, lines)

    def _line(self, question: QuestionEntry) -> OutlineLine:
        choices = choices_of(self.choosable.document, question)
        path = write_path(question.path)
        return OutlineLine(
            path, question.number, question.label or self.words("Untitled"),
            most_points(question.content, choices, self.choosable.policy), bool(question.content.get("show_if")),
            self._count(question.path, errors=True), self._count(question.path, errors=False), path == self.at,
        )  # fmt: skip

    def _count(self, path: Path, *, errors: bool) -> int:
        return sum(one.is_error is errors for one in self.problems if one.path[: len(path)] == path)

    def _sections(self) -> list[tuple[str, str, int, bool]]:
        known = {name: sum(one.is_error for one in self.problems if one.path[:1] == (name,)) for name in SECTIONS}
        known["survey"] = sum(
            one.is_error for one in self.problems if not one.path or str(one.path[0]) not in (*SECTIONS, "pages")
        )
        shown = [name for name in SECTIONS if name != "choice_sets" or self.choosable.document.get(name)]
        return [(name, self.words(SECTIONS[name]), known[name], name == self.at) for name in shown]

    def _question(self, question: QuestionEntry) -> QuestionView:
        keys = question_keys(question.type)
        path = question.path
        head = {key.key: self.maker.field(key, (*path, key.key)) for key in keys
                if key.key in ELSEWHERE - {"choices", "show_if"}}  # fmt: skip
        rest = PartMaker(self.maker).part(_settings(keys), path, self.words("Settings"), besides=ELSEWHERE)
        page = next(page for page in self.pages if question in page.questions)
        return QuestionView(
            question, write_path(path), page.label, head,
            condition_form(self.choosable, (*path, "show_if"), self.maker),
            answer_table(question, self.maker, keys, self.open_row), rest,
            self.maker.own_problems(path, [key.key for key in keys]),
        )  # fmt: skip

    def _section(self) -> FormPart:
        keys = {key.key: key for key in survey_keys()}
        parts = PartMaker(self.maker)
        if self.at == "survey":
            shown = ("title", "description", "languages", "policy", "display", "embed")
            part = parts.part([keys[name] for name in shown], (), self.words(SECTIONS["survey"]))
            return FormPart(part.title, "", part.fields, part.parts, part.lists, self._of_survey(shown))
        if self.at in SECTIONS:
            key, title = keys[self.at], self.words(SECTIONS[self.at])
            if key.input == "lists":
                return FormPart(title, key.key, (), lists=tuple(parts.named_rows(key, (key.key,))))
            if key.input == "group":
                return parts.part(key.fields, (key.key,), title)
            return FormPart(title, key.key, (), lists=(parts.rows(key, (key.key,), title=title),))
        page = next(page for page in self.pages if write_path(page.path) == self.at)
        fields = next(key for key in survey_keys() if key.key == "pages").fields
        besides = frozenset({"questions", "show_if"})
        part = parts.part(fields, page.path, page.label, besides=besides, is_item=True)
        own = tuple(one for one in part.problems if one.path[len(page.path) :][:1] != ("questions",))
        return replace(part, problems=own)

    def _of_survey(self, shown: tuple[str, ...]) -> tuple[DraftProblem, ...]:
        known = {*shown, *SECTIONS, "pages"}
        return tuple(one for one in self.problems if not one.path or str(one.path[0]) not in known)


def _settings(keys: tuple[EditorField, ...]) -> list[EditorField]:
    """Those of the type first, then those that every question has."""
    return sorted(keys, key=lambda key: not key.own)
