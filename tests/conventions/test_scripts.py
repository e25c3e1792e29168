"""Scripts of public pages: bundles match their sources, modules import without circles and act only when called."""

from __future__ import annotations

import hashlib
import json
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.conventions.checkout import ROOT, files, told

SCRIPTS = ROOT / "static" / "js"


def _digest(names: list[str]) -> str:
    whole = hashlib.sha256()
    for name in sorted(names):
        path = ROOT / name
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _folders_of(name: str) -> set[str]:
    """The other folders that the modules of a bundle import from."""
    sources = [file.read_text("utf-8") for file in (SCRIPTS / name).glob("*.js")]
    return {folder for source in sources for folder in re.findall(r'from "\.\./(\w+)/', source)}


def test_every_bundle_is_made_from_the_sources_that_stand_here() -> None:
    manifest = json.loads((SCRIPTS / "built" / "manifest.json").read_text("utf-8"))
    made = {name: entry for name, entry in manifest.items() if name != "made by"}
    wrong = []
    folders = {path.parent.name for path in SCRIPTS.glob("*/main.js")}
    for name in sorted(folders | set(made)):
        # Some scripts are bundled several times, with more or less in them: `survey_branches` is made from `survey`.
        folder = next((one for one in sorted(folders, reverse=True) if f"{name}_".startswith(f"{one}_")), name)
        parts = tuple(f"static/js/{one}/" for one in (folder, *_folders_of(folder)))
        sources = [one for one in files() if one.startswith(parts)]
        now = {"sources": _digest(sources), "bundle": _digest([f"static/js/built/{name}.js"])}
        if made.get(name) != now:
            wrong.append(f"static/js/built/{name}.js is not made from these sources. Type: make scripts")
    assert not wrong, told(wrong)


def _modules() -> dict[str, str]:
    """Path below static/js -> source, of every module that is bundled."""
    folders = [path.parent for path in SCRIPTS.glob("*/main.js")]
    return {
        str(file.relative_to(SCRIPTS)): file.read_text("utf-8") for folder in folders for file in folder.glob("*.js")
    }


def _imports(name: str, source: str) -> set[str]:
    found = re.findall(r'^(?:import|export)\b[^"]*"(\.[^"]+)"', source, re.MULTILINE)
    return {str((SCRIPTS / name).parent.joinpath(one).resolve().relative_to(SCRIPTS.resolve())) for one in found}


def test_modules_do_not_import_each_other_in_circles() -> None:
    graph = {name: _imports(name, source) for name, source in _modules().items()}
    assert graph["survey/submit.js"] >= {"survey/dom.js", "survey/api.js"}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise AssertionError(f"static/js imports in a circle: {' -> '.join(error.args[1])}") from None


CODE = re.compile(
    r"""(?P<gone>//[^\n]*|/\*.*?\*/)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?<=[(=,:?&|!\n])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*""",
    re.DOTALL,
)
DECLARATION = re.compile(r"(export )?(const|let|function|class|async function)\b|import\b|export \{")
FUNCTION = re.compile(r"(export )?const [$\w]+ = (async )?(\([^)]*\)|\w+) =>")
ACTS = re.compile(
    r"\b(addEventListener|set(Timeout|Interval|Item|Attribute)|append\w*|after|before|prepend|remove\w*|replace(With|Children)"
    r"|insert\w+|dispatchEvent|postMessage|fetch|forEach|define|observe|push)\("
)


def _statements(source: str) -> list[str]:
    """The statements at the top of a module, without comments and with literals emptied."""
    code = CODE.sub(lambda match: "" if match["gone"] else '""', source)
    found, start, depth = [], 0, 0
    for at, char in enumerate(code):
        depth += (char in "([{") - (char in ")]}")
        ends = char == ";" or (char == "}" and not code[at + 1 : at + 2].strip(" \n") and code[at + 1 : at + 2] == "\n")
        if depth == 0 and ends:
            found.append(code[start : at + 1].strip())
            start = at + 1
    return [one for one in (*found, code[start:].strip()) if one]


def _acts(statement: str) -> bool:
    """Whether it does more than to import, export or declare; what is in brackets is the body of something declared."""
    if FUNCTION.match(statement):
        return False
    outside, depth = "", 0
    for char in statement:
        depth -= char in ")]}"
        outside += char if depth == 0 else ""
        depth += char in "([{"
    return not DECLARATION.match(statement) or ACTS.search(outside) is not None


def test_only_main_acts_when_it_is_loaded() -> None:
    wrong = [
        f"static/js/{name}: `{statement.splitlines()[0][:80]}` belongs into a function that main.js calls"
        for name, source in _modules().items()
        if Path(name).name != "main.js"
        for statement in _statements(source)
        if _acts(statement)
    ]
    assert not wrong, told(wrong)


def test_a_module_that_acts_would_be_seen() -> None:
    acting = (
        'addEventListener("x", y);',
        "const timer = setTimeout(save, 9);",
        "if (a) { b.remove(); }",
        "list.sort();",
    )
    for one in acting:
        assert _acts(_statements(f'import {{ a }} from "./a.js";\n{one}')[1]), one
    assert not _acts("export const save = async () => {\n  post();\n};")
