"""What the report page shows of a draft: the parts of result page and report, and the one that someone works on.

Every form is made of the documented keys: a key of the report that no part names here is shown with the contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.keys import survey_keys
from questionnaire.core.editing.outline import entries
from questionnaire.core.editing.paths import Path, find, has, read_path, write_path
from questionnaire.core.editing.report_edits import BENCHMARK, EVERY_SECTION, sections_of
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.web.builder.form_fields import WORDS, FieldMaker
from questionnaire.web.builder.form_parts import FormList, FormPart, PartMaker
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.builder.report_advice import AdviceGroup, advice_groups
from questionnaire.web.builder.report_bands import BandTable, band_table

CONTENTS, OVERALL, PLAN, STEPS, BLOCKS, ENDINGS = (
    "report", "report/overall", "report/plan", "report/next_step", "report/content_blocks", "endings",
)  # fmt: skip
COMPARISON = write_path(BENCHMARK)
DIMENSION = "report/dimensions/"
LEADS: Mapping[str, str] = {
    CONTENTS: _("Choose what the report contains, in which order."),
    OVERALL: _("What a prospect reads about the overall score, by how high it is."),
    COMPARISON: _("The prospect’s scores next to the average of others, once enough have answered."),
    DIMENSION: _("What a prospect reads about this dimension, by how high its score is, and what to do about it."),
    PLAN: _("What to do by when. Without a plan of your own, it is made of the advice for weak answers."),
    STEPS: _("What you offer at the end. The first one whose condition holds is shown, so put the rarest first."),
    BLOCKS: _("Sections for those whom a condition fits: an audience, a campaign, a result."),
    ENDINGS: _("Pages that end the survey early. Anyone who reaches one gets no report."),
}  # fmt: skip
"""Part -> the sentence at its top."""
FRAGMENTS: Mapping[str, str] = {
    DIMENSION: "chapters", PLAN: "plan", STEPS: "next", COMPARISON: "beside",
}  # fmt: skip
"""Part -> where it begins on the result page."""
OF_OTHER_PARTS = frozenset(
    {"sections", "overall", "dimensions", "benchmark", "plan", "next_step", "blocks", "content_blocks"}
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A part in the list at the left. `note`: how much is in it."""

    at: str
    title: str
    note: str
    errors: int
    warnings: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class ReportGroup:
    title: str
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section of the report. `is_in`: the report has it."""

    name: str
    title: str
    is_in: bool
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The part that is edited. `is_on` is False for a comparison that is switched off."""

    at: str
    title: str
    lead: str
    fragment: str
    form: FormPart | None = None
    sections: tuple[SectionLine, ...] = ()
    bands: BandTable | None = None
    advice: tuple[AdviceGroup, ...] = ()
    rows: FormList | None = None
    blocks: tuple[FormPart, ...] = ()
    problems: tuple[DraftProblem, ...] = ()
    is_on: bool = True


