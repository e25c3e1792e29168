"""Questions that were shown and left empty, where that is an answer: nothing ticked of several choices."""

from __future__ import annotations

from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.survey import Survey

NONE: frozenset[str] = frozenset()


def empty_items(survey: Survey, journey: Journey) -> frozenset[str]:
    """The items on the path without an answer for which that counts, as far as their pages were passed.

    Every page of a complete journey was passed; of another one, the pages before the last with an answer.
    """
    counting = survey.none_counts
    if not counting:
        return NONE
    pages = survey.pages
    answers, shown = journey.answers, journey.item_names
    answered = [n for n, page in enumerate(pages) if any(i.name in answers for q in page.questions for i in q.items)]
    passed = len(pages) if journey.complete else max(answered, default=0)
    names = {item.name for page in pages[:passed] for question in page.questions for item in question.items}
    return frozenset(name for name in counting if name in names and name in shown and name not in answers)
