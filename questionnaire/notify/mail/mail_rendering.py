"""A notification as a Mail: subject and bodies from templates/email/<kind>/."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

import css_inline

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.notify.mail.calendar_entry import calendar_entry
from questionnaire.notify.mail.headers import header_text
from questionnaire.notify.mail.mail_look import mail_look
from questionnaire.notify.mail.message import Mail
from questionnaire.notify.notification import UNSUBSCRIBE, Notification
from questionnaire.templating import render, words_for

_BODIES = ("body.txt", "body.html")


def render_mail(notification: Notification) -> Mail:
    """Mails about one lead share a thread (`context["brief"].thread`); `context["answer"]`, if any, is the Reply-To,
    `context["appointment"]` becomes an attachment for the calendar, `context["unsubscribe"]` a line at the end and
    the headers with which mail programs show a button of their own (RFC 8058 wants HTTPS for one press). The `theme` in
    the context of a mail to a prospect is its look, with a name or logo above the text."""
    theme = notification.context.get("theme")
    look = mail_look(theme or DEFAULT_THEME)
    kind = notification.kind
    values = {UNSUBSCRIBE: "", "look": look, "branded": theme is not None, **notification.context}
    spoken, phrases = notification.recipient.language, notification.recipient.phrases
    # A language of the author's own words is that of the mail; any other is the product's nearest one.
    language = spoken if phrases else words_for(spoken).language
    subject = header_text(render(f"email/{kind}/subject.txt", spoken, phrases, **values))
    text, html = (render(f"email/{kind}/{part}", spoken, phrases, subject=subject, **values) for part in _BODIES)
    headers = {"Content-Language": language}
    if link := str(values[UNSUBSCRIBE]):
        text += "\n\n" + render("email/unsubscribe.txt", spoken, phrases, **values)
        headers |= {"List-Unsubscribe": f"<{link}>"}
        headers |= {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if link.startswith("https://") else {}
    if "brief" in values:
        headers |= {"In-Reply-To": values["brief"].thread, "References": values["brief"].thread}
    appointment = values.get("appointment")
    return Mail(
        kind=kind,
        to=notification.recipient.email,
        subject=subject,
        text=_without_holes(text),
        html=_inliner().inline(html),
        reply_to=values.get("answer", ""),
        headers=headers,
        pictures=look.pictures if theme is not None else (),
        calendar=calendar_entry(appointment, urlsplit(appointment.link).hostname or "localhost") if appointment else "",
    )


def _without_holes(text: str) -> str:
    """At most one empty line between paragraphs: parts that are left out leave no hole."""
    paragraphs = ("\n".join(line.strip() for line in part.split("\n")) for part in text.strip().split("\n\n"))
    return "\n\n".join(part.strip() for part in paragraphs if part.strip()) + "\n"


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    # At-rules stay in a style element: dark mode can be said nowhere else.
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
