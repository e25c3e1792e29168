"""Staff users: adding them, passwords, sign-in and sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.actions.people import staff
from questionnaire.storage.people import staff as people
from tests.actions.installation import Office

PASSWORD = "four words nobody strings"


def add(office: Office, email: str = "olga@n.example", role: str = "ops", password: str = PASSWORD) -> list[str]:
    found = staff.add(office.toolbox, email, "Olga", role, password, None, "en", office.clock.at)
    return [problem.code for problem in found]


def test_adding_an_existing_address_is_a_problem(office: Office) -> None:
    assert add(office) == []
    assert add(office, "OLGA@n.example") == ["staff_known"]


def test_adding_a_user_returns_all_problems_at_once(office: Office) -> None:
    assert add(office, "olga at n", "boss", "short") == ["staff_email", "staff_role", "staff_password"]


@pytest.mark.parametrize("password", ["Password123", "aaaaaaaaaaaa", "x" * 201, "abababababab", ""])
def test_weak_passwords_are_refused(office: Office, password: str) -> None:
    assert add(office, password=password) == ["staff_password"]


def test_the_right_password_opens_a_session_that_ends_after_a_week(office: Office) -> None:
    add(office)
    token = staff.sign_in(office.toolbox, "Olga@N.example", PASSWORD, office.clock.at, None)
    assert token is not None
    person = staff.viewer(office.toolbox, token, office.clock.at)
    assert person is not None
    assert person.role == "ops"
    assert staff.viewer(office.toolbox, token, office.clock.at + timedelta(days=8)) is None
    staff.sign_out(office.toolbox, token)
    assert staff.viewer(office.toolbox, token, office.clock.at) is None


def test_sign_in_checks_one_hash_whether_the_account_exists_or_not(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash is checked for every address: known, unknown, deactivated or without a password."""
    add(office)
    add(office, "gone@n.example")
    with office.toolbox.database.writing() as session:
        gone = people.by_email(session, "gone@n.example")
        assert gone is not None
        people.set_active(session, gone.id, False)
    checked: list[str] = []
    matches = staff._matches

    def looked(kept: str, typed: str) -> bool:
        checked.append(kept[:15])
        return matches(kept, typed)

    monkeypatch.setattr(staff, "_matches", looked)
    for email in ("olga@n.example", "nobody@n.example", "gone@n.example", "lena@nordlicht.example", "", "é\u0000@x"):
        typed = PASSWORD if email.startswith("gone") else "wrong password here"
        assert staff.sign_in(office.toolbox, email, typed, office.clock.at, None) is None
    assert len(checked) == 6
    assert set(checked) == {"$argon2id$v=19$"}


def test_a_deactivated_user_cannot_sign_in(office: Office) -> None:
    add(office)
    token = staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None)
    assert token is not None
    with office.toolbox.database.writing() as session:
        row = people.by_email(session, "olga@n.example")
        assert row is not None
        people.set_active(session, row.id, False)
    assert staff.viewer(office.toolbox, token, office.clock.at) is None
    assert staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None) is None


def test_a_new_password_ends_every_session(office: Office) -> None:
    add(office)
    token = staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None)
    assert token is not None
    assert staff.set_password(office.toolbox, "olga@n.example", "five other words for it") == ()
    assert staff.viewer(office.toolbox, token, office.clock.at) is None
    assert [one.code for one in staff.set_password(office.toolbox, "who@n.example", PASSWORD)] == ["staff_unknown"]


def test_passwordless_sign_in_is_refused_outside_the_demo(office: Office) -> None:
    with office.toolbox.database.reading() as session:
        lena = people.by_rep(session, "lena")
    assert lena is not None
    assert staff.sign_in_demo(office.toolbox, lena.id, office.clock.at, None) is None


def test_reps_of_the_policy_become_users_without_a_password(office: Office) -> None:
    with office.toolbox.database.reading() as session:
        reps = {person.rep: person for person in people.all_staff(session) if person.rep}
    assert set(reps) == {"lena", "max", "oliver", "dana", "luis", "camille", "hugo", "priya", "ines"}
    assert reps["ines"].role == "manager"
    assert reps["dana"].timezone == "America/New_York"
    assert staff.sign_in(office.toolbox, "lena@nordlicht.example", "", office.clock.at, None) is None


KNOWN_TO_ALL = [
    "password12", "Password123!", "passw0rd2026", "qwertyuiop12", "azertyuiop1", "iloveyou2026", "letmein12345",
    "1q2w3e4r5t6y", "motdepasse1", "passwort123", "welcome2026", "sunshine123", "football99", "trustno1234",
    "administrator", "superman123", "0123456789", "abcdefghij", "11111111112", "asdfghjkl123", "P@ssw0rd123",
]  # fmt: skip
ABOUT_ONESELF = [
    "olga@n.example", "OlgaOps2026", "olga.ops!!!!", "questionnaire", "Questionnaire2026!", "questionnaire-1",
    "1234questionnaire", "olgaolga99", "ops-olga-2026", "diagnostic2026",
]  # fmt: skip


def test_common_passwords_and_those_about_the_user_are_refused(office: Office) -> None:
    taken = [password for password in KNOWN_TO_ALL + ABOUT_ONESELF if add(office, password=password) == []]
    assert taken == []


def test_strong_passwords_are_accepted(office: Office) -> None:
    for number, password in enumerate(
        ["four words nobody strings", "Zug fährt morgen spät", "x" * 3 + "9fK2-pQz7", "t8#Lm2!vRw"]
    ):
        assert add(office, f"person{number}@n.example", password=password) == []
