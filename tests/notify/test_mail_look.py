"""Mails to prospects in the theme of the survey: its colours in light and dark, its name or its logo."""

from __future__ import annotations

import re

import pytest

from questionnaire.core.brand.logos import LogoPictures
from questionnaire.core.brand.theme import DEFAULT_THEME, DarkSide, Theme
from questionnaire.notify import compose
from questionnaire.notify.mail.mail_look import mail_look
from questionnaire.notify.mail.mail_rendering import render_mail
from questionnaire.notify.mail.message import Mail
from tests.notify.samples import ANNA

DARK = DarkSide(accent="#e7a3cf")
PLUM = Theme(name="Nord & Co", accent="#7a1f5c", paper="#fffaf5", dark=DARK, radius=12, font="slab")
LOGO, DARK_LOGO = f"{'a' * 32}-800x200.webp", f"{'b' * 32}-60x30.webp"
BOTH = LogoPictures(light=LOGO, dark=DARK_LOGO)


def _mail(theme: Theme) -> Mail:
    return render_mail(compose.report_ready("anna@b.example", "Anna", "https://q/r/t", "https://q/r/t/r", theme, "en"))


def _dark(mail: Mail) -> str:
    found = re.search(r"@media \(prefers-color-scheme: dark\) *\{(.*)\}\s*</style>", mail.html, re.DOTALL)
    return found[1] if found else ""


def test_a_mail_to_a_prospect_has_the_colours_font_and_name_of_its_theme() -> None:
    mail = _mail(PLUM)
    button = re.search(r'<a class="button" href="https://q/r/t" style="([^"]*)"', mail.html)
    assert button is not None, mail.html
    for told in ("background: #7a1f5c", "color: #ffffff", "border-radius: 12px"):
        assert told in button[1]
    body = re.search(r'<body bgcolor="#fffaf5" style="([^"]*)"', mail.html)
    assert body is not None, mail.html
    for told in ("background: #fffaf5", "color: #16181d", "Rockwell"):
        assert told in body[1]
    assert re.search(r'<p class="brand"[^>]*><span class="first-logo">Nord &amp; Co</span></p>', mail.html)
    dark = PLUM.dark_side
    for rule in (f"background: {dark.paper}", f"color: {dark.ink}", "background: #e7a3cf"):
        assert f"{rule} !important" in _dark(mail)
    assert mail.text == _mail(Theme(name="Nord & Co")).text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_theme_with_one_mode_has_one_in_its_mails(scheme: str) -> None:
    mail = _mail(Theme.model_validate({**PLUM.model_dump(), "scheme": scheme, "logo_pictures": BOTH}))
    side = PLUM.dark_side if scheme == "dark" else PLUM.light_side
    assert f'<meta name="color-scheme" content="{scheme}">' in mail.html
    assert f'<body bgcolor="{side.paper}"' in mail.html
    assert _dark(mail) == ""
    assert [picture.name for picture in mail.pictures] == [DARK_LOGO if scheme == "dark" else LOGO]


def test_logos_are_parts_of_the_mail_as_large_as_on_a_page_each_on_its_background() -> None:
    look = mail_look(PLUM.model_copy(update={"logo_pictures": BOTH}))
    assert [(one.cid, one.name, one.paper) for one in look.pictures] == [
        ("logo", LOGO, "#fffaf5"), ("other-logo", DARK_LOGO, PLUM.dark.paper),
    ]  # fmt: skip
    mail = _mail(PLUM.model_copy(update={"logo_pictures": BOTH}))
    first, other = re.findall(r"<img [^>]*>", mail.html)
    for told in ('src="cid:logo"', 'alt="Nord &amp; Co"', 'width="160"', 'height="40"'):
        assert told in first
    for told in ('src="cid:other-logo"', 'alt="Nord &amp; Co"', 'width="60"', 'height="30"', "display: none"):
        assert told in other
    assert ".other-logo { display: inline-block !important" in _dark(mail)
    assert "http" not in "".join(re.findall(r'src="([^"]*)"', mail.html))


def test_the_light_logo_serves_the_dark_and_a_dark_one_alone_leaves_the_name_in_the_light() -> None:
    light = _mail(PLUM.model_copy(update={"logo_pictures": LogoPictures(light=LOGO)}))
    assert [picture.cid for picture in light.pictures] == ["logo"]
    assert "-logo" not in _dark(light)
    dark = _mail(PLUM.model_copy(update={"logo_pictures": LogoPictures(dark=DARK_LOGO)}))
    assert '<span class="first-logo">Nord &amp; Co</span><img class="other-logo"' in dark.html
    site = PLUM.model_copy(update={"logo": b"\xff\xd8\xff..."})
    assert [picture.name for picture in mail_look(site).pictures] == [site.logo_name]
    # The size of a JPEG is not known: its height alone is given.
    (logo,) = re.findall(r"<img [^>]*>", _mail(site).html)
    assert 'height="40"' in logo
    assert "width" not in logo


def test_mails_to_the_staff_bear_no_brand_and_a_nameless_sender_has_none() -> None:
    for mail in (render_mail(compose.lead_assigned("lena@n.example", ANNA, "en")), _mail(DEFAULT_THEME)):
        assert 'class="brand"' not in mail.html
        assert mail.pictures == ()
