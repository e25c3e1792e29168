from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.notify import compose, compose_handoff, registry
from questionnaire.notify.brief import Brief, Headline
from questionnaire.notify.compose import KINDS
from questionnaire.notify.mail.calendar_entry import calendar_entry
from questionnaire.notify.mail.mail_rendering import render_mail
from questionnaire.notify.mail.message import Mail, envelope
from questionnaire.notify.notification import Appointment
from tests.notify.samples import ANNA, BARE, LINES, MONDAY, notifications


def all_mails(language: str) -> list[Mail]:
    return [render_mail(one) for one in notifications(language) if "mail" in registry.channels_of(one)]


def words_of_html(page: str, language: str) -> list[str]:
    colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
    # Whose mail it is says the sender; the HTML shows the name or the logo again.
    body = re.sub(r'<p class="brand".*?</p>', "", page[page.index("<body") :])
    body = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', rf"\2{colon} \1", body, flags=re.DOTALL)
    body = re.sub(r"</?bdi>", "", body)
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("·", " ").split()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_plain_part_says_exactly_what_the_html_says(language: str) -> None:
    for mail in all_mails(language):
        plain = re.sub(r"^- ", "", mail.text, flags=re.MULTILINE).replace("·", " ").split()
        assert plain == words_of_html(mail.html, language), mail.kind


def test_every_kind_is_composed_here() -> None:
    assert {one.kind for one in notifications("en")} == set(KINDS)


def test_no_mail_has_holes_or_markup_left_over() -> None:
    for language in ("en", "fr"):
        for mail in all_mails(language):
            assert "\n\n\n" not in mail.text
            assert "{" not in mail.text + mail.html.partition("<body")[2]
            (style,) = re.findall(r"<style>(.*?)</style>", mail.html, re.DOTALL)
            assert style.startswith("@media (prefers-color-scheme: dark)")
            assert "&amp;" not in mail.text
            assert not re.search(r"\S·|·\S", mail.html.partition("<body")[2])


def test_every_mail_can_be_written_to_the_wire() -> None:
    for mail in all_mails("fr"):
        made = envelope(mail, "<m@q.example>", "Nordlicht <hello@n.example>", MONDAY)
        read = message_from_bytes(made.content, policy=policy.default)
        assert read["Subject"] == mail.subject
        plain = read.get_body(("plain",))
        assert plain is not None
        assert plain.get_content().splitlines() == mail.text.splitlines()


def test_a_rep_reads_the_five_lines_on_a_phone() -> None:
    mail = render_mail(compose.lead_assigned("lena@n.example", ANNA, "en"))
    assert mail.subject == ("[A1 · call by Mon 09:30] Anna Keller, VP Sales, Nordwind (50–199, DE): wants a demo")
    lines = [line for line in mail.text.splitlines() if line]
    assert lines[1].startswith("Why: Decision-maker")
    assert lines[2] == (
        "Call by: Monday 5 Oct 09:30 (Berlin time) · +49 30 555 0100 · https://linkedin.example/in/anna"
    )
    assert lines[3].startswith("Pain point: no target")
    assert lines[4] == "Still to ask: who else signs? · which CRM?"
    assert lines[5].startswith("Opening line: “Your report")
    assert lines[6] == "Open the dossier: https://q.example/desk/leads/lead-anna"
    assert mail.reply_to == "anna.keller@nordwind.example"
    assert mail.headers["References"] == "<lead-anna@q.example>"


def test_without_a_promise_or_a_label_the_subject_is_the_lead() -> None:
    assert render_mail(compose.lead_assigned("l@n.example", BARE, "en")).subject == "a@b.example"


def test_a_prospect_reads_nothing_of_what_was_typed_but_a_first_name() -> None:
    mail = render_mail(
        compose.report_ready(
            "x@b.example", "Anna http://evil.example", "https://q/r", "https://q/p", Theme(name="N"), "en"
        )
    )
    assert mail.subject == "Anna, your result is ready"
    assert "evil" not in mail.text + mail.html + mail.subject
    assert mail.reply_to == ""


def test_a_prospect_of_an_unnamed_sender_reads_no_name() -> None:
    report = render_mail(compose.report_ready("x@b.example", "Anna", "https://q/r", "https://q/p", DEFAULT_THEME, "en"))
    assert "This address was entered in a diagnostic. If that wasn’t you" in report.text
    resume = render_mail(compose.resume_link("x@b.example", "Alignment", "https://q/r", MONDAY, DEFAULT_THEME, "en"))
    assert "If you didn’t ask for it, please ignore it." in resume.text


