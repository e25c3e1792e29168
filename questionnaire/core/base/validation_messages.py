"""pydantic's findings in words an author can act on: what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import ErrorDetails

_LIST = ("a list is expected here", "write `[a, b]`, or one item a line with a dash")
_MAPPING = ("a mapping is expected here", "write `{key: value}`, or one `key: value` a line")
_WHOLE = ("a whole number is expected here", "write it in digits, such as `3`")
_TRUTH = ("`true` or `false` is expected here", "write one of them")
_DATE = ("a date is expected here", "write it like `2026-09-01`")
_NUMBER = ("a number is expected here", "write it in digits, such as `12` or `0.5`")

_KINDS: Mapping[str, tuple[str, str]] = {
    "string_type": ("a text is expected here", "write one; quote it when it holds `,` `:` or `#`"),
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE,
    "bool_type": _TRUTH, "bool_parsing": _TRUTH,
    "tuple_type": _LIST, "list_type": _LIST,
    "dict_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING,
    "date_type": _DATE, "date_parsing": _DATE, "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "decimal_type": _NUMBER, "decimal_parsing": _NUMBER, "float_type": _NUMBER, "float_parsing": _NUMBER,
    "too_short": ("this list is empty or too short", "add what is missing"),
    "too_long": ("this list is too long", "leave some out"),
}  # fmt: skip

_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("at most", "le"),
}


def message_and_hint(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and what to write."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _LIMITS:
        how, key = _LIMITS[kind]
        return f"`{detail['input']}` is out of range", f"write a number {how} {context[key]}"
    if kind == "string_pattern_mismatch":
        return f"`{str(detail['input'])[:60]}` cannot stand here", "use other letters"
    if kind in ("string_too_long", "string_too_short"):
        longest = context.get("max_length", context.get("min_length"))
        return "this text does not have the right length", f"keep to {longest} characters"
    if kind in _KINDS:
        what, advice = _KINDS[kind]
        shown = detail["input"]
        said = isinstance(shown, str | int | float) and not isinstance(shown, bool)
        told = said and (what, advice) not in (_LIST, _MAPPING, _KINDS["string_type"])
        return (f"{what}, and `{str(shown)[:60]}` is none" if told else what), advice
    message = detail["msg"].removeprefix("Value error, ")
    what, _, advice = message.partition("; ")
    return what[:1].lower() + what[1:], advice
