"""Signed links: one purpose, one response, an expiry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from questionnaire.actions.assessing.links import LASTS, OpenedLink, open_link, sign
from questionnaire.actions.documents import reports
from questionnaire.actions.respond import confirmation
from tests.actions.installation import Office, typed
from tests.cast import anna

KEYS = (b"first-key-0123456789-0123456789-abc", b"older-key-0123456789-0123456789-abc")
FRIDAY = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(("purpose", "mailed"), [("result", False), ("mailed", True)])
def test_a_link_opens_what_it_was_signed_for(purpose: str, mailed: bool) -> None:
    token = sign(KEYS, purpose, "r1", FRIDAY)  # type: ignore[arg-type]  # one of the purposes
    assert open_link(KEYS, token, FRIDAY) == OpenedLink("r1", mailed)


def test_an_expired_link_opens_nothing() -> None:
    token = sign(KEYS, "result", "r1", FRIDAY)
    assert open_link(KEYS, token, FRIDAY + LASTS - timedelta(seconds=1)) is not None
    assert open_link(KEYS, token, FRIDAY + LASTS) is None


def test_a_link_signed_with_an_older_key_opens_and_one_with_an_unknown_key_does_not() -> None:
    older = sign(KEYS[1:], "result", "r1", FRIDAY)
    assert open_link(KEYS, older, FRIDAY) == OpenedLink("r1", False)
    assert open_link(KEYS[:1], older, FRIDAY) is None
    assert sign(KEYS, "result", "r1", FRIDAY) == sign(KEYS[:1], "result", "r1", FRIDAY)


def test_a_token_of_another_purpose_opens_nothing() -> None:
    other = str(URLSafeSerializer(list(KEYS), salt="fill-state").dumps(["r1", 4102444800]))
    assert open_link(KEYS, other, FRIDAY) is None


@given(place=st.integers(0, 200), letter=st.sampled_from("aZ0-_.=%\x00é"))
def test_a_modified_token_never_opens_another_response(place: int, letter: str) -> None:
    token = sign(KEYS, "result", "r1", FRIDAY)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert open_link(KEYS, changed, FRIDAY) in (None, OpenedLink("r1", False))


@given(token=st.text(max_size=300))
def test_any_text_as_token_opens_nothing_and_raises_nothing(token: str) -> None:
    assert open_link(KEYS, token, FRIDAY) is None


@pytest.mark.parametrize("content", [[], ["r1"], ["r1", "soon"], {"a": 1}, None, [7, 10**30], ["r1", -(10**12)], 7])
def test_signed_content_of_another_shape_opens_nothing(content: object) -> None:
    token = str(URLSafeSerializer(list(reversed(KEYS)), salt="link-result").dumps(content))
    assert open_link(KEYS, token, FRIDAY) is None


def test_a_link_to_an_unknown_response_shows_nothing(office: Office) -> None:
    office.accept(typed(anna().filled))
    keys = office.toolbox.settings.secret_keys
    token = sign(keys, "mailed", "nobody", office.clock.at)
    assert reports.result(office.toolbox, token, office.clock.at) is None
    assert not confirmation.confirm_address(office.toolbox, token, office.clock.at)
    assert reports.report_pdf(office.toolbox, token) is None


def test_a_result_link_shows_the_same_result_until_it_expires_after_180_days(office: Office) -> None:
    done = office.accept(typed(anna().filled))
    first = reports.result(office.toolbox, done.token, office.clock.at)
    assert first is not None
    assert reports.result(office.toolbox, done.token, office.clock.at + timedelta(days=179)) == first
    assert reports.result(office.toolbox, done.token, office.clock.at + timedelta(days=181)) is None
