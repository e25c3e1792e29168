"""Texts in cells: nothing in them is taken for a formula, and each comes back as it was."""

from __future__ import annotations

from questionnaire.core.base.spreadsheet_cells import escaped, is_formula, unescaped


def test_a_text_that_looks_like_a_formula_is_escaped_and_comes_back() -> None:
    texts = ("=1+1", "+33 1", "-5", "@sum", "\tx", "＝1", "＠x", "'quoted", "'=as typed", "plain", "")
    assert [unescaped(escaped(text)) for text in texts if text != "'=as typed"] == [
        text for text in texts if text != "'=as typed"
    ]
    assert [escaped(text)[:1] == "'" for text in texts] == [*[True] * 9, False, False]
    assert not any(is_formula(escaped(text)) for text in texts)
