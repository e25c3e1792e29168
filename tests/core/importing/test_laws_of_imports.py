"""Laws of every import: a draft that can be read or a refusal, never an exception, and nothing dropped silently."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.importing.markup import to_markdown
from questionnaire.core.importing.note_words import note_text
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.survey import survey
from questionnaire.library.imports.child import READERS
from questionnaire.library.imports.formats import FormatName
from questionnaire.library.yaml.writer import write_yaml
from tests.core.importing.source_trees import NAMES, changed_trees, mappings, tree_of
from tests.proof.size import sized

# A whole export is translated each time.
EXAMPLES = settings(max_examples=sized(5, 500), deadline=None)


def translated(format_name: FormatName, tree: Any) -> ImportedSurvey:
    imported = READERS[format_name][1](tree)
    assert all(note_text(note, ENGLISH) for note in imported.notes)
    if imported.document is None:
        assert imported.problems
        return imported
    value, problems = survey.read(imported.document)
    assert value is not None, problems
    assert write_yaml(imported.document)
    # What the limited process answers is JSON.
    assert json.loads(json.dumps(imported.document))
    return imported


@pytest.mark.parametrize("name", NAMES)
@EXAMPLES
@given(data=st.data())
def test_whatever_an_export_holds_the_draft_can_be_read(name: str, data: st.DataObject) -> None:
    translated(*data.draw(changed_trees(name)))


@pytest.mark.parametrize("name", NAMES)
@EXAMPLES
@given(data=st.data())
def test_a_key_that_nobody_knows_is_in_the_notes(name: str, data: st.DataObject) -> None:
    format_name, original = tree_of(name)
    tree = copy.deepcopy(dict(original))
    where, target = data.draw(st.sampled_from(list(mappings(tree))))
    target["~unheard of~"] = "something that matters"
    imported = translated(format_name, tree)
    technical = {key for note in imported.notes if note.code == "technical" for key in note.params["keys"].split(", ")}
    if technical & set(where):
        # A setting that means nothing here is named as a whole.
        return
    said = " ".join(" ".join(note.params.values()) for note in imported.notes)
    assert "~unheard of~" in said or "something that matters" in said


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


# Words of the formats themselves, conditions and settings.
NO_TEXTS = {
    "type", "default_language", "visibleIf", "expression", "relevance", "relevant", "constraint", "cfieldname",
    "grelevance", "calculation",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_in_the_draft_or_in_the_notes(name: str) -> None:
    format_name, tree = tree_of(name)
    imported = translated(format_name, tree)
    said = " ".join(" ".join(note.params.values()) for note in imported.notes)
    found = letters(json.dumps(imported.document, ensure_ascii=False) + said)
    wrong = []
    for _, mapping in mappings(tree):
        for key, value in mapping.items():
            if isinstance(value, str) and " " in value.strip() and key not in NO_TEXTS:
                lines = re.split(r"\n|[{}]", re.sub(r"\{.*?\}+", "{}", to_markdown(value)[0]))
                wrong += [line for line in lines if letters(line) not in found]
    assert not wrong, wrong
