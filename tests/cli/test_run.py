"""What starts with `questionnaire run`, and where."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from questionnaire.cli import make_parser, run
from tests.smtp_server import free_port


@pytest.mark.parametrize(
    ("typed", "origins"),
    [
        ("run --demo", ["http://127.0.0.1:8001", "http://localhost:8001"]),
        ("run --demo --port 9000", ["http://127.0.0.1:9001", "http://localhost:9001"]),
        ("run --demo --site-port 9100 --host 0.0.0.0", ["http://127.0.0.1:9100", "http://localhost:9100"]),
    ],
)
def test_the_demo_allows_its_own_marketing_site(
    monkeypatch: pytest.MonkeyPatch, typed: str, origins: list[str]
) -> None:
    monkeypatch.delenv("QUESTIONNAIRE_EMBED_ORIGINS", raising=False)
    arguments = make_parser().parse_args(typed.split())
    assert run._overrides(arguments)["QUESTIONNAIRE_EMBED_ORIGINS"].split() == origins


def test_the_sites_an_operator_named_stay_allowed_in_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_EMBED_ORIGINS", "https://www.example.com")
    arguments = make_parser().parse_args(["run", "--demo"])
    assert "https://www.example.com" in run._overrides(arguments)["QUESTIONNAIRE_EMBED_ORIGINS"].split()


def test_outside_the_demo_no_embedding_site_is_allowed_by_default() -> None:
    assert "QUESTIONNAIRE_EMBED_ORIGINS" not in run._overrides(make_parser().parse_args(["run"]))


def test_the_marketing_site_is_a_process_of_its_own() -> None:
    arguments = make_parser().parse_args(["run", "--demo"])
    command = run._site(arguments, 8001)
    assert "questionnaire.demo.site:app" in command
    assert command[command.index("--port") + 1] == "8001"


@pytest.mark.parametrize(("status", "is_up"), [(200, True), (400, False), (503, False)])
def test_the_product_is_up_when_it_answers_under_its_public_host_name(status: int, is_up: bool) -> None:
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']}{self.path}")
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert run.answers("127.0.0.1", server.server_port, "diagnostic.example.com", 0.3) is is_up
        server.shutdown()
    assert asked[0] == "diagnostic.example.com/health/live"


def test_without_a_server_the_product_is_not_up() -> None:
    assert not run.answers("127.0.0.1", free_port(), "localhost", 0.2)
