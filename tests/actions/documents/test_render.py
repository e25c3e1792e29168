"""The report PDF: rendered once, and again when confirming the address adds content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from questionnaire.actions.documents import dossiers, reports
from questionnaire.actions.documents.render import PrintedLook, print_view
from questionnaire.actions.respond.acceptance import AcceptedResponse
from questionnaire.core.base.translation import Phrases
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey_theme import SurveyTheme
from questionnaire.storage.publishing import images
from questionnaire.storage.tables import DocumentRow, JobRow
from tests.actions.installation import Office, everything, own, typed
from tests.cast import anna, anna_again, sofia

TUESDAY = datetime.fromisoformat("2026-10-06T11:00:00+02:00")
LATER = TUESDAY + timedelta(hours=1)


def keep(office: Office, done: AcceptedResponse, template: str, content: bytes) -> None:
    row = DocumentRow(
        response_id=done.response_id, kind="report", language="en", template_version=template,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content, created_at=office.clock.at,
    )  # fmt: skip
    with office.toolbox.database.writing() as session:
        session.add(row)


def test_the_report_is_rendered_again_after_the_address_is_confirmed(office: Office) -> None:
    """The earlier file is no longer served: page and PDF always have the same content."""
    own(office, typed(anna().filled), anna().at)
    again = office.accept(typed(anna_again()), TUESDAY)
    keep(office, again, "1", b"%PDF nothing earlier")
    assert reports.report_pdf(office.toolbox, again.token) == b"%PDF nothing earlier"
    office.confirm(again, LATER)
    assert reports.report_pdf(office.toolbox, again.token) is None
    view = reports.result(office.toolbox, again.token, LATER)
    assert view is not None
    assert not view.report_ready
    with office.toolbox.database.reading() as session:
        assert f"report:{again.response_id}:confirmed" in {job.key for job in everything(session, JobRow)}
    keep(office, again, "1c", b"%PDF ten points more")
    assert reports.report_pdf(office.toolbox, again.token) == b"%PDF ten points more"


@dataclass(slots=True)
class FakeRenderer:
    """Records the view values to render."""

    seen: list[Any]
    fonts: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    themes: list[Theme] = field(default_factory=list)

    def print(
        self, kind: str, view: Any, language: str, theme: Theme, images: Mapping[str, bytes], *, phrases: Phrases = ()
    ) -> FakeDocument:
        self.seen.append(view)
        self.themes.append(theme)
        return FakeDocument(f"%PDF {len(self.seen)}".encode())


@dataclass(frozen=True, slots=True)
class FakeDocument:
    pdf: bytes
    plain: bool = False


def test_the_worker_renders_each_version_of_the_report_once(office: Office) -> None:
    renderer = FakeRenderer([])
    worker = replace(office.toolbox, renderer=renderer)
    own(office, typed(anna().filled), anna().at)
    again = office.accept(typed(anna_again()), TUESDAY)
    for _ in range(2):
        reports.print_report(worker, again.response_id)
    office.confirm(again, LATER)
    for _ in range(2):
        reports.print_report(worker, again.response_id)
    summaries = [
        section["content"] for view in renderer.seen for section in view["sections"] if section["name"] == "summary"
    ]
    assert [summary["since"] for summary in summaries] == [None, {"points": 10, "on": "2026-10-02"}]
    assert reports.report_pdf(office.toolbox, again.token) == b"%PDF 2"
    reports.print_report(worker, "nobody")
    assert len(renderer.seen) == 2


def test_confirming_a_first_response_keeps_its_report(office: Office) -> None:
    first = office.accept(typed(anna().filled), anna().at)
    keep(office, first, "1", b"%PDF the only one")
    office.confirm(first, LATER)
    assert reports.report_pdf(office.toolbox, first.token) == b"%PDF the only one"
    with office.toolbox.database.reading() as session:
        assert f"report:{first.response_id}:confirmed" not in {job.key for job in everything(session, JobRow)}


def test_the_dossier_of_a_lead_without_an_owner_is_in_the_language_of_the_requester(office: Office) -> None:
    renderer = FakeRenderer([])
    worker = replace(office.toolbox, renderer=renderer)
    unowned = office.accept(typed(sofia().filled), TUESDAY)
    owned = office.accept(typed(anna().filled), TUESDAY)
    for done in (unowned, owned):
        dossiers.print_dossier(worker, done.response_id, "fr", "America/New_York")
    assert [view["language"] for view in renderer.seen] == ["fr", "en"]
    assert renderer.seen[0]["created"].endswith("-04:00")


def test_a_report_bears_the_light_logo_of_its_survey_if_it_is_still_there(office: Office) -> None:
    renderer, logo = FakeRenderer([]), f"{'a' * 32}-640x160.webp"
    worker = replace(office.toolbox, renderer=renderer)
    with worker.database.writing() as session:
        images.keep(session, logo, b"webp", TUESDAY)
    for name in (logo, logo.replace("a", "b")):
        look = PrintedLook(theme=SurveyTheme(logo=name))
        print_view(worker, "report", {"sections": []}, "en", look)
    assert [theme.logo for theme in renderer.themes] == [b"webp", b""]
