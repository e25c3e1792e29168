"""The strict YAML reader: bytes in, a Source and every mistake out. Files are never larger than 1 MB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from questionnaire.core.base.problems import Problem
from questionnaire.library.yaml.scalars import scalar
from questionnaire.library.yaml.source import Source, Steps
from questionnaire.library.yaml.syntax import QUOTE, syntax_problem

LARGEST = 1_000_000
DEEPEST = 20
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_source(file: Path, name: str = "") -> tuple[Source | None, tuple[Problem, ...]]:
    """The file's values, or None when nothing of it can be used. `name` is how messages call the file."""
    called = name or str(file)
    try:
        if file.is_dir():
            return None, (_about(called, "file_unreadable", "this is a folder", "name a file in it"),)
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        return None, (_about(called, "file_missing", "there is no such file", "check the spelling of the path"),)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "the path cannot be used"
        return None, (_about(called, "file_unreadable", f"the file cannot be read: {said}", "check its permissions"),)
    return read_bytes(content, called)


@lru_cache(maxsize=64)
def read_bytes(content: bytes, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """The same for what is already in memory. The same bytes are read once, for nobody changes a Source."""
    if len(content) > LARGEST:
        return None, (_about(name, "file_large", "the file is larger than 1 MB", "split it into several files"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, (_about(name, "file_encoding", "this is not UTF-8 text", "save the file as UTF-8", line),)
    odd = _UNPRINTABLE.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        said = f"an invisible character (U+{ord(odd[0]):04X}) stands here"
        return None, (_about(name, "file_encoding", said, "remove it", line),)
    reader = _Reader(name)
    source = reader.read(text)
    return source, tuple(sorted(reader.problems, key=lambda problem: problem.line))


def _about(name: str, code: str, message: str, hint: str, line: int = 1) -> Problem:
    return Problem(code, (), message, hint).at(name, line)


class _TooDeep(Exception):
    pass


class _Reader:
    """One file's events, turned into values. Mistakes are collected; only broken YAML stops it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.lines: dict[Steps, int] = {}
        self.spoiled: set[Steps] = set()

    def read(self, text: str) -> Source | None:
        events = YAML(typ="safe", pure=True).parse(text)
        try:
            return self._document(events)
        except YAMLError as error:
            problem = syntax_problem(error)
            # What was refused on a line explains why the rest of it cannot be read.
            if problem.line not in {told.line for told in self.problems}:
                self.problems.append(problem.at(self.name, problem.line))
        except _TooDeep:
            pass
        return None

    def tell(self, event: Event, code: str, message: str, hint: str) -> None:
        self.problems.append(_about(self.name, code, message, hint, _line(event)))

    def _document(self, events: Iterator[Event]) -> Source | None:
        next(events)
        start = next(events)
        if isinstance(start, StreamEndEvent):
            self.tell(start, "file_empty", "the file is empty", "start it with `schema: survey/1`")
            return None
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self.tell(start, "yaml_directive", "directives (`%…`) are not used here", "remove the line")
        raw = self._value(next(events), events, (), 1)
        next(events)
        more = next(events)
        if not isinstance(more, StreamEndEvent):
            hint = "remove the line `---`, or use two files"
            self.tell(more, "yaml_documents", "a second document starts here", hint)
        return Source(self.name, raw, self.lines, frozenset(self.spoiled))

    def _value(self, event: Event, events: Iterator[Event], path: Steps, depth: int) -> Any:
        if isinstance(event, AliasEvent):
            hint = f'write the value out, or quote the text: `"*{event.anchor}"`'
            self.tell(event, "yaml_alias", f"`*{event.anchor}` refers to another place", hint)
            self.spoiled.add(path)
            return None
        self._refuse_tricks(event, path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if depth > DEEPEST:
            self.tell(event, "yaml_deep", f"this is nested more than {DEEPEST} levels deep", "flatten it")
            raise _TooDeep
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, path, depth)
        return self._list(events, path, depth)

    def _refuse_tricks(self, event: Event, path: Steps) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            hint = f'write the value out where it is needed, or quote the text: `"&{anchor} …"`'
            self.tell(event, "yaml_alias", f"`&{anchor}` names a value to use it elsewhere", hint)
        tag = getattr(event, "tag", None)
        if tag:
            shown = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.tell(event, "yaml_tag", f"the tag `{shown}` is not used here", "remove it, or quote the text")
            self.spoiled.add(path)

    def _scalar(self, event: ScalarEvent, path: Steps) -> Any:
        if event.style is not None:
            return event.value
        try:
            return scalar(event.value)
        except ValueError as wrong:
            hint = "write a plain number, or quote it when it is a text"
            self.tell(event, "yaml_number", f"`{event.value[:40]}` {wrong}", hint)
            self.spoiled.add(path)
            return None

    def _list(self, events: Iterator[Event], path: Steps, depth: int) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            here = (*path, str(len(found)))
            self.lines[here] = _line(event)
            found.append(self._value(event, events, here, depth + 1))
        return found

    def _mapping(self, start: MappingStartEvent, events: Iterator[Event], path: Steps, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._key(event, events, path, depth)
            here = (*path, key if key is not None else "")
            known = self.lines.get(here)
            self.lines.setdefault(here, _line(event))
            given = next(events)
            value = self._value(given, events, here, depth + 1)
            if key is None or self._is_lost_text(start, event, given, key):
                continue
            if key in found:
                said = f"`{key}` stands twice, first on line {known}"
                self.tell(event, "yaml_duplicate_key", said, "keep one of them")
            elif key == "<<":
                self.tell(event, "yaml_merge_key", "merge keys (`<<`) are not used here", "write the keys out")
                self.spoiled.add(path)
            else:
                found[key] = value
        return found

    def _key(self, event: Event, events: Iterator[Event], path: Steps, depth: int) -> str | None:
        if isinstance(event, ScalarEvent) and not (event.style is None and event.value == ""):
            self._refuse_tricks(event, (*path, str(event.value)))
            return str(event.value)
        told = len(self.problems)
        self._value(event, events, (*path, ""), depth + 1)
        self.spoiled.add(path)
        if not isinstance(event, AliasEvent):
            # What went wrong inside follows from this: `text: {{first_name}}` is read as a mapping of a mapping.
            del self.problems[told:]
            hint = "write `key: value`; put a text with `{{…}}` in double quotes"
            self.tell(event, "yaml_key", "a mapping or list stands where a key is expected", hint)
        return None

    def _is_lost_text(self, start: MappingStartEvent, event: Event, given: Event, key: str) -> bool:
        """`{text: Yes, a bit}`: the comma ended the text, and `a bit` became a key without a value."""
        empty = isinstance(given, ScalarEvent) and given.style is None and given.value == ""
        if not (start.flow_style and empty):
            return False
        self.tell(event, "yaml_lost_text", f"`{key}` has no value; a comma inside `{{…}}` ends a text", QUOTE)
        return True


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
