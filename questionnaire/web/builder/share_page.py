"""The share page of a survey: its link and QR code, embed code by options with a try-out, and its allowed sites."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.editing import allowed_sites
from questionnaire.actions.publishing import catalogue
from questionnaire.actions.respond import test_mode
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import formats_for
from questionnaire.web.builder import survey_states
from questionnaire.web.builder.qr_code import TYPES, qr_code
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import locale, rate_limits, security_headers
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words
from questionnaire.web.survey_page import embed_code, framing
from questionnaire.web.survey_page.framing import survey_url

LONGEST_SITES, MOST_REVISIONS = 20_000, 10**9
WRONG = {
    "company_site": _("“%(site)s” isn’t the address of a site. Enter it like www.company.com."),
    "company_sites": _("That’s more than 50 sites. Allow all of a domain with *.company.com."),
}
KEPT_IN_FILE = _("This survey is kept in a file now, so its sites are changed there.")
OTHERS = _("Someone changed the sites meanwhile, to: %(sites)s. Save again to use yours.")
OUTDATED = _("This page was outdated. What you entered is still there: save again.")

blueprint = Blueprint("share_page", __name__)


@blueprint.post("/desk/surveys/<slug>/sites")
@roles(ADMIN, MARKETING, OPS)
@rate_limits.posts
def change_sites(slug: str) -> AnyResponse:
    """An edit of the draft. With a mistake or a conflict the page is shown again, with all that was entered."""
    if catalogue.survey(toolbox(), slug) is None:
        abort(404)
    typed, key = request.form.get("sites", "")[:LONGEST_SITES], request.form.get("key") or None
    revision = parse_int(request.form.get("revision", ""), 0, MOST_REVISIONS, 0)
    result = allowed_sites.change(toolbox(), slug, typed, revision, g.viewer.email, now(), key)
    if result.conflict is None and not result.problems:
        return redirect(url_for("sharing.survey", slug=slug, said="sites") + "#sites", 303)
    if result.conflict is not None:
        theirs = allowed_sites.allowed_sites(toolbox(), slug).drafted or ()
        return show(slug, words()(OTHERS, sites=", ".join(theirs) or "–"), typed, 409)
    problem = result.problems[0]
    sentence = WRONG.get(problem.code, KEPT_IN_FILE if problem.code == "kept_in_folder" else OUTDATED)
    values = {"site": str(problem.where[-1])} if problem.code == "company_site" else {}
    return show(slug, words()(sentence, **values), typed, 422)


@blueprint.get("/desk/surveys/<slug>/qr.<kind>")
@roles(ADMIN, MARKETING, OPS)
def qr(slug: str, kind: str) -> Response:
    entry = catalogue.survey(toolbox(), slug)
    if entry is None or kind not in TYPES:
        abort(404)
    language = request.args.get("lang", "")
    address = survey_url(slug, lang=language if language in entry.survey.languages else "")
    response = make_response(qr_code(address, kind))
    response.content_type = TYPES[kind]
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}-qr.{kind}"'
    return response


def show(slug: str, wrong: str = "", typed: str | None = None, status: int = 200) -> Response:
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        abort(404)
    survey, said = entry.survey, words()
    ours = ("'self'", f"'nonce-{security_headers.nonce()}'")
    g.content_policy = security_headers.content_policy(ours, ours) + "; frame-src 'self'"
    options = embed_code.read_options(request.args, survey)
    sites = allowed_sites.allowed_sites(toolbox(), slug)
    own = sites.published if sites.drafted is None else sites.drafted
    return page(
        "desk/share.html",
        status,
        slug=slug,
        shared=entry,
        state_name=said(survey_states.NAMES[entry.availability.state]),
        tab="share",
        tabs=tabs_of(slug, said, published=True),
        survey=survey,
        title=survey.title.say(survey.language(locale.current())),
        address=survey_url(survey.id),
        card=framing.oembed_url(survey.id),
        site=toolbox().settings.public_url,
        company_sites=company_settings.company(toolbox()).sites,
        sites=sites,
        typed="\n".join(own) if typed is None else typed,
        wrong=wrong,
        saved=request.args.get("said") == "sites",
        key=toolbox().new_id(),
        options=options,
        modes=[(mode, said(embed_code.TITLES[mode])) for mode in embed_code.MODES],
        use=said(embed_code.USES[options.mode]),
        code=embed_code.embed_code(survey, options),
        try_out=_try_out(survey, options),
        languages=_by_language(survey),
    )


def _try_out(survey: Survey, options: embed_code.EmbedOptions) -> str:
    said = words()
    texts = {"popup": said("Try the popup"), "slider": said("Try the slider"), "full-page": said("Try the link")}
    link = test_mode.link(toolbox(), survey.id, now())
    return embed_code.try_out(survey, options, link.partition("test=")[2], texts.get(options.mode, ""))


def _by_language(survey: Survey) -> list[tuple[str, str, str]]:
    """(tag, language name, public link) for each language; empty for a survey in one language."""
    formats = formats_for(locale.current())
    several = survey.languages if len(survey.languages) > 1 else ()
    return [(tag, formats.language(tag), survey_url(survey.id, lang=tag)) for tag in several]
