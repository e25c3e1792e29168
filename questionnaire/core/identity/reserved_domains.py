"""Email domains that no mail can ever reach: they are kept for examples and tests (RFC 2606, RFC 6761)."""

from __future__ import annotations

from questionnaire.core.identity.email_address import domain_of

RESERVED = frozenset({"example", "test", "invalid", "localhost", "example.com", "example.net", "example.org"})


def is_reserved(email: str) -> bool:
    """Whether the address, in any capitals, is one of an example."""
    labels = domain_of(email.strip().lower()).split(".")
    return any(".".join(labels[start:]) in RESERVED for start in range(len(labels)))
