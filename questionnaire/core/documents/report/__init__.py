"""The report of a prospect as one view value.

Law: a report is built from `ReportContext` alone. It never reads scores, verdict or handoff, and it contains only
strings, numbers and tuples. To add a section: its builder, one line in REPORT_SECTIONS,
`templates/report/sections/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.documents.report.advice import has_advice
from questionnaire.core.documents.report.chapters import dimensions
from questionnaire.core.documents.report.closing import method, next_step
from questionnaire.core.documents.report.content_blocks import content_blocks
from questionnaire.core.documents.report.context import Peers, Prior, ReportContext
from questionnaire.core.documents.report.overview import FirstAdvice, comparison, cover, first_advice, summary
from questionnaire.core.documents.report.plan import plan, plan_days
from questionnaire.core.documents.report.shareable_result import ShareableResult, shareable_result
from questionnaire.core.documents.view_parts import Section
from questionnaire.core.survey.report_blocks import Medium

REPORT_SECTIONS: Mapping[str, Callable[[ReportContext], Any | None]] = {
    "cover": cover,
    "summary": summary,
    "comparison": comparison,
    "dimensions": dimensions,
    "plan": plan,
    "next_step": next_step,
    "method": method,
}


@dataclass(frozen=True, slots=True)
class Report:
    """`created` is ISO 8601 with offset, `on` its day. `fills` are the placeholder values of the authored texts."""

    title: str
    language: str
    created: str
    on: str
    company: str
    person: str
    fills: dict[str, str]
    sections: tuple[Section, ...]

    def blocks(self, after: str) -> tuple[Any, ...]:
        """The author's blocks that follow a section."""
        blocks = (section.content for section in self.sections if section.name == "content_block")
        return tuple(block for block in blocks if block.after == after)

    def section(self, name: str) -> Any | None:
        """Returns the content of a section; None when the report has no section of that name."""
        return next((section.content for section in self.sections if section.name == name), None)


def build_report(context: ReportContext, only: Collection[str] | None = None, medium: Medium = "pdf") -> Report:
    """Builds the sections that the survey lists, in its order. A section without content is left out.

    `only` limits the sections, for a page that shows some of them; the author's blocks for `medium` are always built.
    """
    title = context.say(context.survey.title)
    return Report(
        title=f"{title} – {context.company}" if context.company else title,
        language=context.language,
        created=context.at.isoformat(timespec="seconds"),
        on=context.at.date().isoformat(),
        company=context.company,
        person=context.person,
        fills=context.fills,
        sections=tuple(_sections(context, only, medium)),
    )


def _sections(context: ReportContext, only: Collection[str] | None, medium: Medium) -> Iterator[Section]:
    """Each section, then the blocks that follow it; last the blocks that follow a section the survey leaves out."""
    blocks = tuple(content_blocks(context, medium))
    listed = context.survey.report.sections
    for name in listed:
        content = REPORT_SECTIONS[name](context) if only is None or name in only else None
        if content is not None:
            yield Section(name, content)
        yield from (Section("content_block", block) for block in blocks if block.after == name)
    yield from (Section("content_block", block) for block in blocks if block.after not in listed)


__all__ = [
    "REPORT_SECTIONS",
    "FirstAdvice",
    "Peers",
    "Prior",
    "Report",
    "ReportContext",
    "ShareableResult",
    "build_report",
    "first_advice",
    "has_advice",
    "plan_days",
    "shareable_result",
]
