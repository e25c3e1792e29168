"""The reference of policies: a row for every key, and examples that load."""

from __future__ import annotations

import re

import pytest

from questionnaire.core import policy
from questionnaire.core.checks import check_policy
from tests.conventions.checkout import text
from tests.conventions.policy_keys import keys
from tests.core.authoring import merged, notation

PAGE = text("docs/policies.md")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROWS = [row.split(" | ") for row in re.findall(r"^\| (`.*) \|$", PAGE, re.MULTILINE)]
COMMON = re.compile(r"^(fit|timing)\.(?=criteria\.)|(?<=^kpi_bands\.)(mql_to_sql|sql_to_opportunity)(?=\.)")


def common(key: str) -> str:
    """Criteria of FIT and TIMING have one section, and so have the bands of two rates."""
    return COMMON.sub(lambda match: "" if match[1] else "*", key)


def documented() -> dict[str, str]:
    """Key -> its default as the page says it."""
    return {key: row[1] for row in ROWS for key in re.findall(r"`([^`]+)`", row[0])}


def test_every_key_has_its_row_with_its_default() -> None:
    page, code = documented(), {common(key): required for key, required in keys()}
    wrong = [f"no row for `{key}`" for key in sorted(code.keys() - page)]
    wrong += [f"a row for `{key}`, which is no key" for key in sorted(page.keys() - code)]
    wrong += [
        f"`{key}` is {'' if required else 'not '}required, and its default is “{page[key]}”"
        for key, required in code.items()
        if key in page and (page[key] == "required") is not required
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_load_and_have_no_errors(example: str) -> None:
    read, problems = policy.read(merged(notation(EXAMPLES[0]), notation(example)))
    assert read is not None, problems
    assert [str(problem) for problem in check_policy(read).policy if problem.is_error] == []


def test_every_section_with_a_table_has_an_example() -> None:
    sections = PAGE.split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections if "```yaml" not in section] == []
