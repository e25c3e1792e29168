"""Short words the desk's pages share: how late, which stage, whose role. One `Phrases` per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from questionnaire.actions.delivery import failed_jobs
from questionnaire.core.base.labels import mail_state_name, role_name, sort_name, stage_name
from questionnaire.core.base.translation import Translator

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
            "job_kind": lambda name: failed_jobs.kind_name(str(name), self.words),
            "job_error": lambda error: failed_jobs.error_words(str(error), self.words),
            "job_detail": failed_jobs.error_detail,
            "label_meaning": self.label,
            "letter": letter,
        }

    def due(self, call_by: datetime | None, now: datetime) -> Deadline:
        """How long until `call_by`: "Due in 40 min", "2 h overdue"."""
        if call_by is None:
            return Deadline("", "")
        minutes = round((call_by - now).total_seconds() / 60)
        late, size = minutes < 0, abs(minutes)
        tone = "late" if late else "soon" if size <= 120 else "later"
        said = self._late(size) if late else self._ahead(size) if size else self.words("Due now")
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
