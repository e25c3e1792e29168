"""The desk in a real browser: without barriers, by keys, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from questionnaire.actions.delivery import delivery, staff_links, suppressions
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.people import first_setup
from questionnaire.notify.notification import Recipient
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import SignInCodeRow, StaffRow, SuppressionRow
from questionnaire.web import create_app
from tests.browser.live import LOOKS, KeptPages, Live, no_barriers, no_sideways_scroll, open_house
from tests.web.client import PASSWORD, PEOPLE, submit


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("desk"), DEMO="1") as opened:
        visitor = create_app(opened.toolbox).test_client()
        submit(visitor)
        submit(visitor, key="two", email="max@other.example", company="Otherwise Ltd", last_name="Other")
        yield opened


def _come_in(page: Page, live: Live) -> None:
    page.goto(f"{live.address}/desk")
    page.get_by_role("button", name="Ines Morel").click()
    expect(page.locator("h1")).to_have_text("Team")
    page.get_by_role("link", name="Leads", exact=True).click()
    expect(page.locator("h1")).to_have_text("Leads")
    # Its keys come with a script that runs when the page is whole.
    page.wait_for_load_state("load")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_of_the_desk_is_without_barriers(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{live.address}/sign-in")
    no_barriers(page)
    _come_in(page, live)
    lead = page.locator("#leads a").first.get_attribute("href")
    for path in ("/desk", "/desk?q=nobody", str(lead), "/desk/mailbox", "/nothing-here"):
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_accounts_are_without_barriers(kept: KeptPages, live: Live, width: int, scheme: Any) -> None:
    page = kept.page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.goto(f"{live.address}/sign-in")
    page.get_by_role("button", name="Ada Admin").click()
    page.goto(f"{live.address}/desk/people")
    no_barriers(page)
    page.goto(f"{live.address}/desk/people/new")
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="Send invitation").click()
    no_barriers(page)
    page.get_by_label("Email").fill(f"eva{width}@n.example")
    page.get_by_role("button", name="Send invitation").click()
    no_barriers(page)
    no_sideways_scroll(page)
    link = page.locator("#account-link").inner_text().partition("/account/")[2]
    for path in (f"/account/{link}", f"/account/{link}x", "/forgotten-password"):
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_settings_account_and_help_are_without_barriers(kept: KeptPages, live: Live, width: int, scheme: Any) -> None:
    box, page = live.toolbox, kept.page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    with box.database.writing() as session:
        first_setup.start(session, box.now())
    webhook_endpoints.add(box, "w1", "https://crm.example/hook", ["lead.mql"], box.now())
    page.goto(f"{live.address}/sign-in")
    page.get_by_role("button", name="Ada Admin").click()
    for path in ("/desk", *(f"/desk/settings/{step}" for step in first_setup.STEPS), "/desk/account", "/desk/help",
                 "/desk/help/settings", "/desk/settings/slack", "/desk/settings/webhooks",
                 "/desk/settings/webhooks/w1"):  # fmt: skip
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)
    page.goto(f"{live.address}/desk/settings/sites")
    page.get_by_label("Sites, one per line").fill("a b&c")
    page.get_by_role("button", name="Continue: People").click()
    expect(page.get_by_role("alert")).to_be_visible()
    no_barriers(page)
    page.locator(".help-box summary").click()
    expect(page.get_by_role("link", name="Read more: Settings")).to_be_visible()
    no_barriers(page)
    # The page itself shows what became of a test email.
    page.goto(f"{live.address}/desk/settings/email")
    page.get_by_role("button", name="Send a test").click()
    lines = page.locator("#test-lines")
    expect(lines).to_contain_text("On its way")
    no_barriers(page)
    delivery.deliver(box, {"delivery": page.url.partition("mail=")[2].partition("#")[0]}, "deliver#1")
    expect(lines).to_contain_text("In the outbox")
    no_barriers(page)


def test_the_lead_list_is_navigated_by_keyboard(page: Page, live: Live) -> None:
    _come_in(page, live)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#leads a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#leads a").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("otherwise")
    page.keyboard.press("Enter")
    expect(page.locator("#leads li")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Otherwise Ltd")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("Leads")


def test_signing_in_and_out_with_a_password(page: Page, live: Live) -> None:
    page.goto(f"{live.address}/sign-in")
    page.get_by_label("Email").fill(PEOPLE["rep"][0])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("header")).to_contain_text("Lena Vogt")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in to your account")


@pytest.mark.parametrize("width", [390, 1280])
def test_failed_jobs_are_read_and_replayed_without_barriers(chromium: Browser, live: Live, width: int) -> None:
    box, key = live.toolbox, f"mail_draft:{width}"
    with box.database.writing() as session:
        box.queue.enqueue(session, "mail_draft", key, {"draft": "d", "to": f"anna@w{width}.example"})
        for job in job_queue.due_jobs(session, ("mail_draft",), box.now(), 9):
            job_queue.claim(session, job, "worker-1")
            job_queue.fail(session, job.key, job.turn, f"KeyError: {'x' * 300}", None, box.now())
    context = chromium.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(f"{live.address}/desk/jobs")
    page.get_by_role("button", name="Ada Admin").click()
    page.goto(f"{live.address}/desk/jobs")
    expect(page.locator("h1")).to_have_text("Failed jobs")
    no_barriers(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name=f"Replay: Email a link to continue later (anna@w{width}.example)").click()
    expect(page.get_by_role("status")).to_contain_text("Job replayed.")
    no_barriers(page)
    context.close()


def test_the_links_of_mails_are_without_barriers_and_act_for_no_scanner_that_runs_scripts(
    kept: KeptPages, live: Live
) -> None:
    box, page = live.toolbox, kept.page(viewport={"width": 390, "height": 740})
    with box.database.reading() as session:
        rep = session.exec(select(StaffRow).where(StaffRow.rep == "lena")).one()
    now = box.now()
    made = (
        staff_links.lead_link(box, rep, "a lead", now + timedelta(hours=1), now),
        suppressions.unsubscribe_address(box, Recipient("anna@nordwind.example", "de"), now),
    )
    lead, way_out = (link.replace(box.settings.public_url, live.address) for link in made)
    for link in (lead, way_out):
        page.goto(link)
        no_barriers(page)
        no_sideways_scroll(page)
    with box.database.reading() as session:
        assert session.exec(select(SignInCodeRow)).first() is None
        assert session.exec(select(SuppressionRow)).first() is None
    page.goto(lead)
    page.get_by_role("button", name="Email me a code").click()
    expect(page.get_by_label("6-digit code")).to_be_focused()
    no_barriers(page)
    page.get_by_role("button", name="Open lead").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(way_out)
    page.get_by_role("button", name="Abbestellen").click()
    expect(page.get_by_role("button", name="Abmeldung rückgängig machen")).to_be_visible()
