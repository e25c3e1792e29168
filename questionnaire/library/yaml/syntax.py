"""Translation of YAML error messages for survey authors: where the mistake is and what to write."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from questionnaire.core.base.problems import Problem

QUOTE = "put the whole text in double quotes"
FLOW = 'inside `{…}` put a text that holds `,` `:` `?` or `#` in quotes: `{text: "Yes, a bit"}`'

# Text in the message -> what is wrong, what to write. The first match wins.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("\\t", "a tab stands where YAML wants spaces", "indent with two spaces for each level"),
    ("mapping values are not allowed", "a colon stands inside a text that has no quotes", QUOTE),
    ("cannot start any token", "an unquoted text cannot start with this sign", QUOTE),
    ("unknown escape", "a backslash inside double quotes starts a special sign",
     "double it: `\\\\`, or use single quotes"),
    ("while scanning a quoted scalar", "a quote is opened and never closed",
     "close it, and double an apostrophe inside single quotes: `'it''s'`"),
    ("while scanning a block scalar", "a text that starts with `>` or `|` needs quotes", QUOTE),
    ("sequence entries are not allowed", "a list starts in the middle of a line", "start it on a line of its own"),
    ("while parsing a flow mapping", "this `{…}` is not closed, or a text in it needs quotes", FLOW),
    ("while parsing a flow sequence", "this `[…]` is not closed, or a text in it needs quotes",
     'close it, or quote the text: `["Yes, a bit", "no"]`'),
    ("while parsing a flow node", "something is missing inside `{…}` or `[…]`", FLOW),
    ("could not find expected ':'", "this line is neither `key: value` nor `- item`",
     "indent it under its text, or write the missing colon"),
    ("while scanning an anchor", "a text that starts with `&` needs quotes", QUOTE),
    ("while scanning an alias", "a text that starts with `*` needs quotes", QUOTE),
    ("block sequence start", "this list item is not indented like the ones before", "line the dashes up"),
    ("block mapping start", "this key is not indented like the ones before", "line the keys of one mapping up"),
    ("<scalar>", "there is more text after the quotes", QUOTE),
    ("','", "there is more text after the quotes", QUOTE),
    ("while parsing a block", "the indentation does not fit the lines before",
     "line the keys of one mapping up, two spaces for each level"),
)  # fmt: skip


def syntax_problem(error: YAMLError) -> Problem:
    """Returns the error as a Problem with its line; the reader adds the file."""
    yaml_message = " ".join(
        str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part
    )
    what, advice = next(((what, advice) for mark, what, advice in _MEANINGS if mark in yaml_message), ("", ""))
    line = 1
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        starts_earlier = "scanning a quoted" in yaml_message or "parsing a flow" in yaml_message
        mark = error.context_mark if starts_earlier and error.context_mark else mark
        line = mark.line + 1 if mark else 1
    plain = re.sub(r"\s+", " ", yaml_message) or "this cannot be read as YAML"
    return Problem("yaml_syntax", (), what or plain, advice or "check quotes, colons and indentation").at("", line)
