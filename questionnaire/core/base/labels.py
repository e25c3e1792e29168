"""The one table of labels: what people read for a code of the product, on pages, in mails and in PDFs.

Every kind of code has a table and a function `<kind>_name(code, words)`. A code without a label is an author's own and
is shown without its underscores.
"""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _

STAGES: Mapping[str, str] = {
    "lead": _("Lead"), "nurture": _("Nurturing"), "mql": _("MQL"), "review": _("In review"),
    "sql_ready": _("SQL-ready"), "assigned": _("Assigned"), "working": _("Working"), "sql": _("SQL"),
    "opportunity": _("Opportunity"), "customer": _("Customer"), "lost": _("Lost"),
    "disqualified": _("Disqualified"), "diverted": _("Rerouted"), "merged": _("Merged"),
}  # fmt: skip
ROLES: Mapping[str, str] = {
    "admin": _("Administrator"), "marketing": _("Marketing"), "ops": _("Marketing Ops"),
    "rep": _("Sales rep"), "manager": _("Sales manager"),
}  # fmt: skip
EVENTS: Mapping[str, str] = {
    "submitted": _("Diagnostic completed"), "address_confirmed": _("Email address confirmed by the prospect"),
    "assessed": _("Lead scored"), "withdrawn": _("Stage withdrawn"), "assigned": _("Lead assigned"),
    "notified": _("Notification sent by email"), "warned": _("SLA reminder: first response due"),
    "breached": _("SLA breached: first response overdue"), "merged": _("Merged with another lead"),
    "viewed": _("Dossier viewed"), "contacted": _("Reached"), "accepted": _("Lead accepted"),
    "confirmed": _("Confirmed as SQL"), "rejected": _("Lead rejected"), "reviewed": _("Lead reviewed"),
    "won": _("Deal won"), "lost": _("Deal lost"), "attempted": _("Contact attempted"),
    "recycled": _("Sent to nurturing"), "opportunity": _("Opportunity recorded"),
    "owner_requested": _("Another owner requested"), "woken": _("Back from nurturing"),
    "reopened": _("Lead reopened"), "undone": _("Undone"),
}  # fmt: skip
NOTIFICATIONS: Mapping[str, str] = {
    "report_ready": _("Report link emailed to the prospect"), "lead_assigned": _("Rep notified by email"),
    "lead_in_queue": _("Managers notified by email: lead in queue"),
    "new_answers": _("Owner notified of new answers by email"),
    "review_waiting": _("Marketing Ops notified by email: review needed"),
    "sla_warning": _("Owner reminded by email: call is due soon"),
    "sla_breached": _("Owner and managers notified by email: call is overdue"),
    "lead_moved": _("Former owner notified by email: lead reassigned"),
    "review_overdue": _("Marketing Ops and managers notified by email: review is overdue"),
    "feedback_due": _("Owner reminded by email: feedback is due"),
    "lead_rejected": _("Marketing Ops notified by email: lead rejected"),
    "owner_requested": _("Managers notified by email: another owner requested"),
    "lead_diverted": _("Account owner or Marketing Ops notified by email: not for sales"),
}  # fmt: skip
MAIL_STATES: Mapping[str, str] = {
    "queued": _("Queued"), "sending": _("Sending"), "sent": _("Sent"),
    "delivered_to_mailbox": _("Saved, not sent"), "dead": _("Failed"), "suppressed": _("Held back: suppression list"),
}  # fmt: skip
SUPPRESSION_REASONS: Mapping[str, str] = {
    "unsubscribed": _("Unsubscribed"), "bounced": _("Mailbox doesn’t exist"), "requested": _("Asked an administrator"),
}  # fmt: skip
SORTS: Mapping[str, str] = {
    "urgency": _("Call by"), "newest": _("Newest first"), "label": _("Label"), "company": _("Company"),
}  # fmt: skip
CRITERIA: Mapping[str, str] = {
    "size": _("Company size"), "sector": _("Sector"), "zone": _("Region"),
    "seniority": _("Seniority"), "buying_role": _("Buying role"),
    "digital_maturity": _("Digital maturity"), "budget": _("Budget"), "timeline": _("Timeline"),
    "trigger_event": _("Trigger event"),
}  # fmt: skip
LEVELS: Mapping[str, Mapping[str, str]] = {
    "seniority": {
        "c_level": _("C-level"), "vp": _("VP"), "director": _("director"), "manager": _("manager"),
    },
    "buying_role": {
        "decision_maker": _("decision-maker"), "influencer": _("influencer"), "user": _("user"),
        "external": _("external adviser"),
    },
    "timeline": {
        "lt_3m": _("project within three months"), "m3_6": _("project in three to six months"),
        "m6_12": _("project within twelve months"),
    },
    "budget": {
        "allocated": _("budget allocated"), "estimated": _("budget estimated"),
        "possible": _("budget possible"),
    },
    "trigger_event": {
        "hiring": _("is hiring"), "fundraise": _("raised money"), "migration": _("is migrating a system"),
    },
}  # fmt: skip
"""Criterion -> level -> label. A level that says nothing in a lead's favour has none."""
SIGNALS: Mapping[str, str] = {
    "demo_request": _("asked for a demo"), "contact_request": _("asked for a call"),
    "pricing_page_visit": _("viewed the pricing page"),
    "pages_5_in_session": _("viewed five pages in one visit"),
    "returns_3_in_30_days": _("came back three times within 30 days"),
    "webinar_attended": _("attended a webinar"), "case_study_download": _("downloaded a case study"),
    "case_study_request": _("asked for a case study"), "whitepaper_download": _("downloaded a white paper"),
    "email_opens_3": _("opened several emails"), "free_trial_start": _("started a free trial"),
    "survey_completed": _("completed the diagnostic"), "unsubscribe": _("unsubscribed"),
    "hard_bounce": _("email bounced"), "spam_complaint": _("marked an email as spam"),
}  # fmt: skip
GROUPS: Mapping[str, str] = {
    "hand_raise": _("Contact requests"), "web": _("Website"), "content": _("Content"),
    "events": _("Events"), "email": _("Email"), "survey": _("Diagnostic"),
}  # fmt: skip
STRENGTHS: Mapping[str, str] = {"strong": _("strong"), "medium": _("medium"), "weak": _("weak")}
HEAT: Mapping[str, str] = {"hot": _("hot"), "warm": _("warm"), "cold": _("cold")}
REASONS: Mapping[str, str] = {
    "competitor": _("competitor"), "blacklist": _("on the blocklist"),
    "invalid_contact": _("invalid contact details"), "not_icp": _("outside the ICP"),
    "already_customer": _("already a customer"),
}  # fmt: skip
TEAMS: Mapping[str, str] = {"partner_team": _("the partner team"), "account_owner": _("the account owner")}
FACTS: Mapping[str, str] = {
    "stage": _("stage"), "reason": _("reason"), "fit_grade": _("FIT grade"), "label": _("label"),
    "fit": _("FIT"), "intent": _("INTENT"), "timing": _("TIMING"), "total": _("total"),
    "hand_raise": _("contact request"), "signal": _("signal"), "strong_signals": _("strong signals"),
    "disengaged": _("disengaged"), "duplicate": _("duplicate"), "customer": _("customer"),
    "not_now": _("not now"), "email_kind": _("email type"), "domain_in": _("domain on list"),
    "flag": _("flag"), "negative_signal": _("negative signal"), "account_owner": _("account owner"),
}  # fmt: skip
FACT_VALUES: Mapping[str, Mapping[str, str]] = {
    "not_now": {"never": _("never"), "recent": _("recent"), "past": _("past")},
    "email_kind": {"business": _("business"), "free": _("personal (free)"), "disposable": _("disposable")},
    "duplicate": {"True": _("perhaps the same person as another lead")},
}  # fmt: skip
CHECKLIST: Mapping[str, str] = {
    "Company matches the ICP": _("Company matches the ICP"),
    "Contact is decision-maker or influencer": _("Contact is decision-maker or influencer"),
    "No negative signal (competitor, partner, blocklist)": _("No negative signal (competitor, partner, blocklist)"),
    "No negative signal (competitor, partner, blacklist)": _("No negative signal (competitor, partner, blocklist)"),
    "At least one strong INTENT signal": _("At least one strong INTENT signal"),
    "No recent unsubscribe or disengagement": _("No recent unsubscribe or disengagement"),
    "INTENT reaches the SQL threshold": _("INTENT reaches the SQL threshold"),
    "Project or need mentioned": _("Project or need mentioned"), 'No recent "not now"': _('No recent "not now"'),
    "Valid work email": _("Valid work email"), "Valid professional e-mail": _("Valid work email"),
    "Phone or LinkedIn available": _("Phone or LinkedIn available"),
    "No duplicate in the CRM": _("No duplicate in the CRM"),
}  # fmt: skip
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
