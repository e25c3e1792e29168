"""Nothing typed is lost: the same device tomorrow, another device by link, another version, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from sqlmodel import col, select

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.respond import resume
from questionnaire.settings import bundle_dir
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import PartialResponseRow
from tests.authored import authored
from tests.browser.live import Live, answer_all, fill_the_gate, no_barriers, open_house
from tests.web.client import ANNA, PAGE, SLUG, publish

BOTH = """
schema: survey/1
id: both
version: 1
policy: default
languages: [en, fr]
title: {en: Both, fr: Les deux}
pages:
  - name: a
    questions:
      - {name: one, type: text, title: {en: First, fr: Première}}
      - {name: tools, type: multiple_choice, title: {en: Tools, fr: Outils}, choices: [
          {value: crm, text: CRM}, {value: mail, text: Mail}, {value: none, text: None, exclusive: true}]}
  - {name: b, questions: [{name: two, type: text, title: {en: Second, fr: Deuxième}}]}
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("live")) as opened:
        publish(opened.toolbox, BOTH)
        yield opened


@pytest.fixture
def device(chromium: Browser) -> Iterator[BrowserContext]:
    """One person's phone; its storage stays while tabs come and go."""
    context = chromium.new_context(viewport={"width": 390, "height": 780}, has_touch=True)
    yield context
    context.close()


def choose(page: Page, nth: int) -> None:
    page.locator(".question.is-current .row").nth(nth).tap()


def where(page: Page, text: str) -> None:
    expect(page.locator("#where")).to_have_text(text)


