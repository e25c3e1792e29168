"""The bundles that browsers receive are made from the sources beside them."""

from __future__ import annotations

import hashlib
import json

from tests.conventions.checkout import ROOT, files, told

SCRIPTS = ROOT / "static" / "js"


def _digest(names: list[str]) -> str:
    whole = hashlib.sha256()
    for name in sorted(names):
        path = ROOT / name
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def test_every_bundle_is_made_from_the_sources_that_stand_here() -> None:
    manifest = json.loads((SCRIPTS / "built" / "manifest.json").read_text("utf-8"))
    made = {name: entry for name, entry in manifest.items() if name != "made by"}
    wrong = []
    for name in sorted({path.parent.name for path in SCRIPTS.glob("*/main.js")} | set(made)):
        sources = [one for one in files() if one.startswith((f"static/js/{name}/", "static/js/shared/"))]
        now = {"sources": _digest(sources), "bundle": _digest([f"static/js/built/{name}.js"])}
        if made.get(name) != now:
            wrong.append(f"static/js/built/{name}.js is not made from these sources. Type: make scripts")
    assert not wrong, told(wrong)
