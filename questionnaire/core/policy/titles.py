"""Job titles that a policy adds to the default table of seniority."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Literal

from pydantic import model_validator

from questionnaire.core.base.authored import Authored
from questionnaire.core.identity.job_titles import DEFAULT_TITLES, TitleTable, classify, extend


class Titles(Authored):
    """Job titles that the policy adds to the default table: seniority level -> titles."""

    extends: Literal["default"] = "default"
    vp: tuple[str, ...] = ()
    c_level: tuple[str, ...] = ()
    director: tuple[str, ...] = ()
    manager: tuple[str, ...] = ()
    contributor: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _default(cls, raw: Any) -> Any:
        return {"extends": "default"} if raw == "default" else raw

    @functools.cached_property
    def table(self) -> TitleTable:
        extra = {name: getattr(self, name) for name in ("c_level", "vp", "director", "manager", "contributor")}
        return extend(DEFAULT_TITLES, {name: titles for name, titles in extra.items() if titles})

    @functools.cached_property
    def level_of(self) -> Callable[[str], str | None]:
        """Job title -> seniority level. Cached, because the same titles repeat."""
        return functools.lru_cache(maxsize=1024)(lambda title: classify(title, self.table).level)