def test_a_tap_on_a_choice_advances_and_a_key_does_not(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    choose(page, 2)
    where(page, "Question 2 of about 10")
    page.go_back()
    where(page, "Question 1 of about 10")
    page.locator(".question.is-current input").nth(2).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    page.wait_for_timeout(600)
    where(page, "Question 1 of about 10")


def test_a_prospect_continues_the_next_day_on_the_same_device(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    choose(page, 2)
    where(page, "Question 2 of about 10")
    page.close()
    tomorrow = device.new_page()
    tomorrow.goto(live.address + PAGE)
    where(tomorrow, "Question 2 of about 10")
    expect(tomorrow.locator("#status")).to_contain_text("Welcome back. Your answers are still here.")
    no_barriers(tomorrow)
    tomorrow.get_by_role("button", name="Start again").click()
    where(tomorrow, "Question 1 of about 10")
    expect(tomorrow.locator("input:checked")).to_have_count(0)


def test_contact_details_are_stored_in_their_tab_alone(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    answer_all(page)
    page.locator("[name=email]").fill(ANNA["email"])
    page.reload()
    expect(page.locator("[name=email]")).to_have_value(ANNA["email"])
    assert ANNA["email"] not in page.evaluate("JSON.stringify(localStorage)")
    page.close()
    other = device.new_page()
    other.goto(live.address + PAGE)
    where(other, "Last step")
    expect(other.locator("[name=email]")).to_have_value("")


def test_a_new_version_does_not_change_a_survey_being_answered(
    device: BrowserContext, chromium: Browser, tmp_path: Path
) -> None:
    with open_house(tmp_path) as live:
        page = device.new_page()
        page.goto(live.address + PAGE)
        choose(page, 2)
        where(page, "Question 2 of about 10")
        page.close()
        raw = authored((bundle_dir("surveys") / SLUG / "survey.yaml").read_text("utf-8"))
        with live.toolbox.database.writing() as session:
            newer = {**raw, "version": 5, "title": "Another"}
            publications.publish(session, "survey", SLUG, 5, newer, live.toolbox.now())
        live.clock.pass_(seconds=5)
        page = device.new_page()
        # Through a route the browser asks anew, as it does once its copy of the page is five minutes old.
        page.route("**/*", lambda route: route.continue_())
        page.goto(live.address + PAGE)
        page.wait_for_url("**version=4**")
        where(page, "Question 2 of about 10")
        expect(page.locator("h1")).to_have_text("Sales–marketing alignment diagnostic")
        stranger = chromium.new_context()
        fresh = stranger.new_page()
        fresh.goto(live.address + PAGE)
        expect(fresh.locator("h1")).to_have_text("Another")
        stranger.close()


def test_a_resume_link_opens_on_another_device(device: BrowserContext, chromium: Browser, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    choose(page, 1)
    page.locator(".question.is-current select").select_option("healthcare")
    page.get_by_text("Continue later").click()
    no_barriers(page)
    page.get_by_label("Email, used for this link only").fill("me@elsewhere.example")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("We’re sending a link to me@elsewhere.example")
    with live.toolbox.database.reading() as session:
        kept = session.exec(select(PartialResponseRow)).all()
    (mine,) = [row for row in kept if row.fields["typed"].get("industry") == ["healthcare"]]
    link = resume.resume_link(live.toolbox, mine).replace("http://localhost", live.address)
    desktop = chromium.new_context()
    other = desktop.new_page()
    other.goto(link)
    where(other, "Question 2 of about 10")
    expect(other.locator(".question.is-current select")).to_have_value("healthcare")
    other.locator(".question.is-current select").select_option("saas")
    other.locator("#go").click()
    where(other, "Question 3 of about 10")
    other.reload()
    where(other, "Question 3 of about 10")
    desktop.close()
    # Somebody it is passed on to sees what was there when it was sent.
    somebody = chromium.new_context()
    third = somebody.new_page()
    third.goto(link)
    where(third, "Question 2 of about 10")
    expect(third.locator(".question.is-current select")).to_have_value("healthcare")
    somebody.close()


def test_a_resume_link_is_not_in_the_referrer_of_the_result(device: BrowserContext, live: Live) -> None:
    link, _ = personal_links.invite(
        live.toolbox, SLUG, {"email": ANNA["email"], "employees": "50_199"}, live.toolbox.now()
    )
    page = device.new_page()
    referrers: list[str] = []
    page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    page.goto(link.replace("http://localhost", live.address))
    expect(page.get_by_text("This link is for")).to_be_visible()
    where(page, "Question 1 of about 9")
    answer_all(page)
    expect(page.locator("[name=email]")).to_have_count(0)
    no_barriers(page)
    for name in ("first_name", "last_name", "company", "job_title"):
        page.locator(f"[name={name}]").fill(ANNA[name])
    page.locator("[name=country]").select_option("DE")
    page.locator("#go").click()
    page.wait_for_url("**/r/*")
    assert not [one for one in referrers if "k=" in one]


def test_url_parameters_prefill_answers_and_never_tick_a_consent(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(f"{live.address}/s/both?one=kept&tools=crm,mail&lang=en&utm_source=news")
    expect(page.locator("[name=one]")).to_have_value("kept")
    expect(page.locator("[name=tools]:checked")).to_have_count(2)
    french = page.get_by_role("link", name="Français")
    assert parse_qs((french.get_attribute("href") or "").partition("?")[2])["utm_source"] == ["news"]
    french.click()
    expect(page.locator("[name=one]")).to_have_value("kept")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_answers_are_kept_when_the_language_changes(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(f"{live.address}/s/both?lang=en")
    page.locator("[name=one]").fill("mine")
    page.locator("#go").click()
    page.get_by_role("link", name="Français").click()
    where(page, "Question 2 sur 3")
    expect(page.locator("#status")).to_contain_text("Vos réponses sont encore là.")
    page.locator(".back").click()
    expect(page.locator("[name=one]")).to_have_value("mine")


def test_a_typo_in_an_email_address_is_offered_for_correction(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    answer_all(page)
    fill_the_gate(page)
    page.locator("[name=email]").fill("anna@gmial.com")
    page.locator("#go").click()
    offer = page.get_by_role("button", name="Use anna@gmail.com")
    expect(offer).to_be_focused()
    no_barriers(page)
    offer.click()
    expect(page.locator("[name=email]")).to_have_value("anna@gmail.com")
    page.locator("#go").click()
    page.wait_for_url("**/r/*")


def test_a_prospect_can_keep_an_address_that_looks_mistyped(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(live.address + PAGE)
    answer_all(page)
    fill_the_gate(page)
    page.locator("[name=email]").fill("anna@gmial.com")
    page.locator("#go").click()
    expect(page.get_by_role("button", name="Use anna@gmail.com")).to_be_focused()
    page.locator("#go").click()
    page.wait_for_url("**/r/*")


def test_a_finished_screen_is_saved_and_a_short_visit_is_not_counted(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    sent: list[str] = []
    places: list[str] = []

    def listen(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data or "")
            places.append(urlsplit(request.url).path)

    page.on("request", listen)
    page.goto(live.address + PAGE)
    page.wait_for_timeout(500)
    assert sent == []
    choose(page, 1)
    where(page, "Question 2 of about 10")
    page.wait_for_timeout(200)
    (_, *rest) = sent
    assert set(places) == {f"{PAGE}/save"}
    assert any("employees=10_49" in one for one in rest)
    numbers = {re.findall(r"(?:draft|visit)=([0-9a-f]{32})", one)[0] for one in sent}
    assert len(numbers) == 1


def test_leaving_in_the_middle_of_a_page_saves_what_was_typed(device: BrowserContext, live: Live) -> None:
    page = device.new_page()
    page.goto(f"{live.address}/s/both?lang=en")
    page.locator("[name=one]").fill("half a thought")
    page.goto("about:blank")

    def kept() -> list[PartialResponseRow]:
        with live.toolbox.database.reading() as session:
            drafts_now = session.exec(
                select(PartialResponseRow).where(col(PartialResponseRow.survey_id) == "both")
            ).all()
        return [row for row in drafts_now if row.fields["typed"].get("one") == ["half a thought"]]

    for _ in range(600):
        if kept():
            break
        page.wait_for_timeout(100)
    assert len(kept()) == 1


def test_a_prospect_who_stopped_at_an_early_gate_returns_to_it(device: BrowserContext, live: Live) -> None:
    asked = BOTH.replace("id: both", "id: gate-first") + "display: {gate: before_start}\n"
    publish(live.toolbox, asked + "contact: {fields: [{name: email, type: email, required: true}]}\n")
    page = device.new_page()
    page.goto(f"{live.address}/s/gate-first?lang=en")
    page.locator("[name=email]").fill(ANNA["email"])
    page.locator("#go").click()
    page.locator("[name=one]").fill("mine")
    page.locator(".back").click()
    where(page, "Before we start")
    page.reload()
    where(page, "Before we start")
    expect(page.locator("[name=email]")).to_have_value(ANNA["email"])