class ReportView:
    """One state of a draft on the report page."""

    def __init__(self, choosable: Choosable, problems: tuple[DraftProblem, ...], at: str) -> None:
        self.choosable, self.problems = choosable, problems
        self.words: Translator = choosable.words
        self.maker = FieldMaker(choosable, problems)
        self.parts = PartMaker(self.maker)
        self.keys: Mapping[str, EditorField] = {
            key.key: key for key in next(key for key in survey_keys() if key.key == "report").fields
        }
        self.dimensions = _dimensions(choosable)
        self.at = self._place(at)

    def _place(self, at: str) -> str:
        """The part that a place belongs to; the contents for any other place."""
        if at.startswith("report/blocks"):
            return STEPS
        fixed = (part for part in LEADS if part not in (CONTENTS, DIMENSION))
        every = (*(f"{DIMENSION}{name}" for name in self.dimensions), *fixed)
        return next((part for part in every if f"{at}/".startswith(f"{part}/")), CONTENTS)

    # --- the list of parts -----------------------------------------------------------------------------------------

    def groups(self) -> tuple[ReportGroup, ...]:
        words = self.words
        lines = tuple(
            self._line(f"{DIMENSION}{name}", title, self._bands(name)) for name, title in self.dimensions.items()
        )
        first = (
            self._line(CONTENTS, words("Contents")),
            self._line(OVERALL, words("Overall score"), self._count(OVERALL, "bands")),
            self._line(COMPARISON, words("How you compare"), "" if has(self._document, BENCHMARK) else words("off")),
        )
        last = (
            self._line(PLAN, words("Plan"), self._count(PLAN, "terms") or words("by default")),
            self._line(STEPS, words("Next steps"), self._count(STEPS, "rules")),
            self._line(BLOCKS, words("Content blocks"), self._count(BLOCKS, "blocks")),
            self._line(ENDINGS, words("Endings"), self._count(ENDINGS, "endings")),
        )
        dimensions = (ReportGroup(words("Dimensions"), lines),) if lines else ()
        return (ReportGroup(words("Result and report"), first), *dimensions, ReportGroup(words("Closing"), last))

    @property
    def _document(self) -> Mapping[str, Any]:
        return self.choosable.document

    def _line(self, at: str, title: str, note: str = "") -> ReportLine:
        here = [one for one in self.problems if self._is_of(one.path, at)]
        wrong = sum(one.is_error for one in here)
        return ReportLine(at, title, note, wrong, len(here) - wrong, at == self.at)

    def _is_of(self, path: Path, at: str) -> bool:
        return path[:1] in (("report",), ("endings",)) and self._place(write_path(path)) == at

    def _count(self, at: str, what: str) -> str:
        path = read_path(at)
        value = find(self._document, path) if has(self._document, path) else None
        count = len(value) if isinstance(value, list) else 0
        if not count:
            return ""
        ngettext = self.words.ngettext
        return {
            "bands": ngettext("one band", "%(n)s bands", count),
            "rules": ngettext("one rule", "%(n)s rules", count),
            "terms": ngettext("one term", "%(n)s terms", count),
        }.get(what, str(count))

    def _bands(self, name: str) -> str:
        return self._count(f"{DIMENSION}{name}", "bands") or self.words("no texts")

    # --- the part that is edited -----------------------------------------------------------------------------------

    def part(self) -> ReportPart:
        at, document, parts = self.at, self._document, self.parts
        path = read_path(at)
        own = tuple(one for one in self.problems if one.path == path)
        if at == CONTENTS:
            shown = [key for key in self.keys.values() if key.key not in OF_OTHER_PARTS]
            form = parts.part(shown, ("report",), "")
            own = tuple(one for one in self.problems if one.path[:2] == ("report", "sections") or one.path == path)
            return self._part(form=form, sections=self._sections(), problems=own)
        if at == OVERALL or at.startswith(DIMENSION):
            key = self.keys["overall" if at == OVERALL else "dimensions"]
            name = str(path[-1]) if at != OVERALL else ""
            advice = advice_groups(self.maker, name) if name else ()
            return self._part(bands=band_table(self.maker, key.fields, path, name), advice=advice, problems=own)
        if at == COMPARISON:
            form = parts.part(self.keys["benchmark"].fields, path, "")
            return self._part(form=form, problems=own, is_on=has(document, BENCHMARK))
        key = self.keys[str(path[-1])] if at != ENDINGS else next(one for one in survey_keys() if one.key == ENDINGS)
        rows = parts.rows(key, path, title=self._title(), besides=frozenset({"id"}))
        return self._part(rows=rows, blocks=self._blocks() if at == STEPS else ())

    def _part(self, **given: Any) -> ReportPart:
        kind = DIMENSION if self.at.startswith(DIMENSION) else self.at
        return ReportPart(self.at, self._title(), self.words(LEADS[kind]), FRAGMENTS.get(kind, ""), **given)

    def _title(self) -> str:
        lines = (line for group in self.groups() for line in group.lines)
        return next(line.title for line in lines if line.is_here)

    def _sections(self) -> tuple[SectionLine, ...]:
        names = sections_of(self._document)
        written = tuple(
            SectionLine(name, self._section(name), True, index == 0, index == len(names) - 1)
            for index, name in enumerate(names)
        )
        others = (SectionLine(name, self._section(name), False) for name in EVERY_SECTION if name not in names)
        return (*written, *others)

    def _section(self, name: str) -> str:
        return self.words(WORDS[name]) if name in WORDS else name

    def _blocks(self) -> tuple[FormPart, ...]:
        """The blocks that next steps show, each a group of fields."""
        key = self.keys["blocks"]
        titles = dict(self.choosable.blocks())
        return tuple(
            self.parts.part(key.fields, ("report", "blocks", name), title, depth=1, is_item=True)
            for name, title in titles.items()
        )


def _dimensions(choosable: Choosable) -> dict[str, str]:
    """Every dimension with its title, upper ones before their parts, and whatever else has texts."""
    found: dict[str, str] = {}
    for _path, upper in entries(choosable.document, ("dimensions",)):
        parts = upper.get("dimensions")
        for one in (upper, *(parts if isinstance(parts, list) else ())):
            if isinstance(one, Mapping):
                found[str(one.get("name", ""))] = choosable.title_of(one)
    report = choosable.document.get("report")
    written = report.get("dimensions") if isinstance(report, Mapping) else None
    others = {str(name): humanize(str(name)) for name in written} if isinstance(written, Mapping) else {}
    return found | {name: title for name, title in others.items() if name not in found}
