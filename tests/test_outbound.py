"""Outgoing requests: where they may not go they do not, whatever a name, a redirect or the environment says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from questionnaire import bootstrap, outbound
from questionnaire.core.delivery.outbound_rules import AllowedHost, read_allowed_host
from questionnaire.outbound import MOST_BYTES, RequestFailed, RequestRefused, post
from tests.http_receiver import Receiver, Reply, open_receiver
from tests.smtp_server import free_port


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


def _allowed(url: str) -> tuple[AllowedHost, ...]:
    host = read_allowed_host(url)
    assert host is not None
    return (host,)


def _resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """From now on names have these addresses, one list with blanks for each time one is asked for; what was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *more: Any, **others: Any) -> Any:
        if host[0].isdigit():
            return real(host, port, *more, **others)
        asked.append(host)
        addresses = answers[min(len(asked), len(answers)) - 1].split()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_a_request_arrives_with_the_name_of_the_host_and_its_answer_comes_back(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _resolving(monkeypatch, "127.0.0.1")
    for proxy in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:9")
    host = f"http://crm.example:{receiver.port}"
    receiver.reply = Reply(202, b"taken", {"Retry-After": "7"})
    answer = post(f"{host}/hook?a=1", b'{"a":1}', {"webhook-id": "msg_1"}, _allowed(host))
    assert (answer.status, answer.text, answer.headers["retry-after"]) == (202, "taken", "7")
    (request,) = receiver.requests
    assert (request.path, request.body) == ("/hook?a=1", b'{"a":1}')
    assert request.headers["host"] == f"crm.example:{receiver.port}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize("addresses", ["10.0.0.1", "8.8.8.8 127.0.0.1", "169.254.169.254"])
def test_a_name_with_any_address_inside_the_network_is_refused(addresses: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch, addresses)
    with pytest.raises(RequestRefused, match="address"):
        post("https://crm.example/hook", b"", {})


def test_a_name_that_changes_its_address_after_the_check_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _resolving(monkeypatch, "192.0.1.1", "127.0.0.1")
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *more: Any, **others: Any) -> Any:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(RequestFailed, match="does not take the connection"):
        post("https://crm.example/hook", b"", {})
    assert asked == ["crm.example"]
    assert connected == [("192.0.1.1", 443)]


def test_a_redirect_is_an_answer_and_nothing_follows_it(receiver: Receiver) -> None:
    receiver.reply = Reply(307, b"", {"Location": receiver.url("/elsewhere")})
    assert post(receiver.url(), b"", {}, _allowed(receiver.host)).status == 307
    assert [request.path for request in receiver.requests] == ["/hook"]


def test_a_host_that_does_not_answer_and_a_name_without_an_address_are_failures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(RequestFailed, match="does not take the connection"):
        post(closed, b"", {}, _allowed(closed))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(socket.gaierror()))
    with pytest.raises(RequestFailed, match="no address"):
        post("https://crm.example/", b"", {})


def test_more_of_an_answer_than_needed_is_not_read(receiver: Receiver) -> None:
    receiver.reply = Reply(200, b"x" * (4 * MOST_BYTES))
    assert len(post(receiver.url(), b"", {}, _allowed(receiver.host)).text) == MOST_BYTES


@contextmanager
def _serving(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port on which `serve` gets the one connection that comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def run() -> None:
            with server.accept()[0] as connection:
                try:
                    serve(connection)
                except OSError:
                    # The other side has enough.
                    return

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join(10)


def test_an_answer_that_comes_byte_by_byte_is_cut_off_in_time() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(400):
            connection.sendall(b"a")
            time.sleep(0.05)

    with _serving(drip) as port:
        host, began = f"http://127.0.0.1:{port}", time.monotonic()
        with pytest.raises(RequestFailed, match="no answer within"):
            post(host, b"", {}, _allowed(host), seconds=0.4)
        assert time.monotonic() - began < 3


def test_an_answer_that_is_no_http_is_a_failure() -> None:
    def babble(connection: socket.socket) -> None:
        connection.sendall(b"220 mail.example ESMTP\r\n")

    with _serving(babble) as port:
        host = f"http://127.0.0.1:{port}"
        with pytest.raises(RequestFailed, match="cut off"):
            post(host, b"", {}, _allowed(host))


def test_a_certificate_nobody_vouches_for_is_not_believed(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            seen.append(secured.recv(1000))

    with _serving(serve) as port:
        host = f"https://127.0.0.1:{port}"
        with pytest.raises(RequestFailed, match="certificate is not valid: self-signed"):
            post(host, b"secret", {}, _allowed(host))
    assert seen == []


def _self_signed(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "crm")])
    now = bootstrap.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    file = folder / "cert.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return file


def test_a_url_is_judged_again_when_it_is_used() -> None:
    with pytest.raises(RequestRefused, match="http"):
        outbound.post("http://crm.example/hook", b"", {})
