"""Phrases of the form: its steps, buttons and messages: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

FORM: Mapping[str, str | tuple[str, str]] = {
    "please_fill_in_this": "Please fill in this field.",
    "we_cant_send_email": "We can’t send email to this address. Please use another one.",
    "we_cant_send_email_to": (
        "We can’t send email to this address. Use one with only letters from a to z before the @."
    ),
    "please_tick_this_box": "Please tick this box to continue.",
    "please_use_your_work": "Please use your work email address.",
    "we_cant_send_another": "We can’t send another link to this address for now. Please try again later.",
    "were_sending_a_link": "We’re sending a link to %(address)s. It works for 30 days.",
    "that_was_quick_please": "That was quick. Please press the button again.",
    "did_you_mean_if": "Did you mean %(address)s? If not, press the button again.",
    "use": "Use %(address)s",
    "go_forward_in_your": (
        "Go forward in your browser to return to your result. To answer again, start from the first page."
    ),
    "these_answers_are_no": "These answers are no longer available",
    "they_were_sent_or": ("They were sent, or the 30 days have passed. You can start again from the first question."),
    "we_cant_save_this": "We can’t save this right now. Your answers are still here: try again in a moment.",
    "this_link_doesnt_work": "This link doesn’t work",
    "it_may_be_incomplete": (
        "It may be incomplete or expired. Open it again from our email, or take the diagnostic again."
    ),
    "this_form_includes_fields": "This form includes fields we don’t use (%(names)s).",
    "press_the_button_again": "Press the button again to send the rest.",
    "please_press_the_button": "Please press the button again.",
    "theres_more_to_answer": "There’s more to answer on this page.",
    "please_fill_this_in": "Please fill this in.",
    "choose_an_answer_to": "Choose an answer to continue.",
    "please_tick_this_box_2": "Please tick this box.",
    "about_one_minute": (
        "About one minute.",
        "About %(n)s minutes.",
    ),
    "question_of": "Question %(n)s of %(of)s",
    "page_of": "Page %(n)s of %(of)s",
    "last_step": "Last step",
    "next": "Next question",
    "continue": "Continue",
    "continue_to_your_details": "Continue to your details",
    "see_result": "See my result",
    "back": "Back",
    "start_again": "Start again",
    "welcome_back_your_answers": "Welcome back. Your answers are still here.",
    "check_answers": "Check %(n)s answers",
    "sending_your_answers": "Sending your answers…",
    "we_cant_connect_your": "We can’t connect. Your answers are still here: try again in a moment.",
    "before_start": "Before we start",
    "question_of_about": "Question %(n)s of about %(of)s",
    "page_of_about": "Page %(n)s of about %(of)s",
    "who_is_this_report": "Who is this report for?",
    "own_words": "In your own words",
    "optional": "optional",
    "youll_see_your_result": "You’ll see your result here. We’ll email the report link to %(address)s.",
    "youll_see_your_result_here": "You’ll see your result here. We’ll email the report link to this address.",
    "youll_see_your_result_here_2": "You’ll see your result here.",
    "required_without_it_we": "Required: without it, we can’t process your answers.",
    "please_check": "Please check",
    "language": "Language",
    "this_link_is_for": "This link is for %(address)s.",
    "answer_as_someone_else": "Answer as someone else",
    "check_one_answer": (
        "Check one answer",
        "Check %(n)s answers",
    ),
    "leave_this_field_empty": "Leave this field empty",
    "continue_later": "Continue later",
    "email_used_for_this": "Email, used for this link only",
    "send_link": "Send me the link",
}
