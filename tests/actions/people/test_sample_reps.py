"""The people of the samples' policies: nobody reads their mail, so no lead of a real installation is theirs."""

from __future__ import annotations

from questionnaire.actions.people import accounts, staff
from tests.actions.installation import Office, typed
from tests.cast import anna


def test_people_of_samples_get_no_lead_and_administrators_hear_of_it(office: Office) -> None:
    office.hire("ada", "admin")
    staff.deactivate_sample_reps(office.toolbox)
    made_up = {account.rep for account in accounts.accounts(office.toolbox) if account.is_sample_rep}
    assert {"lena", "max", "ines"} <= made_up
    assert "ada@nordlicht.example" not in {one.email for one in accounts.accounts(office.toolbox) if one.is_sample_rep}
    office.accept(typed(anna().filled), anna().at)
    lead = office.lead()
    assert (lead.stage, lead.owner) == ("sql_ready", None)
    assert [mail.to for mail in office.mails() if mail.kind == "lead_in_queue"] == ["ada@nordlicht.example"]
