"""What a rep asks on the first call. Source: domain.md 1.12."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _

CALL_QUESTIONS: Mapping[str, str] = {
    "problem": _("What problem drives this now?"),
    "timeline": _("When does it need to work?"),
    "decision": _("Who else decides or signs?"),
    "tools": _("Which tools do they use today?"),
    "success": _("What would success look like?"),
}
"""Name of a note -> the question beside the call."""


def call_questions(words: Translator) -> tuple[tuple[str, str], ...]:
    return tuple((name, words(question)) for name, question in CALL_QUESTIONS.items())
