"""Phrases of error pages: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

PAGES: Mapping[str, str | tuple[str, str]] = {
    "only_json_is_available": "Only JSON is available here",
    "ask_for_it_with": "Ask for it with format=json, or leave the format out.",
    "this_diagnostic_cant_be": "This diagnostic can’t be embedded",
    "its_closed_and_no": "It’s closed and no longer accepts answers.",
    "close": "Close",
    "open_the_diagnostic": "Open the diagnostic",
    "we_couldnt_read_that": "We couldn’t read that request",
    "go_back_and_try": ("Go back and try again. If you followed a link, open it again from the original message."),
    "you_dont_have_access": "You don’t have access to this page",
    "ask_an_administrator_if": "Ask an administrator if you need access.",
    "page_not_found": "Page not found",
    "check_the_address_or": "Check the address, or go back to the previous page.",
    "this_page_cant_be": "This page can’t be opened directly",
    "go_back_and_use": "Go back and use the button on the page.",
    "your_answers_took_too": "Your answers took too long to reach us",
    "your_connection_may_be": "Your connection may be slow. Go back and try again. What you typed is still there.",
    "youve_already_sent_your": "You’ve already sent your answers",
    "we_kept_the_first": (
        "We kept the first ones. Go back to open your result, or start again from the first question."
    ),
    "this_diagnostic_is_closed": "This diagnostic is closed",
    "it_no_longer_accepts": "It no longer accepts answers. Anything you’ve already sent is safe.",
    "this_diagnostic_is_paused": "This diagnostic is paused",
    "please_come_back_later": "Please come back later. Anything you’ve already sent is safe.",
    "go_back_and_come": "Go back and try again later. What you typed is still there.",
    "it_closed_while_you": (
        "It closed while you were answering, so we can’t accept these answers any more. We’re sorry."
    ),
    "this_is_a_test": "This is a test: your answers count nowhere.",
    "test_answer_it_counts": "Test answer: it counts nowhere.",
    "a_test_answer_cant": "A test answer can’t be continued later.",
    "your_answers_are_too": "Your answers are too long",
    "go_back_shorten_the": "Go back, shorten the longest text and send it again. Your answers are still there.",
    "this_address_is_too": "This address is too long",
    "open_the_link_again": "Open the link again as it was sent.",
    "this_kind_of_content": "This kind of content cannot be read here",
    "use_the_form_on": "Use the form on the page to send your answers.",
    "please_wait_a_moment": "Please wait a moment",
    "try_again_in_a": "Try again in a minute. Go back: everything you typed is still there.",
    "something_went_wrong_on": "Something went wrong on our side",
    "weve_logged_the_error": (
        "We’ve logged the error. Go back and try again in a moment. What you typed is still there."
    ),
    "we_cant_process_this": "We can’t process this right now",
    "wait_a_moment_then": "Wait a moment, then go back and try again. What you typed is still there.",
    "this_page_has_expired": "This page has expired",
    "go_back_reload_the": "Go back, reload the page and try again.",
    "we_couldnt_check_where": "We couldn’t check where this form came from",
    "your_browser_hides_the": (
        "Your browser hides the previous page (referrer). Allow it for this site in the privacy "
        "settings, or in the extension that hides it. Then reload the page and try again."
    ),
    "if_you_contact_us": "If you contact us, please quote reference %(number)s.",
    "unsubscribe": "Unsubscribe",
    "unsubscribe_from_our": "Unsubscribe from our emails",
    "one_press_and_well": "One press, and we’ll send you no more emails that you didn’t ask for.",
    "what_you_ask_for": "What you ask for, such as your result, still reaches you.",
    "youre_unsubscribed": "You’re unsubscribed",
    "youll_get_no_more": "You’ll get no more emails that you didn’t ask for.",
    "undo_send_me_emails": "Undo: send me emails again",
    "emails_are_on_again": "Emails are on again",
    "youll_get_our_emails": "You’ll get our emails again.",
    "it_may_be_incomplete_open": "It may be incomplete. Open it again from our email, or reply to that email.",
}
