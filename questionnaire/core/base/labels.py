"""The one table of labels: what people read for a code of the product, on pages, in mails and in PDFs.

Every kind of code has a table and a function `<kind>_name(code, words)`. A code without a label is an author's own and
is shown without its underscores.
"""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.translation import Translator, gettext_noop

STAGES: Mapping[str, str] = {
    "lead": gettext_noop("Lead"),
    "nurture": gettext_noop("Nurturing"),
    "mql": gettext_noop("MQL"),
    "review": gettext_noop("In review"),
    "sql_ready": gettext_noop("SQL-ready"),
    "assigned": gettext_noop("Assigned"),
    "working": gettext_noop("Working"),
    "sql": gettext_noop("SQL"),
    "opportunity": gettext_noop("Opportunity"),
    "customer": gettext_noop("Customer"),
    "lost": gettext_noop("Lost"),
    "disqualified": gettext_noop("Disqualified"),
    "diverted": gettext_noop("Rerouted"),
    "merged": gettext_noop("Merged"),
}
ROLES: Mapping[str, str] = {
    "admin": gettext_noop("Administrator"),
    "marketing": gettext_noop("Marketing"),
    "ops": gettext_noop("Marketing Ops"),
    "rep": gettext_noop("Sales rep"),
    "manager": gettext_noop("Sales manager"),
}
EVENTS: Mapping[str, str] = {
    "submitted": gettext_noop("Diagnostic completed"),
    "address_confirmed": gettext_noop("Email address confirmed by the prospect"),
    "assessed": gettext_noop("Lead scored"),
    "withdrawn": gettext_noop("Stage withdrawn"),
    "assigned": gettext_noop("Lead assigned"),
    "notified": gettext_noop("Notification sent by email"),
    "warned": gettext_noop("SLA reminder: first response due"),
    "breached": gettext_noop("SLA breached: first response overdue"),
    "merged": gettext_noop("Merged with another lead"),
    "viewed": gettext_noop("Dossier viewed"),
    "contacted": gettext_noop("Contact attempted"),
    "accepted": gettext_noop("Lead accepted"),
    "confirmed": gettext_noop("Confirmed as SQL"),
    "rejected": gettext_noop("Lead rejected"),
    "reviewed": gettext_noop("Lead reviewed"),
    "won": gettext_noop("Deal won"),
    "lost": gettext_noop("Deal lost"),
}
NOTIFICATIONS: Mapping[str, str] = {
    "report_ready": gettext_noop("Report link emailed to the prospect"),
    "lead_assigned": gettext_noop("Rep notified by email"),
    "lead_in_queue": gettext_noop("Managers notified by email: lead in queue"),
    "new_answers": gettext_noop("Owner notified of new answers by email"),
    "review_waiting": gettext_noop("Marketing Ops notified by email: review needed"),
}
MAIL_STATES: Mapping[str, str] = {
    "queued": gettext_noop("Queued"), "sending": gettext_noop("Sending"), "sent": gettext_noop("Sent"),
    "delivered_to_mailbox": gettext_noop("Saved, not sent"), "dead": gettext_noop("Failed"),
}  # fmt: skip
SORTS: Mapping[str, str] = {
    "urgency": gettext_noop("Call by"), "newest": gettext_noop("Newest first"), "label": gettext_noop("Label"),
    "company": gettext_noop("Company"),
}  # fmt: skip
CRITERIA: Mapping[str, str] = {
    "size": gettext_noop("Company size"),
    "sector": gettext_noop("Sector"),
    "zone": gettext_noop("Region"),
    "seniority": gettext_noop("Seniority"),
    "buying_role": gettext_noop("Buying role"),
    "digital_maturity": gettext_noop("Digital maturity"),
    "budget": gettext_noop("Budget"),
    "timeline": gettext_noop("Timeline"),
    "trigger_event": gettext_noop("Trigger event"),
}
LEVELS: Mapping[str, Mapping[str, str]] = {
    "seniority": {
        "c_level": gettext_noop("C-level"),
        "vp": gettext_noop("VP"),
        "director": gettext_noop("director"),
        "manager": gettext_noop("manager"),
    },
    "buying_role": {
        "decision_maker": gettext_noop("decision-maker"),
        "influencer": gettext_noop("influencer"),
        "user": gettext_noop("user"),
        "external": gettext_noop("external adviser"),
    },
    "timeline": {
        "lt_3m": gettext_noop("project within three months"),
        "m3_6": gettext_noop("project in three to six months"),
        "m6_12": gettext_noop("project within twelve months"),
    },
    "budget": {
        "allocated": gettext_noop("budget allocated"),
        "estimated": gettext_noop("budget estimated"),
        "possible": gettext_noop("budget possible"),
    },
    "trigger_event": {
        "hiring": gettext_noop("is hiring"),
        "fundraise": gettext_noop("raised money"),
        "migration": gettext_noop("is migrating a system"),
    },
}
"""Criterion -> level -> label. A level that says nothing in a lead's favour has none."""
SIGNALS: Mapping[str, str] = {
    "demo_request": gettext_noop("asked for a demo"),
    "contact_request": gettext_noop("asked for a call"),
    "pricing_page_visit": gettext_noop("viewed the pricing page"),
    "pages_5_in_session": gettext_noop("viewed five pages in one visit"),
    "returns_3_in_30_days": gettext_noop("came back three times within 30 days"),
    "webinar_attended": gettext_noop("attended a webinar"),
    "case_study_download": gettext_noop("downloaded a case study"),
    "case_study_request": gettext_noop("asked for a case study"),
    "whitepaper_download": gettext_noop("downloaded a white paper"),
    "email_opens_3": gettext_noop("opened several emails"),
    "free_trial_start": gettext_noop("started a free trial"),
    "survey_completed": gettext_noop("completed the diagnostic"),
    "unsubscribe": gettext_noop("unsubscribed"),
    "hard_bounce": gettext_noop("email bounced"),
    "spam_complaint": gettext_noop("marked an email as spam"),
}
GROUPS: Mapping[str, str] = {
    "hand_raise": gettext_noop("Contact requests"), "web": gettext_noop("Website"), "content": gettext_noop("Content"),
    "events": gettext_noop("Events"), "email": gettext_noop("Email"), "survey": gettext_noop("Diagnostic"),
}  # fmt: skip
STRENGTHS: Mapping[str, str] = {
    "strong": gettext_noop("strong"),
    "medium": gettext_noop("medium"),
    "weak": gettext_noop("weak"),
}
HEAT: Mapping[str, str] = {"hot": gettext_noop("hot"), "warm": gettext_noop("warm"), "cold": gettext_noop("cold")}
REASONS: Mapping[str, str] = {
    "competitor": gettext_noop("competitor"), "blacklist": gettext_noop("on the blocklist"),
    "invalid_contact": gettext_noop("invalid contact details"), "not_icp": gettext_noop("outside the ICP"),
    "already_customer": gettext_noop("already a customer"),
}  # fmt: skip
TEAMS: Mapping[str, str] = {
    "partner_team": gettext_noop("the partner team"), "account_owner": gettext_noop("the account owner"),
}  # fmt: skip
FACTS: Mapping[str, str] = {
    "stage": gettext_noop("stage"),
    "reason": gettext_noop("reason"),
    "fit_grade": gettext_noop("FIT grade"),
    "label": gettext_noop("label"),
    "fit": gettext_noop("FIT"),
    "intent": gettext_noop("INTENT"),
    "timing": gettext_noop("TIMING"),
    "total": gettext_noop("total"),
    "hand_raise": gettext_noop("contact request"),
    "signal": gettext_noop("signal"),
    "strong_signals": gettext_noop("strong signals"),
    "disengaged": gettext_noop("disengaged"),
    "duplicate": gettext_noop("duplicate"),
    "customer": gettext_noop("customer"),
    "not_now": gettext_noop("not now"),
    "email_kind": gettext_noop("email type"),
    "domain_in": gettext_noop("domain on list"),
    "flag": gettext_noop("flag"),
    "negative_signal": gettext_noop("negative signal"),
    "account_owner": gettext_noop("account owner"),
}
FACT_VALUES: Mapping[str, Mapping[str, str]] = {
    "not_now": {"never": gettext_noop("never"), "recent": gettext_noop("recent"), "past": gettext_noop("past")},
    "email_kind": {
        "business": gettext_noop("business"),
        "free": gettext_noop("personal (free)"),
        "disposable": gettext_noop("disposable"),
    },
}
CHECKLIST: Mapping[str, str] = {
    "Company matches the ICP": gettext_noop("Company matches the ICP"),
    "Contact is decision-maker or influencer": gettext_noop("Contact is decision-maker or influencer"),
    "No negative signal (competitor, partner, blocklist)": gettext_noop(
        "No negative signal (competitor, partner, blocklist)"
    ),
    "No negative signal (competitor, partner, blacklist)": gettext_noop(
        "No negative signal (competitor, partner, blocklist)"
    ),
    "At least one strong INTENT signal": gettext_noop("At least one strong INTENT signal"),
    "No recent unsubscribe or disengagement": gettext_noop("No recent unsubscribe or disengagement"),
    "INTENT reaches the SQL threshold": gettext_noop("INTENT reaches the SQL threshold"),
    "Project or need mentioned": gettext_noop("Project or need mentioned"),
    'No recent "not now"': gettext_noop('No recent "not now"'),
    "Valid work email": gettext_noop("Valid work email"),
    "Valid professional e-mail": gettext_noop("Valid work email"),
    "Phone or LinkedIn available": gettext_noop("Phone or LinkedIn available"),
    "No duplicate in the CRM": gettext_noop("No duplicate in the CRM"),
}
"""The text of a checklist item as policies write it -> its label. Items of any other text are the author's own."""


