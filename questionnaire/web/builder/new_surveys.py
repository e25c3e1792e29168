"""New surveys: a blank page, a sample, a YAML file, or a copy. Each way ends in a draft."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.editing import import_survey, new_survey
from questionnaire.actions.editing.drafts import DraftResult
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import LANGUAGES
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.templating import formats_for
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.form_fields import WORDS
from questionnaire.web.builder.import_pages import FORMAT_NAMES
from questionnaire.web.http import locale, rate_limits, security_headers
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

WAYS = ("blank", "sample", "yaml", "import")
LONGEST_TITLE = 200
WRONG: Mapping[str, str] = {
    "import_missing": _("Choose a file."),
    "import_large": _("This file has more than 10 MB. Export the survey without its pictures and answers."),
    "import_limit": _("Reading this file takes too long or too much memory. Divide the survey, or export less."),
    "import_busy": _("Another file is being read. Try again in a moment."),
    "import_format": _(
        "This file is in none of these formats. Export from SurveyJS (JSON), as XLSForm (.xlsx), from LimeSurvey "
        "(.lss) or Typeform (JSON)."
    ),
    "import_unreadable": _("This file can’t be read in this format. Export it again, and don’t edit it."),
    "import_empty": _("No question was found in this file. Check that it is the whole export."),
    "kept_in_folder": _("This survey is kept in a file on the server. Open it in the list to move it to the builder."),
}

blueprint = Blueprint("new_surveys", __name__)


@blueprint.get("/desk/surveys/new")
@roles(*MAY_EDIT)
def choose() -> Response:
    return _page()


@blueprint.post("/desk/surveys/new")
@roles(*MAY_EDIT)
@rate_limits.answers
def create() -> AnyResponse:
    """With mistakes the page is shown again, with all that was entered."""
    return _opened(_create(request.form.get("way", "")))


@blueprint.post("/desk/surveys/new/upload")
@roles(*MAY_EDIT)
@rate_limits.answers
def upload() -> AnyResponse:
    """The same for ways that take a file: its request may be larger (web/http/security_headers.py)."""
    form, files = request.form, request.files.get("file")
    if form.get("way") != "import":
        return _opened(_create(form.get("way", "")))
    content, name = (files.read(), files.filename or "") if files is not None else (b"", "")
    result = import_survey.import_survey(toolbox(), content, name, form.get("source", ""), g.viewer.email, now())
    if result.draft is None:
        return _page(result.problems, 503 if result.problems[0].code == "import_busy" else 422)
    has_notes = import_survey.find_import(toolbox(), result.draft.id) is not None
    target = "draft_import.show" if has_notes else "builder.edit"
    return redirect(url_for(target, slug=result.draft.name), 303)


@blueprint.post("/desk/surveys/<slug>/duplicate")
@roles(*MAY_EDIT)
@rate_limits.answers
def duplicate(slug: str) -> AnyResponse:
    result = new_survey.duplicate(toolbox(), slug, g.viewer.email, now())
    if result.draft is None:
        abort(404)
    return redirect(url_for("builder.edit", slug=result.draft.name, at="survey"), 303)


def _opened(result: DraftResult) -> AnyResponse:
    if result.draft is None:
        return _page(result.problems, 422)
    return redirect(url_for("builder.edit", slug=result.draft.name), 303)


def _create(way: str) -> DraftResult:
    form, actor = request.form, g.viewer.email
    if way == "sample":
        return new_survey.from_sample(toolbox(), form.get("sample", ""), actor, now())
    if way == "yaml":
        upload = request.files.get("file")
        content = upload.read() if upload is not None else b""
        return new_survey.from_yaml(toolbox(), content or form.get("yaml", "").encode(), actor, now())
    title, policy = form.get("title", "")[:LONGEST_TITLE], form.get("policy", "")
    language = form.get("language", "en")
    known = policy if policy in new_survey.policies(toolbox()) else ""
    chosen = language if language in LANGUAGES else "en"
    others = tuple(tag for tag in LANGUAGES if tag in form.getlist("also") and tag != chosen)
    return new_survey.from_blank(toolbox(), title, known, chosen, actor, now(), others)


def _page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    formats, languages = formats_for(locale.current()), company_settings.company(toolbox()).languages
    way = request.values.get("way", "blank")
    samples = new_survey.samples(toolbox(), locale.current())
    wanted = request.values.get("sample", "")
    sample = next((one for one in samples if one.id == wanted), next(iter(samples), None))
    if way == "sample":
        ours = ("'self'",)
        g.content_policy = security_headers.content_policy(ours, ours) + "; frame-src 'self'"
    return page(
        "builder/new_survey.html",
        status,
        way=way if way in WAYS else "blank",
        samples=samples,
        sample=sample,
        parts=[words()(WORDS[name]) for name in sample.sections if name != "cover"] if sample is not None else [],
        policies=new_survey.policies(toolbox()),
        languages=[(tag, formats.language(tag)) for tag in LANGUAGES],
        problems=[_sentence(problem) for problem in problems],
        typed=request.form,
        formats=FORMAT_NAMES,
        chosen_language=request.form.get("language", languages[0]),
        also=request.form.getlist("also") if request.method == "POST" else languages[1:],
    )


def _sentence(problem: Problem) -> str:
    said = words()
    if problem.code in WRONG:
        return said(WRONG[problem.code])
    message = problem.message[:1].upper() + problem.message[1:]
    if problem.code == "text_empty":
        return said("Enter a title, like Data maturity check.")
    if problem.line:
        return said("Line %(n)s: %(message)s.", n=problem.line, message=message)
    return f"{message}. {problem.hint[:1].upper()}{problem.hint[1:]}."
