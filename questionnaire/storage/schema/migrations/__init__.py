"""Alembic migrations. Law: one file per step, expand before contract, a released step never changes.

`HEAD` is the schema version that this program needs. One process migrates at a time, and all steps run in one
transaction, so that a failed step leaves the schema as it was.
"""

from __future__ import annotations

HEAD = "0031"
