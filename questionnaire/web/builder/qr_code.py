"""A QR code of an address, to print: SVG for layout programs, PNG for everything else."""

from __future__ import annotations

from io import BytesIO

import segno

QUIET_ZONE = 4
"""Modules of empty border, which ISO/IEC 18004 asks for."""
PIXELS = 20
"""Of a module of the PNG: about 800 in all, enough for 7 cm at 300 dots per inch."""
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def qr_code(address: str, kind: str) -> bytes:
    """`kind` is one of TYPES. A quarter of the code may be hidden by dirt or a fold (level Q)."""
    code, written = segno.make(address, error="q", micro=False, boost_error=False), BytesIO()
    if kind == "svg":
        code.save(written, kind="svg", border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None, light="#fff")
    else:
        code.save(written, kind="png", border=QUIET_ZONE, scale=PIXELS)
    return written.getvalue()
