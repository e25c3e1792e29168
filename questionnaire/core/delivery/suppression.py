"""Who gets no mail that was not asked for: mailboxes, and the answers of mail servers that say there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum

# RFC 3463: 5.1.1 bad mailbox, 5.1.2 bad domain, 5.1.6 moved, 5.1.10 null MX (RFC 7505), 5.2.1 mailbox disabled.
_NO_MAILBOX = re.compile(r"\A5\d\d[ -]5\.(?:1\.(?:1|2|6|10)|2\.1)(?!\d)")
_ENHANCED = re.compile(r"\A5\d\d[ -]5\.\d{1,3}\.\d{1,3}(?!\d)")
# For servers without RFC 3463. "Mailbox unavailable" is not among them: RFC 5321 has it for refusals of any kind.
_WORDS = re.compile(
    r"\A55[013]\b.*\b(?:(?:user|recipient|mailbox|address|account)(?: is)? (?:unknown|not found|does not exist|"
    r"doesn['’]t exist)|unknown (?:user|recipient|mailbox|address)|no such (?:user|mailbox|recipient|address|person)|"
    r"(?:user|mailbox) no longer exists)",
    re.IGNORECASE,
)


class SuppressionReason(StrEnum):
    """`REQUESTED`: the person asked an administrator."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    REQUESTED = "requested"


RESUBSCRIBED = "resubscribed"
"""No reason, but the end of one: the person wants mail again, or an administrator removed the entry."""
SIGNALS: Mapping[SuppressionReason, str] = {
    SuppressionReason.UNSUBSCRIBED: "unsubscribe",
    SuppressionReason.REQUESTED: "unsubscribe",
    SuppressionReason.BOUNCED: "hard_bounce",
}
"""The signal that each reason is, for a policy that has it (domain: INTENT, disengagement)."""


def mailbox_hash(canonical: str) -> str:
    """Returns the hash under which a canonical address is found, the same for each spelling of one person's address.

    Without a key: it must be found again after the secret key was changed, or the person would get mail again.
    """
    return hashlib.sha256(f"suppressed mailbox\n{canonical}".encode("utf-8", "surrogatepass")).hexdigest()


def is_unknown_mailbox(answer: str) -> bool:
    """Whether the answer of a mail server to a recipient (`550 5.1.1 No such user`) says that there is no mailbox.

    A refusal for any other reason (full, too large, spam, policy) says nothing about the next mail.
    """
    if _ENHANCED.match(answer):
        return _NO_MAILBOX.match(answer) is not None
    return _WORDS.match(answer) is not None
