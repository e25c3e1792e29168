"""Where messages of the channels go, and for how long a secret or an endpoint counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from questionnaire.core.delivery.channel_settings import (
    COMPANY,
    GIVEN_UP_AFTER,
    SlackPerson,
    SlackSettings,
    is_given_up,
    live_secrets,
)

FRIDAY = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)


def test_a_rep_with_a_hook_of_their_own_is_told_there_and_everyone_else_in_the_company_channel() -> None:
    people = {"lena@n.example": SlackPerson("https://own"), "max@n.example": SlackPerson(member="U012")}
    slack = SlackSettings("https://all", people=people)
    addresses = [slack.address(email) for email in ("lena@n.example", "max@n.example", "ines@n.example")]
    assert addresses == ["lena@n.example", COMPANY, COMPANY]
    assert [slack.hook_of(address) for address in ("lena@n.example", COMPANY)] == ["https://own", "https://all"]
    assert SlackSettings().address("lena@n.example") == ""


def test_a_hook_that_slack_no_longer_knows_is_not_used() -> None:
    people = {"lena@n.example": SlackPerson("https://own")}
    assert (
        SlackSettings("https://all", people=people, broken=frozenset({"lena@n.example"})).address("lena@n.example")
        == COMPANY
    )
    assert SlackSettings("https://all", broken=frozenset({COMPANY})).address("lena@n.example") == ""


def test_the_former_secret_signs_for_the_time_of_the_rotation() -> None:
    until = FRIDAY + timedelta(hours=24)
    assert live_secrets("new", "old", until, until - timedelta(seconds=1)) == ("new", "old")
    assert live_secrets("new", "old", until, until) == ("new",)
    assert live_secrets("new", "", None, FRIDAY) == ("new",)
    assert live_secrets("new", "old", None, FRIDAY) == ("new",)


def test_an_endpoint_is_given_up_after_five_days() -> None:
    assert not is_given_up(FRIDAY, FRIDAY + GIVEN_UP_AFTER - timedelta(seconds=1))
    assert is_given_up(FRIDAY, FRIDAY + timedelta(days=5))
