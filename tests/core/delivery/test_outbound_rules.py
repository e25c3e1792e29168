"""Where requests may go: URLs and addresses, as tables."""

from __future__ import annotations

import pytest

from questionnaire.core.delivery.outbound_rules import (
    AllowedHost,
    OutboundTarget,
    UrlRefusal,
    is_public,
    read_allowed_host,
    read_target,
)

PUBLIC = """
    8.8.8.8  93.184.216.34  100.63.255.255  172.15.0.1  172.32.0.1  192.0.1.1  223.255.255.255
    2606:4700::1111  2a00:1450:4001::8a  ::ffff:8.8.8.8  64:ff9b::808:808  2002:808:808::1
""".split()
INSIDE = """
    0.0.0.0  10.1.2.3  100.64.0.1  127.0.0.1  127.255.255.254  169.254.169.254  172.16.0.1  172.31.255.255  192.0.0.8
    192.0.2.1  192.88.99.1  192.168.1.1  198.18.0.1  198.51.100.1  203.0.113.1  224.0.0.1  239.255.255.250  240.0.0.1
    255.255.255.255  ::  ::1  fe80::1  fe80::1%eth0  fc00::1  fd12:3456::1  fec0::1  ff02::1  2001::1  2001:db8::1
    3fff::1  ::ffff:127.0.0.1  ::ffff:10.0.0.1  ::10.0.0.1  64:ff9b::a00:1  64:ff9b:1::1  2002:a00:1::1
    2001:0:4136:e378:8000:63bf:3fff:fdd2
""".split()
NAMED = (AllowedHost("http", "crm.internal", 8080), AllowedHost("https", "10.0.0.7", 443))
REFUSED = {
    "": "url",
    "crm.example.com/hook": "url",
    "ftp://crm.example.com/hook": "url",
    "file:///etc/passwd": "url",
    "https://": "url",
    "https://crm.example.com:99999/": "url",
    "https://[::1": "url",
    "https://crm example.com/": "url",
    "https://crm.example.com/a b": "url",
    "https://crm.example.com/\r\nX-Evil: 1": "url",
    "https://crmé.example.com/": "url",
    "https://crm.example.com/" + "a" * 2000: "url",
    "https://me:secret@crm.example.com/": "user",
    "https://me@crm.example.com/": "user",
    "http://crm.example.com/": "http",
    "http://crm.internal/": "http",
    "https://crm.internal:8080/": "port",
    "https://crm.example.com:8443/": "port",
    "https://127.0.0.1/": "address",
    "https://[::1]/": "address",
    "https://[::ffff:7f00:1]/": "address",
    "https://169.254.169.254/latest/meta-data": "address",
    "https://localhost/": "address",
    "https://localhost./": "address",
    "https://crm.localhost/": "address",
}


def test_an_address_inside_a_network_is_never_public_however_it_is_written() -> None:
    assert [address for address in PUBLIC if not is_public(address)] == []
    assert [address for address in INSIDE if is_public(address)] == []


def test_a_url_that_leads_nowhere_safe_is_refused_with_the_reason() -> None:
    found = {url: read_target(url, NAMED) for url in REFUSED}
    assert found == {url: UrlRefusal(code) for url, code in REFUSED.items()}


def test_a_url_of_the_internet_and_one_the_operator_named_are_targets() -> None:
    public = read_target("https://CRM.example.com/hook?a=1#part", NAMED)
    assert public == OutboundTarget("https", "crm.example.com", 443, "/hook?a=1", is_named=False)
    assert read_target("https://8.8.8.8", NAMED) == OutboundTarget("https", "8.8.8.8", 443, "/", is_named=False)
    inside = read_target("http://crm.internal:8080/hook", NAMED)
    assert inside == OutboundTarget("http", "crm.internal", 8080, "/hook", is_named=True)
    assert inside.url == "http://crm.internal:8080/hook"
    assert isinstance(read_target("https://10.0.0.7/", NAMED), OutboundTarget)
    written = read_target("https://[2606:4700::1111]/x", ())
    assert isinstance(written, OutboundTarget)
    assert (written.url, written.authority) == ("https://[2606:4700::1111]/x", "[2606:4700::1111]")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("crm.internal", AllowedHost("https", "crm.internal", 443)),
        ("CRM.internal:8443", AllowedHost("https", "crm.internal", 8443)),
        ("http://crm.internal", AllowedHost("http", "crm.internal", 80)),
        ("http://[::1]:8080", AllowedHost("http", "::1", 8080)),
        ("ftp://crm.internal", None),
        ("crm.internal:0", None),
        ("crm.internal:70000", None),
        ("crm.internal/hook", None),
        ("-crm-", None),
    ],
)
def test_operators_name_hosts_with_or_without_a_scheme_and_a_port(text: str, host: AllowedHost | None) -> None:
    assert read_allowed_host(text) == host
