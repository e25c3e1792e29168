"""Short words the desk's pages share: how late, which stage, whose role. One `Phrases` per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from questionnaire.actions.assessing.event_texts import stage_name
from questionnaire.actions.delivery import failed_jobs
from questionnaire.core.base.translation import Translator, gettext_noop

ROLES: Mapping[str, str] = {
    "admin": gettext_noop("Administrator"),
    "marketing": gettext_noop("Marketing"),
    "ops": gettext_noop("Marketing operations"),
    "rep": gettext_noop("Sales rep"),
    "manager": gettext_noop("Sales manager"),
}
SORTS: Mapping[str, str] = {
    "urgency": gettext_noop("Call-by"),
    "newest": gettext_noop("Newest first"),
    "label": gettext_noop("Label"),
    "company": gettext_noop("Company"),
}
MAILS: Mapping[str, str] = {
    "queued": gettext_noop("waiting"),
    "sending": gettext_noop("being sent"),
    "sent": gettext_noop("sent"),
    "delivered_to_mailbox": gettext_noop("kept here"),
    "dead": gettext_noop("given up"),
}
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
            "role_name": lambda role: self._named(ROLES, str(role)),
            "sort_name": lambda sort: self._named(SORTS, str(sort)),
            "mail_state": lambda state: self._named(MAILS, str(state)),
            "job_kind": lambda name: failed_jobs.kind_name(str(name), self.words),
            "job_error": lambda error: failed_jobs.error_words(str(error), self.words),
            "job_detail": failed_jobs.error_detail,
            "label_meaning": self.label,
            "letter": letter,
        }

    def _named(self, table: Mapping[str, str], key: str) -> str:
        return self.words(table[key]) if key in table else key

    def due(self, call_by: datetime | None, now: datetime) -> Deadline:
        """How long until `call_by`, as people say it: "in 40 min", "2 h late"."""
        if call_by is None:
            return Deadline("", "")
        minutes = round((call_by - now).total_seconds() / 60)
        late, size = minutes < 0, abs(minutes)
        tone = "late" if late else "soon" if size <= 120 else "later"
        said = self._late(size) if late else self._ahead(size)
        return Deadline(said, tone)

    def _ahead(self, minutes: int) -> str:
        if minutes < 60:
            return self.words.ngettext("in %(n)s min", "in %(n)s min", minutes)
        if minutes < 36 * 60:
            return self.words.ngettext("in %(n)s h", "in %(n)s h", round(minutes / 60))
        return self.words.ngettext("in %(n)s day", "in %(n)s days", round(minutes / 1440))

    def _late(self, minutes: int) -> str:
        if minutes < 60:
            return self.words.ngettext("%(n)s min late", "%(n)s min late", minutes)
        if minutes < 36 * 60:
            return self.words.ngettext("%(n)s h late", "%(n)s h late", round(minutes / 60))
        return self.words.ngettext("%(n)s day late", "%(n)s days late", round(minutes / 1440))

    def label(self, label: str) -> str:
        """What a label such as A1 stands for."""
        grade, rank = label[:1], label[1:]
        return self.words("Fit %(grade)s, intent %(rank)s; A1 is the best.", grade=grade, rank=rank)


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
