from __future__ import annotations

from collections.abc import Iterator

import pytest

from questionnaire.documents import Paper


@pytest.fixture(scope="session")
def paper() -> Iterator[Paper]:
    with Paper() as warm:
        yield warm
