"""Writes the report and the dossier of one case as PDF files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from questionnaire.core.cases import Outcome
from questionnaire.core.documents.dossier import Dossier, DossierContext, build_dossier
from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.documents import PdfFailed, PdfRenderer, RendererUnavailable
from questionnaire.templating import words_for


class Unprintable(Exception):
    """The PDF files could not be written; the message is the reason."""


def write_documents(folder: Path, outcome: Outcome) -> tuple[Path, ...]:
    """Writes report.pdf and dossier.pdf. Raises Unprintable when the folder or the PDF renderer fails."""
    report = report_of(outcome)
    views: dict[Literal["report", "dossier"], Any] = {"report": report, "dossier": dossier_of(outcome, report)}
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with PdfRenderer() as renderer:
            for kind, view in views.items():
                content = renderer.render(kind, asdict(view), view.language)
                path = folder / f"{kind}.pdf"
                path.write_bytes(content)
                paths.append(path)
    except OSError as error:
        raise Unprintable(f"`{folder}` cannot be written: {error.strerror}") from error
    except (RendererUnavailable, PdfFailed) as error:
        raise Unprintable(str(error)) from error
    return tuple(paths)


def report_of(outcome: Outcome) -> Report:
    """Returns the report that the prospect would receive."""
    assessment, response = outcome.assessment, outcome.assessment.evidence.latest
    step = assessment.next_step
    return build_report(
        ReportContext(
            survey=response.survey,
            journey=assessment.evidence.journey,
            contact=response.contact,
            maturity=assessment.maturity,
            at=assessment.at,
            language=response.language,
            words=words_for(response.language),
            block=response.survey.report.blocks.get(step) if step else None,
            content_blocks=assessment.content_blocks,
        )
    )


def dossier_of(outcome: Outcome, report: Report) -> Dossier:
    """Returns the dossier that the rep would receive, in English and in the time zone of the rep's calendar."""
    assignment, policy = outcome.assignment, outcome.assessment.policy
    rep = policy.rep(assignment.rep) if assignment and assignment.rep else None
    return build_dossier(
        DossierContext(
            assessment=outcome.assessment,
            words=words_for("en"),
            zone=policy.calendar_of(rep.id if rep else None).zone,
            due=outcome.promise.due_at if outcome.promise else None,
            assignment=assignment,
            rep=rep.name if rep else "",
            report=report,
        )
    )
