"""Every sentence that prospects read has a key for authors, and the page of keys is written from them."""

from __future__ import annotations

import subprocess
import sys

from questionnaire.core.survey.phrases import PHRASES
from tests.conventions.catalogues import catalogue, read
from tests.conventions.checkout import ROOT, told

STAFF = "embed_code.py"
"""Whose sentences only an author reads, who copies the code."""


def test_every_public_sentence_has_one_key() -> None:
    marked = {
        one.id[0] if isinstance(one.id, tuple) else one.id
        for one in read(catalogue("de"), "de")
        if one.id and not all(place.endswith(STAFF) for place, _ in one.locations)
    }
    keyed = [said if isinstance(said, str) else said[0] for said in PHRASES.values()]
    lacking = [f"{sentence!r} has no key in core/survey/phrases" for sentence in sorted(marked - set(keyed))]
    gone = [f"{sentence!r} is said nowhere any more" for sentence in sorted(set(keyed) - marked)]
    assert not lacking + gone, told([*lacking, *gone])
    assert len(keyed) == len(set(keyed))


def test_the_page_of_keys_is_up_to_date() -> None:
    code = "import runpy; print(runpy.run_path('.ci/make_phrases.py')['written'](), end='')"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ROOT / "docs" / "phrases.md").read_text("utf-8") == run.stdout, "type: make words"
