"""The report of a prospect as one view value.

Law: a report is built from `ReportContext` alone. It never reads scores, verdict or handoff, and it contains only
strings, numbers and tuples. To add a section: its builder, one line in REPORT_SECTIONS,
`templates/report/sections/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.documents.report.chapters import dimensions, plan
from questionnaire.core.documents.report.closing import method, next_step
from questionnaire.core.documents.report.context import Peers, Prior, ReportContext
from questionnaire.core.documents.report.figures import figures
from questionnaire.core.documents.report.overview import FirstAdvice, comparison, cover, first_advice, summary
from questionnaire.core.documents.report.shareable_result import ShareableResult, shareable_result
from questionnaire.core.documents.view_parts import Section

REPORT_SECTIONS: Mapping[str, Callable[[ReportContext], Any | None]] = {
    "cover": cover,
    "summary": summary,
    "figures": figures,
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

    def section(self, name: str) -> Any | None:
        """Returns the content of a section; None when the report has no section of that name."""
        return next((section.content for section in self.sections if section.name == name), None)


def build_report(context: ReportContext, only: Collection[str] | None = None) -> Report:
    """Builds the sections that the survey lists, in its order. A section without content is left out.

    `only` limits the sections, for a page that shows some of them.
    """
    names = (name for name in context.survey.report.section_names if only is None or name in only)
    built = ((name, REPORT_SECTIONS[name](context)) for name in names)
    title = context.say(context.survey.title)
    return Report(
        title=f"{title} – {context.company}" if context.company else title,
        language=context.language,
        created=context.at.isoformat(timespec="seconds"),
        on=context.at.date().isoformat(),
        company=context.company,
        person=context.person,
        fills=context.fills,
        sections=tuple(Section(name, content) for name, content in built if content is not None),
    )


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
    "shareable_result",
]
