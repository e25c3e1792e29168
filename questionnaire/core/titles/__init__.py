"""Job title -> seniority, in English, French and German, with the reason why.

Law: `table` holds the words, `folding` makes titles comparable, `seniority` decides. Work grows with the length of
a title alone, and nothing an author writes becomes a regular expression.
"""

from __future__ import annotations

from questionnaire.core.titles.seniority import DEFAULT_TITLES, Seniority, TitleTable, classify, extend
from questionnaire.core.titles.table import LEVELS

__all__ = ["DEFAULT_TITLES", "LEVELS", "Seniority", "TitleTable", "classify", "extend"]
