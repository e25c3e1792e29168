"""As much of JSON Schema as the generated ones use, so that a test can hold a file against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
_KNOWN = frozenset(
    """
    $defs $ref $schema additionalProperties anyOf const default description discriminator enum exclusiveMinimum format
    items maxItems maxLength maximum minItems minLength minProperties minimum oneOf pattern patternProperties
    prefixItems properties propertyNames required title type
    """.split()
)


def wrong(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """What the schema has against the value."""
    strange = set(schema) - _KNOWN
    assert not strange, f"the test does not know {strange}"
    if "$ref" in schema:
        yield from wrong(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, place)
        return
    for key in ("anyOf", "oneOf"):
        if key in schema and all(list(wrong(value, part, root, place)) for part in schema[key]):
            yield f"{place}: fits none of {key}"
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    yield from _wrong_type(value, schema, place)
    if isinstance(value, dict):
        yield from _wrong_mapping(value, schema, root, place)
    elif isinstance(value, list):
        yield from _wrong_list(value, schema, root, place)
    elif isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} does not match {schema['pattern']}"


def _wrong_type(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    named = schema.get("type", [])
    types = [named] if isinstance(named, str) else named
    allowed = tuple(kind for name in types for kind in _TYPES[name])
    if types and (not isinstance(value, allowed) or (isinstance(value, bool) and "boolean" not in types)):
        yield f"{place}: {value!r} is no {types}"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            yield f"{place}: {value} is out of range"


def _wrong_mapping(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    patterns = schema.get("patternProperties", {})
    for key in schema.get("required", []):
        if key not in value:
            yield f"{place}: {key} is missing"
    for key, item in value.items():
        if key in properties:
            yield from wrong(item, properties[key], root, f"{place}.{key}")
        elif patterned := [part for pattern, part in patterns.items() if re.search(pattern, key)]:
            yield from wrong(item, patterned[0], root, f"{place}.{key}")
        elif more is False:
            yield f"{place}: {key} is not known"
        elif isinstance(more, dict):
            yield from wrong(item, more, root, f"{place}.{key}")


def _wrong_list(value: list[Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{place}: too few items"
    parts = schema.get("prefixItems", [])
    for index, item in enumerate(value):
        part = parts[index] if index < len(parts) else schema.get("items", {})
        yield from wrong(item, part, root, f"{place}[{index}]")
