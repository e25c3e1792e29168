"""The suppression list: who wants no mail that they did not ask for, and mailboxes that do not exist.

It holds back mail that is not requested (notify/audience.py) and nothing else: what somebody asks for is sent. An
address is found by its hash, whatever its spelling, so that erasing a person can delete the address and keep the wish.
Decision 0033 says why the hash has no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from questionnaire import signing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import PER_PAGE
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.delivery.suppression import RESUBSCRIBED, SuppressionReason, mailbox_hash
from questionnaire.core.identity.email_address import canonical_email, clean_email
from questionnaire.notify.notification import Recipient
from questionnaire.storage import Session
from questionnaire.storage.db.positions import read_position, write_position
from questionnaire.storage.delivery import suppressions
from questionnaire.storage.leads import leads
from questionnaire.storage.tables import SuppressionRow

LINK_LASTS = timedelta(days=3 * 365)
"""People unsubscribe from mails that they find years later."""
LONGEST_NOTE = 200
MOST_COUNTED = 1000
REASSESS = "reassess"
"""The job that assesses a lead again (actions/respond/reassessment.py)."""
_PURPOSE = "unsubscribe"
_log = structlog.get_logger("questionnaire.mail")


@dataclass(frozen=True, slots=True)
class UnsubscribeLink:
    """Whose mail the link stands in, and the language of that mail."""

    address: str
    language: str


@dataclass(frozen=True, slots=True)
class SuppressionLine:
    """`id` is the hash of the mailbox; `address` is "" once it was deleted."""

    id: str
    address: str
    reason: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SuppressionPage:
    """`before`, `after`: positions of the neighbouring pages, "" without one."""

    lines: tuple[SuppressionLine, ...]
    total: int
    is_capped: bool
    before: str = ""
    after: str = ""


# --- the link in a mail -----------------------------------------------------------------------------------------


def unsubscribe_address(toolbox: Toolbox, recipient: Recipient, now: datetime) -> str:
    content = [recipient.email, recipient.language]
    token = signing.sign_link(toolbox.settings.secret_keys, _PURPOSE, content, now + LINK_LASTS)
    return f"{toolbox.settings.public_url}/u/{token}"


def read_link(toolbox: Toolbox, token: str, now: datetime) -> UnsubscribeLink | None:
    """None when the link was changed or is too old."""
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, token, now)
    return None if content is None else UnsubscribeLink(str(content[0]), str(content[1]))


def is_unsubscribed(toolbox: Toolbox, address: str) -> bool:
    with toolbox.database.reading() as session:
        return is_suppressed(session, address)


def unsubscribe(toolbox: Toolbox, address: str, now: datetime) -> None:
    """Does nothing the second time."""
    with toolbox.database.writing() as session:
        _suppress(toolbox, session, _row(address, SuppressionReason.UNSUBSCRIBED, "", now))


def resubscribe(toolbox: Toolbox, address: str) -> None:
    """The person behind the link wants mail again; that their mailbox works, the link has shown."""
    with toolbox.database.writing() as session:
        _unsuppress(toolbox, session, _hash_of(address))


# --- the gate ---------------------------------------------------------------------------------------------------


def is_suppressed(session: Session, address: str) -> bool:
    return suppressions.find(session, _hash_of(address)) is not None


def add_bounce(toolbox: Toolbox, session: Session, address: str, answer: str, now: datetime) -> None:
    """The mail server says that there is no such mailbox; `answer` is what it said."""
    _suppress(toolbox, session, _row(address, SuppressionReason.BOUNCED, answer, now))


def _suppress(toolbox: Toolbox, session: Session, row: SuppressionRow) -> None:
    if suppressions.add(session, row):
        _plan_reassessment(toolbox, session, row, row.reason)


def _unsuppress(toolbox: Toolbox, session: Session, entry_id: str) -> bool:
    row = suppressions.remove(session, entry_id)
    if row is not None:
        _plan_reassessment(toolbox, session, row, RESUBSCRIBED)
    return row is not None


def _plan_reassessment(toolbox: Toolbox, session: Session, row: SuppressionRow, cause: str) -> None:
    """The person's wish is a signal: their lead, if there is one, is assessed again."""
    canonical = canonical_email(row.address)
    lead = leads.by_address(session, canonical) if canonical is not None else None
    if lead is not None:
        key = f"{REASSESS}:{lead.id}:{cause}:{row.at.isoformat()}"
        toolbox.queue.enqueue(session, REASSESS, key, {"lead": lead.id, "cause": cause})


