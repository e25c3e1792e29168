"""The handoff in the browser: from a review with a waiver over a rejection to the next handover, and no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from questionnaire.actions.respond import judgement, reassessment
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import JobRow, LeadRow
from tests.browser.live import LOOKS, Live, no_barriers, no_sideways_scroll, open_house, pages_in
from tests.web.client import PAGE, answered


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("handoff"), DEMO="1") as opened:
        yield opened


def _as(page: Page, live: Live, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live.address}/desk")
    page.get_by_role("button", name=name).click()


def _lead(toolbox: Toolbox, name: str) -> LeadRow:
    with toolbox.database.reading() as session:
        return session.exec(select(LeadRow).where(LeadRow.name == name)).one()


def _arrives(page: Page, live: Live, first_name: str, **more: str) -> LeadRow:
    """Somebody answers; the worker's part is done here."""
    who = {"first_name": first_name, "email": f"{first_name.lower()}@nordwind.example", **more}
    sent = page.request.post(live.address + PAGE, form=dict(answered(first_name, **who).items()), max_redirects=0)
    assert sent.status == 303
    with live.toolbox.database.reading() as session:
        jobs = session.exec(select(JobRow).where(JobRow.name == judgement.JOB)).all()
    for job in jobs:
        judgement.judge_response(live.toolbox, str(job.args["response"]))
    return _lead(live.toolbox, f"{first_name} Keller")


def test_the_whole_loop_from_review_to_the_next_handover(page: Page, live: Live) -> None:
    lead = _arrives(page, live, "Nora", phone="")
    assert lead.stage == "review"
    _as(page, live, "Olga Ops")
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("link", name="Nora Keller").click()
    page.get_by_role("button", name="Approve lead").click()
    expect(page.get_by_text("Add a word on each open box: DAT-2.")).to_be_visible()
    _approve(page)
    expect(page.locator("#toast")).to_contain_text("Reviewed: Nora Keller.")
    _as(page, live, "Lena Vogt")
    expect(page.locator("h1")).to_have_text("Today")
    page.get_by_role("link", name="Nora Keller", exact=True).click()
    _call_and_reject(page)
    assert _lead(live.toolbox, "Nora Keller").stage == "nurture"
    page.keyboard.press("z")
    expect(page.locator("#toast")).to_contain_text("Undone: Nora Keller")
    page.goto(f"{live.address}/desk/leads/{lead.id}/nurture")
    page.get_by_label("Comes back on").fill((live.clock() + timedelta(days=20)).date().isoformat())
    page.get_by_label("What happened").fill("Call when the new budget is there.")
    page.get_by_role("button", name="Send to nurturing").click()
    expect(page.locator("#toast")).to_contain_text("Sent to nurturing: Nora Keller.")
    live.clock.pass_(days=21)
    reassessment.wake_up(live.toolbox, lead.id)
    _as(page, live, "Olga Ops")
    page.goto(f"{live.address}/desk/review/{lead.id}")
    _approve(page)
    page.goto(f"{live.address}/desk/leads/{lead.id}")
    expect(page.locator(".lead-status")).to_contain_text("Handover no. 2")
    for words in ("Approved in review. Waived: DAT-2", "Lead accepted", "Reached", "Rejected: No budget", "Undone:",
                  "Sent to nurturing until", "Back from nurturing and scored again"):  # fmt: skip
        expect(page.locator(".history")).to_contain_text(words)


def _approve(page: Page) -> None:
    page.get_by_label("Waiver for DAT-2").fill("Number from her signature.")
    page.get_by_role("button", name="Approve lead").click()


def _call_and_reject(page: Page) -> None:
    page.get_by_role("button", name="Accept lead").click()
    expect(page.locator("#toast")).to_contain_text("Accepted: Nora Keller.")
    page.get_by_label("What problem drives this now?").fill("Leads wait for days.")
    expect(page.locator("#notes-status")).to_have_text("Saved")
    page.get_by_role("button", name="Reached").click()
    page.get_by_role("link", name="Reject", exact=True).click()
    page.get_by_text("No budget", exact=True).click()
    page.get_by_label("What happened").fill("The 2026 budget is spent.")
    page.get_by_role("button", name="Reject lead").click()
    expect(page.locator("#toast")).to_contain_text("Rejected: Nora Keller.")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_the_handoff_are_without_barriers(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    ready, waiting = _arrives(page, live, f"Ada{width}"), _arrives(page, live, f"Ines{width}", phone="")
    _as(page, live, "Ada Admin")
    of_managers = ("/desk/review", f"/desk/review/{waiting.id}", "/desk/team", "/desk/absences",
                   f"/desk/leads/{ready.id}")  # fmt: skip
    for path in pages_in(of_managers, width):
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)
    for act in pages_in(("reject", "confirm", "attempt", "nurture"), width):
        page.goto(f"{live.address}/desk/leads/{ready.id}/{act}")
        no_barriers(page)
        no_sideways_scroll(page)
    page.goto(f"{live.address}/desk/leads/{ready.id}")
    page.get_by_role("button", name="Log attempt").click()
    expect(page.locator("#toast")).to_contain_text("Attempt 1 logged")
    no_barriers(page)
    _as(page, live, "Lena Vogt")
    no_barriers(page)
    no_sideways_scroll(page)
    context.close()
