"""Make the three bundled font files from the published Inter package.

Usage:  npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
        python .ci/make_fonts.py package static/fonts

Needs fontTools and brotli, both of which come with WeasyPrint. The same input gives the same bytes: the modification
date of the source is kept. Why static TTF and why these ranges: docs/decisions/0003-bundled-fonts.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STYLES = {"Inter-Regular": "Regular", "Inter-SemiBold": "SemiBold", "Inter-Italic": "Italic"}

# First and last code point of each block that is kept, with the reason it is in.
RANGES = (
    (0x0020, 0x024F),  # Latin, its supplement and both extensions
    (0x0259, 0x0259),  # schwa, Azerbaijani
    (0x02B0, 0x02FF),  # modifier letters and free-standing accents
    (0x0300, 0x036F),  # combining marks: a name may arrive decomposed
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin extended additional: Welsh, Vietnamese, capital sharp s
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like: numero, trade mark
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # minus, at most, about
    (0x25A0, 0x25FF),  # squares, triangles and dots of charts and lists
    (0x2605, 0x2606),  # stars of a rating
    (0x2713, 0x2717),  # check mark and cross of a checklist
    (0xFB00, 0xFB06),  # ligatures that arrive in pasted text
)
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "calt", "case", "tnum", "pnum", "zero", "frac", "sups", "subs"]


def make(source: Path, target: Path, style: str) -> None:
    """Write one static TTF; `source` is the WOFF2 file of that style with the full character set."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[point for first, last in RANGES for point in range(first, last + 1)])
    subsetter.subset(font)
    # Inter has no replacement character; the empty square stands for it, so that no text refers to a missing glyph.
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0xFFFD] = table.cmap[0x25A1]
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Inter"
        elif record.nameID in (2, 17):
            record.string = style
    font.flavor = None
    font.save(target)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: make_fonts.py PACKAGE_FOLDER TARGET_FOLDER", file=sys.stderr)
        return 2
    package, folder = Path(arguments[0]), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, style in STYLES.items():
        target = folder / f"{name}.ttf"
        make(package / "web" / f"{name}.woff2", target, style)
        print(f"{target}: {target.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
