"""What the conditions of a report can name besides answers: contact and hidden fields, facts, scores of dimensions."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.formats import language_name, locale_of
from questionnaire.core.base.labels import FACT_VALUES, humanize, stage_name
from questionnaire.core.base.stage import VERDICTS
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.outline import entries, languages_of, text_in
from questionnaire.core.editing.paths import Path
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.core.scoring.fact_names import fact_in_words
from questionnaire.core.survey.contact import FIELD_LABELS
from questionnaire.core.survey.report_blocks import HIDDEN_FROM_BLOCKS
from questionnaire.web.builder.options import Choosable, Options

OFFERED = ("stage", "fit_grade", "signal", "icp", "hand_raise", "not_now", "email_kind", "customer", "flag")
TRUE_OR_FALSE = frozenset({"hand_raise", "disengaged", "duplicate", "customer", "negative_signal"})
"""Facts that are true or false. No question has such a name."""
FIGURES = frozenset({"fit", "intent", "timing", "total", "strong_signals"})
NUMBERS = ("score.", "calculated.")
FLAGS = ("competitor", "partner", "not_now")


class ConditionNames:
    """The names of one draft, in an author's words."""

    def __init__(self, choosable: Choosable) -> None:
        self.choosable = choosable
        self.words: Translator = choosable.words
        document, language = choosable.document, choosable.language
        self.fields = {str(one.get("name")): one for _path, one in entries(document, ("contact", "fields"))}
        self.labels = {
            name: text_in(one.get("title"), language) or self._field_label(name) for name, one in self.fields.items()
        }

    def _field_label(self, name: str) -> str:
        return self.words(FIELD_LABELS[name]) if name in FIELD_LABELS else humanize(name)

    def label(self, name: str) -> str:
        """Begins with a small letter where it is no name of the author's."""
        if name in self.labels:
            return self.labels[name]
        prefix, point, part = name.partition(".")
        titles = dict(self.choosable.dimensions() if prefix == "score" else self.choosable.calculated())
        if point and prefix in ("score", "calculated") and part in titles:
            sentence = "score for “%(part)s”" if prefix == "score" else "calculated value “%(part)s”"
            return self.words(sentence, part=titles[part])
        return fact_in_words(name, self.words)

    def is_number(self, name: str) -> bool:
        return name in FIGURES or name.startswith(NUMBERS)

    def choices(self, name: str) -> Options:
        """The values of a name that has a list of them; none for what is typed."""
        words, policy = self.words, self.choosable.policy
        if name in self.fields:
            return self._choices_of_field(self.fields[name])
        if name in TRUE_OR_FALSE:
            return (("true", words("yes")), ("false", words("no")))
        if name == "stage":
            return tuple((str(stage), stage_name(str(stage), words)) for stage in VERDICTS)
        if name == "fit_grade":
            return tuple((grade, grade) for grade in "ABC")
        if name == "language":
            locale = locale_of(words.language)
            return tuple((tag, language_name(tag, locale)) for tag in languages_of(self.choosable.document))
        if name == "flag":
            return tuple((flag, humanize(flag)) for flag in FLAGS)
        if name == "signal" and policy is not None:
            return tuple((signal, signal_title(policy, signal, words)) for signal in policy.intent.signals)
        if name == "icp" and policy is not None:
            return tuple((criterion, criterion_title(policy, criterion, words)) for criterion in policy.icp)
        return tuple((value, words(text)) for value, text in FACT_VALUES.get(name, {}).items())

    def _choices_of_field(self, field: Mapping[str, object]) -> Options:
        choices = field.get("choices")
        return tuple(
            (str(one.get("value")), text_in(one.get("text"), self.choosable.language) or str(one.get("value")))
            for one in (choices if isinstance(choices, list) else ())
            if isinstance(one, Mapping)
        )

    def offered(self, path: Path) -> Options:
        """What a condition at a path of the report may name besides answers."""
        document = self.choosable.document
        names = [*self.labels, *(f"hidden.{one.get('name')}" for _path, one in entries(document, ("hidden_fields",)))]
        if len(languages_of(document)) > 1:
            names.append("language")
        names += [f"score.{name}" for name, _title in self.choosable.dimensions()]
        names += [f"calculated.{name}" for name, _title in self.choosable.calculated()]
        hidden = HIDDEN_FROM_BLOCKS if path[:2] == ("report", "content_blocks") else frozenset()
        names += [name for name in OFFERED if name not in hidden]
        return tuple((name, _capital(self.label(name))) for name in names)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
