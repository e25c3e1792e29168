"""`questionnaire user`: adding, listing, deactivating and reactivating accounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from questionnaire.cli import main

Typing = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typing:
    """Types `questionnaire user …`; status, standard output and standard error."""
    monkeypatch.setenv("QUESTIONNAIRE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", "kJ8s-not-a-secret-0123456789-abcdefghijklmnop")
    monkeypatch.setenv("QUESTIONNAIRE_PASSWORD", "four words nobody strings")

    def typed(*words: str) -> tuple[int, str, str]:
        status = main(["user", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return typed


def test_accounts_are_listed_in_columns(typing: Typing) -> None:
    typing("add", "ada@example.com", "--role", "admin", "--name", "Ada Lovelace")
    typing("add", "bo@example.com", "--role", "rep", "--rep", "bo")
    status, out, _ = typing("list")
    head, *rows = out.splitlines()
    assert status == 0
    assert head.split("  ")[0] == "EMAIL"
    assert [row[: head.index("NAME")].strip() for row in rows] == ["ada@example.com", "bo@example.com"]
    assert [row[head.index("ROLE") :].split() for row in rows] == [
        ["admin", "-", "yes", "-", "-"],
        ["rep", "bo", "yes", "0", "-"],
    ]


def test_an_account_is_deactivated_and_reactivated(typing: Typing) -> None:
    typing("add", "ada@example.com", "--role", "admin")
    typing("add", "bo@example.com", "--role", "rep", "--rep", "bo")
    assert typing("deactivate", "bo@example.com") == (
        0,
        "bo@example.com is deactivated and signed out everywhere. No open leads.\n",
        "",
    )
    assert " no " in typing("list")[1].splitlines()[2]
    assert typing("activate", "bo@example.com") == (0, "bo@example.com is active and can sign in.\n", "")


def test_the_last_admin_and_unknown_accounts_give_an_error_sentence(typing: Typing) -> None:
    typing("add", "ada@example.com", "--role", "admin")
    status, out, err = typing("deactivate", "ada@example.com")
    assert (status, out) == (1, "")
    assert err.startswith("staff_last_admin: email: `ada@example.com` is the last active admin")
    assert typing("deactivate", "nobody@example.com")[0] == 1


def test_files_written_by_a_command_are_private_to_their_owner(typing: Typing, tmp_path: Path) -> None:
    typing("list")
    assert [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "data").glob("*.sqlite")] == ["0o600"]
