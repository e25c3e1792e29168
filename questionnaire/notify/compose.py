"""The notifications of the product, one function each; how they read lies in the templates of each channel.

Values in, a Notification out. Whoever calls has decided that the reader may know what it says. Notifications lead to
pages; they carry neither reports nor dossiers, and one to a prospect holds nothing of what was typed but a first name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from questionnaire.core.base.translation import NO_PHRASES, Phrases, Translator
from questionnaire.core.brand.theme import Theme
from questionnaire.notify import compose_events, compose_handoff
from questionnaire.notify.brief import CALL_BY, CALL_BY_IN_FULL, Brief, Headline, about_lead
from questionnaire.notify.mail.headers import first_name, header_text
from questionnaire.notify.notification import Appointment, Notification, Recipient
from questionnaire.templating import formats_for, words_for


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One lead of a digest; `due_at` is an aware moment, None without a promise."""

    headline: Headline
    due_at: datetime | None = None


def report_ready(
    to: str,
    typed_first_name: str,
    result_link: str,
    report_link: str,
    theme: Theme,
    language: str,
    phrases: Phrases = NO_PHRASES,
) -> Notification:
    """To the prospect: the result page and the PDF. `theme` is that of the survey, its name the company that asked."""
    values = {
        "name": first_name(typed_first_name),
        "result_link": result_link,
        "report_link": report_link,
        "sender": theme.name,
        "theme": theme,
    }
    return Notification("report_ready", Recipient(to, language, phrases), values)


def resume_link(
    to: str, title: str, link: str, until: datetime, theme: Theme, language: str, phrases: Phrases = NO_PHRASES
) -> Notification:
    """To whoever asked for it: the way back to answers that are not finished. `title` and `theme` are the survey's."""
    day = formats_for(language).date(until.date())
    values = {"title": title, "link": link, "day": day, "sender": theme.name, "theme": theme}
    return Notification("resume_link", Recipient(to, language, phrases), values)


def invitation(to: str, inviter: str, sender: str, link: str, until: datetime, language: str) -> Notification:
    """To somebody new on the staff: the link with which they choose a password. `inviter` is an admin's name."""
    day = formats_for(language).date(until.date())
    values = {"inviter": header_text(inviter), "sender": sender, "link": link, "day": day}
    return Notification("invitation", Recipient(to, language), values)


def password_link(to: str, link: str, until: datetime, zone: str, language: str) -> Notification:
    """To somebody on the staff who has forgotten the password, or for whom an admin asked."""
    moment = formats_for(language).moment(until, zone, CALL_BY_IN_FULL)
    return Notification("password_link", Recipient(to, language), {"link": link, "until": moment})


