"""The notes of an import in words. A note's code decides its kind: left out, changed, or taken as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.importing.note import ImportNote, NoteKind

LEFT_OUT: Mapping[str, str] = {
    "key_left_out": gettext_noop("“%(key)s” has no counterpart here and was left out: %(value)s"),
    "technical": gettext_noop("Settings without a counterpart here were left out: %(keys)s."),
    "type_left_out": gettext_noop("Questions of the type “%(type)s” can’t be asked here; “%(title)s” was left out."),
    "condition_left_out": gettext_noop(
        "This condition was left out, because “%(part)s” can’t be written here. What it hides always shows: %(text)s"
    ),
    "condition_weaker": gettext_noop(
        "“%(part)s” was left out of this condition. More people see what depends on it: %(text)s"
    ),
    "formula_left_out": gettext_noop(
        "This calculation was left out, because “%(part)s” can’t be written here: %(text)s"
    ),
    "rule_left_out": gettext_noop("This rule for answers has no counterpart here and was left out: %(text)s"),
    "action_left_out": gettext_noop("This action has no counterpart here and was left out: %(text)s"),
    "jump_left_out": gettext_noop("This jump was left out, because “%(part)s” can’t be written here: %(text)s"),
    "ending_left_out": gettext_noop("No answer leads to the last page “%(title)s”. It was left out."),
    "markup_left_out": gettext_noop("Parts of a text that can’t be shown here were left out: %(tags)s."),
    "picture_left_out": gettext_noop(
        "A picture was left out. Add the file to the survey’s folder and name it there: %(file)s"
    ),
    "text_cut": gettext_noop("A text is longer than %(most)s characters and was cut. The rest was: %(rest)s"),
    "name_in_text_left_out": gettext_noop("A text mentions “%(name)s”, which has no value there. It became “…”."),
    "list_cut": gettext_noop("Only the first %(most)s of these can stand here. Left out: %(rest)s"),
    "part_left_out": gettext_noop("This part was left out, because it can’t be read here (%(problem)s): %(value)s"),
    "score_left_out": gettext_noop("This change of a score has no counterpart here and was left out: %(text)s"),
    "band_left_out": gettext_noop("This range of a score has no counterpart here and was left out: %(text)s"),
    "notice_left_out": gettext_noop(
        "A privacy notice was left out. Add it to the consents of the contact step: %(text)s"
    ),
    "quota_left_out": gettext_noop("Quotas don’t exist here. “%(name)s” was left out."),
    "default_left_out": gettext_noop("Answers can’t be filled in beforehand. This default was left out: %(value)s"),
    "page_empty": gettext_noop("The page “%(title)s” has no question and was left out."),
    "choice_missing": gettext_noop("“%(name)s” has no choices of its own and was left out."),
    "sheet_left_out": gettext_noop("The sheet “%(sheet)s” isn’t read. Its %(rows)s rows were left out: %(cells)s"),
}
CHANGED: Mapping[str, str] = {
    "type_changed": gettext_noop("A question of the type “%(type)s” became `%(ours)s`."),
    "name_changed": gettext_noop("“%(old)s” is called `%(new)s` here."),
    "values_changed": gettext_noop("Values of choices have other names here: %(pairs)s."),
    "repeat_once": gettext_noop("The questions of “%(name)s” repeat in the original. Here they are asked once."),
    "columns_split": gettext_noop("A table with several columns became one question per column: %(columns)s."),
    "moved_to_contact": gettext_noop("This question moved to the contact step, as the field `%(name)s`."),
    "no_email": gettext_noop(
        "No question asks for an email address, so there is no contact step. Add one to get leads."
    ),
    "text_missing": gettext_noop("There is no text here. It reads “%(text)s” until you write one."),
    "language_missing": gettext_noop("There is no text in the language `%(language)s`. It reads “%(text)s” for now."),
    "bands_changed": gettext_noop("Ranges of points became ranges of a percentage: %(most)s points are 100%%."),
    "condition_calculated": gettext_noop("A condition compares a calculation, which became the value `%(name)s`."),
    "later_question": gettext_noop(
        "This condition depends on “%(part)s”, which is asked later. What it hides always shows: %(text)s"
    ),
    "scale_changed": gettext_noop("A scale of more than 21 points became a slider."),
    "limit_changed": gettext_noop("A limit was adjusted to what is possible here: %(text)s"),
    "score_dimension": gettext_noop("The points of “%(name)s” became maturity in the dimension `%(dimension)s`."),
    "ending_changed": gettext_noop("The last page “%(title)s” became the ending `%(name)s`."),
    "result_changed": gettext_noop("The last page “%(title)s” became a section of the result page."),
    "always_true": gettext_noop("This condition is always true and was left out: %(text)s"),
    "never_true": gettext_noop("This condition is never true, so “%(title)s” was left out: %(text)s"),
}
SENTENCES: Mapping[str, str] = {**LEFT_OUT, **CHANGED}


def note_kind(note: ImportNote) -> NoteKind:
    return "left_out" if note.code in LEFT_OUT else "changed"


def note_text(note: ImportNote, words: Translator) -> str:
    """The note in one person's language. `always_true` and the like quote the source as it is."""
    return words(SENTENCES[note.code], **note.params)


def note_lines(notes: Iterable[ImportNote], words: Translator) -> list[str]:
    """The notes as a list to read: what was left out first, then what was changed, each with its place."""
    listed = list(notes)
    headings = (("left_out", words("Left out")), ("changed", words("Changed")))
    lines: list[str] = []
    for kind, heading in headings:
        members = [note for note in listed if note_kind(note) == kind]
        if members:
            lines += ["", f"{heading} ({len(members)})"] if lines else [f"{heading} ({len(members)})"]
            lines += [f"- {note.place}: {note_text(note, words)}" if note.place else f"- {note_text(note, words)}"
                      for note in members]  # fmt: skip
    return lines
