"""What people may do with a lead between the handoff and the outcome. Each act is one press of a button.

Source: domain.md 1.2, transitions T11 to T22. Who may do what, and when, is decided in lifecycle.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from questionnaire.core.base.roles import Role

ATTEMPT_OUTCOMES = ("no_answer", "left_message", "asked_to_call_back", "wrong_number")
SHORTEST_DETAIL, LONGEST_DETAIL = 3, 300
"""A reason code alone is not enough: "company is too small at 20 employees" says what "not ICP" does not."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of staff. `rep` is their id as a rep, "" without one; `id` is "" for whoever types at the server."""

    id: str
    role: Role
    rep: str = ""

    @property
    def as_text(self) -> str:
        return f"staff:{self.id}" if self.id else "system"


@dataclass(frozen=True, slots=True)
class AcceptLead:
    """The rep has seen the lead and takes it. The clock of the first contact keeps running."""


@dataclass(frozen=True, slots=True)
class LogAttempt:
    """Tried to reach the person, without success. `next_at` is when to try again."""

    outcome: str = "no_answer"
    next_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LogContact:
    """Reached the person: from now on feedback is due."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmSql:
    """The rep spoke to the person. `heard` has a word on each field that the policy asks for (`sql.confirm`), such as
    the problem, a rough budget and what they want to happen."""

    heard: Mapping[str, str]
    amount: str = ""
    next_step: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RejectLead:
    """`code` is one of the policy's rejection reasons."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class SendToNurture:
    """A good lead that wants to be called later: it wakes up on that day. None: no day was chosen."""

    until: date | None
    detail: str


@dataclass(frozen=True, slots=True)
class RequestOwner:
    """The rep asks for another owner. The lead stays until a manager has decided."""

    detail: str


@dataclass(frozen=True, slots=True)
class RecordOpportunity:
    """`amount` and `timeline` as the rep writes them."""

    amount: str
    timeline: str


@dataclass(frozen=True, slots=True)
class RecordWin:
    amount: str = ""


@dataclass(frozen=True, slots=True)
class RecordLoss:
    detail: str


@dataclass(frozen=True, slots=True)
class ReassignLead:
    """To a rep of the policy. `due_at` is the deadline of their first contact, None when somebody was in contact.

    `obstacle` is what keeps the rep from taking a lead at this moment, as eligibility.Book says.
    """

    rep: str
    detail: str = ""
    due_at: datetime | None = None
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class ApproveLead:
    """Marketing Ops lets a lead pass. `open_boxes` maps each open box to whether it is blocking; `waivers` has a word
    on each of them."""

    open_boxes: Mapping[str, bool] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeclineLead:
    """Marketing Ops does not let a lead pass: it goes to nurturing until a day, or is disqualified."""

    detail: str
    until: date | None = None
    disqualifies: bool = False


@dataclass(frozen=True, slots=True)
class ReopenLead:
    """Takes back a disqualification or a loss. Only people do that."""

    detail: str


@dataclass(frozen=True, slots=True)
class UndoAct:
    """Takes back one's own last act, named by the id of its event."""

    event: str


Act = (
    AcceptLead | LogAttempt | LogContact | ConfirmSql | RejectLead | SendToNurture | RequestOwner | RecordOpportunity
    | RecordWin | RecordLoss | ReassignLead | ApproveLead | DeclineLead | ReopenLead | UndoAct
)  # fmt: skip