def test_new_answers_of_a_lead_without_a_name_come_from_its_address() -> None:
    brief = replace(BARE, headline=Headline(""), email="a@b.example")
    mail = render_mail(compose.new_answers("l@n.example", brief, (), True, "en"))
    assert mail.text.startswith("a@b.example answered again.")


def test_markup_in_a_company_is_text() -> None:
    hostile = Brief(
        Headline("<b>{{ config }}</b>", company="A & B\r\nBcc: x"),
        "https://q/l",
        "<t@q>",
        "UTC",
        "<script>alert(1)</script>",
    )
    mail = render_mail(compose.lead_assigned("l@n.example", hostile, "en"))
    assert "<script>" not in mail.html
    assert "&lt;b&gt;{{ config }}&lt;/b&gt;" in mail.html
    assert "<b>{{ config }}</b>" in mail.text
    assert "\n" not in mail.subject


def test_a_mail_carries_links_and_no_documents() -> None:
    for mail in all_mails("en"):
        made = envelope(mail, "<m@q.example>", "N <h@n.example>", MONDAY)
        read = message_from_bytes(made.content, policy=policy.default)
        # An entry for the rep's calendar is the one thing that is attached.
        attached = [part.get_content_type() for part in read.iter_attachments()]
        assert attached == (["text/calendar"] if mail.calendar else [])
        assert "src=" not in mail.html


def test_a_digest_counts_its_leads_and_names_the_first_of_them() -> None:
    mail = render_mail(
        compose.digest("o@n.example", "review_waiting", LINES, 12, "https://q/desk?stage=review", "UTC", "en")
    )
    assert mail.subject == "12 more leads to review"
    assert [line for line in mail.text.splitlines() if line] == [
        "12 more leads to review. They arrived within a few minutes, so they share one email.",
        "- Anna Keller, VP Sales, Nordwind (50–199, DE): wants a demo · by Mon 07:30",
        "- bo@b.example",
        "10 more leads are in the list.",
        "Open the list: https://q/desk?stage=review",
    ]
    alone = render_mail(compose.digest("o@n.example", "review_waiting", LINES[:1], 1, "https://q/desk", "UTC", "fr"))
    assert alone.subject == "1 autre lead à valider"


def test_the_rep_gets_an_entry_for_the_calendar_that_ends_when_the_call_is_due() -> None:
    mail = render_mail(compose.lead_assigned("lena@n.example", ANNA, "en", "event-1", MONDAY - timedelta(hours=1)))
    made = envelope(mail, "<m@q.example>", "N <h@n.example>", MONDAY)
    assert made == envelope(mail, "<m@q.example>", "N <h@n.example>", MONDAY)
    (part,) = message_from_bytes(made.content, policy=policy.default).iter_attachments()
    assert (part.get_filename(), part.get_param("method")) == ("call.ics", "PUBLISH")
    lines = part.get_content().splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    for line in ("UID:event-1@q.example", "DTSTAMP:20261005T063000Z", "DTSTART:20261005T071500Z",
                 "DTEND:20261005T073000Z", "TRIGGER:-PT15M",
                 "SUMMARY:Call Anna Keller\\, VP Sales\\, Nordwind"):  # fmt: skip
        assert line in lines
    assert render_mail(compose.lead_assigned("lena@n.example", BARE, "en", "event-1", MONDAY)).calendar == ""


def test_long_words_of_a_calendar_entry_are_folded_and_come_out_whole() -> None:
    title = "Appeler Zoé Öztürk; " + "é" * 90 + "\r\nEND:VEVENT"
    entry = calendar_entry(Appointment("u", title, "https://q.example/l", MONDAY, MONDAY), "q.example")
    assert all(len(line.encode()) <= 75 for line in entry.split("\r\n"))
    whole = entry.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:Appeler Zoé Öztürk\\; " + "é" * 90 + " END:VEVENT" in whole


def test_who_is_late_reads_when_the_call_was_due_and_where_the_lead_goes() -> None:
    own = render_mail(compose_handoff.sla_breached("lena@n.example", ANNA, "", MONDAY + timedelta(hours=2), "en"))
    assert own.subject.startswith("[Overdue since Mon 09:30] Anna Keller")
    assert "Without an attempt, the lead goes to someone else on Monday 5 Oct 11:30." in own.text
    other = render_mail(compose_handoff.sla_breached("ines@n.example", ANNA, "Lena Vogt", None, "en"))
    assert other.text.startswith("Lena Vogt owns this lead and hasn’t logged an attempt in time.")
    assert own.headers["References"] == other.headers["References"] == ANNA.thread
