"""The page cache: full pages of surveys, the same bytes for every visitor, kept in the memory of this process."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from questionnaire.actions.respond.acceptance import Publication
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey import Survey
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import FullPage, render_full_page

MOST_PAGES = 64
NEWEST_FOR = timedelta(seconds=2)


class PageCache:
    """Full pages, least recently used first, and for NEWEST_FOR the newest version of each survey."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str, str, str, FrameContext], FullPage] = OrderedDict()
        self._newest: dict[str, tuple[Publication, datetime]] = {}
        self._lock = Lock()

    def newest(self, slug: str, now: datetime) -> Publication | None:
        """The newest publication, cached for 2 s. HTTP caches keep the page for 5 minutes anyway."""
        found, until = self._newest.get(slug, (None, now))
        return found if now < until else None

    def put(self, slug: str, publication: Publication, now: datetime) -> None:
        self._newest[slug] = (publication, now + NEWEST_FOR)

    def page(self, publication: str, survey: Survey, language: str, theme: Theme, frame: FrameContext) -> FullPage:
        key = (survey.id, publication, language, theme.name, frame)
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                return found
        rendered = render_full_page(publication, survey, language, theme, frame)
        with self._lock:
            self._pages[key] = rendered
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return rendered
