"""The roles of people who sign in."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    MARKETING = "marketing"
    OPS = "ops"
    REP = "rep"
    MANAGER = "manager"
