"""What the frame and the page around it believe, and what they do when the other is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.embedding import LISTEN, SURVEY, Sites, answer_in, heard, open_sites, told_to_the_frame, until

STRICT = "default-src 'none'; script-src {form}; frame-src {form}"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with open_sites(tmp_path_factory.mktemp("embed")) as opened:
        yield opened


def test_the_embed_works_under_a_strict_csp_of_the_site(page: Page, sites: Sites) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    popup = f'<a href="{{form}}/s/{SURVEY}" data-lq-survey="{SURVEY}" data-lq-mode="popup">Open</a>'
    element = f'<lead-questionnaire survey="{SURVEY}"></lead-questionnaire>'
    page.goto(sites.write("strict", popup + sites.frame() + element, STRICT))
    expect(page.frame_locator("lead-questionnaire iframe").locator("#go")).to_be_visible()
    page.get_by_role("link", name="Open").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("iframe").content_frame.locator("#go")).to_be_visible()
    assert dialog.evaluate("one => getComputedStyle(one).borderRadius") == "12px"
    page.keyboard.press("Escape")
    answer_in(page.frame_locator("main > iframe"))
    assert not [text for text in said if "favicon" not in text]


def test_a_site_that_is_not_allowed_shows_a_link_instead_of_a_frame(page: Page, sites: Sites) -> None:
    # The same server under its number is another origin, which the survey does not name.
    foreign = sites.write("foreign", sites.frame()).replace("localhost", "127.0.0.1")
    page.add_init_script(LISTEN)
    page.goto(foreign)
    expect(page.get_by_role("link", name="Open the diagnostic")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    assert heard(page) == []


def test_when_the_server_is_down_the_page_is_unharmed_and_a_link_stands_there(page: Page, sites: Sites) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def down(route: Route) -> None:
        route.abort("connectionrefused")

    page.route(f"{sites.form}/s/**", down)
    page.goto(sites.write("down", f"{sites.frame()}<p id=after>After</p>"))
    link = page.get_by_role("link", name="Open the diagnostic")
    expect(link).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    href = str(link.get_attribute("href"))
    assert href.startswith(f"{sites.form}/s/{SURVEY}?")
    page.route(f"{sites.form}/**", down)
    page.goto(f"{sites.site}/both")
    expect(page.locator("lead-questionnaire a").first).to_be_visible()
    page.goto(f"{sites.site}/diagnostic")
    expect(page.locator("[data-lq-link] a")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    assert not wrong


def test_a_popup_whose_frame_does_not_load_shows_the_link(page: Page, sites: Sites) -> None:
    page.route(f"{sites.form}/s/**", lambda route: route.abort())
    page.goto(sites.site)
    page.get_by_role("button", name="Find out where you stand").click()
    expect(page.locator("dialog[open]").get_by_role("link")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_messages_from_other_origins_and_frames_are_ignored(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(sites.write("forged", sites.frame() + sites.frame()))
    until(page, "window.heard.filter(([kind]) => kind === 'ready').length === 2")
    box = page.locator("iframe").first
    high = box.evaluate("frame => frame.offsetHeight")
    forged = "{source: 'lq', v: 1, type: 'height', survey: 'any', height: 5000}"
    page.evaluate(f"window.postMessage({forged}, '*')")
    page.evaluate(
        f"""() => {{ const one = document.createElement('iframe');
        one.srcdoc = "<script>parent.postMessage({forged}, '*')</script>";
        document.body.append(one); }}"""
    )
    page.wait_for_timeout(300)
    assert box.evaluate("frame => frame.offsetHeight") == high
    # From the right origin and the right frame, but nothing the page knows.
    for broken in (
        "{}",
        "{source: 'lq', v: 2, type: 'submitted'}",
        "{source: 'lq', v: 1, type: 'toString'}",
        "'lq'",
        "null",
    ):
        page.frames[1].evaluate(f"parent.postMessage({broken}, '*')")
    page.wait_for_timeout(200)
    assert heard(page) == ["ready", "ready"]


def test_the_frame_ignores_messages_from_other_windows(page: Page, sites: Sites) -> None:
    page.goto(sites.write("alone", sites.frame()))
    told_to_the_frame(page)
    inside = page.frames[1]
    before = inside.evaluate("JSON.stringify(lqContext)")
    forged = "{source: 'lq', v: 1, type: 'hello', context: {utm_source: 'forged'}}"
    # From itself and from a frame inside it: neither is its parent.
    inside.evaluate(f"window.postMessage({forged}, '*')")
    # From its parent, of a kind or version it does not know, or with names that are none of its business.
    page.evaluate(
        """() => { const [one] = document.querySelectorAll('iframe'); for (const told of [
        {source: 'lq', v: 1, type: 'submit'}, {source: 'other', v: 1, type: 'hello', context: {utm_source: 'x'}},
        {source: 'lq', v: 3, type: 'hello', context: {utm_source: 'x'}}, 'hello', null])
        one.contentWindow.postMessage(told, '*'); }"""
    )
    page.wait_for_timeout(200)
    assert inside.evaluate("JSON.stringify(lqContext)") == before
    page.evaluate(
        """() => document.querySelector('iframe').contentWindow.postMessage({source: 'lq', v: 1, type: 'hello',
        context: {utm_source: 'x', email: 'a@b.example', __proto__: {lq_first: 'y'}}}, '*')"""
    )
    page.wait_for_timeout(200)
    assert inside.evaluate("window.lqContext") == {"utm_source": "x"}


def test_a_parent_that_is_not_allowed_gets_no_messages(chromium: Browser, sites: Sites) -> None:
    """A browser that would not know frame-ancestors: the messenger keeps silent by itself."""
    context = chromium.new_context()
    page = context.new_page()

    def without_policy(route: Route) -> None:
        answer = route.fetch()
        kept = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
        route.fulfill(response=answer, headers=kept)

    page.route(f"{sites.form}/s/**", without_policy)
    page.add_init_script("window.posted = []; addEventListener('message', (event) => window.posted.push(event.data))")
    page.goto(sites.write("foreign", sites.frame()).replace("localhost", "127.0.0.1"))
    expect(page.frame_locator("iframe").locator("#where")).to_have_text("Question 1 of about 10")
    page.wait_for_timeout(500)
    assert page.evaluate("window.posted") == []
    assert page.frames[1].evaluate("window.lqContext") is None
    context.close()


@pytest.mark.parametrize("agreed", [True, False])
def test_analytics_get_events_only_with_consent_and_never_an_answer(page: Page, sites: Sites, agreed: bool) -> None:
    layer = f"<div {'data-lq-consent' if agreed else ''}>{sites.frame()}</div>"
    page.add_init_script("window.dataLayer = [];" + LISTEN)
    page.goto(sites.write(f"layer-{agreed}", layer))
    answer_in(page.frame_locator("iframe"))
    told = page.evaluate("window.dataLayer")
    assert [entry["event"] for entry in told] == (
        ["lq_start", *["lq_progress"] * 10, "lq_complete", "generate_lead"] if agreed else []
    )
    everything = page.evaluate("JSON.stringify([window.heard, window.dataLayer])")
    for secret in ("anna", "keller", "Nordwind", "50_199", "10_49", "decision_maker", "@"):
        assert secret not in everything


def test_a_function_the_page_named_is_called_and_gtag_is_used_where_it_is(page: Page, sites: Sites) -> None:
    calls = "window.calls = []; window.gtag = (...said) => calls.push(said);"
    calls += " window.lqThanks = (about) => calls.push(['thanks', about.survey]);"
    page.add_init_script(calls)
    frame = sites.frame().replace(
        "<iframe ", '<iframe data-lq-consent data-lq-on-question-changed="lqThanks" data-lq-on-started="thanks" '
    )
    page.goto(sites.write("calls", frame))
    page.frame_locator("iframe").locator(".row").nth(1).click()
    until(page, "window.calls.length === 3")
    assert page.evaluate("window.calls") == [
        ["event", "lq_start", {"survey_id": SURVEY, "step": None}],
        ["thanks", SURVEY],
        ["event", "lq_progress", {"survey_id": SURVEY, "step": "industry"}],
    ]
