"""The notifications of the handoff after the assignment: deadlines, moves and what reps decide, one function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from questionnaire.core.base.translation import Translator
from questionnaire.notify.brief import Brief, about_lead, moment_text
from questionnaire.notify.mail.headers import header_text
from questionnaire.notify.notification import Notification


def sla_warning(to: str, brief: Brief, language: str) -> Notification:
    """To the owner: the first contact is due soon."""
    return about_lead("sla_warning", to, brief, language)


def sla_breached(to: str, brief: Brief, owner: str, moves_at: datetime | None, language: str) -> Notification:
    """To the owner, for whom `owner` is "", and to whom the policy names: nobody has contacted the lead in time.

    `moves_at` is when somebody else gets it.
    """
    moves = moment_text(moves_at, brief, language)
    return about_lead("sla_breached", to, brief, language, owner=header_text(owner), moves=moves)


def lead_moved(to: str, brief: Brief, owner: str, queue: str, due: datetime | None, language: str) -> Notification:
    """To the former owner: the lead is now that of `owner`, or waits in `queue`."""
    was_due = moment_text(due, brief, language)
    return about_lead("lead_moved", to, brief, language, owner=header_text(owner), queue=queue, was_due=was_due)


def review_overdue(to: str, brief: Brief, boxes: Sequence[str], language: str) -> Notification:
    """To Marketing Ops and managers: nobody has reviewed the lead in time. `boxes` are the open ones."""
    return about_lead("review_overdue", to, brief, language, boxes=tuple(boxes))


def feedback_due(to: str, brief: Brief, due: datetime | None, language: str) -> Notification:
    """To the owner: marketing waits for a word on what the lead is worth."""
    return about_lead("feedback_due", to, brief, language, feedback_by=moment_text(due, brief, language))


def lead_rejected(to: str, brief: Brief, rep: str, reason: str, detail: str, language: str) -> Notification:
    """To Marketing Ops: `rep` rejected the lead. `detail` is the rep's own sentence."""
    return about_lead("lead_rejected", to, brief, language, rep=header_text(rep), reason=reason, detail=detail)


def lead_diverted(to: str, brief: Brief, theirs: bool, reason: str, language: str) -> Notification:
    """The lead isn't for sales: to the owner of its account (`theirs`), or to Marketing Ops."""
    return about_lead("lead_diverted", to, brief, language, theirs=theirs, reason=reason)


def owner_requested(to: str, brief: Brief, rep: str, detail: str, language: str) -> Notification:
    """To managers: `rep` asks for another owner, and says why in `detail`."""
    return about_lead("owner_requested", to, brief, language, rep=header_text(rep), detail=detail)


DIGESTS: Mapping[str, Callable[[Translator, int], str]] = {
    "sla_warning": lambda words, n: words.ngettext("%(n)s more lead to call soon", "%(n)s more leads to call soon", n),
    "sla_breached": lambda words, n: words.ngettext("%(n)s more overdue lead", "%(n)s more overdue leads", n),
    "lead_moved": lambda words, n: words.ngettext(
        "%(n)s more lead moved to someone else", "%(n)s more leads moved to someone else", n
    ),
    "review_overdue": lambda words, n: words.ngettext("%(n)s more overdue review", "%(n)s more overdue reviews", n),
    "feedback_due": lambda words, n: words.ngettext(
        "Feedback due on %(n)s more lead", "Feedback due on %(n)s more leads", n
    ),
    "lead_rejected": lambda words, n: words.ngettext("%(n)s more lead rejected", "%(n)s more leads rejected", n),
    "lead_diverted": lambda words, n: words.ngettext(
        "%(n)s more lead that isn’t for sales", "%(n)s more leads that aren’t for sales", n
    ),
    "owner_requested": lambda words, n: words.ngettext(
        "Another owner requested for %(n)s more lead", "Another owner requested for %(n)s more leads", n
    ),
}
KINDS: Mapping[str, Callable[..., Notification]] = {
    "sla_warning": sla_warning,
    "sla_breached": sla_breached,
    "lead_moved": lead_moved,
    "review_overdue": review_overdue,
    "feedback_due": feedback_due,
    "lead_rejected": lead_rejected,
    "lead_diverted": lead_diverted,
    "owner_requested": owner_requested,
}
