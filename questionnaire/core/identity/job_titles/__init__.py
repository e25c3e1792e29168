"""Seniority of job titles in English, French and German, with the reason.

Law: `phrases` has the words, `normalize` makes titles comparable, `seniority` decides. Cost depends only on the length
of a title, and authored text never becomes a regular expression.
"""

from __future__ import annotations

from questionnaire.core.identity.job_titles.phrases import LEVELS
from questionnaire.core.identity.job_titles.seniority import DEFAULT_TITLES, Seniority, TitleTable, classify, extend

__all__ = ["DEFAULT_TITLES", "LEVELS", "Seniority", "TitleTable", "classify", "extend"]
