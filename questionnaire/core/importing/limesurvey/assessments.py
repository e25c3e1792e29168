"""Assessments of LimeSurvey: values of answers as maturity, ranges of points as bands of the report."""

from __future__ import annotations

from math import ceil
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.limesurvey.tables import Tables
from questionnaire.core.importing.names import language_tag, plain_name
from questionnaire.core.importing.question_forms import dimension
from questionnaire.core.importing.source import SourceItem

TOTAL = ""
MOST_WEIGHT = 100


class AssessmentScores:
    """Which dimension the values of a group's answers count for, and the best sum of each."""

    def __init__(self, draft: SurveyDraft, tables: Tables, settings: SourceItem) -> None:
        self.draft, self.tables = draft, tables
        self.on = settings.text("assessments") != "N" and bool(
            tables.of("assessments") or settings.text("assessments") == "Y"
        )
        self.scopes = {row.text("gid") for row in tables.of("assessments") if row.text("scope") == "G"}
        self.best: dict[str, float] = {}
        self.names: dict[str, str] = {}

    def dimension(self, gid: str, best: float, place: str) -> str:
        """The dimension of a group; one for all groups where no range is for a group alone."""
        scope = gid if self.scopes else TOTAL
        if scope not in self.names:
            group = next((one for one in self.tables.groups if one.row.text("gid") == scope), None)
            words = group.texts_of("group_name", self.draft.texts.languages[0]) if group is not None else {}
            title = self.draft.text(words, place) or "Score"
            first = title if isinstance(title, str) else next(iter(title.values()))
            self.names[scope] = dimension(self.draft, plain_name(first, "group"), title, place)
        self.best[scope] = self.best.get(scope, 0) + best
        return self.names[scope]

    def add_bands(self) -> None:
        """Ranges of points become bands of a percentage of the best sum."""
        report: dict[str, Any] = {}
        merged: dict[tuple[str, str, str], list[SourceItem]] = {}
        for row in self.tables.of("assessments"):
            row.skip("id", "sid")
            key = (row.text("scope"), row.text("gid"), row.text("minimum"))
            merged.setdefault(key, []).append(row)
        for (scope, gid, _), members in merged.items():
            best = sum(self.best.values()) if scope == "T" else self.best.get(gid, 0)
            band = self._band(members, best)
            if band is None or (scope == "G" and gid not in self.names):
                self.draft.notes.add("band_left_out", members[0].place, text="; ".join(one.leave() for one in members))
            elif scope == "T":
                report.setdefault("overall", []).append(band)
            else:
                report.setdefault("dimensions", {}).setdefault(self.names[gid], []).append(band)
        for bands in (report.get("overall", []), *report.get("dimensions", {}).values()):
            bands.sort(key=lambda band: band["from"])
        self.draft.document.setdefault("report", {}).update(report)
        self._weigh()

    def _band(self, members: list[SourceItem], best: float) -> dict[str, Any] | None:
        low = members[0].number("minimum")
        members[0].number("maximum")
        languages = self.draft.texts.languages
        tags = {id(row): language_tag(row.text("language")) or languages[0] for row in members}
        names = {tags[id(row)]: row.text("name") for row in members}
        texts = {tags[id(row)]: row.text("message") for row in members}
        for row in members:
            row.skip("maximum")
        place = members[0].place
        name, text = self.draft.text(names, place), self.draft.text(texts, place, lines=True)
        if low is None or best <= 0 or (text is None and name is None):
            return None
        self.draft.notes.add("bands_changed", "assessments", most=f"{best:g}")
        start = min(max(ceil(low * 100 / best), 0), 100)
        return {"from": start, **({"name": name} if name else {}), "text": text or name}

    def _weigh(self) -> None:
        """Groups count for the whole by their points, as they do in a sum."""
        if len(self.names) < 2:
            return
        most = max(self.best.values()) or 1
        for scope, name in self.names.items():
            share = self.best[scope] if most <= MOST_WEIGHT else self.best[scope] * MOST_WEIGHT / most
            for one in self.draft.document["dimensions"]:
                if one["name"] == name:
                    one["weight"] = max(1, round(share))
