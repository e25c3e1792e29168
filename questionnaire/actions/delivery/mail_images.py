"""The pictures of a mail, read when it is sent: the message in the outbox only names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from questionnaire.actions.toolbox import Toolbox
from questionnaire.library.images import draw_on_paper
from questionnaire.notify.channel import Payload
from questionnaire.notify.mail.mail_channel import pictures_of
from questionnaire.notify.mail.mail_look import LOGO_HEIGHT, LOGO_WIDTH
from questionnaire.storage.publishing import images

SHARP = 2
"""Pixels of a picture for each pixel of the reader's screen."""


def images_of(toolbox: Toolbox, payload: Payload) -> Mapping[str, bytes]:
    """cid -> PNG of each picture that is still there. A logo of the site that was changed since is left out."""
    found = {}
    for picture in pictures_of(payload):
        content = _content(toolbox, picture.name)
        if content:
            found[picture.cid] = _drawn(content, picture.paper)
    return found


def _content(toolbox: Toolbox, name: str) -> bytes | None:
    if name == toolbox.theme.logo_name:
        return toolbox.theme.logo
    with toolbox.database.reading() as session:
        return images.find(session, name)


@lru_cache(maxsize=16)
def _drawn(content: bytes, paper: str) -> bytes:
    return draw_on_paper(content, paper, SHARP * LOGO_WIDTH, SHARP * LOGO_HEIGHT)
