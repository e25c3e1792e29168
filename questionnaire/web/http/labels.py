"""Short words the desk's pages share: how late, which stage, whose role. One `Phrases` per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from questionnaire.actions.delivery import failed_jobs
from questionnaire.actions.views import MailLine
from questionnaire.core.base.labels import SUPPRESSION_REASONS, label, mail_state_name, role_name, sort_name, stage_name
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.delivery.channel_settings import COMPANY

LIMITS: Mapping[str, str] = {
    "mailbox": gettext_noop("Not sent: limit of %(most)s emails in %(hours)s h to this recipient reached."),
    "domain": gettext_noop("Not sent: limit of %(most)s emails in %(hours)s h to this domain reached."),
    "disposable domain": gettext_noop(
        "Not sent: limit of %(most)s emails in %(hours)s h to this disposable domain reached."
    ),
    "installation": gettext_noop("Not sent: limit of %(most)s emails in %(hours)s h for this installation reached."),
}
SECTIONS: Mapping[str, str] = {
    "checklist": gettext_noop("Checklist"), "scores": gettext_noop("Score breakdown"), "bant": gettext_noop("BANT"),
    "meddic": gettext_noop("MEDDIC"), "answers": gettext_noop("All answers"), "signals": gettext_noop("Signals"),
    "source": gettext_noop("Source and campaign"), "shown_result": gettext_noop("What the prospect was told"),
    "history": gettext_noop("History"),
}  # fmt: skip
"""Section of a dossier -> the line under which it is folded."""
FILE_TOO_LARGE = (
    gettext_noop("This file is too large"),
    gettext_noop("Files can have up to 10 MB. Export the survey without its pictures and answers, then try again."),
)
"""What happened, and what to do."""
_LIMIT = re.compile(r"the cap of (?P<most>\d+) mails in (?P<hours>\d+) h for one (?P<name>.+) is reached")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")


@dataclass(frozen=True, slots=True)
class Deadline:
    """`tone` is late, soon, later or "" (nothing is promised)."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Labels:
    words: Translator

    def globals(self) -> dict[str, object]:
        """What templates call."""
        return {
            "due_words": self.due,
            "stage_name": lambda stage: stage_name(str(stage), self.words),
            "role_name": lambda role: role_name(str(role), self.words),
            "sort_name": lambda sort: sort_name(str(sort), self.words),
            "mail_state": lambda state: mail_state_name(str(state), self.words),
            "suppression_reason": lambda reason: label(SUPPRESSION_REASONS, str(reason), self.words),
            "mail_error": self.mail_error,
            "mail_recipient": self.mail_recipient,
            "job_kind": lambda name: failed_jobs.kind_name(str(name), self.words),
            "job_error": lambda error: failed_jobs.error_words(str(error), self.words),
            "job_detail": failed_jobs.error_detail,
            "label_meaning": self.label,
            "letter": letter,
            "section_name": lambda name: self.words(SECTIONS[str(name)]),
        }

    def mail_recipient(self, line: MailLine) -> str:
        """Whom a message is for, with its channel unless it is an email."""
        if line.channel == "webhook":
            return self.words("Webhook, %(host)s", host=line.host) if line.host else self.words("Webhook")
        if line.channel == "slack":
            company = self.words("channel for all reps")
            return self.words("Slack, %(who)s", who=company if line.to == COMPANY else line.to)
        return line.to

    def mail_error(self, error: str) -> str:
        """Why an email was not sent: our own limits as a sentence, anything else as the server said it."""
        limit = _LIMIT.fullmatch(error)
        if limit is not None and limit["name"] in LIMITS:
            sentence = LIMITS[limit["name"]]
            return self.words(sentence, most=limit["most"], hours=limit["hours"])
        return self.words("Last error: %(error)s", error=error)

    def due(self, call_by: datetime | None, now: datetime) -> Deadline:
        """The time until `call_by`: "Due in 40 min", "Due now" within 30 seconds, "2 h overdue"."""
        if call_by is None:
            return Deadline("", "")
        minutes = round((call_by - now).total_seconds() / 60)
        if minutes == 0:
            return Deadline(self.words("Due now"), "soon")
        late, size = minutes < 0, abs(minutes)
        tone = "late" if late else "soon" if size <= 120 else "later"
        said = self._late(size) if late else self._ahead(size)
        return Deadline(said, tone)

    def _ahead(self, minutes: int) -> str:
        if minutes < 60:
            return self.words.ngettext("Due in %(n)s min", "Due in %(n)s min", minutes)
        if minutes < 36 * 60:
            return self.words.ngettext("Due in %(n)s h", "Due in %(n)s h", round(minutes / 60))
        return self.words.ngettext("Due in %(n)s day", "Due in %(n)s days", round(minutes / 1440))

    def _late(self, minutes: int) -> str:
        if minutes < 60:
            return self.words.ngettext("%(n)s min overdue", "%(n)s min overdue", minutes)
        if minutes < 36 * 60:
            return self.words.ngettext("%(n)s h overdue", "%(n)s h overdue", round(minutes / 60))
        return self.words.ngettext("%(n)s day overdue", "%(n)s days overdue", round(minutes / 1440))

    def label(self, label: str) -> str:
        """What a label such as A1 stands for."""
        grade, rank = label[:1], label[1:]
        return self.words("FIT %(grade)s, INTENT %(rank)s. A1 is best.", grade=grade, rank=rank)


def letter(text: str) -> Markup:
    """A mail's text as a page: paragraphs, and links that can be followed."""
    made = []
    for block in re.split(r"\n{2,}", text.strip()):
        lines = [_linked(line) for line in block.split("\n")]
        made.append(Markup("<p>{}</p>").format(Markup("<br>").join(lines)))
    return Markup("\n").join(made)


def _linked(line: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        parts += [escape(line[at : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        at = found.end()
    return Markup("").join([*parts, escape(line[at:])])
