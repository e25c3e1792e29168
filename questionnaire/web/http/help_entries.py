"""What each page of the staff is for, in one sentence, and the page of the docs about it.

A page is found by its endpoint, else by its blueprint: the answers to its forms are the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _

TITLES: Mapping[str, str] = {
    "authoring": _("Writing surveys"),
    "benchmarks": _("Benchmarks"),
    "branching": _("Branching and endings"),
    "builder": _("The builder"),
    "commands": _("Commands"),
    "desk": _("The sales desk"),
    "embedding": _("Embedding"),
    "events": _("Lead events"),
    "facts": _("Facts in conditions"),
    "how-checks-decide": _("How checks decide"),
    "how-routing-works": _("How routing works"),
    "how-scoring-works": _("How scoring works"),
    "how-sla-works": _("How deadlines work"),
    "importing": _("Importing surveys"),
    "operating": _("Operating"),
    "phrases": _("Phrases"),
    "policies": _("Policies"),
    "problems": _("Problems"),
    "questions": _("Question types"),
    "settings": _("Settings"),
    "theme": _("The theme"),
    "webhooks": _("Webhooks"),
}
"""The pages of the docs that are served, by name."""


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """`sentence` says what a page is for; `doc` is a page of the docs, `section` the id of a heading there.

    `title` is that of the page of the docs, once it is looked up.
    """

    sentence: str
    doc: str
    section: str = ""
    title: str = ""


ENTRIES: Mapping[str, HelpEntry] = {
    "absence_pages": HelpEntry(_("Enter who is away; they get no new leads."), "desk", "absences"),
    "builder": HelpEntry(_("Write the questions and see what prospects see."), "builder", "editing"),
    "desk": HelpEntry(_("Leads you may see, the most urgent first."), "desk"),
    "desk.lead": HelpEntry(_("All we know about one lead, and why it is yours."), "how-scoring-works"),
    "draft_cases": HelpEntry(
        _("Example leads and what you expect of them, tried after each change."), "builder", "cases"
    ),
    "draft_import": HelpEntry(_("What the import left out or changed, item by item."), "importing"),
    "draft_pictures": HelpEntry(_("Upload a picture and say what it shows."), "builder", "pictures"),
    "draft_preview": HelpEntry(_("The draft as prospects would see it; nothing is stored."), "builder", "preview"),
    "draft_publishing": HelpEntry(_("Check what changes for visitors, then publish."), "builder", "publishing"),
    "draft_report": HelpEntry(_("Write what the result page and the report say."), "builder", "report"),
    "draft_theme": HelpEntry(_("Choose the colours, logo and font of this survey."), "builder", "theme"),
    "draft_trial": HelpEntry(_("Answer the draft and see what the answers are worth."), "builder", "try-it"),
    "failed_jobs": HelpEntry(_("Work that failed for good, and a button to try it again."), "operating", "jobs"),
    "help_pages": HelpEntry(_("How everything here works, page by page."), "builder"),
    "lead_acts": HelpEntry(_("Record what you did with a lead, and what came of it."), "desk", "what-a-rep-can-do"),
    "languages": HelpEntry(_("Translate every text, side by side."), "builder", "languages"),
    "draft_history": HelpEntry(_("Who changed what in the draft, and when."), "builder", "editing"),
    "draft_logic": HelpEntry(_("Who is asked what, and who ends early."), "builder", "logic"),
    "samples": HelpEntry(_("The result page and report of a sample."), "builder", "starting"),
    "new_surveys": HelpEntry(_("Choose how a new survey starts."), "builder", "starting"),
    "own_account": HelpEntry(
        _("Your name, language, password, and where you’re signed in."), "operating", "your-account"
    ),
    "people": HelpEntry(_("Invite people and choose what they may do."), "operating", "people"),
    "personal_links": HelpEntry(
        _("Make a link for one person, with what you know about them."), "authoring", "url-parameters-and-hidden-fields"
    ),
    "policies": HelpEntry(_("What marketing and sales agreed on, in plain words."), "policies", "the-agreement"),
    "policy_editing": HelpEntry(_("Change the agreement in a draft and see its effect."), "builder", "policies"),
    "policy_signing": HelpEntry(_("Both heads sign exactly what they read here."), "builder", "policies"),
    "question_copy": HelpEntry(_("Copy a question from another survey."), "builder", "editing"),
    "merge_pages": HelpEntry(_("Decide whether two leads are one person."), "desk", "one-person-two-leads"),
    "review_pages": HelpEntry(_("Decide on leads that aren’t clear to the rules."), "desk", "review"),
    "scoring": HelpEntry(_("What each answer means, and the points it gives."), "builder", "scoring"),
    "suppression_pages": HelpEntry(
        _("Addresses that get only what they ask for."), "operating", "unsubscribing"
    ),
    "sent_mail": HelpEntry(_("Emails we sent or tried to send."), "operating", "outgoing-messages"),
    "slack_settings": HelpEntry(_("Tell reps about their leads in Slack."), "settings", "slack"),
    "webhook_settings": HelpEntry(_("Tell your own systems what happens to leads."), "webhooks"),
    "settings": HelpEntry(_("What holds for the whole installation."), "settings", "settings-in-the-browser"),
    "share_page": HelpEntry(_("Put the survey on your site, or pass its link on."), "embedding"),
    "sharing": HelpEntry(_("All surveys, with their state and how many people finish."), "builder", "starting"),
    "sharing.survey": HelpEntry(_("Put the survey on your site, or pass its link on."), "embedding"),
    "survey_states": HelpEntry(
        _("Pause, close or archive a survey."), "builder", "pausing-closing-archiving"
    ),
    "survey_versions": HelpEntry(_("What was published when, and by whom."), "builder", "versions"),
    "team": HelpEntry(_("What is late or has nobody, and how full each desk is."), "desk", "team"),
    "test_answers": HelpEntry(_("Answer as a prospect would; it counts nowhere."), "builder", "test-answers"),
    "today": HelpEntry(_("Your leads in the order in which to call them."), "desk", "today"),
    "trial_results": HelpEntry(_("The result page and report of the tried answers."), "builder", "try-it"),
}  # fmt: skip
"""Endpoint or blueprint -> its help."""


def help_entry(words: Translator) -> HelpEntry | None:
    """The help of the page of this request, in these words; None for a page that has none."""
    found = ENTRIES.get(request.endpoint or "") or ENTRIES.get(request.blueprint or "")
    return replace(found, sentence=words(found.sentence), title=words(TITLES[found.doc])) if found else None
