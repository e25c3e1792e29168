"""Phrases of the result page and of endings: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

RESULT: Mapping[str, str | tuple[str, str]] = {
    "out_of_100": "out of 100",
    "point_since": (
        "+%(n)s point since %(date)s",
        "+%(n)s points since %(date)s",
    ),
    "points_lost_since": (
        "−%(n)s point since %(date)s",
        "−%(n)s points since %(date)s",
    ),
    "the_same_score_as": "The same score as on %(date)s",
    "the_scale": "The scale",
    "your_scores_by_dimension": "Your scores by dimension",
    "the_one_thing_to": "The one thing to do first",
    "compared_with_one_other": (
        "Compared with one other person who answered “%(group)s”.",
        "Compared with %(n)s people who also answered “%(group)s”.",
    ),
    "compared_with_one_other_person": (
        "Compared with one other person who took this diagnostic.",
        "Compared with %(n)s people who took this diagnostic.",
    ),
    "how_you_compare": "How you compare",
    "the_bar_is_your": "The bar is your score. The line is the average.",
    "average": "average %(score)s",
    "welcome": "Welcome",
    "both_sides_of_a": "Both sides of a good diagnostic",
    "a_prospect_answers_a": (
        "A prospect answers a few questions and gets a report worth keeping. Sales gets a lead it can"
        " explain. Try one side, then the other."
    ),
    "as_a_prospect": "As a prospect",
    "as_a_rep": "As a rep",
    "the_sales_desk": "The sales desk",
    "leads_with_the_reason": "Leads with the reason to call, the call-by time and a full dossier.",
    "the_outbox": "The outbox",
    "every_email_to_prospects": "Every email to prospects and reps.",
    "your_result": "Your result",
    "where_stands": "Where %(company)s stands",
    "is_this_email_address": (
        "Is this email address yours, and did you give the answers on this page? If so, please confirm."
    ),
    "yes_these_are_my": "Yes, these are my answers",
    "thank_you_weve_received": "Thank you. We’ve received your answers.",
    "your_full_report": "Your full report",
    "all_your_answers_and": "All your answers, and how we scored them.",
    "your_answers_by_dimension": "Your answers by dimension, what they mean, and a %(days)s-day plan.",
    "your_answers_by_dimension_and": "Your answers by dimension, and what they mean.",
    "well_also_email_the": "We’ll also email the link to %(address)s.",
    "open_the_report_pdf": "Open the report (PDF)",
    "this_is_taking_longer": "This is taking longer than usual. The link in our email will work once it’s ready.",
    "this_is_taking_longer_than": (
        "This is taking longer than usual. Keep this page open and try again in a few minutes."
    ),
    "preparing_your_report": "Preparing your report…",
    "share_this_result": "Share this result",
    "share_a_page_with": (
        "Share a page with your score, dimensions and first recommendation. It shows no name, company or email address."
    ),
    "diagnostic_result": "Diagnostic result",
    "copy_the_link": "Copy the link",
    "share": "Share…",
    "link_copied": "Link copied.",
    "your_browser_blocked_copying": "Your browser blocked copying. Open the page and copy its address.",
    "open_the_page_to": "Open the page to share",
    "shared_result": "Shared result",
    "no_score_for_these": "No score for these answers.",
    "and_where_do_you": "And where do you stand?",
    "answer_the_same_questions": "Answer the same questions to get your score, your first step and your own report.",
    "take_the_diagnostic": "Take the diagnostic",
    "preparing_your_document": "Preparing your document",
    "this_takes_a_few": "This takes a few seconds. Your document opens here as soon as it’s ready.",
    "stop_refreshing": "Stop refreshing",
    "go_back": "Go back",
    "the_saved_file_is": "The saved file is damaged. Recreate the document: it takes a few seconds.",
    "it_isnt_ready_yet": ("It isn’t ready yet. We’re still working on it: come back to this page in a few minutes."),
    "check_again": "Check again",
    "recreate_document": "Recreate document",
}
