"""The effect of a survey’s draft on past leads in words: which scores, criteria, signals and questions it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.actions.editing.survey_effects import RescoredLead
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.outline import outline, questions_in
from questionnaire.core.editing.paths import Document
from questionnaire.core.policy.names import criterion_title, level_title, signal_title
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.web.builder.options import Choosable

SCORES = (_("FIT"), _("INTENT"), _("TIMING"), _("Maturity"))


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A score or the points of an answer; `before` and `after` are "–" where there was nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SurveyEffectWords:
    """`labels`: what authors call the questions of the draft and of the version in force."""

    choosable: Choosable
    labels: Mapping[str, str]

    @classmethod
    def of(cls, old: Document, choosable: Choosable) -> SurveyEffectWords:
        """`old`: the document of the version in force. `choosable`: that of the draft, with its policy."""
        every = (*questions_in(outline(old, choosable.language)),
                 *questions_in(outline(choosable.document, choosable.language)))  # fmt: skip
        return cls(choosable, {one.name: one.label for one in every})

    def scores(self, lead: RescoredLead) -> list[ChangedFigure]:
        """The scores that would be others."""
        words = self.choosable.words
        named = zip(SCORES, lead.scores, strict=True)
        return [
            ChangedFigure(words(name), *(("–" if one is None else str(one)) for one in pair))
            for name, pair in named
            if pair[0] != pair[1]
        ]

    def shifts(self, lead: RescoredLead) -> list[ChangedFigure]:
        """The criteria and signals that would count otherwise, with level and points: “Basic · 2”."""
        return [
            ChangedFigure(self._name(name, levels), self._worth(name, levels[0], points[0], levels),
                          self._worth(name, levels[1], points[1], levels))
            for name, levels, points in lead.shifts
        ]  # fmt: skip

    def why(self, lead: RescoredLead) -> str:
        """Why the lead would get its stage under the draft."""
        return verdict_text(lead.why, self.choosable.words)

    def questions(self, counted: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
        """Each question once, with the most leads that any of its rows has."""
        found: dict[str, int] = {}
        for item, count in counted:
            label = self.labels.get(item.partition(".")[0], item)
            found[label] = max(count, found.get(label, 0))
        return list(found.items())

    def _name(self, name: str, levels: tuple[str, str]) -> str:
        policy, words = self.choosable.policy, self.choosable.words
        if policy is None:
            return name
        title = criterion_title(policy, name, words) if any(levels) else signal_title(policy, name, words)
        return title[:1].upper() + title[1:]

    def _worth(self, name: str, level: str, points: int, levels: tuple[str, str]) -> str:
        """Of a criterion the level and its points; of a signal its points."""
        policy = self.choosable.policy
        if not any(levels):
            return str(points) if points else "–"
        if not level:
            return "–"
        title = level_title(policy, name, level, self.choosable.words) if policy is not None else level
        return f"{title[:1].upper()}{title[1:]} · {points}"
