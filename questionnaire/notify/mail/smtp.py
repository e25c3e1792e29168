"""A mail server, over SMTP: in the clear, with STARTTLS, or inside TLS from the start."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.core.delivery.suppression import is_unknown_mailbox
from questionnaire.notify.mail.message import Envelope
from questionnaire.notify.result import Delivered, Failed

TIMEOUT_SECONDS = 20
QUESTION_SECONDS = 3
"""For a question that a visitor waits for."""
_SERVICE_CLOSING = 421


@dataclass(frozen=True, slots=True)
class Smtp:
    """One connection per message, so that nothing hangs on what an earlier one left behind."""

    server: SmtpServer

    @property
    def destination(self) -> str:
        return f"smtp {self.server.host}:{self.server.port}"

    def takes_utf8(self) -> bool:
        """False while the server does not answer: it will be asked again."""
        try:
            return _takes_utf8(self.server)
        except (smtplib.SMTPException, OSError):
            return False

    def send(self, envelope: Envelope) -> Delivered | Failed:
        """A refusal of 4xx and a broken line are worth another try, one of 5xx is not."""
        try:
            line = _connect(self.server)
            try:
                return _hand_over(line, envelope)
            finally:
                # A server that says goodbye badly has the message all the same.
                with suppress(smtplib.SMTPException, OSError):
                    line.quit()
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            refused = _refused(code, said)
            return replace(refused, unknown_recipient=is_unknown_mailbox(refused.error))
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError) as error:
            # The server is not ours to use as we are: that is for the operator to mend, and then all mails go.
            return Failed(_words(error.smtp_code, error.smtp_error), retryable=True, destination_down=True)
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error, connecting=isinstance(error, smtplib.SMTPConnectError))
        except (smtplib.SMTPException, OSError) as error:
            return Failed(f"{type(error).__name__}: {error}", retryable=True, destination_down=True)


@lru_cache(maxsize=8)
def _takes_utf8(server: SmtpServer) -> bool:
    """Asked once per process: only visitors whose address needs it wait for the answer."""
    with _connect(server, QUESTION_SECONDS) as line:
        return line.has_extn("smtputf8")


def _connect(server: SmtpServer, timeout: float = TIMEOUT_SECONDS) -> smtplib.SMTP:
    line = _line(server, timeout)
    try:
        if server.security == "starttls":
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _line(server: SmtpServer, timeout: float) -> smtplib.SMTP:
    if server.security != "tls":
        return smtplib.SMTP(server.host, server.port, timeout=timeout)
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)


def _hand_over(line: smtplib.SMTP, envelope: Envelope) -> Delivered | Failed:
    options = () if envelope.recipient.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
    if options and not line.has_extn("smtputf8"):
        return Failed("the mail server does not take addresses beyond ASCII", retryable=False, destination_down=False)
    # The recipient is the one of the envelope, not what some header says.
    line.sendmail(envelope.sender, [envelope.recipient], envelope.content, mail_options=options)
    return Delivered()


def _refused(code: int, said: bytes | str, connecting: bool = False) -> Failed:
    for_now = 400 <= code < 500
    return Failed(
        _words(code, said), retryable=for_now or connecting, destination_down=connecting or code == _SERVICE_CLOSING
    )


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:300]
