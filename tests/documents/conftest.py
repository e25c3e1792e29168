from __future__ import annotations

from collections.abc import Iterator

import pytest

from questionnaire.documents import PdfRenderer


@pytest.fixture(scope="session")
def paper() -> Iterator[PdfRenderer]:
    with PdfRenderer() as warm:
        yield warm
