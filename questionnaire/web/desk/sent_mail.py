"""The mails the product sent, and those that gave up, with a button to send them again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, url_for

from questionnaire.actions.delivery import outbox_view
from questionnaire.web.http.access import ADMIN, ALL_ROLES, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import position_arg
from questionnaire.web.http.rendering import page

blueprint = Blueprint("sent_mail", __name__)


@blueprint.get("/desk/mailbox")
@roles(*ALL_ROLES)
def mails() -> Response:
    """Everybody in the demo, where mails go nowhere else; otherwise those who look after the post."""
    _may_look()
    box = outbox_view.mails(toolbox(), position_arg("after"), position_arg("before"))
    return page("desk/sent_mail.html", box=box, now=now(), keeps=_keeps())


@blueprint.get("/desk/mailbox/<mail_id>")
@roles(*ALL_ROLES)
def mail(mail_id: str) -> Response:
    _may_look()
    view = outbox_view.mail(toolbox(), mail_id)
    if view is None:
        abort(404)
    return page("desk/mail.html", view=view, now=now(), may_replay=_may_replay())


@blueprint.post("/desk/mailbox/<mail_id>/replay")
@roles(ADMIN, OPS)
def replay(mail_id: str) -> Response:
    if not outbox_view.replay(toolbox(), mail_id):
        abort(404)
    return redirect(url_for("sent_mail.mail", mail_id=mail_id), 303)  # type: ignore[return-value]  # werkzeug's class


def _keeps() -> bool:
    """Whether mails stay here because no server is set."""
    return toolbox().settings.smtp is None


def _may_replay() -> bool:
    return g.viewer.role in (ADMIN, OPS)


def _may_look() -> None:
    if not _may_replay() and not toolbox().settings.demo:
        abort(403)
