"""Phrases of mails to prospects: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

MAIL: Mapping[str, str | tuple[str, str]] = {
    "hello": "Hello %(name)s,",
    "hello_without_name": "Hello,",
    "thank_you_for_your": (
        "Thank you for your answers. Your result is ready, with what to do first. Your full report "
        "(PDF) may take a few more minutes."
    ),
    "see_your_result": "See your result",
    "download_the_report_pdf": "Download the report (PDF)",
    "anyone_with_these_links": "Anyone with these links can see your result, so please don’t forward this email.",
    "this_address_was_entered": (
        "This address was entered in a diagnostic from %(sender)s. If that wasn’t you, please ignore this email."
    ),
    "this_address_was_entered_in": (
        "This address was entered in a diagnostic. If that wasn’t you, please ignore this email."
    ),
    "see_your_result_link": "See your result: %(link)s",
    "download_the_report_link": "Download the report (PDF): %(link)s",
    "your_result_is_ready": "%(name)s, your result is ready",
    "result_is_ready": "Your result is ready",
    "you_asked_for_a": ("You asked for a link to finish “%(title)s” later. We’ll keep your answers until %(day)s."),
    "continue_where_you_left": "Continue where you left off",
    "anyone_with_this_link": (
        "Anyone with this link can see and change your answers, so please don’t forward this email."
    ),
    "we_use_your_address": (
        "We use your address for this email only. If you didn’t ask %(sender)s for it, please ignore it."
    ),
    "we_use_your_address_for": ("We use your address for this email only. If you didn’t ask for it, please ignore it."),
    "continue_where_you_left_off": "Continue where you left off: %(link)s",
    "your_link_to_continue": "Your link to continue: %(title)s",
    "unsubscribe_from_these": "Unsubscribe from these emails",
    "unsubscribe_from_these_emails": "Unsubscribe from these emails: %(link)s",
}
