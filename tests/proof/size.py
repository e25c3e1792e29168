"""How large a proof is: small with every run of the tests, full by `make proof`."""

from __future__ import annotations

import os
from typing import TypeVar

Size = TypeVar("Size")

FULL = os.environ.get("PROOF_SIZE") == "full"


def sized(small: Size, full: Size) -> Size:
    return full if FULL else small
