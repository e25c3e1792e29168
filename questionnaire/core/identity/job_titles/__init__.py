"""Job title -> seniority, in English, French and German, with the reason why.

Law: `table` holds the words, `folding` makes titles comparable, `seniority` decides. Work grows with the length of
a title alone, and nothing an author writes becomes a regular expression.
"""

from __future__ import annotations

from questionnaire.core.identity.job_titles.phrases import LEVELS
from questionnaire.core.identity.job_titles.seniority import DEFAULT_TITLES, Seniority, TitleTable, classify, extend

__all__ = ["DEFAULT_TITLES", "LEVELS", "Seniority", "TitleTable", "classify", "extend"]
