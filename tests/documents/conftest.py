from __future__ import annotations

from collections.abc import Iterator

import pytest

from questionnaire.core.brand.writing_systems import WRITING_SYSTEMS, packages_of
from questionnaire.documents import PdfRenderer
from questionnaire.documents.system_fonts import NO_FONTS, SystemFonts, installed_fonts


@pytest.fixture(scope="session")
def paper() -> Iterator[PdfRenderer]:
    """Prints as a machine without system fonts does."""
    with PdfRenderer(fonts=NO_FONTS) as warm:
        yield warm


@pytest.fixture(scope="session")
def fonts() -> SystemFonts:
    """The fonts of this machine, which must have them all."""
    found = installed_fonts()
    missing = [system for system in WRITING_SYSTEMS if system.name not in found]
    assert not missing, f"these tests need {' '.join(packages_of(missing))}; .ci/setup test installs them"
    return found


@pytest.fixture(scope="session")
def world_paper(fonts: SystemFonts) -> Iterator[PdfRenderer]:
    """Prints with all system fonts."""
    with PdfRenderer(fonts=fonts) as warm:
        yield warm
