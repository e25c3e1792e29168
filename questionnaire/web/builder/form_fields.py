"""The fields of a form for one place of a draft, made from the documented keys of what stands there.

A field's name on the page says all that reading it needs: how it is read, and the path of its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.form_edits import FormValue, value_at
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.paths import Document, Path, part_at, read_path, write_path
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.core.survey.questions.picture import PICTURE_KEYS
from questionnaire.web.builder.condition_words import condition_text
from questionnaire.web.builder.options import Choosable, Options
from questionnaire.web.builder.place_words import key_name
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.builder.type_words import type_name

_NAME = re.compile(
    r"(text|word|switch|number|whole_number|words|picks|pairs)(!?)(\+?)(?:@([A-Za-z0-9-]{1,20}))? (.*)", re.S
)
INPUTS = {"date": "word", "option": "word"}
WORDS: Mapping[str, str] = {
    "one_per_screen": _("One question at a time"), "by_page": _("One page at a time"),
    "single_page": _("Everything on one page"), "bar": _("A bar"), "steps": _("Steps"), "none": _("None"),
    "before_start": _("Before the first question"), "before_result": _("Before the result"),
    "overall": _("The overall score"), "low": _("Low"), "medium": _("Medium"), "high": _("High"),
    "signed": _("Only by signed link"), "open": _("Always"), "request": _("Asked for by the person"),
    "legitimate_interest": _("Legitimate interest"), "consent": _("Consent"), "good": _("Good"),
    "warning": _("Warning"), "danger": _("Danger"), "info": _("Information"), "unanswered": _("Not answered"),
    "weakest_first": _("Weakest first"), "listed": _("As listed"), "bars": _("Bars"), "all": _("Everyone"),
    "radar": _("Radar"), "page": _("Result page"), "pdf": _("Report (PDF)"), "cover": _("Cover"),
    "summary": _("Summary"), "figures": _("Figures"), "comparison": _("How you compare"), "dimensions": _("Dimensions"),
    "auto": _("As the reader’s device"), "light": _("Always light"), "dark": _("Always dark"),
    "system": _("The reader’s own font"),
    "humanist": _("Humanist"), "geometric": _("Geometric"), "grotesque": _("Grotesque"), "rounded": _("Rounded"),
    "serif": _("Serif"), "old style": _("Old style"), "slab": _("Slab serif"),
    "plan": _("Plan"), "next_step": _("Next step"), "method": _("How scores are calculated"),
}  # fmt: skip
"""What authors read for the words of keys with a fixed list."""


@dataclass(frozen=True, slots=True)
class BuilderField:
    """`control` is how it is shown: text, word, switch, number, words, select or condition."""

    name: str
    id: str
    label: str
    control: str
    value: str
    options: Options = ()
    required: bool = False
    reference: str = ""
    problems: tuple[DraftProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMaker:
    """Makes the fields of one draft in the language that someone writes in."""

    choosable: Choosable
    problems: tuple[DraftProblem, ...] = ()
    by_path: Mapping[Path, tuple[DraftProblem, ...]] = field(default_factory=dict)

    @property
    def words(self) -> Translator:
        return self.choosable.words

    @property
    def document(self) -> Document:
        return self.choosable.document

    def field(self, key: EditorField, path: Path, criterion: str = "") -> BuilderField:
        """`path`: of the value of this key. `criterion`: the one whose levels can be chosen."""
        language = self.choosable.language
        value = value_at(self.document, path)
        is_formula = part_at(self.document, path) == "formula"
        if key.input == "condition" and not is_formula:
            text = condition_text(value, self.choosable) if value is not None else ""
            return BuilderField("", field_id("c", path), key_name(key.key, self.words), "condition", text,
                                problems=self.problems_at(path))  # fmt: skip
        given = INPUTS.get(key.input, key.input)
        options = self._options(key, path, criterion, value)
        reading = "word" if is_formula else "picks" if given == "words" and options is not None else given
        control = reading if options is None or reading == "picks" else "select"
        control = "picture" if key.key in PICTURE_KEYS else control
        initial = key.initial or (reading == "picks" and bool(key.options))
        tag = language if reading == "text" else ""
        return BuilderField(
            field_name(reading, path, tag, required=key.required, initial=initial),
            field_id(tag or "f", path),
            self._label(key.key, path),
            control,
            self._shown(value, reading, key),
            options or (),
            key.required,
            self._reference(value, reading),
            self.problems_at(path),
        )  # fmt: skip

    def _label(self, key: str, path: Path) -> str:
        is_link = key == "label" and path[:1] in (("report",), ("endings",))
        return self.words("Text of the link") if is_link else key_name(key, self.words)

    def problems_at(self, path: Path) -> tuple[DraftProblem, ...]:
        """Those of a value, and of what stands below it."""
        return tuple(one for one in self.problems if one.path[: len(path)] == path)

    def own_problems(self, path: Path, keys: Iterable[str]) -> tuple[DraftProblem, ...]:
        """Those at a place itself, or below it at none of these keys."""
        known = set(keys)
        return tuple(one for one in self.problems_at(path) if not known & set(map(str, one.path[len(path) :][:1])))

    def _options(self, key: EditorField, path: Path, criterion: str, value: Any) -> Options | None:
        words = self.words
        options = self.choosable.options(path, criterion)
        if key.input == "option":
            options = tuple((one, self._option(key.key, one)) for one in key.options)
        if key.input == "words":
            return self._ticked(key, value, options)
        if options is None or key.input not in ("word", "option"):
            return None
        current = text_in(value, "")
        known = {one for one, _label in options}
        strange = ((current, words("%(name)s (unknown)", name=current)),) if current and current not in known else ()
        return (("", words("None")), *strange, *options)

    def _ticked(self, key: EditorField, value: Any, options: Options | None) -> Options | None:
        """What a list of known words can hold, and whatever else is written in it; None for free words."""
        if options is None and not key.options:
            return None
        known = options or tuple((one, self._option(key.key, one)) for one in key.options)
        written = value if isinstance(value, list) else []
        return (*known, *((str(one), str(one)) for one in written if str(one) not in dict(known)))

    def _option(self, key: str, word: str) -> str:
        if key == "type":
            return type_name(word, self.words)
        return self.words(WORDS[word]) if word in WORDS else word

    def _shown(self, value: Any, reading: str, key: EditorField) -> str:
        if reading == "text":
            language, first = self.choosable.language, languages_of(self.document)[0]
            if isinstance(value, Mapping):
                return str(value.get(language, ""))
            return text_in(value, language) if language == first or value is not None else ""
        if reading == "switch":
            return "true" if (value if value is not None else key.initial) is True else ""
        if reading == "picks":
            picked = list(key.options) if value is None else value if isinstance(value, list) else [value]
            return "\n".join(map(str, picked))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)

    def _reference(self, value: Any, reading: str) -> str:
        """The text in the first language, for whoever writes another."""
        first = languages_of(self.document)[0]
        return text_in(value, first) if reading == "text" and self.choosable.language != first else ""


def field_name(
    reading: str, path: Path, language: str = "", *, required: bool = False, initial: bool = False
) -> str:  # fmt: skip
    at = f"@{language}" if language else ""
    return f"{reading}{'!' if required else ''}{'+' if initial else ''}{at} {write_path(path)}"


def field_id(prefix: str, path: Path) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", f"{prefix}-{write_path(path)}")


def read_field(name: str, typed: str) -> FormValue | None:
    """The value that a field of a form writes; None for a field that is no value of the draft."""
    found = _NAME.fullmatch(name)
    if found is None or not found[5]:
        return None
    return FormValue(read_path(found[5]), found[1], typed, found[4] or "", bool(found[2]), bool(found[3]))
