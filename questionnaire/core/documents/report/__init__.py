"""The report: what the prospect receives, as one plain value.

Law: a report is made of `Told` alone. It knows nothing of how a lead is judged, and its value holds only words, numbers
and tuples. To add a section: its builder, one line in REPORT_SECTIONS, `templates/report/sections/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.documents.report.chapters import dimensions, plan
from questionnaire.core.documents.report.closing import method, next_step
from questionnaire.core.documents.report.context import Peers, Prior, ReportContext
from questionnaire.core.documents.report.overview import Beginning, beginning, comparison, cover, summary
from questionnaire.core.documents.report.shareable_result import ShareableResult, shareable_result
from questionnaire.core.documents.view_parts import Section, placeholder_values

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
    """`created` is ISO 8601 with offset, `on` its day; `fills` are the values of the authored texts' placeholders."""

    title: str
    language: str
    created: str
    on: str
    company: str
    person: str
    fills: dict[str, str]
    sections: tuple[Section, ...]

    def section(self, name: str) -> Any | None:
        """The content of a section, None when this report has none of that name."""
        return next((section.content for section in self.sections if section.name == name), None)


def build_report(told: ReportContext, only: Collection[str] | None = None) -> Report:
    """The sections the survey asks for, in its order; a section without content is left out.

    `only` names those that are wanted, for a page that shows a part of them.
    """
    wanted = (name for name in told.survey.report.sections if only is None or name in only)
    built = ((name, REPORT_SECTIONS[name](told)) for name in wanted)
    title = told.survey.title.say(told.language)
    return Report(
        title=f"{title} – {told.company}" if told.company else title,
        language=told.language,
        created=told.at.isoformat(timespec="seconds"),
        on=told.at.date().isoformat(),
        company=told.company,
        person=told.person,
        fills=placeholder_values(_texts(told), told.survey, told.journey, told.contact, told.language),
        sections=tuple(Section(name, content) for name, content in built if content is not None),
    )


def _texts(told: ReportContext) -> tuple[LocalizedText, ...]:
    plan_of_survey = told.survey.report
    bands = [*plan_of_survey.overall, *(band for bands in plan_of_survey.dimensions.values() for band in bands)]
    return (*(band.text for band in bands), *((told.block.text,) if told.block else ()))


__all__ = [
    "REPORT_SECTIONS",
    "Beginning",
    "Peers",
    "Prior",
    "Report",
    "ReportContext",
    "ShareableResult",
    "beginning",
    "build_report",
    "shareable_result",
]
