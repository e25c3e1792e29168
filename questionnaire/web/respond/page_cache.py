"""The whole pages of surveys that were written already: the same bytes for everybody, so they are kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from questionnaire.actions.respond.acceptance import Publication
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey import Survey
from questionnaire.web.embed.routes import Around
from questionnaire.web.survey_page.full_page import FullPage, full_page

MOST_KEPT = 64
A_MOMENT = timedelta(seconds=2)


class PageCache:
    """The whole pages written so far, newest use last, and which version of a survey was newest a moment ago."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str, str, Around], FullPage] = OrderedDict()
        self._newest: dict[str, tuple[Publication, datetime]] = {}
        self._lock = Lock()

    def newest(self, slug: str, now: datetime) -> Publication | None:
        """The open publication that was the newest a moment ago: caches outside may keep the page far longer."""
        found, until = self._newest.get(slug, (None, now))
        return found if now < until else None

    def put(self, slug: str, publication: Publication, now: datetime) -> None:
        self._newest[slug] = (publication, now + A_MOMENT)

    def page(self, publication: str, survey: Survey, language: str, theme: Theme, around: Around) -> FullPage:
        key = (survey.id, publication, language, around)
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                return found
        made = full_page(publication, survey, language, theme, around)
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > MOST_KEPT:
                self._pages.popitem(last=False)
        return made
