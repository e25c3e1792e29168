"""The first page of every sample, in every language, as browsers get it: packed, and without what it does not use."""

from __future__ import annotations

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.survey import survey as surveys
from questionnaire.library.themes import load_theme
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import render_full_page
from tests.authored import SURVEYS, authored_file
from tests.conventions.checkout import told

LIMIT = 14_000
HEAVIER = {"building-energy-efficiency": 14_700, "hiring-process": 14_650, "devops-maturity": 15_550}
"""Samples that do not fit yet: they may only become lighter."""


def test_the_first_page_of_every_sample_fits_into_the_first_window() -> None:
    wrong: list[str] = []
    for file in sorted(SURVEYS.glob("*/survey.yaml")):
        name = file.parent.name
        found, _ = surveys.read(authored_file(f"{name}/survey.yaml"))
        assert found is not None
        theme = load_theme(file.with_name("theme.yaml"))[0] if file.with_name("theme.yaml").exists() else None
        for language in found.languages:
            around = FrameContext(
                oembed_url=f"https://forms.example/oembed?url=https%3A%2F%2Fforms.example%2Fs%2F{name}"
            )
            page = render_full_page(f"{name}@1", found, language, theme or DEFAULT_THEME, around).content
            limit = HEAVIER.get(name, LIMIT)
            if len(page.brotli) > limit:
                wrong.append(f"{name} in {language}: {len(page.brotli)} bytes, {limit} at most")
    assert not wrong, told(wrong)