def sign_in_code(to: str, code: str, lasts: timedelta, language: str) -> Notification:
    """To somebody on the staff who opened a link of ours: the code that signs them in, in the browser that asked.

    Not in the subject, which the outbox shows to those who look after it.
    """
    values = {"code": code, "minutes": int(lasts.total_seconds()) // 60}
    return Notification("sign_in_code", Recipient(to, language), values)


def test_email(to: str, sender: str, link: str, language: str) -> Notification:
    """To the administrator who asked for it: the mail server works. `sender` is the company, "" without a name; `link`
    leads back to the settings."""
    return Notification("test_email", Recipient(to, language), {"sender": header_text(sender), "link": link})


def lead_assigned(
    to: str, brief: Brief, language: str, cause: str = "", assigned_at: datetime | None = None
) -> Notification:
    """To the rep who got the lead, with an entry for their calendar. An answer goes to the prospect.

    `cause` is the id of what brought it about, the same each time it is told.
    """
    entry = {}
    if brief.due_at is not None and assigned_at is not None:
        words = words_for(language)
        title = words("Call %(who)s", who=header_text(brief.headline.who))
        entry["appointment"] = Appointment(cause, title, brief.link, brief.due_at, assigned_at)
    return about_lead("lead_assigned", to, brief, language, **entry)


def lead_in_queue(
    to: str, brief: Brief, queue: str, reason: str, language: str, overdue: datetime | None = None
) -> Notification:
    """To the manager: nobody owns this lead yet. `reason` is why no rep got it, `overdue` when it was to have one."""
    since = formats_for(language).moment(overdue, brief.zone, CALL_BY_IN_FULL) if overdue else ""
    return about_lead("lead_in_queue", to, brief, language, queue=queue, reason=reason, overdue=since)


def new_answers(to: str, brief: Brief, changes: Sequence[str], confirmed: bool, language: str) -> Notification:
    """To the owner: the same person answered again. `confirmed`: it is known to be the same person."""
    return about_lead("new_answers", to, brief, language, changes=tuple(changes), confirmed=confirmed)


def review_waiting(to: str, brief: Brief, boxes: Sequence[str], language: str) -> Notification:
    """To Marketing Ops: a person has to look. `boxes` are the open ones of the checklist; `due_at` is the promise."""
    return about_lead("review_waiting", to, brief, language, boxes=tuple(boxes))


def publication_failed(
    to: str, title: str, version: int, moment: datetime, zone: str, link: str, language: str
) -> Notification:  # fmt: skip
    """To whoever planned a version that was not published at its moment; `link` leads to the reasons."""
    values = {
        "title": header_text(title),
        "version": version,
        "moment": formats_for(language).moment(moment, zone, CALL_BY_IN_FULL),
        "place": zone.rpartition("/")[2].replace("_", " "),
        "link": link,
    }
    return Notification("publication_failed", Recipient(to, language), values)


def digest(
    to: str,
    what: str,
    lines: Sequence[DigestLine],
    count: int,
    link: str,
    zone: str,
    language: str,
    page: str = "",
) -> Notification:
    """To a person of the staff: `count` leads of one kind (`what`) at once; `lines` are the first of them, `link` leads
    to the list of all, and may be made for the reader alone; `page` is the address for everyone."""
    words, formats = words_for(language), formats_for(language)
    told = [
        {
            "line": header_text(line.headline.line(words)),
            "due": formats.moment(line.due_at, zone, CALL_BY) if line.due_at else "",
        }
        for line in lines
    ]
    values = {
        "what": what,
        "about": DIGESTS[what](words, count),
        "lines": told,
        "rest": _rest(words, count - len(told)),
        "link": link,
        "page": page or link,
    }
    return Notification("digest", Recipient(to, language), values)


def _rest(words: Translator, n: int) -> str:
    """What the lines do not name."""
    return words.ngettext("%(n)s more lead is in the list.", "%(n)s more leads are in the list.", n) if n else ""


# What a digest is about, counted in the reader's language.
DIGESTS: Mapping[str, Callable[[Translator, int], str]] = {
    "lead_assigned": lambda words, n: words.ngettext("%(n)s more lead to call", "%(n)s more leads to call", n),
    "lead_in_queue": lambda words, n: words.ngettext("%(n)s more unassigned lead", "%(n)s more unassigned leads", n),
    "new_answers": lambda words, n: words.ngettext(
        "New answers from %(n)s more lead", "New answers from %(n)s more leads", n
    ),
    "review_waiting": lambda words, n: words.ngettext("%(n)s more lead to review", "%(n)s more leads to review", n),
    **compose_handoff.DIGESTS,
}
KINDS: dict[str, Callable[..., Notification]] = {
    "report_ready": report_ready,
    "resume_link": resume_link,
    "invitation": invitation,
    "password_link": password_link,
    "sign_in_code": sign_in_code,
    "test_email": test_email,
    "lead_assigned": lead_assigned,
    "lead_in_queue": lead_in_queue,
    "new_answers": new_answers,
    "review_waiting": review_waiting,
    **compose_handoff.KINDS,
    **compose_events.KINDS,
    "publication_failed": publication_failed,
    "digest": digest,
}
