"""How large a proof is: small with every run of the tests, full by `make proof`."""

from __future__ import annotations

import os

FULL = os.environ.get("PROOF_SIZE") == "full"


def sized(small: int, full: int) -> int:
    return full if FULL else small