def humanize(code: str) -> str:
    """`field_team` -> `field team`."""
    return code.replace("_", " ")


def label(table: Mapping[str, str], code: str, words: Translator) -> str:
    """The label of `code` in the language of `words`."""
    return words(table[code]) if code in table else humanize(code)


def heading(table: Mapping[str, str], code: str, words: Translator) -> str:
    """The same, beginning with a capital."""
    text = label(table, code, words)
    return text[:1].upper() + text[1:]


def stage_name(stage: str, words: Translator) -> str:
    return label(STAGES, stage, words)


def role_name(role: str, words: Translator) -> str:
    return label(ROLES, role, words)


def event_name(kind: str, words: Translator) -> str:
    return label(EVENTS, kind, words)


def notification_name(kind: str, words: Translator) -> str:
    return label(NOTIFICATIONS, kind, words)


def mail_state_name(state: str, words: Translator) -> str:
    return label(MAIL_STATES, state, words)


def sort_name(sort: str, words: Translator) -> str:
    return label(SORTS, sort, words)


def criterion_name(criterion: str, words: Translator) -> str:
    return heading(CRITERIA, criterion, words)


def level_name(criterion: str, level: str, words: Translator) -> str:
    return label(LEVELS.get(criterion, {}), level, words)


def signal_name(signal: str, words: Translator) -> str:
    return label(SIGNALS, signal, words)


def group_name(group: str, words: Translator) -> str:
    return heading(GROUPS, group, words)


def fact_name(fact: str, words: Translator) -> str:
    return label(FACTS, fact, words)


def strength_name(strength: str, words: Translator) -> str:
    return label(STRENGTHS, strength, words)


def heat_name(heat: str, words: Translator) -> str:
    return label(HEAT, heat, words)
