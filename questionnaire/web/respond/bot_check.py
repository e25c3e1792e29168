"""Against machines, without a puzzle: a form that comes faster than anybody reads is asked for once more.

A person presses the button again and is through; a script that posts a filled form blindly is not. Requests of this
machine are not timed, as they are not counted (limits.py).
"""

from __future__ import annotations

from datetime import timedelta

from flask import request

from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http.context import now
from questionnaire.web.http.rate_limits import from_here
from questionnaire.web.respond.form_request import FormRequest

LEAST_WITH_SCRIPT = timedelta(seconds=2)
LEAST_BETWEEN_PAGES = timedelta(seconds=1)
QUICK = gettext_noop("That was quick. Please press the button again.")


def submitted_too_fast(visit: FormRequest) -> bool:
    """Whether the form came before anybody could have filled it in. `took` is the browser's own count, in ms."""
    if from_here():
        return False
    took = request.form.get("took", "")
    if took.isascii() and took.isdigit() and len(took) < 12:
        return timedelta(milliseconds=int(took)) < LEAST_WITH_SCRIPT
    return visit.began is None or now() - visit.began < LEAST_BETWEEN_PAGES
