"""The docs cannot lie by omission: what a person can type, set, ask or be told has a heading."""

from __future__ import annotations

import re

import pytest

from questionnaire.cli import make_parser
from tests.conventions.checkout import ROOT, files, text, told
from tests.conventions.codes import codes
from tests.conventions.headings import PAGES, commands, lacks_of_page


@pytest.mark.parametrize("page", PAGES)
def test_everything_of_its_kind_has_a_heading(page: str) -> None:
    wrong = lacks_of_page(page)
    assert not wrong, told(wrong)


def test_every_option_of_a_command_is_described() -> None:
    page, wrong = text("docs/commands.md"), []
    for name, parser in commands(make_parser()):
        described = page.partition(f"## `{name}`")[2].partition("\n## ")[0]
        options = [option for action in parser._actions for option in action.option_strings if option.startswith("--")]
        wrong += [
            f"docs/commands.md, `{name}`: {option} is not described"
            for option in options
            if option != "--help" and option not in described
        ]
    assert not wrong, told(wrong)


def test_codes_of_problems_are_written_one_way() -> None:
    wrong = [f"{place}: `{code}`; words are joined by _" for code, place in sorted(codes().items()) if "-" in code]
    assert not wrong, told(wrong)


def test_every_option_and_event_of_the_embedding_script_is_described() -> None:
    page = text("docs/embedding.md")
    sources = "".join(text(name) for name in files() if name.startswith("static/js/embed/"))
    options = set(re.findall(r'(?:option|has)\(element, "([a-z-]+)"\)', sources)) - {"on-"}
    options |= set(re.findall(r"data-lq-([a-z]+)\]", sources))
    told_types = re.findall(
        r"^  (\w+)[:(]", sources.partition("const handlers = {")[2].partition("\n};")[0], re.MULTILINE
    )
    types = {"height_changed" if name == "height" else name for name in told_types} - {"escape"} | {"closed"}
    analytics = set(re.findall(r'"(lq_[a-z]+|generate_lead)"', sources)) - {"lq_first"}
    assert len(options) > 12, options
    assert len(types) == 7, types
    # The page tells of nothing the script does not know: a name that changes in one place alone is found in the other.
    known = {f"data-lq-{name}" for name in options} | {f"data-lq-on-{name.replace('_', '-')}" for name in types}
    said = {name for name in re.findall(r"data-lq-[a-z-]*[a-z]", page) if name not in ("data-lq", "data-lq-on")}
    wrong = [f"docs/embedding.md describes {name}, which the script does not know" for name in sorted(said - known)]
    wrong += [f"docs/embedding.md describes lq:{name}, which the script does not tell" for name in sorted(
        set(re.findall(r"`lq:(\w+)`", page)) - types
    )]  # fmt: skip
    wrong += [
        f"docs/embedding.md does not describe data-lq-{name}"
        for name in sorted(options)
        if f"data-lq-{name}" not in page
    ]
    wrong += [f"docs/embedding.md does not describe lq:{name}" for name in sorted(types) if f"`lq:{name}`" not in page]
    wrong += [f"docs/embedding.md does not describe {name}" for name in sorted(analytics) if f"`{name}`" not in page]
    messages = set(re.findall(r'post\("(\w+)"', text("static/js/frame/main.js"))) | {"hello"}
    wrong += [f"docs/embedding.md does not describe the message {one}" for one in messages if f"`{one}`" not in page]
    assert not wrong, told(wrong)


def test_links_between_pages_lead_somewhere() -> None:
    wrong = []
    for name in files():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text(name)):
            path = target.partition("#")[0]
            if (
                path
                and "://" not in path
                and not path.startswith("mailto:")
                and not (ROOT / name).parent.joinpath(path).exists()
            ):
                wrong.append(f"{name}: {target} leads nowhere")
    assert not wrong, told(wrong)


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    pages = sorted(
        name.rpartition("/")[2] for name in files() if re.match(r"docs/decisions/\d{4}-[a-z0-9-]+\.md$", name)
    )
    assert [page[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    listed = text("docs/decisions/README.md")
    assert [page for page in pages if page not in listed] == []
