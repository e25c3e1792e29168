"""Bundle the scripts of public pages: static/js/<name>/main.js and what it imports become static/js/built/<name>.js.

Usage:  python .ci/make_scripts.py      (or: make scripts)

Needs Node's npm, on the machine of whoever changes a script; the product and its tests need neither. The bundles and a
manifest of hashes are kept with the sources, and a test holds them together. See docs/decisions/0008.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "static" / "js"
BUNDLER = "esbuild@0.28.2"
SHORTENER = "terser@5.51.4"
"""Takes 3 % more off a bundle than the bundler alone."""
SHORTER = ("--compress", "passes=4,unsafe_arrows,pure_getters,ecma=2020,keep_fargs=false", "--mangle", "toplevel",
           "--ecma", "2020", "--format", "comments=false")  # fmt: skip
OPTIONS = ("--bundle", "--minify", "--format=iife", "--target=es2020", "--charset=utf8", "--legal-comments=none")


VARIANTS = {
    "survey": {
        "": (),
        "branches": ("BRANCHES",),
        "endings": ("BRANCHES", "ENDINGS"),
        "parts": ("BRANCHES", "PARTS"),
        "parts_endings": ("BRANCHES", "PARTS", "ENDINGS"),
    }
}
"""Scripts that are bundled several times: what a constant switches off is not in the bundle, so that a page pays only
for what its survey uses. The first variant has the script's own name."""
SWITCHES = ("BRANCHES", "PARTS", "ENDINGS")


def bundles() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Bundle -> its folder of scripts, with a main.js, and the constants that are true in it."""
    folders = sorted(path.parent.name for path in SCRIPTS.glob("*/main.js"))
    return {
        f"{folder}_{variant}" if variant else folder: (folder, switched_on)
        for folder in folders
        for variant, switched_on in VARIANTS.get(folder, {"": ()}).items()
    }


def digest(files: list[Path]) -> str:
    """One hash over files, in the order of their names."""
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def folders_of(name: str) -> list[str]:
    """The other folders that the modules of a bundle import from."""
    found = (re.findall(r'from "\.\./(\w+)/', file.read_text("utf-8")) for file in (SCRIPTS / name).glob("*.js"))
    return sorted({folder for folders in found for folder in folders})


def state(name: str) -> dict[str, str]:
    """What a bundle was made from and what it is."""
    own = bundles()[name][0]
    sources = [file for folder in (own, *folders_of(own)) for file in (SCRIPTS / folder).glob("*.js")]
    return {"sources": digest(sources), "bundle": digest([SCRIPTS / "built" / f"{name}.js"])}


def make(name: str) -> None:
    folder, switched_on = bundles()[name]
    source, target = SCRIPTS / folder / "main.js", SCRIPTS / "built" / f"{name}.js"
    switches = [f"--define:{switch}={str(switch in switched_on).lower()}" for switch in SWITCHES]
    command = ["npm", "exec", "--yes", "--package", BUNDLER, "--", "esbuild", str(source), *OPTIONS, *switches]
    subprocess.run([*command, f"--outfile={target}", "--log-level=warning"], check=True, cwd=ROOT)
    command = ["npm", "exec", "--yes", "--package", SHORTENER, "--", "terser", str(target), *SHORTER]
    subprocess.run([*command, "--output", str(target)], check=True, cwd=ROOT)
    target.write_text(target.read_text("utf-8").rstrip() + "\n", encoding="utf-8")


def main() -> int:
    for name in bundles():
        make(name)
    manifest = {"made by": f"{BUNDLER}, {SHORTENER}", **{name: state(name) for name in bundles()}}
    (SCRIPTS / "built" / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for name in bundles():
        print(f"static/js/built/{name}.js: {(SCRIPTS / 'built' / f'{name}.js').stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
