"""Why an act is refused, as a sentence for the person who pressed the button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Any

from questionnaire.core.base.labels import stage_name
from questionnaire.core.base.translation import Translator, gettext_noop

REFUSALS: Mapping[str, str] = {
    "not_yours": gettext_noop("This lead isn’t yours, so you can’t change it."),
    "not_for_you": gettext_noop("Your role can’t do this."),
    "wrong_stage": gettext_noop("This can’t be done while the lead’s stage is “%(stage)s”."),
    "already_accepted": gettext_noop("You’ve already accepted this lead."),
    "field_missing": gettext_noop("Enter what you heard."),
    "problem_missing": gettext_noop("Enter the problem in a few words."),
    "budget_missing": gettext_noop("Choose what you heard about the budget."),
    "interest_missing": gettext_noop("Enter what they want to happen next."),
    "reason_missing": gettext_noop("Choose a reason."),
    "detail_missing": gettext_noop("Add a sentence on what happened."),
    "detail_long": gettext_noop("Shorten this to %(most)s characters."),
    "attempts_missing": gettext_noop("“Unreachable” needs %(needed)s logged attempts. So far there are %(done)s."),
    "date_missing": gettext_noop("Choose the day when this lead should come back."),
    "date_past": gettext_noop("Choose a day after today."),
    "date_far": gettext_noop("Choose a day within the next two years."),
    "next_past": gettext_noop("Choose a time that is still to come."),
    "amount_missing": gettext_noop("Enter the size of the deal."),
    "timeline_missing": gettext_noop("Enter when the deal could close."),
    "rep_missing": gettext_noop("Choose a rep."),
    "same_rep": gettext_noop("This rep already has the lead."),
    "rep_inactive": gettext_noop("This rep’s account is deactivated. Choose someone else."),
    "rep_away": gettext_noop("This rep is away. Choose someone else."),
    "rep_full": gettext_noop("This rep already has as many open leads as the policy allows. Choose someone else."),
    "absence_days": gettext_noop("Choose the first and the last day."),
    "absence_order": gettext_noop("Choose a last day that isn’t before the first."),
    "absence_past": gettext_noop("Choose a last day that isn’t over."),
    "absence_long": gettext_noop("Choose a last day within a year of the first."),
    "absence_twice": gettext_noop("Some of these days are already entered as an absence. Change the dates."),
    "absence_gone": gettext_noop("This absence was removed meanwhile."),
    "substitute_same": gettext_noop("Choose someone else to stand in, or leave it empty."),
    "substitute_missing": gettext_noop("Choose a rep to stand in, or leave it empty."),
    "substitute_away": gettext_noop("The substitute is away on some of these days too. Choose someone else."),
    "waiver_missing": gettext_noop("Add a word on each open box: %(boxes)s."),
    "box_blocking": gettext_noop("%(boxes)s blocks the handoff and can’t be waived. Decline the lead instead."),
    "lead_missing": gettext_noop("There is no lead with this email address."),
    "same_lead": gettext_noop("This is the same lead. Choose another one."),
    "merged_before": gettext_noop("One of the two is merged with another lead already. Look at that one."),
    "two_owners": gettext_noop("Two reps have these leads. First have a manager give both to one rep."),
    "nothing_to_undo": gettext_noop("There is nothing to undo any more."),
    "undo_over": gettext_noop("This can no longer be undone: more than %(minutes)s minutes have passed."),
    "changed_since": gettext_noop("The lead has changed meanwhile. Look at it again."),
}
"""Code -> sentence, whose values are the refusal's parameters."""
PLAIN_REFUSALS = {code: text for code, text in REFUSALS.items() if "%(" not in text} | {
    "wrong_stage": gettext_noop("This can’t be done at the lead’s present stage."),
    "undo_over": gettext_noop("This can no longer be undone."),
}
"""Sentences without values: for a page that knows the code alone."""


@dataclass(frozen=True, slots=True)
class ActRefusal:
    """`field` is the part of the form that is concerned, "" for the act as a whole."""

    code: str
    field: str = ""
    params: Mapping[str, Any] = field_of(default_factory=dict)


def refusal_text(refusal: ActRefusal, words: Translator) -> str:
    values = dict(refusal.params)
    if "stage" in values:
        values["stage"] = stage_name(str(values["stage"]), words)
    return words(REFUSALS[refusal.code], **values)
