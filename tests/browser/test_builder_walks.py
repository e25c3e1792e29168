"""From a blank page to an answer on another site, once by mouse and once by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.authored import authored
from tests.browser.embedding import Sites, open_sites
from tests.browser.hands import KeyboardHand, PointingHand
from tests.browser.walk import MENDED, Author, answer_on_another_site


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with open_sites(tmp_path_factory.mktemp("walks")) as opened:
        yield opened


@pytest.mark.parametrize("hand", [PointingHand, KeyboardHand], ids=["mouse", "keyboard"])
def test_a_diagnostic_is_built_from_a_blank_page_and_answered_on_another_site(
    chromium: Browser, sites: Sites, hand: type[PointingHand]
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    author = Author(page, hand(page), sites.form, sites.live.toolbox)
    author.signs_in()
    author.starts_from_a_blank_page()
    author.writes_a_question_and_pastes_its_answers()
    author.adds_a_page_and_changes_the_type_of_its_question()
    author.writes_its_answers_line_by_line()
    author.puts_the_most_frequent_answer_first()
    author.adds_a_question_that_only_some_are_asked()
    author.adds_a_dimension()
    author.says_what_each_answer_means()
    author.tries_it()
    author.writes_a_text_of_the_report_with_a_slip()
    author.cannot_publish_it_and_mends_it_with_one_press()
    author.publishes()
    # The settings of a test name no port in the public address.
    code = author.takes_the_code().replace("http://localhost/", f"{sites.form}/")
    page.goto(sites.write(hand.name, code))
    answer_on_another_site(page, author.hand)
    author.sees_the_answer_counted()
    content = authored(author.downloads_it())
    titles = [question["title"] for each in content["pages"] for question in each["questions"]]
    assert titles == ["How good is your data?", "Where does your data come from?", "What goes wrong most often?"]
    assert content["report"]["dimensions"] == {"item": [{"from": 0, "text": MENDED}]}
    context.close()
