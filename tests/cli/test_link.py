"""`questionnaire link` and `questionnaire dropoff`, as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from questionnaire import bootstrap
from questionnaire.actions.respond import acceptance, resume
from questionnaire.actions.respond.resume import PartialResponse
from questionnaire.cli import main

SLUG = "sales-marketing-alignment"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new installation with the samples published."""
    folder = tmp_path_factory.mktemp("installed")
    found, _ = bootstrap.settings({"QUESTIONNAIRE_DATA_DIR": str(folder), "QUESTIONNAIRE_SECRET_KEY": KEY})
    bootstrap.prepare(found)
    return folder


KEY = "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"


@pytest.fixture(autouse=True)
def _here(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_DATA_DIR", str(installed))
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", KEY)
    monkeypatch.setenv("QUESTIONNAIRE_PUBLIC_URL", "https://q.example")


def test_a_link_is_one_line_to_paste(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", SLUG, "email=anna@nordwind.example", "employees=50_199", "--lang", "en", "--days", "7"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"https://q.example/s/{SLUG}?k=")
    assert said.out.count("\n") == 1
    assert said.err == ""


def test_each_problem_of_a_link_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", SLUG, "emial=anna@nordwind.example", "employees=dozens"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(":")[0] + line.split(":")[1] for line in said.err.splitlines()] == [
        "unknown_link_field emial",
        "link_value employees",
    ]


@pytest.mark.parametrize(("words", "advice"), [(["anna"], "NAME=VALUE"), ([], "email=anna@example.com")])
def test_a_link_without_fields_is_a_usage_error(
    words: list[str], advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["link", SLUG, *words]) == 2
    assert advice in capsys.readouterr().err


def test_a_link_for_an_unknown_lead_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", SLUG, "--lead", "nobody@nordwind.example"]) == 1
    assert "unknown_lead" in capsys.readouterr().err


def test_the_drop_off_is_a_table_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = bootstrap.settings()
    box = bootstrap.toolbox(found)
    publication = acceptance.get_publication(box, SLUG)
    assert publication is not None
    seen = PartialResponse(publication.survey, "en", visit="a" * 32, seen=("employees",), at=("employees",))
    resume.save(box, seen, box.now())
    assert main(["dropoff", SLUG]) == 0
    table = capsys.readouterr().out
    assert "1 views, 0 started, 0 at the gate, 0 completed" in table
    assert "100 %" in table
    assert main(["dropoff", SLUG, "--format", "json", "--version", "4"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"][0] == {"name": "employees", "saw": 1, "answered": 0, "left": 1, "dropoff": 1.0}
    assert main(["dropoff", SLUG, "--version", "99"]) == 1
    assert "unknown_survey" in capsys.readouterr().err
