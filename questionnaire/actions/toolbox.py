"""What every verb may use, put together once by bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from questionnaire.core.brand.theme import Theme
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import Settings
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_queue import JobQueue


class RenderedDocument(Protocol):
    """A document; `plain` says that the designed page did not come out."""

    @property
    def pdf(self) -> bytes: ...

    @property
    def plain(self) -> bool: ...


class DocumentRenderer(Protocol):
    """What turns a view value into a PDF: the warm render process of the worker."""

    def print(self, kind: Literal["report", "dossier"], view: Any, language: str, theme: Theme) -> RenderedDocument: ...


@dataclass(slots=True)
class VersionCache:
    """Versions already read, by (id, version). They never change once published, so they are kept for good."""

    surveys: dict[tuple[str, int], Survey] = field(default_factory=dict)
    policies: dict[tuple[str, int], Policy] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Toolbox:
    """`now`, `new_id` and `new_token` are where time and chance come in. `press` is there in the worker only."""

    settings: Settings
    database: Database
    queue: JobQueue
    domains: Domains
    theme: Theme
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    new_token: Callable[[], str]
    press: DocumentRenderer | None = None
    printed: VersionCache = field(default_factory=VersionCache)
