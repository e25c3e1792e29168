"""The look of a mail: the colours of a theme in light and dark mode, its font, and the logo that travels with the mail.

Mail programs fetch nothing, so that a logo is part of the message. It is drawn on the paper of its mode: a program that
turns colours around on its own leaves pictures alone, and a dark logo without a background would be lost there.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from questionnaire.core.brand.colours import Palette
from questionnaire.core.brand.fonts import FONTS
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.questions.picture import picture_size

LOGO_WIDTH, LOGO_HEIGHT = 200, 40
"""In pixels of the reader's screen, as on the pages."""
_READERS_FONT = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class MailPicture:
    """`cid` is its id in the message, `name` that of the stored picture, `paper` the colour it is drawn on."""

    cid: str
    name: str
    paper: str


@dataclass(frozen=True, slots=True)
class MailLogo:
    """A logo with its size on the screen in pixels; `width` is None where only the height is known."""

    picture: MailPicture
    width: int | None
    height: int


@dataclass(frozen=True, slots=True)
class MailLook:
    """`other` are the colours of dark mode, None in a theme that has one mode. `color_schemes` names the modes to mail
    programs, `font` is CSS. `logo` is for the first colours, `other_logo` for the others; None without one."""

    name: str
    colours: Palette
    other: Palette | None
    color_schemes: str
    font: Markup
    radius: int
    logo: MailLogo | None
    other_logo: MailLogo | None

    @property
    def pictures(self) -> tuple[MailPicture, ...]:
        return tuple(logo.picture for logo in (self.logo, self.other_logo) if logo is not None)


def mail_look(theme: Theme) -> MailLook:
    """What of a theme a mail shows. A theme that is always dark is dark here too."""
    is_dark = theme.scheme == "dark"
    colours = theme.dark_side if is_dark else theme.light_side
    other = theme.dark_side if theme.scheme == "auto" else None
    pictures = theme.logo_pictures
    light, dark = pictures.light or theme.logo_name, pictures.dark
    return MailLook(
        name=theme.name,
        colours=colours,
        other=other,
        color_schemes={"auto": "light dark", "light": "light", "dark": "dark"}[theme.scheme],
        font=Markup(FONTS[theme.font] or _READERS_FONT),  # noqa: S704 (both are ours)
        radius=theme.radius,
        logo=_logo("logo", (dark if is_dark else "") or light, colours.paper, theme),
        other_logo=_logo("other-logo", dark, other.paper, theme) if other is not None else None,
    )


def _logo(cid: str, name: str, paper: str, theme: Theme) -> MailLogo | None:
    if not name:
        return None
    picture = MailPicture(cid, name, paper)
    size = theme.logo_size if name == theme.logo_name else picture_size(name)
    if size is None:
        return MailLogo(picture, None, LOGO_HEIGHT)
    scale = min(LOGO_WIDTH / size[0], LOGO_HEIGHT / size[1], 1)
    return MailLogo(picture, max(round(size[0] * scale), 1), max(round(size[1] * scale), 1))
