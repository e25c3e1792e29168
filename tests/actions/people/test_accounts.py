"""Staff accounts: deactivating and reactivating, and the count of open leads."""

from __future__ import annotations

from questionnaire.actions.people import accounts, staff
from questionnaire.storage.people import staff as people
from tests.actions.installation import Office, typed
from tests.cast import anna

PASSWORD = "four words nobody strings"


def _add(office: Office, email: str, role: str = "admin") -> None:
    assert staff.add(office.toolbox, email, "", role, PASSWORD, None, "en", office.clock.at) == ()


def test_deactivating_an_account_ends_its_sessions_and_it_can_be_reactivated(office: Office) -> None:
    _add(office, "olga@n.example", "ops")
    token = staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None)
    assert token is not None
    account, problems = accounts.set_active(office.toolbox, " OLGA@n.example", active=False)
    assert account is not None
    assert (account.email, account.active, problems) == ("olga@n.example", False, ())
    assert staff.viewer(office.toolbox, token, office.clock.at) is None
    assert staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None) is None
    account, _ = accounts.set_active(office.toolbox, "olga@n.example", active=True)
    assert account is not None
    assert account.active
    assert staff.viewer(office.toolbox, token, office.clock.at) is None
    assert staff.sign_in(office.toolbox, "olga@n.example", PASSWORD, office.clock.at, None) is not None


def test_the_last_active_admin_cannot_be_deactivated(office: Office) -> None:
    _add(office, "ada@n.example")
    for row in accounts.accounts(office.toolbox):
        if row.role == "admin" and row.email != "ada@n.example":
            accounts.set_active(office.toolbox, row.email, active=False)
    _, problems = accounts.set_active(office.toolbox, "ada@n.example", active=False)
    assert [problem.code for problem in problems] == ["staff_last_admin"]
    _add(office, "bea@n.example")
    _, problems = accounts.set_active(office.toolbox, "ada@n.example", active=False)
    assert problems == ()
    _, problems = accounts.set_active(office.toolbox, "bea@n.example", active=False)
    assert [problem.code for problem in problems] == ["staff_last_admin"]


def test_deactivating_an_unknown_address_is_a_problem(office: Office) -> None:
    account, problems = accounts.set_active(office.toolbox, "nobody@n.example", active=False)
    assert account is None
    assert [problem.code for problem in problems] == ["staff_unknown"]


def test_the_open_leads_of_a_deactivated_rep_are_counted_until_they_are_handed_over(office: Office) -> None:
    office.accept(typed(anna().filled))
    office.work()
    owner = office.lead().owner
    with office.toolbox.database.reading() as session:
        row = people.by_rep(session, str(owner))
    assert row is not None
    account, _ = accounts.set_active(office.toolbox, row.email, False, accounts.BY_RULES)
    assert account is not None
    assert account.open_leads == 1
    listed = {one.email: one for one in accounts.accounts(office.toolbox)}
    assert listed[row.email] == account
    office.work()
    assert office.lead().owner != owner
