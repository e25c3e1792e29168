"""Strict YAML reader: returns a Source, or every mistake of the file. Files have at most 1 MB."""

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
MAX_DEPTH = 20
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_source(file: Path, name: str = "") -> tuple[Source | None, tuple[Problem, ...]]:
    """Returns the file's values, or None when it cannot be used. `name` is what messages call the file."""
    label = name or str(file)
    try:
        if file.is_dir():
            return None, (_problem(label, "file_unreadable", "this is a folder", "name a file in it"),)
        with file.open("rb") as file_object:
            content = file_object.read(LARGEST + 1)
    except FileNotFoundError:
        return None, (_problem(label, "file_missing", "there is no such file", "check the spelling of the path"),)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path cannot be used"
        return None, (
            _problem(label, "file_unreadable", f"the file cannot be read: {reason}", "check its permissions"),
        )
    return read_bytes(content, label)


@lru_cache(maxsize=64)
def read_bytes(content: bytes, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Does the same for bytes. Results are cached by content, because no one changes a Source."""
    if len(content) > LARGEST:
        return None, (_problem(name, "file_large", "the file is larger than 1 MB", "split it into several files"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, (_problem(name, "file_encoding", "this is not UTF-8 text", "save the file as UTF-8", line),)
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        message = f"an invisible character (U+{ord(unprintable[0]):04X}) stands here"
        return None, (_problem(name, "file_encoding", message, "remove it", line),)
    reader = _Reader(name)
    source = reader.read(text)
    return source, tuple(sorted(reader.problems, key=lambda problem: problem.line))


def _problem(name: str, code: str, message: str, hint: str, line: int = 1) -> Problem:
    return Problem(code, (), message, hint).at(name, line)


class _TooDeep(Exception):
    pass


class _Reader:
    """Turns the events of one file into values. Mistakes are collected; only invalid YAML stops it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.lines: dict[Steps, int] = {}
        self.invalid_paths: set[Steps] = set()

    def read(self, text: str) -> Source | None:
        events = YAML(typ="safe", pure=True).parse(text)
        try:
            return self._document(events)
        except YAMLError as error:
            problem = syntax_problem(error)
            # A problem already reported on this line explains why the rest cannot be read.
            if problem.line not in {reported.line for reported in self.problems}:
                self.problems.append(problem.at(self.name, problem.line))
        except _TooDeep:
            pass
        return None

    def report(self, event: Event, code: str, message: str, hint: str) -> None:
        self.problems.append(_problem(self.name, code, message, hint, _line(event)))

    def _document(self, events: Iterator[Event]) -> Source | None:
        next(events)
        start = next(events)
        if isinstance(start, StreamEndEvent):
            self.report(start, "file_empty", "the file is empty", "start it with `schema: survey/1`")
            return None
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self.report(start, "yaml_directive", "directives (`%…`) are not used here", "remove the line")
        raw = self._value(next(events), events, (), 1)
        next(events)
        more = next(events)
        if not isinstance(more, StreamEndEvent):
            hint = "remove the line `---`, or use two files"
            self.report(more, "yaml_documents", "a second document starts here", hint)
        return Source(self.name, raw, self.lines, frozenset(self.invalid_paths))

    def _value(self, event: Event, events: Iterator[Event], path: Steps, depth: int) -> Any:
        if isinstance(event, AliasEvent):
            hint = f'write the value out, or quote the text: `"*{event.anchor}"`'
            self.report(event, "yaml_alias", f"`*{event.anchor}` refers to another place", hint)
            self.invalid_paths.add(path)
            return None
        self._reject_anchors_and_tags(event, path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if depth > MAX_DEPTH:
            self.report(event, "yaml_deep", f"this is nested more than {MAX_DEPTH} levels deep", "flatten it")
            raise _TooDeep
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, path, depth)
        return self._list(events, path, depth)

    def _reject_anchors_and_tags(self, event: Event, path: Steps) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            hint = f'write the value out where it is needed, or quote the text: `"&{anchor} …"`'
            self.report(event, "yaml_alias", f"`&{anchor}` names a value to use it elsewhere", hint)
        tag = getattr(event, "tag", None)
        if tag:
            name = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.report(event, "yaml_tag", f"the tag `{name}` is not used here", "remove it, or quote the text")
            self.invalid_paths.add(path)

    def _scalar(self, event: ScalarEvent, path: Steps) -> Any:
        if event.style is not None:
            return event.value
        try:
            return scalar(event.value)
        except ValueError as error:
            hint = "write a plain number, or quote it when it is a text"
            self.report(event, "yaml_number", f"`{event.value[:40]}` {error}", hint)
            self.invalid_paths.add(path)
            return None

    def _list(self, events: Iterator[Event], path: Steps, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            here = (*path, str(len(items)))
            self.lines[here] = _line(event)
            items.append(self._value(event, events, here, depth + 1))
        return items

    def _mapping(self, start: MappingStartEvent, events: Iterator[Event], path: Steps, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._key(event, events, path, depth)
            here = (*path, key if key is not None else "")
            first_line = self.lines.get(here)
            self.lines.setdefault(here, _line(event))
            value_event = next(events)
            value = self._value(value_event, events, here, depth + 1)
            if key is None or self._is_lost_text(start, event, value_event, key):
                continue
            if key in mapping:
                message = f"`{key}` stands twice, first on line {first_line}"
                self.report(event, "yaml_duplicate_key", message, "keep one of them")
            elif key == "<<":
                self.report(event, "yaml_merge_key", "merge keys (`<<`) are not used here", "write the keys out")
                self.invalid_paths.add(path)
            else:
                mapping[key] = value
        return mapping

    def _key(self, event: Event, events: Iterator[Event], path: Steps, depth: int) -> str | None:
        if isinstance(event, ScalarEvent) and not (event.style is None and event.value == ""):
            self._reject_anchors_and_tags(event, (*path, str(event.value)))
            return str(event.value)
        problem_count = len(self.problems)
        self._value(event, events, (*path, ""), depth + 1)
        self.invalid_paths.add(path)
        if not isinstance(event, AliasEvent):
            # Problems inside the key are consequences: `text: {{first_name}}` is read as a mapping of a mapping.
            del self.problems[problem_count:]
            hint = "write `key: value`; put a text with `{{…}}` in double quotes"
            self.report(event, "yaml_key", "a mapping or list stands where a key is expected", hint)
        return None

    def _is_lost_text(self, start: MappingStartEvent, event: Event, value_event: Event, key: str) -> bool:
        """Whether a comma ended a text: in `{text: Yes, a bit}`, `a bit` becomes a key without a value."""
        empty = isinstance(value_event, ScalarEvent) and value_event.style is None and value_event.value == ""
        if not (start.flow_style and empty):
            return False
        self.report(event, "yaml_lost_text", f"`{key}` has no value; a comma inside `{{…}}` ends a text", QUOTE)
        return True


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
