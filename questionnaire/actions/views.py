"""View values of the pages: created by actions, rendered by templates.

Datetimes are aware and in UTC; a page shows them in the reader's time zone. Nothing here is a stored row, so a template
cannot reach data that its reader may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from questionnaire.core.base.translation import NO_PHRASES, Phrases
from questionnaire.core.documents.report import FirstAdvice, Report, ShareableResult
from questionnaire.core.survey.survey_theme import SurveyTheme

PER_PAGE = 25
MOST_EVENTS = 50
SORTS = ("urgency", "newest", "label", "company")


@dataclass(frozen=True, slots=True)
class Person:
    """A staff user. `rep` is their rep id in the policy, "" without one; `zone` is an IANA time zone name.

    `signs` is the side for which they sign policies, "" for none. `by_code`: the session began with a mailed code, and
    opens only the pages of leads.
    """

    id: str
    name: str
    email: str
    role: str
    rep: str = ""
    language: str = "en"
    zone: str = "Europe/Paris"
    signs: str = ""
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result page. `report_ready`: the PDF is stored; `address` is the email address it is sent to, "" without one.

    `confirmable`: the page was opened by the emailed link, so the visitor can confirm the address. `shared` is the
    token of the page without contact data. `begin` is what to do first, None when the report has no chapters for it.
    `days` is the length of the report's plan, 0 without one. `is_trial`: nothing is stored of it, and nothing shared.
    """

    report: Report
    survey_id: str
    report_ready: bool
    address: str = ""
    confirmable: bool = False
    shared: str = ""
    begin: FirstAdvice | None = None
    days: int = 0
    phrases: Phrases = NO_PHRASES
    test: bool = False
    is_trial: bool = False
    theme: SurveyTheme | None = None


@dataclass(frozen=True, slots=True)
class EndingView:
    """The page of an ending. `text` is Markdown, `url` and `label` are "" without a link; `fills`: its placeholders."""

    survey_id: str
    survey: str
    language: str
    title: str
    text: str
    url: str
    label: str
    fills: Mapping[str, str]
    phrases: Phrases = NO_PHRASES
    test: bool = False
    theme: SurveyTheme | None = None


@dataclass(frozen=True, slots=True)
class SharedView:
    """The page of a shared link. `slug` is that of the survey, "" when the survey is closed."""

    shared: ShareableResult
    slug: str
    theme: SurveyTheme | None = None


@dataclass(frozen=True, slots=True)
class LeadQuery:
    """Filters of the lead list; an empty one means "all". `sort` is one of SORTS.

    `after` and `before` are positions in the list, from the links of another page; at most one is set.
    """

    stage: str = ""
    owner: str = ""
    label: str = ""
    search: str = ""
    sort: str = SORTS[0]
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class LeadListItem:
    """One line of the lead list. `owner` is a name, `queue` that of a lead without an owner; each "" if there is none.

    `call_by` is None when no first contact is due. `back_on` is the day on which a lead in nurturing is scored again,
    as YYYY-MM-DD, "" where that waits for new answers; `reason` is why it sleeps, in words, "" for the other stages.
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
    back_on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """One page of the lead list. `matching` counts the leads that match the query, `total` all that the reader may see.

    `is_capped`: more leads than `matching` match. `before` and `after` are the positions of the pages before and after
    this one, "" when there is none. `stages`, `owners` and `labels` are the filter options: (value, label, number of
    leads).
    """

    rows: tuple[LeadListItem, ...]
    matching: int
    total: int
    is_capped: bool = False
    before: str = ""
    after: str = ""
    stages: tuple[tuple[str, str, int], ...] = ()
    owners: tuple[tuple[str, str, int], ...] = ()
    labels: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event of a lead as a sentence. `actor` is a person's name, "" for the system."""

    at: datetime
    kind: str
    text: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class RepChoice:
    """A rep who may be the next owner of a lead; `obstacle` in words says why not now, "" when they may."""

    id: str
    label: str
    obstacle: str


@dataclass(frozen=True, slots=True)
class HandoffView:
    """Where a lead stands between the handoff and the outcome, and what the viewer may do now.

    `acts` are words of the desk's forms, the first one being the next in line; `steps` are (name, state, owner) in
    words. `moves_at`: without an attempt somebody else gets the lead then. `reps`: to whom a manager may give the lead.
    """

    acts: tuple[str, ...]
    steps: tuple[tuple[str, str, str, str], ...]
    attempts: int = 0
    cycle: int = 1
    reached_at: datetime | None = None
    next_what: str = ""
    next_at: datetime | None = None
    moves_at: datetime | None = None
    until: str = ""
    reason: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    reps: tuple[RepChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class SameLead:
    """Another lead of what is, or may be, the same person. `evidence`: what they have in common, in words."""

    id: str
    name: str
    company: str
    email: str
    stage: str
    owner: str
    since: datetime
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamePeople:
    """`maybe` are leads that may be the same person, `merged` those that were merged into this one, and `stays` the one
    this lead was merged into. `may_merge`: the viewer decides on that."""

    maybe: tuple[SameLead, ...] = ()
    merged: tuple[SameLead, ...] = ()
    stays: SameLead | None = None
    may_merge: bool = False


@dataclass(frozen=True, slots=True)
class LeadView:
    """The page of a lead. `dossier` is the view value that its sections are rendered from.

    `events` are the last ones, or some before them; `earlier` is the number before which there are more, 0 if none.
    """

    row: LeadListItem
    dossier: Any
    events: tuple[EventLine, ...]
    handoff: HandoffView
    people: SamePeople = SamePeople()
    earlier: int = 0
    email: str = ""
    phone: str = ""
    phone_link: str = ""
    dossier_ready: bool = False


@dataclass(frozen=True, slots=True)
class MailLine:
    """One message of the outbox. `state` is that of the outbox page; `error` the last reply of its destination.

    `subject` is "" once the text was deleted. `channel` is mail, slack or webhook; `to` an address of it, for a webhook
    the id of its endpoint, whose host is `host`.
    """

    id: str
    kind: str
    to: str
    subject: str
    at: datetime
    state: str
    attempts: int = 0
    error: str = ""
    channel: str = "mail"
    host: str = ""


@dataclass(frozen=True, slots=True)
class MailView:
    """`emptied_at` is when the text was deleted, None while it is kept. `secret`: it is for its reader's eyes only."""

    line: MailLine
    text: str
    headers: tuple[tuple[str, str], ...] = field(default=())
    emptied_at: datetime | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class MailPage:
    """One page of the outbox. `dead` are the emails that failed for good and can be sent again.

    `total` counts the emails; there are more if `is_capped`. `before` and `after` are the positions of the pages before
    and after this one, "" when there is none.
    """

    mails: tuple[MailLine, ...]
    dead: tuple[MailLine, ...]
    total: int
    is_capped: bool = False
    before: str = ""
    after: str = ""
