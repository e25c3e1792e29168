"""Logos travel with the mail: read when it is sent, on the background of their mode, and fetched from nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from PIL import Image

from questionnaire.actions.delivery import delivery
from questionnaire.actions.delivery.mail_images import images_of
from questionnaire.core.brand.logos import LogoPictures
from questionnaire.core.brand.theme import Theme
from questionnaire.library.images import process_picture
from questionnaire.notify import compose
from questionnaire.storage.db.engine import Database
from questionnaire.storage.publishing import images
from tests.actions.delivery.test_delivery import Post
from tests.rows import FRIDAY
from tests.smtp_server import PostOffice, open_post_office

GONE = f"{'0' * 32}-8x8.webp"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


def _drawn(size: tuple[int, int]) -> bytes:
    """A see-through picture with one solid corner."""
    drawing, file = Image.new("RGBA", size, (0, 0, 0, 0)), BytesIO()
    drawing.paste((122, 31, 92, 255), (0, 0, size[0] // 2, size[1] // 2))
    drawing.save(file, "PNG")
    return file.getvalue()


def test_a_letter_holds_the_logos_of_its_survey_and_attaches_nothing(database: Database, office: PostOffice) -> None:
    post, logo = Post(database, office.port), process_picture(_drawn((1600, 400)))
    assert not isinstance(logo, str)
    with database.writing() as session:
        images.keep(session, logo.name, logo.content, FRIDAY)
    theme = Theme(name="Nord", logo_pictures=LogoPictures(light=logo.name, dark=GONE))
    note = compose.report_ready("anna@n.example", "Anna", "https://q.example/r/t", "https://q.example/r/p", theme, "en")
    messages = delivery.render(post.toolbox, note)
    assert logo.content not in str(messages).encode()
    with database.writing() as session:
        (mail_id,) = delivery.post(post.toolbox, session, messages, "r1")
    post.work()
    assert post.mail(mail_id).state == "sent"
    letter = message_from_bytes(office.letters[0].content, policy=policy.default)
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    assert list(letter.iter_attachments()) == []
    *_rest, part = letter.walk()
    assert (part["Content-ID"], part.get_content_disposition()) == ("<logo>", "inline")
    with Image.open(BytesIO(part.get_content())) as shown:
        assert (shown.size, shown.mode) == ((320, 80), "RGB")
        assert shown.getpixel((300, 70)) == (255, 255, 255)
        assert shown.getpixel((20, 20))[0] < 140  # type: ignore[index]  # three numbers in this mode


def test_the_logo_of_the_site_is_that_of_its_theme_file_as_long_as_it_is_the_same(database: Database) -> None:
    site = Theme(name="Nord", logo=_drawn((600, 90)))
    box = replace(Post(database).toolbox, theme=site)
    note = compose.resume_link("anna@n.example", "A check", "https://q.example/s/x", FRIDAY, site, "en")
    (message,) = delivery.render(box, note)
    (content,) = images_of(box, message.payload).values()
    with Image.open(BytesIO(content)) as shown:
        assert shown.size == (400, 60)
    changed = replace(box, theme=Theme(name="Nord", logo=_drawn((600, 91))))
    assert images_of(changed, message.payload) == {}
