"""Embed code: the HTML people paste into their own site, and the options that it is made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.survey_page.framing import default_height, survey_url

MODES = ("inline", "popup", "slider", "full-page")
MODAL = ("popup", "slider")
THEMES, SIDES, MOMENTS = ("", "light", "dark"), ("right", "left"), ("", "load", "time", "scroll", "exit")
TITLES: Mapping[str, str] = {
    "inline": _("In the page"), "popup": _("Popup"), "slider": _("Slider at the side"), "full-page": _("Link"),
}  # fmt: skip
USES: Mapping[str, str] = {
    "inline": _("Sits in your page content and adjusts its height automatically."),
    "popup": _("A link that opens the diagnostic over your page. Without JavaScript, it opens in its own page."),
    "slider": _("A link; the diagnostic slides in from the side. Without JavaScript, it opens in its own page."),
    "full-page": _("Opens the diagnostic in its own page and passes your campaign parameters on."),
}


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """The options of one site. `language` and `theme`: "" for the visitor’s own. `height`: pixels.

    `opens`: the moment at which a popup or slider opens by itself, with `seconds` or `percent`; "" for a click alone.
    `live`: the try-out opens at that moment too.
    """

    mode: str = "inline"
    language: str = ""
    theme: str = ""
    side: str = "right"
    opens: str = ""
    seconds: int = 5
    percent: int = 50
    once: bool = False
    height: int = 0
    live: bool = False


def read_options(args: Mapping[str, str], survey: Survey) -> EmbedOptions:
    """The options of an address; what makes no sense there has its default."""

    def chosen(name: str, offered: tuple[str, ...]) -> str:
        return args.get(name, "") if args.get(name, "") in offered else offered[0]

    height = default_height(survey)
    return EmbedOptions(
        mode=chosen("mode", MODES),
        language=chosen("language", ("", *survey.languages)),
        theme=chosen("theme", THEMES),
        side=chosen("side", SIDES),
        opens=chosen("opens", MOMENTS),
        seconds=parse_int(args.get("seconds", ""), 1, 600, 5),
        percent=parse_int(args.get("percent", ""), 1, 100, 50),
        once=args.get("once") == "yes",
        height=parse_int(args.get("height", ""), 200, 2000, height),
        live="live" in args,
    )


def script_tag() -> str:
    return f'<script async src="{toolbox().settings.public_url}/embed.js"></script>'


def iframe_tag(
    survey: Survey, language: str, *, lang: str = "", theme: str = "", width: str = "100%", height: int = 0
) -> str:
    """The frame as HTML, and a link that is seen when the frame does not come. Its size stands in attributes, which no
    site's policy forbids."""
    src = survey_url(survey.id) + "?embed" + "".join(
        f"&{name}={value}" for name, value in (("lang", lang), ("theme", theme)) if value
    )  # fmt: skip
    words = words_for(language)
    address = survey_url(survey.id, lang=lang, theme=theme)
    link = f'<a href="{escape(address)}" data-lq-link>{words("Open the diagnostic")}</a>'
    return (
        f'<iframe src="{escape(src)}" data-lq-survey="{survey.id}" title="{escape(survey.title.fill(language, {}))}" '
        f'width="{width}" height="{height or default_height(survey)}" frameborder="0" loading="lazy"></iframe>{link}'
    )


def embed_code(survey: Survey, options: EmbedOptions) -> str:
    """What is pasted: two lines."""
    return f"{_element(survey, options)}\n{script_tag()}"


def try_out(survey: Survey, options: EmbedOptions, test: str, text: str) -> Markup:
    """The same on our own page, which has the script already. Its answers are test answers: `test` is the token of a
    test link. A popup or slider opens by a click on `text`."""
    if options.mode == "inline":
        frame = iframe_tag(survey, _spoken(survey, options), lang=options.language, theme=options.theme,
                           height=options.height)  # fmt: skip
        return _here(frame.replace("?embed", f"?embed&amp;test={test}", 1))
    attributes = _attributes(options) if options.mode in MODAL else {"target": "_blank"}
    if options.mode in MODAL:
        attributes["data-lq-prefill"] = f"test={test}"
    if options.live:
        attributes |= dict(_moment(replace(options, once=False)))
    address = survey_url(survey.id, lang=options.language, theme=options.theme, test=test)
    return _here(_link(survey, attributes, text, address))


def _here(element: str) -> Markup:
    """With addresses of the host under which somebody opened our page."""
    own = f'"{toolbox().settings.public_url}/'
    return Markup(element.replace(own, '"/'))  # noqa: S704 (made of escaped parts)


def _element(survey: Survey, options: EmbedOptions) -> str:
    language = _spoken(survey, options)
    if options.mode == "inline":
        return iframe_tag(survey, language, lang=options.language, theme=options.theme, height=options.height)
    attributes = {**_attributes(options), **dict(_moment(options))}
    return _link(survey, attributes, survey.title.fill(language, {}), survey_url(survey.id))


def _link(survey: Survey, attributes: Mapping[str, str], text: str, address: str) -> str:
    parts = [f'href="{escape(address)}"']
    if "target" not in attributes:
        parts.append(f'data-lq-survey="{survey.id}"')
    parts += [f'{name}="{escape(value)}"' if value else name for name, value in attributes.items()]
    return f"<a {' '.join(parts)}>{escape(text)}</a>"


def _attributes(options: EmbedOptions) -> dict[str, str]:
    """What holds wherever it is opened."""
    asked = {
        "data-lq-mode": options.mode,
        "data-lq-side": options.side if options.mode == "slider" else "",
        "data-lq-lang": options.language,
        "data-lq-theme": options.theme,
    }
    return {name: value for name, value in asked.items() if value}


def _moment(options: EmbedOptions) -> Iterator[tuple[str, str]]:
    """When a popup or slider opens by itself."""
    if options.mode not in MODAL or not options.opens:
        return
    yield "data-lq-open", options.opens
    if options.opens == "time":
        yield "data-lq-delay", str(options.seconds * 1000)
    if options.opens == "scroll":
        yield "data-lq-scroll", str(options.percent)
    if options.once:
        yield "data-lq-prevent-reopen", ""


def _spoken(survey: Survey, options: EmbedOptions) -> str:
    return options.language or survey.languages[0]
