"""What the pages of the product show: plain values, made by actions, set by templates.

Moments are aware datetimes in UTC; a page shows them in the reader's zone. Nothing here is a stored row, so that
a page cannot reach what its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from questionnaire.core.documents.report import FirstAdvice, Report, ShareableResult

PER_PAGE = 25
SORTS = ("urgency", "newest", "label", "company")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on staff. `rep` is their id in the policy, "" without one; `zone` an IANA name."""

    id: str
    name: str
    email: str
    role: str
    rep: str = ""
    language: str = "en"
    zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result page. `report_ready`: the PDF is there; `address` is where it is sent, "" when nowhere.

    `confirmable`: the holder came by mail and may say that the address is theirs. `shared` is the token of the page
    without contact data; `begin` is what to do first, where the report has chapters to say so.
    """

    report: Report
    survey_id: str
    report_ready: bool
    address: str = ""
    confirmable: bool = False
    shared: str = ""
    begin: FirstAdvice | None = None


@dataclass(frozen=True, slots=True)
class SharedView:
    """What a shared link shows. `slug` is where the survey can be answered, "" when it is closed."""

    shared: ShareableResult
    slug: str


@dataclass(frozen=True, slots=True)
class LeadQuery:
    """What the list of leads is asked for; empty means "all". `page` counts from 1; `sort` is one of SORTS."""

    stage: str = ""
    owner: str = ""
    label: str = ""
    search: str = ""
    sort: str = SORTS[0]
    page: int = 1


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One line of the list. `owner` is a name, `queue` where a lead without an owner waits; "" without one.

    `call_by` is None when no call is promised.
    """

    id: str
    name: str
    company: str
    why: str
    stage: str
    label: str
    owner: str
    call_by: datetime | None
    newest_at: datetime
    country: str = ""
    demo: bool = False
    queue: str = ""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """One page of the list: `found` leads in all for this query, `total` that the reader may see at all.

    `stages`, `owners` and `labels` are what can be filtered by: (value, words, how many).
    """

    rows: tuple[LeadRow, ...]
    found: int
    total: int
    page: int
    pages: int
    stages: tuple[tuple[str, str, int], ...] = ()
    owners: tuple[tuple[str, str, int], ...] = ()
    labels: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened to a lead, as a sentence. `actor` is a name, "" for the product itself."""

    at: datetime
    kind: str
    text: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class LeadView:
    """A lead as a page. `dossier` is the view value its sections are set from."""

    row: LeadRow
    dossier: Any
    events: tuple[EventLine, ...]
    email: str = ""
    phone: str = ""
    dossier_ready: bool = False


@dataclass(frozen=True, slots=True)
class MailLine:
    """One message of the outbox. `state` is that of the outbox page; `error` the last answer of its destination."""

    id: str
    kind: str
    to: str
    subject: str
    at: datetime
    state: str
    attempts: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class MailView:
    line: MailLine
    text: str
    headers: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MailPage:
    """`dead` are those that gave up and can be sent again."""

    mails: tuple[MailLine, ...]
    dead: tuple[MailLine, ...]
    found: int
    page: int
    pages: int
