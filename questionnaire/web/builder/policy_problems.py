"""Problems in the draft of a policy, in words, beside the place they concern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.paths import path_of
from questionnaire.core.editing.policy_places import policy_place
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import DraftProblem

SENTENCES: Mapping[str, str] = {
    "missing_key": _("“%(a)s” is missing."),
    "wrong_type": _("This isn’t what is expected here."),
    "points": _("Enter a whole number of points, from −100 to 1000."),
    "grades": _("Grade A must begin above B, and B above 0."),
    "heat": _("Hot must begin above warm, and warm above 0."),
    "ranks": _("Rank 1 must begin above rank 2, and rank 2 above 0."),
    "share": _("Enter a share like 60%%."),
    "period": _("“%(a)s” is no period."),
    "number_expected": _("Enter a whole number, like 15."),
    "still_used": _("This is still used elsewhere. Change those places first."),
    "name_taken": _("This name is used already. Choose another one."),
    "name_missing": _("Enter a name first."),
    "no_such_place": _("This place no longer exists. Someone may have removed it."),
}  # fmt: skip
_QUOTED = re.compile(r"`([^`]*)`")
_NOTATION = re.compile(r"`[^`]*[:{\[][^`]*`")


@dataclass(frozen=True, slots=True)
class PolicyProblemWords:
    choosable: Choosable

    def problems(self, found: tuple[Problem, ...]) -> tuple[DraftProblem, ...]:
        """Errors first, in the order of the policy otherwise."""
        ordered = sorted(found, key=lambda problem: not problem.is_error)
        return tuple(self._problem(number, problem) for number, problem in enumerate(ordered, 1))

    def _problem(self, number: int, problem: Problem) -> DraftProblem:
        choosable = self.choosable
        path = path_of(choosable.document, problem.where)
        place = policy_place(choosable.document, choosable.policy, path, choosable.words)
        nothing: Change = ()
        return DraftProblem(number, problem.code, problem.is_error, self.text(problem), place, path, "", nothing)

    def text(self, problem: Problem) -> str:
        quoted = _QUOTED.findall(problem.message)
        sentence = SENTENCES.get(problem.code)
        if sentence is not None and sentence.count("%(") <= len(quoted):
            return self.choosable.words(sentence, a=self._named(quoted[0]) if quoted else "")
        message = _QUOTED.sub(lambda match: f"“{self._named(match[1])}”", problem.message)
        text = f"{message[:1].upper()}{message[1:]}."
        if not problem.hint or _NOTATION.search(problem.hint):
            return text
        hint = _QUOTED.sub(lambda match: f"“{self._named(match[1])}”", problem.hint)
        return f"{text} {hint[:1].upper()}{hint[1:].rstrip('.')}{'' if hint.endswith('?') else '.'}"

    def _named(self, name: str) -> str:
        policy, words = self.choosable.policy, self.choosable.words
        if policy is not None and name in policy.criteria:
            return criterion_title(policy, name, words)
        if policy is not None and name in policy.intent.signals:
            return signal_title(policy, name, words)
        return humanize(name) if name.islower() else name
