"""The law of this folder: e-mail. mail_rendering.py writes a Mail from templates/email/, message.py the bytes that go
over the wire, smtp.py carries them; without a mail server, mailbox.py lets the outbox be the mailbox.

What people typed is made safe for a header in headers.py before it stands in one.
"""
