"""What every notification about a lead holds: who it is in one line, why, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.notify.mail.headers import answer_address, header_text
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.templating import formats_for, words_for

CALL_BY = "EEE HH:mm"
CALL_BY_IN_FULL = "EEEE d MMM HH:mm"


@dataclass(frozen=True, slots=True)
class Headline:
    """A lead in one line, from its own words: `size` as the answer says it ("50-199"), `country` an ISO code.

    `wants` is what the person asked for ("wants a demo"), already in the reader's language.
    """

    name: str
    title: str = ""
    company: str = ""
    size: str = ""
    country: str = ""
    wants: str = ""

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.company) if part)

    def line(self, words: Translator = ENGLISH) -> str:
        """`Anna Keller, VP Sales, Nordwind (50-199, DE): wants a demo`, with what is known of it."""
        about = ", ".join(part for part in (self.size, self.country) if part)
        who = self.who + (f" ({about})" if about else "")
        return words("%(who)s: %(wants)s", who=who, wants=self.wants) if self.wants else who


@dataclass(frozen=True, slots=True)
class Brief:
    """What a rep wants in the first five lines. Empty parts are left out.

    `confirmed`: the address is known to be the person's. `due_at` is an aware moment, `zone` the reader's IANA zone;
    `owner` is the name of the rep who has the lead, "" without one; `open` are questions still to ask; `thread` is the
    same for all mails about one lead; `link` leads to the dossier, behind the sign-in,
    and may be made for the reader alone; `page` is the address for everyone who reads along in a channel.
    """

    headline: Headline
    link: str
    thread: str
    zone: str
    why: str
    label: str = ""
    due_at: datetime | None = None
    phone: str = ""
    phone_link: str = ""
    linkedin: str = ""
    email: str = ""
    pain: str = ""
    open: Sequence[str] = ()
    opener: str = ""
    confirmed: bool = True
    owner: str = ""
    page: str = ""


def about_lead(kind: str, to: str, brief: Brief, language: str, **more: Any) -> Notification:
    """A notification of this kind, with what all of them hold. An answer to the first one goes to the prospect."""
    answer = answer_address(brief.email) if kind == "lead_assigned" else ""
    values = {
        "brief": brief,
        "answer": answer,
        "line": header_text(brief.headline.line(words_for(language))),
        "name": header_text(brief.headline.name),
        **_moments(brief, language),
        **more,
    }
    return Notification(kind, Recipient(to, language), values)


def moment_text(at: datetime | None, brief: Brief, language: str) -> str:
    """A moment in the reader's zone, "" for none."""
    return formats_for(language).moment(at, brief.zone, CALL_BY_IN_FULL) if at is not None else ""


def _moments(brief: Brief, language: str) -> dict[str, str]:
    """The promise as a phone shows it, and in full with the zone named."""
    if brief.due_at is None:
        return {"due_short": "", "due": "", "place": ""}
    formats = formats_for(language)
    return {
        "due_short": formats.moment(brief.due_at, brief.zone, CALL_BY),
        "due": formats.moment(brief.due_at, brief.zone, CALL_BY_IN_FULL),
        "place": brief.zone.rpartition("/")[2].replace("_", " "),
    }
