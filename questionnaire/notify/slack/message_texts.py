"""A notification about a lead as a Slack message: who it is, why, by when, and a button that leads to the lead.

A channel is read by more people than an email: no telephone number, no address, no answer stands in it. With `shows`
"link" it holds nothing but what kind of news there is, and the button.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base.translation import Translator
from questionnaire.core.delivery.channel_settings import LINK
from questionnaire.notify.notification import Notification
from questionnaire.notify.slack.blocks import Block, bold, button, escaped, fields, header, mention, message, section
from questionnaire.templating import words_for

MOST_QUESTIONS = 3
NEW = ("lead_assigned", "lead_in_queue")
LONGEST_PART = 1000
# Who has given no name is called by the address elsewhere.
_ADDRESS = re.compile(r"\S+@\S+\.[^\s,:]+")

Context = Mapping[str, Any]


def slack_message(notification: Notification, shows: str, member: str) -> Block:
    """`member` is the Slack id of the recipient, "" for none."""
    words = words_for(notification.recipient.language)
    context, told = notification.context, mention(member)
    if notification.kind == "slack_test":
        works = words("Slack is set up: messages about leads arrive here.")
        return message(
            works, [section(_line(told, escaped(works))), _button(words("Open the settings"), context["link"])]
        )
    if notification.kind == "digest":
        return _digest(context, words, shows, told)
    if shows == LINK:
        title = TITLES[notification.kind](words)
        return message(title, [section(_line(told, bold(title))), _open(context, words, kind=notification.kind)])
    if notification.kind in NEW:
        return message(_fallback(context, words), _introduction(notification.kind, context, words, told))
    sentence = (
        f"{bold(_news(notification.kind, context, words))} {escaped(_name_and_company(context, words), LONGEST_PART)}"
    )
    owner = context["brief"].owner
    if owner and notification.kind != "lead_moved":
        sentence += " · " + words("Owner: %(name)s", name=escaped(owner, 200))
    plain = f"{_news(notification.kind, context, words)} {_name_and_company(context, words)}"
    return message(plain, [section(_line(told, sentence)), _open(context, words, kind=notification.kind)])


# What stands in a message that shows nothing of the lead.
TITLES: Mapping[str, Callable[[Translator], str]] = {
    "lead_assigned": lambda words: words("New lead"),
    "lead_in_queue": lambda words: words("Unassigned lead"),
    "new_answers": lambda words: words("New answers"),
    "sla_warning": lambda words: words("Call soon"),
    "sla_breached": lambda words: words("Overdue call"),
    "lead_moved": lambda words: words("Lead moved"),
    "feedback_due": lambda words: words("Feedback due"),
}


def _introduction(kind: str, context: Context, words: Translator, told: str) -> list[Block]:
    """A lead that the reader does not know yet: the first lines of its dossier."""
    brief, head = context["brief"], context["brief"].headline
    blocks = [header(" · ".join(part for part in (brief.label, _name_and_company(context, words)) if part))]
    if kind == "lead_in_queue":
        waits = words("No one owns this lead. It’s waiting in the “%(queue)s” queue.", queue=context["queue"])
        blocks.append(section(escaped(waits, LONGEST_PART)))
    if brief.why or told:
        blocks.append(section(_line(told, _labelled(words("Why:"), brief.why))))
    place = words("%(moment)s (%(place)s time)", moment=context["due"], place=context["place"])
    company = ", ".join(part for part in (head.company, head.size, head.country) if part)
    facts = [
        (words("Call by"), place if context["due"] else ""),
        (words("Owner"), brief.owner),
        (words("Role"), head.title),
        (words("Company"), company),
    ]
    shown = [(label, escaped(text, LONGEST_PART)) for label, text in facts if text]
    if shown:
        blocks.append(fields(shown))
    if not brief.confirmed:
        blocks.append(section(words("The email address isn’t confirmed: someone else may have entered it.")))
    if brief.opener:
        blocks.append(section(_labelled(words("Opening line:"), brief.opener)))
    if brief.open:
        blocks.append(section(_labelled(words("Still to ask:"), " · ".join(brief.open[:MOST_QUESTIONS]))))
    return [*blocks, _open(context, words, kind=kind)]


def _news(kind: str, context: Context, words: Translator) -> str:
    """What happened, in a few words that stand before the name."""
    due = context["due_short"]
    if kind == "sla_warning":
        return words("Call by %(moment)s:", moment=due) if due else words("Call soon:")
    if kind == "sla_breached":
        return words("Overdue since %(moment)s:", moment=due) if due else words("Overdue:")
    if kind == "lead_moved":
        if context["owner"]:
            return words("Moved to %(owner)s:", owner=context["owner"])
        return words("Moved to the “%(queue)s” queue:", queue=context["queue"])
    return words("New answers:") if kind == "new_answers" else words("Feedback due:")


def _fallback(context: Context, words: Translator) -> str:
    """One line that makes sense alone, on a lock screen."""
    due = words("call by %(moment)s", moment=context["due_short"]) if context["due_short"] else ""
    return " · ".join(part for part in (context["brief"].label, _unaddressed(context["line"], words), due) if part)


def _digest(context: Context, words: Translator, shows: str, told: str) -> Block:
    lines = [_line(told, bold(context["about"]))]
    if shows != LINK:
        for lead in context["lines"]:
            due = " · " + words("by %(moment)s", moment=lead["due"]) if lead["due"] else ""
            lines.append(f"• {escaped(_unaddressed(lead['line'], words) + due, 250)}")
        lines += [escaped(context["rest"])] if context["rest"] else []
    return message(context["about"], [section("\n".join(lines)), _button(words("Open the list"), context["page"])])


def _open(context: Context, words: Translator, *, kind: str) -> Block:
    """Whose lead it was may no longer see it: their link leads to their own leads."""
    text = words("Open your leads") if kind == "lead_moved" else words("Open the lead")
    return button(text, context["brief"].page or context["brief"].link, primary=kind in NEW)


def _button(text: str, link: str) -> Block:
    return button(text, link, primary=False)


def _labelled(label: str, text: str) -> str:
    return f"{bold(label)} {escaped(text, LONGEST_PART)}" if text else ""


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _name_and_company(context: Context, words: Translator) -> str:
    head = context["brief"].headline
    return ", ".join(part for part in (_unaddressed(head.name, words), head.company) if part)


def _unaddressed(text: str, words: Translator) -> str:
    return _ADDRESS.sub(words("lead without a name"), text)
