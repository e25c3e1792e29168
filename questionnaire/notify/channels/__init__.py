"""The law of this folder: one file per way out; the files do not know each other.

A channel is made from the settings, names the destination it leaves by, and answers `Sent` or `NotSent`; it raises
nothing for what servers and networks do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from questionnaire.notify.channels.mailbox import Mailbox
from questionnaire.notify.channels.outcome import Channel
from questionnaire.notify.channels.smtp import Smtp
from questionnaire.settings import Settings

REGISTRY: Mapping[str, Callable[[Settings], Channel]] = {
    "smtp": Smtp.of,
    "mailbox": Mailbox.of,
}


def chosen(settings: Settings) -> Channel:
    """SMTP when the operator named a server, else the mailbox page."""
    return REGISTRY["smtp" if settings.smtp else "mailbox"](settings)
