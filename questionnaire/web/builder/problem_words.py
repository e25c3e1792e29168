"""Problems of a draft in an author's words, beside the place they concern, with the repair where there is one.

A code without a sentence here is said in the check's own words, with the names that authors gave. A code with
“answer” behind it is that of one answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.outline import outline, questions_in
from questionnaire.core.editing.paths import Path, path_of
from questionnaire.core.editing.repairs import repair, suggestion_of
from questionnaire.templating import formats_for
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.place_words import place_name

SENTENCES: Mapping[str, str] = {
    "text_empty": _("Nothing is written here yet."),
    "text_long": _("This text is too long. Shorten it to 4,000 characters."),
    "text_missing": _("Nothing is written here in one of the languages."),
    "language_empty": _("No text is written in this language yet."),
    "unknown_level": _("The policy has no level “%(a)s” for %(b)s."),
    "unknown_signal": _("The policy has no signal “%(a)s”."),
    "unknown_criterion": _("The policy has no criterion “%(a)s”."),
    "unknown_dimension": _("There is no dimension “%(a)s”."),
    "unknown_policy": _("No policy “%(a)s” is published."),
    "unknown_flag": _("No rule of the policy uses the flag “%(a)s”."),
    "unknown_name": _("There is no question or field “%(a)s”."),
    "unknown_placeholder": _("There is no contact field or question “%(a)s” to insert here."),
    "optional_placeholder": _(
        "“%(a)s” is empty for people who aren’t asked or don’t answer. Add words to use instead: {{name|words}}."
    ),
    "early_placeholder": _(
        "“%(a)s” isn’t answered yet at this point. Add words to use instead: {{name|words}}."
    ),
    "later_question": _("“%(a)s” is asked later. Move it up, or change the condition."),
    "field_before_gate": _("“%(a)s” is asked at the contact step, after this question."),
    "fact_too_early": _("“%(a)s” isn’t known while someone answers. Use earlier questions."),
    "level_without_criterion": _("This level counts for nothing: the question has no criterion."),
    "level_missing": _("No answer has a level of %(a)s yet."),
    "level_missing answer": _("This answer has no level, so it tells us nothing."),
    "no_maturity": _("Answers to this question have no maturity, so it can’t count for a dimension."),
    "no_maturity answer": _("This answer has no maturity, and the question counts for a dimension."),
    "idle_maturity": _("This maturity counts for nothing: the question has no dimension."),
    "idle_dimension": _("No answer is worth anything. Give the best one a maturity above 0."),
    "idle_weight": _("This weight counts for nothing: the question has no dimension."),
    "idle_level": _("“I don’t know” proves nothing, so this level counts for nothing."),
    "idle_number": _("No calculated value uses this number."),
    "duplicate_choice": _("Two answers have the value “%(a)s”. Give each its own."),
    "duplicate_name": _("The name “%(a)s” is used twice. Give each its own."),
    "duplicate_row": _("Two rows have the same name. Give each its own."),
    "choices_too_few": _("More answers are required than always show."),
    "image_alt": _("The picture has no text alternative, and some readers can’t see it."),
    "picture_missing": _("The picture “%(a)s” isn’t stored here."),
    "advice_on_best": _("No one reads this advice: no answer is better."),
    "advice_unseen": _("No one reads this advice: the question counts for no dimension."),
    "gate_without_contact": _("The contact step has no fields."),
    "band_missing": _("The report has no texts for the dimension “%(a)s”."),
    "next_step_gap": _("People whom no condition fits get no next step. Add a last one for everyone else."),
    "criterion_twice": _("Some people answer two questions for the same criterion. Only the later answer counts."),
    "uneven_questions": _("“%(a)s” counts much more than “%(b)s” in this dimension. Set weights if that isn’t meant."),
    "never_shown": _("No one can see this: its condition is never true."),
    "always_shown": _("This condition is always true."),
    "choice_unreachable": _("No one can choose this answer."),
    "unused_choice_set": _("No question uses the shared answers “%(a)s”."),
    "unused_block": _("No next step uses the block “%(a)s”."),
    "open_field": _("Anyone can set “%(a)s” in the link, and it scores. Trust it only when signed."),
    "number_missing": _("This answer has no number, and a formula uses the question."),
    "reserved_name": _("“%(a)s” has a meaning of its own. Choose another name."),
    "name_taken": _("This name is used already. Choose another one."),
    "still_used": _("This is still used elsewhere. Change those places first."),
    "no_such_place": _("This place no longer exists. Someone may have removed it."),
    "missing_key": _("“%(a)s” is missing."),
    "kept_in_folder": _("The survey is kept in a file now. Move it to the builder to publish it here."),
    "case_failed": _("The case “%(a)s” fails. Mend or drop it, then publish the draft."),
    "version_meanwhile": _("Version %(a)s was published meanwhile. Look at the changes again, then publish."),
    "theme_contrast": _("%(a)s is too faint on its background: the contrast is %(b)s : 1, and text needs 4.5 : 1."),
    "theme_paper": _("On %(a)s neither dark nor light warnings can be read. Take a colour nearer to white or black."),
    "unknown_comparison": _("“%(a)s” is no answer to “%(b)s”."),
}  # fmt: skip
_QUOTED = re.compile(r"`([^`]*)`")
_NOTATION = re.compile(r"`[^`]*[:{\[][^`]*`")


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """`repair` is what its button says, "" without one. `number` names it on the page."""

    number: int
    code: str
    is_error: bool
    text: str
    place: str
    path: Path
    repair: str
    change: Change

    @property
    def way(self) -> str:
        """The way to answers with which the problem shows, as a button of the preview names it; "" without one."""
        if self.code == "next_step_gap":
            return "gap"
        return f"twice {self.path[-2]}" if self.code == "criterion_twice" else ""


@dataclass(frozen=True, slots=True)
class ProblemWords:
    choosable: Choosable

    def problems(self, found: tuple[Problem, ...]) -> tuple[DraftProblem, ...]:
        """Errors first, in the order of the survey otherwise."""
        ordered = sorted(found, key=lambda problem: not problem.is_error)
        return tuple(self._problem(number, problem) for number, problem in enumerate(ordered, 1))

    def _problem(self, number: int, problem: Problem) -> DraftProblem:
        document, words = self.choosable.document, self.choosable.words
        path = path_of(document, problem.where)
        change = repair(document, problem)
        return DraftProblem(
            number, problem.code, problem.is_error, self.text(problem),
            place_name(document, path, words, self.choosable.language) or words("Survey"),
            path, self._repair(problem, change), change,
        )  # fmt: skip

    def text(self, problem: Problem) -> str:
        quoted = [name.strip("{} ") for name in _QUOTED.findall(problem.message)]
        names = [*(self._named(name) for name in quoted), "", ""]
        if problem.code == "unknown_comparison" and quoted[:1] == [""]:
            words = self.choosable.words
            return words("Choose what “%(name)s” is compared with.", name=names[1]) if names[1] else words(
                "Choose a value to compare with.")  # fmt: skip
        if problem.code == "theme_contrast":
            names[1] = formats_for(self.choosable.words.language).number(float(quoted[1]), 2)
        is_answer = "choices" in problem.where and f"{problem.code} answer" in SENTENCES
        sentence = SENTENCES.get(f"{problem.code} answer" if is_answer else problem.code)
        if sentence is not None and sentence.count("%(") <= len(quoted):
            return self.choosable.words(sentence, a=names[0], b=names[1])
        message = _QUOTED.sub(lambda match: f"“{self._named(match[1])}”", problem.message)
        text = f"{message[:1].upper()}{message[1:]}."
        if not problem.hint or _NOTATION.search(problem.hint):
            return text
        hint = _QUOTED.sub(lambda match: f"“{self._named(match[1])}”", problem.hint)
        return f"{text} {hint[:1].upper()}{hint[1:].rstrip('.')}{'' if hint.endswith('?') else '.'}"

    def _named(self, name: str) -> str:
        choosable = self.choosable
        for question in questions_in(outline(choosable.document, choosable.language)):
            if question.name == name:
                return question.label
        titles = dict(choosable.dimensions())
        if name in titles:
            return titles[name]
        is_criterion = choosable.policy is not None and name in choosable.policy.criteria
        return choosable.criterion(name) if is_criterion else humanize(name) if name.islower() else name

    def _repair(self, problem: Problem, change: Change) -> str:
        words = self.choosable.words
        if not change:
            return ""
        new = suggestion_of(problem)
        if problem.code == "unknown_level":
            criterion = [*_QUOTED.findall(problem.message), "", ""][1]
            return words("Use %(name)s", name=self.choosable.level(criterion, new))
        if new:
            return words("Use %(name)s", name=self._named(new))
        if problem.code == "no_maturity":
            return words("Leave out of the score")
        return words("Remove")
