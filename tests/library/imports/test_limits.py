"""A hostile file costs its own process at most: too large, too deep, too much when unpacked, entities, endless work."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.library.imports import limited_process
from questionnaire.library.imports.child import read
from questionnaire.library.imports.limited_process import MAX_FILE_BYTES, import_file
from tests.core.importing.spreadsheets import workbook

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a "aaaaaaaaaa">%s]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>&z;</language></languages></document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE document [<!ENTITY z SYSTEM "file:///etc/passwd">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>&z;</language></languages></document>"""
FORM = "## survey\n| type | name | label |\n| text | name | Name |\n"


def codes(imported: ImportedSurvey) -> list[str]:
    assert imported.document is None
    return [problem.code for problem in imported.problems]


def repacked(content: bytes, name: str, replacement: bytes) -> bytes:
    """The archive with another content of one of its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, replacement if entry == name else source.read(entry))
    return out.getvalue()


def bombs() -> dict[str, bytes]:
    chain = b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 123))
    book = workbook(FORM)
    return {
        "entities in entities": ENTITIES % chain,
        "an entity that reads a file": OUTSIDE,
        "JSON a hundred thousand levels deep": b'{"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "JSON a hundred levels deep": b'{"title": "x", "pages": ' + b"[" * 100 + b"]" * 100 + b"}",
        "JSON that ends early": b'{"title": "x", "pages": [',
        "JSON that is a number of a million digits": b'{"pages": ' + b"9" * 1_000_000 + b"}",
        "an archive that unpacks to 200 MB": repacked(book, "xl/worksheets/sheet1.xml", b" " * 200_000_000),
        "a workbook with entities": repacked(
            book, "xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
        ),
        "a damaged workbook": repacked(book, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        "a workbook without its workbook": repacked(book, "xl/workbook.xml", b""),
        "an archive of one empty entry": b"PK\x03\x04xl/workbook.xml",
    }


def test_hostile_files_are_refused_with_a_sentence() -> None:
    wrong = []
    for what, content in bombs().items():
        source = "limesurvey" if content.startswith(b"<") else "xlsform" if content.startswith(b"PK") else "surveyjs"
        imported = read(content, source)  # type: ignore[arg-type]  # one of the formats
        said = [problem.code for problem in imported.problems]
        if imported.document is not None or said != ["import_unreadable"]:
            wrong.append(f"{what}: {said}")
    assert not wrong, wrong


def test_nothing_of_another_file_gets_into_a_draft() -> None:
    assert "root:" not in str(import_file(OUTSIDE, "limesurvey"))


def test_a_file_that_is_too_large_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("a process was started"))
    assert codes(import_file(b"{" + b" " * MAX_FILE_BYTES)) == ["import_limit"]


def test_a_file_of_no_known_format_is_refused_by_name() -> None:
    assert codes(import_file(b"name,answer\nAda,yes\n")) == ["import_format"]
    assert codes(import_file(b"<html><body>404</body></html>")) == ["import_format"]
    assert codes(import_file(b"")) == ["import_format"]


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "SECONDS", 0.05)
    assert codes(import_file(b'{"pages": []}')) == ["import_limit"]


LIMITS = """
import os, resource, socket, subprocess, sys
from questionnaire.library.imports import limits
limits.set_limits()
tried = []
for what in (lambda: open({path!r}, "w"), lambda: socket.socket(), lambda: subprocess.run(["true"]), lambda: os.fork()):
    try:
        what()
        tried.append("allowed")
    except PermissionError:
        tried.append("refused")
try:
    bytearray(limits.MEMORY_BYTES + 1)
    tried.append("allowed")
except MemoryError:
    tried.append("refused")
print(*tried, resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])
"""


def test_the_process_of_an_import_has_no_files_sockets_processes_and_little_memory(
    tmp_path: Path,
) -> None:

    program = LIMITS.format(path=str(tmp_path) + "/written")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 5 + ["20", "0"]
    assert not list(tmp_path.iterdir())


def test_endless_work_is_ended_by_the_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    monkeypatch.setattr(limited_process, "_START", endless)
    assert codes(import_file(b'{"pages": []}')) == ["import_limit"]


def test_a_key_that_stands_twice_is_not_lost() -> None:
    content = b'{"title": "One", "title": "Two", "elements": [{"type": "text", "name": "a"}]}'
    imported = import_file(content)
    assert imported.document is not None
    assert "Two" in json.dumps([dict(note.params) for note in imported.notes])


def test_a_workbook_is_guessed_by_what_is_in_it() -> None:
    imported = import_file(workbook(FORM))
    assert imported.document is not None
    assert imported.document["pages"][0]["questions"][0]["name"] == "name"
