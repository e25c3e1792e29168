from __future__ import annotations

from tests.databases import database, databases

__all__ = ["database", "databases"]
