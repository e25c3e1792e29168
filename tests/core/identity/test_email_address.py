"""Email addresses as people type them, and the domains that identify an account."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.identity.email_address import (
    Domains,
    account_domain,
    canonical_domain,
    canonical_email,
    clean_email,
    deliverable_email,
    domain_of,
    email_kind,
    in_list,
    mailbox_key,
    readable_domain,
)
from questionnaire.core.identity.email_typos import mail_typo_hint


def registrable(domain: str) -> str | None:
    """A minimal public suffix list: `co.uk`, `uk.com` and every last label."""
    labels = domain.split(".")
    suffix = 2 if domain.endswith((".co.uk", ".uk.com")) or domain in {"co.uk", "uk.com"} else 1
    return ".".join(labels[-suffix - 1 :]) if len(labels) > suffix else None


DOMAINS = Domains(
    free=frozenset({"gmail.com", "orange.fr", "uk.com"}),
    disposable=frozenset({"mailinator.com", "orange.fr.trash.example"}),
    suffix_of=registrable,
)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("anna.keller@nordwind.example", "anna.keller@nordwind.example"),
        ("Anna.Keller+diag@Nordwind.EXAMPLE", "anna.keller@nordwind.example"),
        ("  anna@nordwind.example\n", "anna@nordwind.example"),
        ("\ufeffanna@nordwind.example\u200b", "anna@nordwind.example"),
        ("Foo.Bar+news@GoogleMail.com", "foobar@gmail.com"),
        ("f.o.o@gmail.com", "foo@gmail.com"),
        ("f.o.o@mail.gmail.com", "f.o.o@mail.gmail.com"),
        ("anna@firm.example.", "anna@firm.example"),
        ("ａｎｎａ＠ｆｉｒｍ．ｅｘａｍｐｌｅ", "anna@firm.example"),
        ("jürgen@Müller.example", "jürgen@xn--mller-kva.example"),
        ("anna@STRASSE.example", "anna@strasse.example"),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("+news@firm.example", "+news@firm.example"),
        ("anna.+news@firm.example", "anna@firm.example"),
        ("İnci@firm.example", "i\u0307nci@firm.example"),
        ("o'neil_x-1~@firm.example", "o'neil_x-1~@firm.example"),
        ("山田@会社.example", "山田@xn--6oq404h.example"),
        ("an\u200bna@firm.example", "anna@firm.example"),
        ("an\u202ena@firm.example", "anna@firm.example"),
        ("an\x00na@firm.example", "anna@firm.example"),
        ("anna\n@\xa0firm.example", "anna@firm.example"),
    ],
)
def test_one_person_has_one_canonical_address(typed: str, canonical: str) -> None:
    assert canonical_email(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "", "anna", "@", "@firm.example", "anna@", "anna@firm", "anna@@firm.example", "anna@b@firm.example",
        "anna keller@firm.example", "Anna <anna@firm.example>", '"anna keller"@firm.example', "anna,@firm.example",
        ".anna@firm.example", "anna.@firm.example", "an..na@firm.example", "anna@.example", "anna@firm..example",
        "anna@-firm.example", "anna@firm_x.example", "anna@192.168.0.1", "anna@[192.168.0.1]", "anna@xn--a.example",
        "an\ud800na@firm.example",
        "anna@\ud800.example", "🦄@firm.example", "a" * 65 + "@firm.example", "ü" * 33 + "@firm.example",
        "anna@" + "a" * 64 + ".example", "anna@" + "a." * 130 + "example", "a" * 300 + "@firm.example",
        "山\U000e0100田@firm.example", "-anna@firm.example", "=?utf-8?q?anna?=@firm.example",
        "a@" + "ﷺ" * 80 + ".example", "a" * 60 + "@" + ("b" * 60 + ".") * 3 + "b" * 15,
    ],
)  # fmt: skip
def test_text_that_is_no_email_address_is_refused(typed: str) -> None:
    assert canonical_email(typed) is None


@pytest.mark.parametrize(
    ("typed", "cleaned", "wire"),
    [
        ("Anna.Keller+q@Nordwind.EXAMPLE", "anna.keller+q@nordwind.example", "anna.keller+q@nordwind.example"),
        ("\u200banna@nordwind.example\u200b.", "anna@nordwind.example", "anna@nordwind.example"),
        ("\xa0anna@\xa0nordwind .\xa0example\xa0", "anna@nordwind.example", "anna@nordwind.example"),
        ("ａｎｎａ＠ｎｏｒｄｗｉｎｄ．ｅｘａｍｐｌｅ", "anna@nordwind.example", "anna@nordwind.example"),
        ("<anna@nordwind.example>,", "anna@nordwind.example", "anna@nordwind.example"),
        ("mailto:anna@nordwind.example", "anna@nordwind.example", "anna@nordwind.example"),
        ("anna@MÜLLER。example", "anna@müller.example", "anna@xn--mller-kva.example"),
        ("anna@xn--mller-kva.example", "anna@xn--mller-kva.example", "anna@xn--mller-kva.example"),
        ("Jürgen@müller.example", "jürgen@müller.example", "jürgen@xn--mller-kva.example"),
        ("anna", None, None),
        ("dr. anna@nordwind.example", None, None),
    ],
)
def test_an_address_is_cleaned_once_and_goes_to_the_wire_in_ascii(
    typed: str, cleaned: str | None, wire: str | None
) -> None:
    assert (clean_email(typed), deliverable_email(typed)) == (cleaned, wire)


@given(
    st.text(max_size=60) | st.builds("{}@{}".format, st.text(max_size=30), st.sampled_from(["a.example", "ß.example"]))
)
def test_a_cleaned_address_is_clean(typed: str) -> None:
    cleaned = clean_email(typed)
    if cleaned is not None:
        assert clean_email(cleaned) == cleaned
        assert canonical_email(cleaned) == canonical_email(typed)


def test_spellings_that_probably_end_in_one_mailbox_are_counted_together() -> None:
    spellings = ("anna.keller@firm.example", "annakeller+q@firm.example", "a.n.n.akeller@firm.example")
    assert {mailbox_key(one) for one in spellings} == {"annakeller@firm.example"}
    assert mailbox_key("+q@firm.example") == "+q@firm.example"


@pytest.mark.parametrize(
    "hostile", ["a" * 1_000_000, "a@" + "ä" * 200_000, "a@" + "٠" * 253, "@" * 500_000, " " * 500_000]
)
def test_a_very_long_address_is_refused_quickly(hostile: str) -> None:
    begun = time.process_time()
    assert canonical_email(hostile) is None
    assert time.process_time() - begun < 0.1


typed_addresses = st.builds(
    "{}@{}".format, st.text(max_size=30), st.sampled_from(["gmail.com", "firm.example", "ß.example"])
)


@given(st.text(max_size=60) | typed_addresses | st.emails())
def test_canonicalising_an_address_twice_changes_nothing(typed: str) -> None:
    canonical = canonical_email(typed)
    if canonical is not None:
        assert canonical_email(canonical) == canonical
        assert domain_of(canonical).isascii()


@given(st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z]", fullmatch=True), st.text("abc123", max_size=5))
def test_capitals_spaces_and_tags_do_not_change_the_canonical_address(name: str, tag: str) -> None:
    plain = canonical_email(f"{name}@firm.example")
    assert plain == (None if ".." in name else f"{name}@firm.example")
    assert canonical_email(f" {name.upper()}+{tag}@FIRM.example ") == plain


@pytest.mark.parametrize(
    ("address", "kind", "account"),
    [
        ("a@nordwind.example", "business", "nordwind.example"),
        ("a@mail.nordwind.example", "business", "nordwind.example"),
        ("a@mail.harbor.co.uk", "business", "harbor.co.uk"),
        ("a@gmail.com", "free", None),
        ("a@students.orange.fr", "free", None),
        ("a@firm.uk.com", "business", "firm.uk.com"),
        ("a@uk.com", "free", None),
        ("a@co.uk", "business", "co.uk"),
        ("a@mailinator.com", "disposable", None),
        ("a@box.mailinator.com", "disposable", None),
        ("a@notmailinator.com", "business", "notmailinator.com"),
        ("a@orange.fr.trash.example", "disposable", None),
    ],
)
def test_the_kind_of_an_address_decides_whether_it_makes_an_account(
    address: str, kind: str, account: str | None
) -> None:
    assert email_kind(address, DOMAINS) == kind
    assert account_domain(address, DOMAINS) == account


@pytest.mark.parametrize(
    ("domain", "listed", "belongs"),
    [
        ("leadforge.example", ["leadforge.example"], True),
        ("eu.leadforge.example", ["leadforge.example"], True),
        ("leadforge.example", ["eu.leadforge.example"], False),
        ("notleadforge.example", ["leadforge.example"], False),
        ("leadforge.example", ["LeadForge.Example"], True),
        ("xn--mller-kva.example", ("müller.example",), True),
        ("leadforge.example", {"@leadforge.example"}, True),
        ("leadforge.example", [], False),
        ("leadforge.example", ["not a domain"], False),
        ("", ["leadforge.example"], False),
    ],
)
def test_a_subdomain_belongs_to_its_domain_and_never_the_reverse(domain: str, listed: list[str], belongs: bool) -> None:
    assert in_list(domain, listed) is belongs


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("mgail.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("yaho.fr", "yahoo.fr"),
        ("hotmal.co.uk", "hotmail.co.uk"),
        ("t-onlin.de", "t-online.de"),
        ("gmail.com", None),
        ("mail.com", None),
        ("ymail.com", None),
        ("yahoo.fi", None),
        ("gmial.fi", None),
        ("gmaiils.com", None),
        ("nordwind.example", None),
        ("grange.fr", None),
        ("range.fr", None),
    ],
)
def test_a_typo_in_a_well_known_email_domain_gets_a_hint(typed: str, meant: str | None) -> None:
    assert mail_typo_hint(f"anna@{typed}") == meant


def test_a_domain_is_readable_unless_that_would_name_another() -> None:
    assert readable_domain("xn--mller-kva.example") == "müller.example"
    assert readable_domain("xn--a.example") == "xn--a.example"


def test_a_domain_has_one_canonical_form() -> None:
    assert canonical_domain(" Müller.EXAMPLE ") == "xn--mller-kva.example"
    assert canonical_domain("firm") is None
    assert canonical_domain("a." * 200) is None


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u034f", "\u3164"])
def test_no_invisible_or_reversing_sign_goes_to_the_wire(sign: str) -> None:
    assert deliverable_email(f"anna{sign}keller@nordwind.example") == "annakeller@nordwind.example"
