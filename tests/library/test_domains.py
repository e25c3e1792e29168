"""The bundled lists of mail domains, with well-known domains."""

from __future__ import annotations

import pytest

from questionnaire.core.identity.email_address import account_domain, email_kind
from questionnaire.library.domains import known_domains


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("nordwind.example", "business"),
        ("harbor.test", "business"),
        ("gmail.com", "free"),
        ("yahoo.fr", "free"),
        ("web.de", "free"),
        ("sfr.fr", "free"),
        ("mailinator.com", "disposable"),
        ("yopmail.com", "disposable"),
        ("microsoft.com", "business"),
    ],
)
def test_the_bundled_lists_classify_domains(domain: str, kind: str) -> None:
    assert email_kind(f"someone@{domain}", known_domains()) == kind


@pytest.mark.parametrize(
    ("domain", "account"),
    [
        ("mail.harbor.co.uk", "harbor.co.uk"),
        ("eu.nordwind.example", "nordwind.example"),
        ("shop.github.io", "shop.github.io"),
        ("firm.uk.com", "firm.uk.com"),
        ("post.xn--mller-kva.de", "xn--mller-kva.de"),
    ],
)
def test_an_account_is_the_registrable_domain(domain: str, account: str) -> None:
    assert account_domain(f"someone@{domain}", known_domains()) == account


def test_the_lists_are_read_once() -> None:
    assert known_domains() is known_domains()
