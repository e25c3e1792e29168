"""Notifications of every kind, with much and with little to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from questionnaire.core.brand.theme import Theme
from questionnaire.notify import compose, compose_events, compose_handoff
from questionnaire.notify.brief import Brief, Headline
from questionnaire.notify.compose import DigestLine
from questionnaire.notify.notification import UNSUBSCRIBE, Notification

NORDLICHT, NORD_AND_CO = Theme(name="Nordlicht"), Theme(name="Nord & Co")
MONDAY = datetime(2026, 10, 5, 7, 30, tzinfo=UTC)
ANNA = Brief(
    headline=Headline("Anna Keller", "VP Sales", "Nordwind", "50–199", "DE", "wants a demo"),
    link="https://q.example/desk/leads/lead-anna",
    thread="<lead-anna@q.example>",
    zone="Europe/Berlin",
    why="Decision-maker at an ICP company, asked for a demo, saw pricing twice.",
    label="A1",
    due_at=MONDAY,
    phone="+49 30 555 0100",
    linkedin="https://linkedin.example/in/anna",
    email="anna.keller@nordwind.example",
    pain="no target for first contact, no feedback loop (maturity 27/100).",
    open=("who else signs?", "which CRM?"),
    owner="Lena Vogt",
    opener="“Your report shows handoff as the first thing to fix.”",
)
LINES = [DigestLine(ANNA.headline, MONDAY), DigestLine(Headline("bo@b.example"))]
LEAD_FACTS = {"lead": {"id": "lead-anna", "url": "https://q.example/desk/leads/lead-anna", "stage": "assigned"}}
BARE = Brief(Headline("a@b.example"), "https://q.example/l", "<lead-1@q.example>", "UTC", "")


def with_way_out(notification: Notification) -> Notification:
    """As one that was not requested leaves."""
    return replace(notification, context={**notification.context, UNSUBSCRIBE: "https://q.example/u/t"})


def notifications(language: str) -> list[Notification]:
    return [*_of_people(language), *_of_channels(language)]


def _of_channels(language: str) -> list[Notification]:
    return [
        compose_events.webhook_event("e1", "lead.assigned", MONDAY, LEAD_FACTS, 42),
        compose_events.slack_test("ada@n.example", "https://q.example/s", language),
        compose_events.channel_off("ada@n.example", "slack", "Slack", "no_service", "https://q.example/s", language),
        compose_events.channel_off("ada@n.example", "webhook", "crm.example", "410", "https://q.example/s", language),
    ]


def _of_people(language: str) -> list[Notification]:
    boxes = ["FIT-1 Company matches the ICP", "TIM-1 Project or need mentioned"]
    return [
        compose.report_ready(
            "anna@b.example", "Anna", "https://q/r/t", "https://q/r/t/report.pdf", NORD_AND_CO, language
        ),
        compose.report_ready("anna@b.example", "", "https://q/r/t", "https://q/r/t/report.pdf", NORDLICHT, language),
        with_way_out(compose.report_ready("a@b.example", "", "https://q/r", "https://q/r/p", NORDLICHT, language)),
        compose.resume_link("anna@b.example", "A check", "https://q/s/x?resume=t", MONDAY, NORDLICHT, language),
        compose.invitation("eva@n.example", "Ada Lind", "Nordlicht", "https://q/account/t", MONDAY, language),
        compose.invitation("eva@n.example", "Ada Lind", "", "https://q/account/t", MONDAY, language),
        compose.password_link("eva@n.example", "https://q/account/t", MONDAY, "Europe/Berlin", language),
        compose.sign_in_code("lena@n.example", "482913", timedelta(minutes=10), language),
        compose.test_email("ada@n.example", "Nordlicht", "https://q/desk", language),
        compose.test_email("ada@n.example", "", "https://q/desk", language),
        compose.lead_assigned("lena@n.example", ANNA, language),
        compose.lead_assigned("lena@n.example", BARE, language),
        compose.lead_in_queue("ines@n.example", ANNA, "inbound", "No rule covers BR.", language),
        compose.new_answers("lena@n.example", ANNA, ["timeline: 3–6 months instead of < 3"], False, language),
        compose.new_answers("lena@n.example", ANNA, [], True, language),
        compose.lead_assigned("lena@n.example", ANNA, language, "id-1", MONDAY),
        compose.lead_in_queue("ines@n.example", ANNA, "inbound", "No rule covers BR.", language, MONDAY),
        compose.review_waiting("ops@n.example", ANNA, boxes, language),
        compose_handoff.sla_warning("lena@n.example", ANNA, language),
        compose_handoff.sla_breached("lena@n.example", ANNA, "", MONDAY, language),
        compose_handoff.sla_breached("ines@n.example", ANNA, "Lena Vogt", None, language),
        compose_handoff.lead_moved("lena@n.example", ANNA, "Max Brandt", "", MONDAY, language),
        compose_handoff.lead_moved("lena@n.example", ANNA, "", "inbound", None, language),
        compose_handoff.review_overdue("ops@n.example", ANNA, boxes, language),
        compose_handoff.feedback_due("lena@n.example", ANNA, MONDAY, language),
        compose_handoff.lead_rejected("ops@n.example", ANNA, "Lena Vogt", "No budget", "Spent for 2026.", language),
        compose_handoff.lead_diverted("lena@n.example", ANNA, True, "Already a customer", language),
        compose_handoff.lead_diverted("ops@n.example", ANNA, False, "Partner", language),
        compose_handoff.owner_requested("ines@n.example", ANNA, "Lena Vogt", "Speaks only French.", language),
        compose.publication_failed(
            "mo@n.example", "A & B check", 5, MONDAY, "Europe/Berlin", "https://q/desk", language
        ),
        *(compose.digest("o@n.example", what, LINES, 1, "https://q/desk", "UTC", language) for what in compose.DIGESTS),
        compose.digest("o@n.example", "review_waiting", LINES, 12, "https://q/desk", "UTC", language),
    ]
