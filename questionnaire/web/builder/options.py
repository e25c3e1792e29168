"""What can be chosen for a place that mentions something: criteria, levels with their points, signals, dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.outline import entries, outline, questions_in, text_in
from questionnaire.core.editing.paths import Document, Path, part_at
from questionnaire.core.editing.structure import Mention
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, level_title, signal_title

COMPLETED = "survey_completed"
LONGEST_LABEL = 48

Options = tuple[tuple[str, str], ...]
"""(value, label), in the order to choose from."""


@dataclass(frozen=True, slots=True)
class Choosable:
    """The options of one draft under its policy."""

    document: Document
    policy: Policy | None
    words: Translator
    language: str
    policies: tuple[str, ...] = ()

    def options(self, path: Path, criterion: str = "") -> Options | None:
        """None for a place that takes free words. `criterion`: the one whose levels are meant."""
        part = part_at(self.document, path)
        if path == ("policy",):
            return tuple((name, humanize(name.replace("-", "_")).capitalize()) for name in self.policies) or None
        if not isinstance(part, Mention):
            return None
        if part.kind == "criterion":
            return self.criteria()
        if part.kind == "level":
            return self.levels(criterion)
        if part.kind == "signal":
            return self.signals()
        if part.kind == "dimension":
            return self.dimensions()
        if part.kind == "choice_set":
            sets = self.document.get("choice_sets")
            return tuple((str(name), humanize(str(name))) for name in sets) if isinstance(sets, Mapping) else ()
        if part.kind == "block":
            return self.blocks()
        if path == ("report", "figures"):
            return self.calculated()
        if part.kind == "answer":
            return tuple((one.name, one.label) for one in questions_in(outline(self.document, self.language)))
        return None

    def criteria(self) -> Options:
        if self.policy is None:
            return ()
        fit = self.policy.fit.criteria
        return tuple(
            (name, self.words("%(criterion)s (%(axis)s, up to %(points)s)", criterion=self.criterion(name),
                              axis="FIT" if name in fit else "TIMING", points=rule.best))
            for name, rule in self.policy.criteria.items()
        )  # fmt: skip

    def criterion(self, name: str) -> str:
        known = self.policy is not None and name in self.policy.criteria
        return criterion_title(self.policy, name, self.words) if self.policy is not None and known else humanize(name)

    def levels(self, criterion: str) -> Options | None:
        """None without a criterion to take levels from."""
        if self.policy is None or criterion not in self.policy.criteria:
            return None
        rule = self.policy.criteria[criterion]
        return tuple((name, self.level(criterion, name)) for name in rule.levels)

    def level(self, criterion: str, name: str) -> str:
        """The level with its points: what an answer is worth is never guessed."""
        if self.policy is None or name not in getattr(self.policy.criteria.get(criterion), "levels", {}):
            return humanize(name)
        points = self.policy.criteria[criterion].points(name)
        title = level_title(self.policy, criterion, name, self.words)
        title = title[:1].upper() + title[1:]
        return f"{title} · {points}"

    def signals(self) -> Options:
        if self.policy is None:
            return ()
        rules = self.policy.intent.signals
        return tuple(
            (name, f"{signal_title(self.policy, name, self.words)} · {rule.points}")
            for name, rule in rules.items()
            if name != COMPLETED
        )

    def blocks(self) -> Options:
        """The blocks of next steps, each by the words of its button or the beginning of its text."""
        report = self.document.get("report")
        blocks = report.get("blocks") if isinstance(report, Mapping) else None
        known = blocks.items() if isinstance(blocks, Mapping) else ()
        return tuple((str(name), self.block(str(name), one)) for name, one in known)

    def block(self, name: str, block: Any) -> str:
        content = block if isinstance(block, Mapping) else {}
        label = text_in(content.get("label") or content.get("text"), self.language)
        return (f"{label[:LONGEST_LABEL].rstrip()}…" if len(label) > LONGEST_LABEL else label) or humanize(name)

    def calculated(self) -> Options:
        return tuple(
            (str(one.get("name", "")), self.title_of(one)) for _path, one in entries(self.document, ("calculated",))
        )

    def dimensions(self) -> Options:
        """The dimensions that questions count for: those without parts."""
        found: list[tuple[str, str]] = []
        for _path, upper in entries(self.document, ("dimensions",)):
            parts = upper.get("dimensions")
            for one in parts if isinstance(parts, list) and parts else (upper,):
                if isinstance(one, Mapping):
                    found.append((str(one.get("name", "")), self.title_of(one)))
        return tuple(found)

    def title_of(self, item: Mapping[str, Any]) -> str:
        return text_in(item.get("title"), self.language) or humanize(str(item.get("name", "")))


def most_points(question: Mapping[str, Any], choices: list[Mapping[str, Any]], policy: Policy | None) -> str:
    """What the policy gives for the best answer to a question, such as “FIT 15”; "" for nothing."""
    if policy is None:
        return ""
    found: list[str] = []
    criterion = policy.criteria.get(str(question.get("criterion") or ""))
    if criterion is not None:
        levels = [str(choice.get("level")) for choice in choices if choice.get("level") in criterion.levels]
        best = max((criterion.points(level) for level in levels), default=criterion.best if not choices else 0)
        if best > 0:
            found.append(f"{'FIT' if question['criterion'] in policy.fit.criteria else 'TIMING'} {best}")
    signals = [policy.intent.signals.get(str(choice.get("emits"))) for choice in choices]
    intent = max((rule.points for rule in signals if rule is not None), default=0)
    return " · ".join([*found, *([f"INTENT {intent}"] if intent > 0 else [])])
