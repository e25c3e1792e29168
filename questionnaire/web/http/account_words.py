"""What is wrong with an entry about an account, in a sentence of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import Translator, gettext_noop

_SENTENCES: Mapping[str, str] = {
    "staff_email": gettext_noop("This isn’t an email address."),
    "staff_known": gettext_noop("This address has an account already."),
    "staff_rep_taken": gettext_noop("Somebody else has this rep id."),
    "staff_rep": gettext_noop("Enter at most 64 characters."),
    "staff_role": gettext_noop("Choose a role."),
    "staff_language": gettext_noop("Choose a language."),
    "staff_timezone": gettext_noop("Choose a time zone from the list."),
    "staff_last_admin": gettext_noop("This is the last admin who can sign in. Add another one first."),
    "staff_open_leads": gettext_noop("Choose who gets this person’s open leads."),
    "staff_rep_unknown": gettext_noop("Choose another rep who signs in."),
    "staff_not_first": gettext_noop("Somebody can sign in already. Ask them for an invitation."),
    "staff_attempts": gettext_noop("Too many attempts. Try again in an hour."),
    "staff_old_password": gettext_noop("This isn’t your current password."),
    "staff_password": gettext_noop(
        "Use 10 to 200 characters that nobody guesses: a few words without your name or your company’s."
    ),
}


def account_problem(problem: Problem, words: Translator) -> str:
    return words(_SENTENCES[problem.code])
