"""Where the link in a mail that was not requested leads: one button, and another one to undo it.

Opening the page changes nothing, since scanners and mail programs open links. Mail programs that show a button of their
own send a POST without cookies to the same address, and follow no redirect (RFC 8058): the answer is the page itself.
"""

from __future__ import annotations

from flask import Blueprint, Response, g

from questionnaire.actions.delivery import suppressions
from questionnaire.actions.delivery.suppressions import UnsubscribeLink
from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import signed_link
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.rendering import page
from questionnaire.web.http.responses import unlisted

NO_SUCH_LINK = ErrorPage(
    gettext_noop("This link doesn’t work"),
    gettext_noop("It may be incomplete. Open it again from our email, or reply to that email."),
)

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/u/<token>")
@signed_link
def show(token: str) -> Response:
    link = _link(token)
    return _no_such_link() if link is None else _page(link, token)


@blueprint.post("/u/<token>")
@signed_link
@rate_limits.posts
def unsubscribe(token: str) -> Response:
    """What the form says is not read: mail programs send `List-Unsubscribe=One-Click`, our button nothing."""
    link = _link(token)
    if link is None:
        return _no_such_link()
    suppressions.unsubscribe(toolbox(), link.address, now())
    return _page(link, token)


@blueprint.post("/u/<token>/undo")
@signed_link
@rate_limits.posts
def undo(token: str) -> Response:
    link = _link(token)
    if link is None:
        return _no_such_link()
    suppressions.resubscribe(toolbox(), link.address)
    return _page(link, token, is_undone=True)


def _link(token: str) -> UnsubscribeLink | None:
    g.referrer_policy = "no-referrer"
    link = suppressions.read_link(toolbox(), token, now())
    if link is not None:
        locale.set_locale(link.language)
    return link


def _page(link: UnsubscribeLink, token: str, *, is_undone: bool = False) -> Response:
    is_out = suppressions.is_unsubscribed(toolbox(), link.address)
    return unlisted(page("survey/unsubscribe.html", token=token, is_out=is_out, is_undone=is_undone))


def _no_such_link() -> Response:
    return unlisted(error_page(404, NO_SUCH_LINK))
