"""Attacks on the door: guessing passwords, locking people out, and hiding behind addresses.

Each was run against the product before it was mended; what got through then is said at its test.
"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.actions.people import sign_in
from questionnaire.web import create_app
from questionnaire.web.http.rate_limits import FORWARDED
from tests.proof.size import sized
from tests.web.client import PAGE, PASSWORD, PEOPLE, Clock, answered, csrf, make_toolbox

LENA = PEOPLE["rep"][0]


def try_in(client: FlaskClient, email: str, password: str, address: str = "198.51.100.7") -> int:
    """The status of one try: 303 in, 422 wrong, 429 not looked at."""
    origin = {"REMOTE_ADDR": address}
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": email, "password": password}
    return client.post("/sign-in", data=form, environ_base=origin).status_code


def strangers(app: Flask, tries: int, email: str = LENA, network: str = "203.0.113.{}") -> list[int]:
    """Wrong passwords, each from an address of its own and a browser that was never here."""
    return [
        try_in(app.test_client(), email, "wrong words here", network.format(number % 250)) for number in range(tries)
    ]


def test_the_owner_comes_in_on_a_known_device_whatever_strangers_do(app: Flask) -> None:
    # 64 wrong tries from anywhere locked the owner out for an hour.
    mine = app.test_client()
    assert try_in(mine, LENA, PASSWORD) == 303
    statuses = strangers(app, sized(64, 400))
    assert statuses.count(422) == sign_in.STRANGERS.most
    assert set(statuses) == {422, 429}
    assert try_in(mine, LENA, PASSWORD) == 303
    assert try_in(mine, LENA, PASSWORD, "203.0.113.9") == 303


def test_a_stranger_with_the_right_password_is_not_looked_at_once_tries_are_spent(app: Flask, clock: Clock) -> None:
    strangers(app, sign_in.STRANGERS.most)
    assert try_in(app.test_client(), LENA, PASSWORD) == 429
    clock.pass_(minutes=66)
    assert try_in(app.test_client(), LENA, PASSWORD) == 303


def test_one_network_gets_fewer_tries_and_another_account_is_not_concerned(app: Flask) -> None:
    statuses = strangers(app, 12, network="198.51.100.9")
    assert statuses == [422] * sign_in.NETWORK.most + [429] * (12 - sign_in.NETWORK.most)
    assert try_in(app.test_client(), PEOPLE["manager"][0], PASSWORD, "198.51.100.9") == 303


def test_a_known_device_has_few_tries_of_its_own(app: Flask) -> None:
    mine = app.test_client()
    assert try_in(mine, LENA, PASSWORD) == 303
    statuses = [try_in(mine, LENA, "wrong words here") for _ in range(sign_in.DEVICE.most + 2)]
    assert statuses == [422] * sign_in.DEVICE.most + [429] * 2


def test_a_device_that_knows_one_account_is_a_stranger_to_another(app: Flask) -> None:
    mine = app.test_client()
    assert try_in(mine, LENA, PASSWORD) == 303
    statuses = [try_in(mine, PEOPLE["admin"][0], "wrong words here") for _ in range(10)]
    assert statuses.count(422) == sign_in.NETWORK.most


def test_a_forged_device_is_a_stranger(app: Flask) -> None:
    mine = app.test_client()
    assert try_in(mine, LENA, PASSWORD) == 303
    cookie = mine.get_cookie("questionnaire-device")
    assert cookie is not None
    strangers(app, sign_in.STRANGERS.most)
    for forged in ("x", cookie.value[:-3] + "abc", "a." * 900, "x" * 3500, cookie.value.partition(".")[0] + "."):
        thief = app.test_client()
        thief.set_cookie("questionnaire-device", forged)
        assert try_in(thief, LENA, PASSWORD) == 429


SPELLINGS = [
    LENA, LENA.upper(), f" {LENA} ", "\x01" + LENA, LENA + "\x01", "\x01\x02" + LENA, "le\x01na@nordlicht.example",
    "lena+1@nordlicht.example", "lena+2@nordlicht.example", "lena@nordlicht.example.", "ｌｅｎａ@nordlicht.example",
    "lena@nord\u200blicht.example", "\u200blena@nordlicht.example", "lena＠nordlicht.example",
]  # fmt: skip


def test_how_an_address_is_spelt_gives_no_new_tries(app: Flask) -> None:
    # U+0001 behind the address was another account each time.
    statuses = [
        try_in(app.test_client(), SPELLINGS[number % len(SPELLINGS)], "wrong words here", f"203.0.113.{number}")
        for number in range(60)
    ]
    assert statuses.count(422) == sign_in.STRANGERS.most


@pytest.mark.parametrize("email", [LENA, "nobody@nordlicht.example"])
def test_an_unknown_account_is_limited_like_a_known_one(app: Flask, email: str) -> None:
    statuses = strangers(app, sign_in.STRANGERS.most + 5, email)
    assert statuses == [422] * sign_in.STRANGERS.most + [429] * 5


def test_addresses_of_one_ipv6_network_are_one_network(app: Flask) -> None:
    same = [try_in(app.test_client(), LENA, "wrong words here", f"2001:db8:1:1::{n:x}") for n in range(1, 11)]
    assert same.count(422) == sign_in.NETWORK.most
    others = [try_in(app.test_client(), LENA, "wrong words here", f"2001:db8:1:{n:x}::1") for n in range(2, 20)]
    assert others.count(422) == sign_in.WIDE_NETWORK.most - sign_in.NETWORK.most


def test_all_processes_count_together(app: Flask) -> None:
    other = create_app(app.extensions["toolbox"])
    other.test_client_class = app.test_client_class
    statuses = [
        status for _ in range(15) for made in (app, other) for status in strangers(made, 1, network="192.0.2.1")
    ]
    assert statuses.count(422) == sign_in.NETWORK.most


def test_ten_mistakes_a_day_of_the_owner_never_add_up(app: Flask) -> None:
    mine = app.test_client()
    for day in range(6):
        network = f"198.51.100.{day}"
        assert [try_in(mine, LENA, "wrong words here", network) for _ in range(5)] == [422] * 5
        assert try_in(mine, LENA, PASSWORD, network) == 303


# --- fields and headers that switched limits off ---------------------------------------------------------------


def test_no_field_of_the_form_switches_a_limit_off(app: Flask) -> None:
    # `step=zz` took the limit of answers under one address away, and `+tag` made another address.
    client, origin = app.test_client(), {"REMOTE_ADDR": "203.0.113.7"}
    statuses = [
        client.post(
            PAGE, data=answered(key=f"k{n}", took="9000", step="zz", email=f"a.nna+{n}@firm.example"),
            environ_base=origin,
        ).status_code
        for n in range(14)
    ]  # fmt: skip
    assert statuses == [303] * 12 + [429] * 2


@pytest.mark.parametrize("header", FORWARDED)
def test_a_proxy_nobody_declared_makes_no_limit_void_and_is_warned_of_once(
    app: Flask, header: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client = app.test_client()
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": "x", "password": "y"}
    said = {header: "203.0.113.1"}
    statuses = [client.post("/sign-in", data=form, headers=said).status_code for _ in range(22)]
    assert statuses[-1] == 429
    log = capsys.readouterr().out
    assert log.count("proxy_not_declared") == 1
    assert "QUESTIONNAIRE_PROXY_HOPS" in log
    assert "203.0.113.1" not in log


def test_behind_a_public_address_this_machine_is_a_proxy(app: Flask, clock: Clock) -> None:
    public = make_toolbox(app.extensions["toolbox"].database, clock, PUBLIC_URL="https://diagnostic.example")
    client = create_app(public).test_client()
    statuses = [
        client.post(PAGE, data=answered(key=f"k{n}", took="9000"), base_url="https://diagnostic.example").status_code
        for n in range(14)
    ]
    assert statuses == [303] * 12 + [429] * 2
