"""The report and the dossier of one case, as files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from questionnaire.core.cases import Outcome
from questionnaire.core.documents.dossier import Dossier, build_dossier
from questionnaire.core.documents.dossier import DossierContext as Documented
from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.documents import PaperFailed, PaperUnavailable, PdfRenderer
from questionnaire.templating import words_for


class Unprintable(Exception):
    """Says what stands in the way of the two files."""


def write_documents(folder: Path, outcome: Outcome) -> tuple[Path, ...]:
    """Writes report.pdf and dossier.pdf; Unprintable when the folder or the machine does not let it."""
    report = report_of(outcome)
    views: dict[Literal["report", "dossier"], Any] = {"report": report, "dossier": dossier_of(outcome, report)}
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with PdfRenderer() as paper:
            for kind, view in views.items():
                content = paper.render(kind, asdict(view), view.language)
                path = folder / f"{kind}.pdf"
                path.write_bytes(content)
                written.append(path)
    except OSError as error:
        raise Unprintable(f"`{folder}` cannot be written: {error.strerror}") from error
    except (PaperUnavailable, PaperFailed) as error:
        raise Unprintable(str(error)) from error
    return tuple(written)


def report_of(outcome: Outcome) -> Report:
    """What the prospect would receive."""
    assessment, filled = outcome.assessment, outcome.assessment.evidence.latest
    step = assessment.next_step
    return build_report(
        ReportContext(
            survey=filled.survey,
            journey=assessment.evidence.journey,
            contact=filled.contact,
            maturity=assessment.maturity,
            at=assessment.at,
            language=filled.language,
            words=words_for(filled.language),
            block=filled.survey.report.blocks.get(step) if step else None,
        )
    )


def dossier_of(outcome: Outcome, report: Report) -> Dossier:
    """What the rep would receive, in English and in the zone of their calendar."""
    assignment, policy = outcome.assignment, outcome.assessment.policy
    rep = policy.rep(assignment.rep) if assignment and assignment.rep else None
    return build_dossier(
        Documented(
            assessment=outcome.assessment,
            words=words_for("en"),
            zone=policy.calendar_of(rep.id if rep else None).zone,
            due=outcome.promise.due_at if outcome.promise else None,
            assignment=assignment,
            rep=rep.name if rep else "",
            report=report,
        )
    )
