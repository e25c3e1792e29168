"""YAML that our reader reads back as the same document: the keys in their order, short values on one line.

Comments are no part of a document, so there are none.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from questionnaire.library.yaml.scalars import scalar

WIDTH = 120
_LONGEST_LINE = 96
_TAG = "tag:yaml.org,2002:"
_TOP_LEVEL = re.compile(r"^(?=[^\s\-#][^\n]*:\n[ ]+)", re.MULTILINE)
_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}\s]|[ \xa0\u202f](?=[^ #]))*")
_NUMERIC = re.compile(r"\d[\d_.a-fA-FxXoO+-]*")
_FOLDED = re.compile(r"\S+( \S+)*")


def write_yaml(document: Mapping[str, Any]) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.width = WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.serialize(_node(document, top=True), stream)
    return _TOP_LEVEL.sub("\n", stream.getvalue()).lstrip("\n")


def _node(value: Any, *, top: bool = False) -> Node:
    if isinstance(value, Mapping):
        pairs = [(_key(str(key)), _node(inner)) for key, inner in value.items()]
        return MappingNode(f"{_TAG}map", pairs, flow_style=not value or (not top and _is_short(value)))
    if isinstance(value, list | tuple):
        return SequenceNode(f"{_TAG}seq", [_node(item) for item in value], flow_style=_is_short(value))
    return _scalar(value)


def _is_short(value: Any) -> bool:
    """Whether a mapping or list fits on a line: values of one line, and no list of mappings."""
    inner = list(value.values()) if isinstance(value, Mapping) else list(value)
    if any(isinstance(one, Mapping | list | tuple) and not _is_flat(one) for one in inner):
        return False
    if not isinstance(value, Mapping) and any(isinstance(one, Mapping) for one in inner):
        return False
    return _length(value) <= _LONGEST_LINE and "\n" not in str(value)


def _is_flat(value: Any) -> bool:
    inner = value.values() if isinstance(value, Mapping) else value
    return not any(isinstance(one, Mapping | list | tuple) for one in inner)


def _length(value: Any) -> int:
    """About how many characters it takes on a line."""
    if isinstance(value, Mapping):
        return sum(len(str(key)) + 4 + _length(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return sum(2 + _length(item) for item in value) + 2
    text = str(value)
    return _LONGEST_LINE + 1 if "\n" in text else len(text)


def _key(text: str) -> ScalarNode:
    """A key is a text, however it is written: only what could not be read needs quotes."""
    return ScalarNode(f"{_TAG}str", text, style='"' if not re.fullmatch(r"[\w.-]+", text) else None)


def _scalar(value: Any) -> ScalarNode:
    if value is None:
        return ScalarNode(f"{_TAG}null", "null")
    if isinstance(value, bool):
        return ScalarNode(f"{_TAG}bool", "true" if value else "false")
    if isinstance(value, int | float):
        return ScalarNode(f"{_TAG}int" if isinstance(value, int) else f"{_TAG}float", str(value))
    text = str(value)
    return ScalarNode(f"{_TAG}str", text, style=_style(text))


def _style(text: str) -> str | None:
    if "\n" in text:
        is_block = not text.endswith("\n\n") and text == "\n".join(line.rstrip() for line in text.split("\n"))
        return "|" if is_block and text[0] not in " \n" and "\t" not in text else '"'
    if len(text) > _LONGEST_LINE and _FOLDED.fullmatch(text):
        return ">"
    return None if _PLAIN.fullmatch(text) and not _NUMERIC.fullmatch(text) and _is_read_as_text(text) else '"'


def _is_read_as_text(text: str) -> bool:
    try:
        return scalar(text) == text
    except ValueError:
        return False
