"""Dependencies of the actions, assembled once by bootstrap: settings, database, job queue, clock, id source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from questionnaire.core.base.translation import Phrases
from questionnaire.core.brand.theme import Theme
from questionnaire.core.delivery.channel_settings import ChannelSettings
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import Settings
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_queue import JobQueue


class RenderedDocument(Protocol):
    """A rendered PDF. `plain`: the designed layout failed, and this is the fallback without a layout."""

    @property
    def pdf(self) -> bytes: ...

    @property
    def plain(self) -> bool: ...


class DocumentRenderer(Protocol):
    """Turns a view value into a PDF: the client of the worker's running render process.

    `fonts` are the files of the installed system fonts, by writing system.
    """

    @property
    def fonts(self) -> Mapping[str, tuple[Path, ...]]: ...

    def print(
        self,
        kind: Literal["report", "dossier", "agreement"],
        view: Any,
        language: str,
        theme: Theme,
        images: Mapping[str, bytes],
        *,
        phrases: Phrases,
    ) -> RenderedDocument: ...


@dataclass(slots=True)
class VersionCache:
    """Published versions by (id, version). They never change, so an entry never expires.

    `checks`: what was found in drafts, by their content; few are kept. `company`: what administrators set in the
    browser, and until when this process goes by it (actions/company_settings.py); `channels`: the same of Slack and
    webhooks.
    """

    surveys: dict[tuple[str, int], Survey] = field(default_factory=dict)
    policies: dict[tuple[str, int], Policy] = field(default_factory=dict)
    checks: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    company: tuple[Mapping[str, Any], datetime] | None = None
    channels: tuple[ChannelSettings, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Toolbox:
    """`now`, `new_id` and `new_token` are the only sources of time and randomness. `renderer` renders documents as PDF;
    it is None outside a worker.
    """

    settings: Settings
    database: Database
    queue: JobQueue
    domains: Domains
    theme: Theme
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    new_token: Callable[[], str]
    renderer: DocumentRenderer | None = None
    versions: VersionCache = field(default_factory=VersionCache)
