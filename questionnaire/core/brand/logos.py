"""Logos: those of a theme file as bytes, those of a survey as names of stored pictures."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict

LARGEST_LOGO = 300_000
"""In bytes."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class LogoPictures(BaseModel):
    """The logo of one survey: names of stored pictures, "" for none. `dark` takes the place of `light` in dark mode."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    light: str = ""
    dark: str = ""


def is_logo(content: bytes) -> bool:
    """Whether it is a PNG or JPEG that is small enough."""
    return len(content) <= LARGEST_LOGO and content.startswith((_PNG, _JPEG))


def logo_name(content: bytes) -> str:
    """A name that changes with the content; "" without any."""
    return f"logo-{hashlib.sha256(content).hexdigest()[:20]}" if content else ""


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, from its header; None of anything else."""
    if not content.startswith(_PNG) or len(content) < 24:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
