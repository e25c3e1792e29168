"""Checks of a policy as an agreement: its people, teams, countries and holidays, and the day of its next review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from questionnaire.core.base.country_codes import country_hint
from questionnaire.core.base.labels import TEAMS
from questionnaire.core.base.problems import REMINDER, Problem, Where, did_you_mean
from questionnaire.core.base.roles import Role
from questionnaire.core.checks.findings import Notes
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.survey.questions.country import CODES

REGIONAL: Mapping[str, str] = {
    "AU": "AU-NSW", "BA": "BA-BIH", "CA": "CA-ON", "CH": "CH-ZH", "DE": "DE-BE", "ES": "ES-MD", "GB": "GB-ENG",
    "MY": "MY-14",
}  # fmt: skip
"""Countries whose regions all have holidays of their own, with an example of a region."""
PARTIAL: Mapping[str, str] = {
    "DE-BY": "Assumption Day (15 August), a holiday in most of Bavaria",
    "HK": "Good Friday and the day after it, which not every employer gives",
}
"""Regions of which a well-known holiday is left out, because it does not hold everywhere."""


def check_agreement(notes: Notes, policy: Policy) -> None:
    _check_addresses(notes, policy)
    _check_teams(notes, policy)
    _check_holidays(notes, policy)


def overdue_review(policy: Policy, today: date) -> Problem | None:
    """The review that should have been by now. It depends on the day, so it is no fault of the file."""
    if policy.review_due is None or policy.review_due >= today:
        return None
    message = f"the review of `{policy.id}` was due on {policy.review_due.isoformat()}"
    return Problem("review_overdue", ("review_due",), message, "review the policy, then set the next day", REMINDER)


def _check_addresses(notes: Notes, policy: Policy) -> None:
    first: dict[str, str] = {}
    for index, rep in enumerate(policy.reps):
        address = canonical_email(rep.email) or rep.email
        if address in first:
            notes.warning("duplicate_email", ("reps", index, "email"),
                          f"`{rep.id}` and `{first[address]}` have one email address: that person gets all their mail",
                          "give each rep an address of their own")  # fmt: skip
        first.setdefault(address, rep.id)


def _check_teams(notes: Notes, policy: Policy) -> None:
    """Who gets a rerouted lead: a team of the product, a rep, a role, or the queue."""
    queue = policy.routing.default_queue
    known = {*TEAMS, *map(str, Role), "owner", *(rep.id for rep in policy.reps), *([queue.name] if queue else [])}
    places: list[tuple[Where, str | None]] = [
        *((("divert", index, "to"), rule.to) for index, rule in enumerate(policy.divert)),
        *((("rejection_reasons", index, "then", "divert"), reason.then.divert)
          for index, reason in enumerate(policy.rejection_reasons)),
    ]  # fmt: skip
    for where, team in places:
        if team is not None and team not in known and "@" not in team:
            notes.warning("unknown_team", where, f"nobody is called `{team}`, so nobody is told of the lead",
                          did_you_mean(team, known, "write `partner_team`, `account_owner`, a rep or an email address")
                          )  # fmt: skip


def _check_holidays(notes: Notes, policy: Policy) -> None:
    for name, calendar in policy.calendars.items():
        where: Where = ("calendars", name, "holidays")
        region = (calendar.holidays or "").upper()
        country = region.partition("-")[0]
        if region and country not in CODES:
            notes.warning("unknown_country", where, f"`{country}` is not the code of a country", country_hint(country))
        elif region in REGIONAL:
            notes.warning("region_missing", where, f"`{region}` leaves out the holidays of its regions",
                          f"write a region, such as `{REGIONAL[region]}`, and one calendar for each")  # fmt: skip
        elif region in PARTIAL and not calendar.closed:
            notes.warning("region_missing", where, f"`{region}` leaves out {PARTIAL[region]}",
                          "add the days you are closed under `closed`")  # fmt: skip