def _row(address: str, reason: SuppressionReason, detail: str, now: datetime) -> SuppressionRow:
    shown = clean_email(address) or address
    return SuppressionRow(mailbox_hash=_hash_of(address), address=shown, reason=reason, detail=detail, at=now)


def _hash_of(address: str) -> str:
    return mailbox_hash(canonical_email(address) or address.strip().lower())


# --- the page of administrators -----------------------------------------------------------------------------------


def entries(toolbox: Toolbox, after: str = "", before: str = "") -> SuppressionPage:
    """One page of the list, the newest first; the first page when the position cannot be read."""
    with toolbox.database.reading() as session:
        number = suppressions.count(session, MOST_COUNTED)
        place, is_before = _place(before or after), bool(before)
        found = list(suppressions.newest(session, PER_PAGE + 1, place, before=is_before))
        if place is not None and (not found or (is_before and len(found) <= PER_PAGE)):
            place, is_before = None, False
            found = list(suppressions.newest(session, PER_PAGE + 1))
        has_more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        found = found[::-1] if is_before else found
        has_before, has_after = (has_more, True) if is_before else (place is not None, has_more)
        return SuppressionPage(
            lines=tuple(map(_line, found)),
            total=min(number, MOST_COUNTED),
            is_capped=number > MOST_COUNTED,
            before=_position(found[0]) if has_before else "",
            after=_position(found[-1]) if has_after else "",
        )


def search(toolbox: Toolbox, typed: str) -> SuppressionPage:
    """The entry of an address, also when the address itself was deleted."""
    with toolbox.database.reading() as session:
        found = suppressions.find(session, _hash_of(typed))
    lines = (_line(found),) if found is not None else ()
    return SuppressionPage(lines, len(lines), is_capped=False)


def add(toolbox: Toolbox, typed: str, note: str, now: datetime) -> bool:
    """Somebody asked an administrator to get no more mail. False when this is not an email address."""
    if canonical_email(typed) is None:
        return False
    with toolbox.database.writing() as session:
        detail = clean_text(note, LONGEST_NOTE) or ""
        _suppress(toolbox, session, _row(typed, SuppressionReason.REQUESTED, detail, now))
    return True


def remove(toolbox: Toolbox, entry_id: str, staff_id: str) -> bool:
    """Who removed an entry is in the log; False when there is none."""
    with toolbox.database.writing() as session:
        is_removed = _unsuppress(toolbox, session, entry_id)
    if is_removed:
        _log.info("suppression_removed", by=staff_id)
    return is_removed


def forget_address(toolbox: Toolbox, entry_id: str) -> bool:
    """For a person who wants to be erased: the hash stays, and with it their wish. False when there is no entry."""
    with toolbox.database.writing() as session:
        return suppressions.forget_address(session, entry_id)


def _line(row: SuppressionRow) -> SuppressionLine:
    return SuppressionLine(row.mailbox_hash, row.address, row.reason, row.detail, row.at)


def _position(row: SuppressionRow) -> str:
    return write_position(row.at.isoformat(), row.mailbox_hash)


def _place(position: str) -> tuple[datetime, str] | None:
    values = read_position(position, str, str) if position else None
    try:
        moment = datetime.fromisoformat(str(values[0])) if values is not None else None
    except ValueError:
        return None
    return (moment, str(values[1])) if values is not None and moment is not None and moment.tzinfo else None
