"""The product's public phrases, by the keys under which an author may say them otherwise (`wording` of a survey).

Law: every sentence that prospects read has one key, and a key is never given to another sentence; a test compares the
keys with the sentences that the code marks for translation.
"""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.survey.phrases.answers import ANSWERS
from questionnaire.core.survey.phrases.dates import DATES
from questionnaire.core.survey.phrases.form import FORM
from questionnaire.core.survey.phrases.mail import MAIL
from questionnaire.core.survey.phrases.pages import PAGES
from questionnaire.core.survey.phrases.report import REPORT
from questionnaire.core.survey.phrases.result import RESULT

PHRASES: Mapping[str, str | tuple[str, str]] = {**ANSWERS, **DATES, **FORM, **MAIL, **PAGES, **REPORT, **RESULT}
"""Key -> the sentence in English, or its singular and plural. `%(n)s` is a value, written `{{n}}` by authors."""
