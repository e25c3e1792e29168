"""Bot check without a puzzle: a form that comes faster than anybody can fill it in must be sent twice.

A person presses the button again and is through; a script that posts a filled form blindly is not. Requests of this
machine are not timed, as they are not counted (limits.py).
"""

from __future__ import annotations

from datetime import timedelta

from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http.context import now
from questionnaire.web.http.rate_limits import from_here
from questionnaire.web.respond.form_request import FormRequest

LEAST_WITH_SCRIPT = timedelta(seconds=2)
LEAST_BETWEEN_PAGES = timedelta(seconds=1)
QUICK = gettext_noop("That was quick. Please press the button again.")


def submitted_too_fast(form: FormRequest) -> bool:
    """Whether less time passed than people need: since the page was loaded, or since the first POST."""
    if from_here():
        return False
    if form.elapsed is not None:
        return form.elapsed < LEAST_WITH_SCRIPT
    return form.started_at is None or now() - form.started_at < LEAST_BETWEEN_PAGES
