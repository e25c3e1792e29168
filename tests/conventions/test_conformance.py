"""Greets the newcomer: says what a half-added question type, control, message or section still lacks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conventions.checkout import told
from tests.conventions.lacking import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("lacks_of_"))
def test_nothing_is_half_added(check: Callable[[], list[str]]) -> None:
    wrong = check()
    assert not wrong, told(wrong)
