"""The agreement of marketing and sales on paper."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from questionnaire.actions.editing.agreements import AgreementSignature, AgreementView
from questionnaire.core.documents.agreement import agreement_parts
from questionnaire.documents import PdfRenderer
from questionnaire.templating import words_for
from tests.cast import example_policy
from tests.documents import facts
from tests.documents.verapdf import broken_rules


def view_of(language: str) -> AgreementView:
    words = words_for(language)
    text = words("%(name)s, signed on %(day)s", name="Clara Weiss", day="1 September 2026")
    signature = AgreementSignature(words("Head of marketing"), "Clara Weiss", "1 September 2026", text)
    parts = agreement_parts(example_policy(), words, date(2026, 10, 2))
    return AgreementView(
        words("Agreement of marketing and sales"), language, "2026-09-01", "1 September 2026", "Version 5", "default",
        5, False, "1 December 2026", (signature, AgreementSignature(words("Head of sales"), "", "", "")), parts,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_agreement_is_printed_in_full_and_accessible(paper: PdfRenderer, language: str) -> None:
    view = view_of(language)
    sheet = paper.print("agreement", asdict(view), language)
    assert (sheet.plain, sheet.warnings) == (False, ())
    assert broken_rules(sheet.pdf) == []
    known = facts.read(sheet.pdf)
    assert (known.title, known.language, known.tagged) == (view.title, language, True)
    assert 4 <= len(known.pages) <= 8
    text = facts.words(known.text)
    missing = [part.title for part in view.parts if part.title not in text]
    assert missing == []
    assert "Clara Weiss" in text
    assert len(sheet.pdf) <= 80 * 1024
