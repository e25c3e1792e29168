"""The law of this folder: one file per step, expand before contract, and a step that was released never changes.

`HEAD` is the level this program needs. Steps run one process at a time and each database is brought up in one
transaction, so a step that fails leaves the level as it was.
"""

from __future__ import annotations

HEAD = "0012"
