"""What a half-added thing still lacks, in sentences a newcomer can act on.

One register line adds something and the rest is found by name: each function compares both sides and looks at what
comes out. `python -m tests.conventions.lacking` prints everything; the tests beside this file want it to be nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from questionnaire.core.documents.dossier import DOSSIER_SECTIONS
from questionnaire.core.documents.report import REPORT_SECTIONS
from questionnaire.core.survey.questions import REGISTRY, Mistake, Question
from questionnaire.core.survey.questions.editor import EditorField, editor_fields
from questionnaire.core.survey.report_blocks import ReportSection
from questionnaire.library.catalogue import FEATURES, SurveyFolder
from questionnaire.library.yaml.reader import read_source
from questionnaire.notify.audience import undeclared
from questionnaire.notify.compose import KINDS
from questionnaire.notify.notification import Recipient
from questionnaire.notify.registry import channels_for
from questionnaire.settings import bundle_dir
from questionnaire.web.http.theme_css import PARTS
from questionnaire.web.survey_page.assets import script_of
from questionnaire.web.survey_page.fields import CONTROLS
from tests.conventions.checkout import ROOT, files
from tests.conventions.headings import PAGES, lacks_of_page
from tests.conventions.rendered import is_shown, published

TEMPLATES, STYLES = ROOT / "templates", ROOT / "static" / "css" / "survey"
MAIL_PARTS = ("subject.txt", "body.txt", "body.html")
JUDGED = frozenset({"level", "emits", "flags", "maturity", "dimension", "number", "none_is", "advice"})
"""Keys of questions, choices and rows that the page must not show."""
WITHOUT_EFFECT = frozenset({("email", "business_only"), ("matrix", "shuffle")})
"""Keys a question may bear and no page heeds: `business_only` works for contact fields; the choices of a matrix are
columns, whose order is not drawn."""


def lacks_of_question_types() -> list[str]:
    return [line for name, kind in REGISTRY.items() for line in (*_of_type(name, kind), *_of_features(name, kind))]


def _of_type(name: str, kind: type[Question]) -> Iterator[str]:
    if kind.__module__ != f"questionnaire.core.survey.questions.{name}":
        yield f"question type `{name}` lacks its file questionnaire/core/survey/questions/{name}.py"
    if kind.control not in CONTROLS:
        where = "questionnaire/web/survey_page/fields.py"
        yield f"question type `{name}` lacks a field for its control `{kind.control}` in {where}"
    yield from _template("question type", name, f"controls/{kind.control}.html")
    if f"tests/core/survey/questions/test_{name}.py" not in files() and not _is_tested(name):
        yield f"question type `{name}` lacks a test: tests/core/survey/questions/test_{name}.py"


def _is_tested(name: str) -> bool:
    """Whether some test of the core names this type."""
    return any(f'"{name}"' in source or f"type: {name}" in source for source in _core_tests())


@cache
def _core_tests() -> tuple[str, ...]:
    paths = [path for path in files() if path.startswith("tests/core/") and not path.endswith("test_traits.py")]
    return tuple((ROOT / path).read_text("utf-8") for path in paths)


def _of_features(name: str, kind: type[Question]) -> Iterator[str]:
    """What the example surveys lack of a type, and what its page lacks of them."""
    examples = [raw for raw in _examples() if raw.get("type") == name]
    if not examples:
        yield f"question type `{name}` lacks an example: surveys/features/{name.replace('_', '-')}.yaml"
        return
    yield from _of_answers(name, kind, examples[0])
    # What nobody sees has no page, and without a field and a template there is none yet.
    if not kind.visible or kind.control not in CONTROLS or not (TEMPLATES / f"controls/{kind.control}.html").is_file():
        return
    for field in editor_fields(kind):
        if not field.own or field.key in JUDGED or (name, field.key) in WITHOUT_EFFECT:
            continue
        if not any(field.key in raw for raw in examples):
            yield f"question type `{name}`: no example in surveys/features/ writes its key `{field.key}`"
        elif not any(field.key in raw and _is_on_page(raw, field) for raw in examples):
            yield f"question type `{name}`: its page does not show the key `{field.key}`"


def _of_answers(name: str, kind: type[Question], raw: Mapping[str, Any]) -> Iterator[str]:
    for item in kind.model_validate(raw).items:
        value = item.read(item.sample())
        if value is None or isinstance(value, Mistake):
            yield f"question type `{name}`: its `sample` is no answer to itself"
        elif not item.say(value, "fr"):
            yield f"question type `{name}`: `say` has no words for its `sample`"


def _is_on_page(raw: Mapping[str, Any], field: EditorField) -> bool:
    if not field.fields:
        return is_shown(raw, (field.key,))
    rows = enumerate(raw[field.key])
    return all(is_shown(raw, (field.key, index, key)) for index, row in rows for key in row if key not in JUDGED)


@cache
def _examples() -> tuple[dict[str, Any], ...]:
    """Every question of surveys/features/."""
    found: list[dict[str, Any]] = []
    for path in SurveyFolder(bundle_dir("surveys") / FEATURES).surveys(features=True):
        source, _ = read_source(path)
        raw: Any = source.raw if source else {}
        found += [published(one) for page in raw.get("pages", ()) for one in page.get("questions", ())]
    return tuple(found)


def lacks_of_controls() -> list[str]:
    used = {kind.control for kind in REGISTRY.values()}
    wrong = [f"templates/controls/{name}.html has no question type" for name in sorted(_names("controls") - used)]
    wrong += [
        f"questionnaire/web/survey_page/fields.py reads a control `{name}` that no type uses"
        for name in sorted(set(CONTROLS) - used)
    ]
    for name, field in CONTROLS.items():
        lost = [f"static/css/survey/{part}.css" for part in field.styles if not (STYLES / f"{part}.css").is_file()]
        wrong += [f"control `{name}` lacks its style {path}" for path in lost]
        loose = sorted(set(field.styles) - set(PARTS))
        wrong += [
            f"control `{name}`: its style `{part}` is not in `PARTS` of questionnaire/web/http/theme_css.py"
            for part in loose
        ]
        wrong += [] if _has_script(field.script) else [f"control `{name}` lacks its script static/js/{field.script}/"]
    return wrong


def _has_script(name: str) -> bool:
    try:
        return not name or bool(script_of(name))
    except FileNotFoundError:
        return False


def lacks_of_messages() -> list[str]:
    wrong = [
        line
        for kind in KINDS
        if "mail" in channels_for(kind, Recipient("anna@b.example"))
        for part in MAIL_PARTS
        for line in _template("message", str(kind), f"email/{kind}/{part}")
    ]
    folders = {path.name for path in (TEMPLATES / "email").iterdir() if path.is_dir()}
    unknown = sorted(folders - set(KINDS))
    wrong += [f"message `{kind}` does not say whom it is for in notify/audience.py" for kind in undeclared(KINDS)]
    return wrong + [f"templates/email/{name}/ is no message of questionnaire/notify/compose.py" for name in unknown]


def lacks_of_sections() -> list[str]:
    wrong = []
    for document, sections in (("report", REPORT_SECTIONS), ("dossier", DOSSIER_SECTIONS)):
        for name in sections:
            wrong += _template(f"{document} section", str(name), f"{document}/sections/{name}.html")
        for name in sorted(_names(f"{document}/sections") - set(sections)):
            wrong.append(f"templates/{document}/sections/{name}.html is no section of questionnaire/core/{document}")
    offered = set(get_args(ReportSection))
    wrong += [
        f"report section `{name}` cannot be asked for: `ReportSection` of core/survey/report_blocks.py lacks its name"
        for name in sorted(set(REPORT_SECTIONS) - offered)
    ]
    return wrong + [f"report section `{name}` lacks its builder" for name in sorted(offered - set(REPORT_SECTIONS))]


def _template(what: str, name: str, template: str) -> list[str]:
    return [] if (TEMPLATES / template).is_file() else [f"{what} `{name}` lacks templates/{template}"]


def _names(folder: str, suffix: str = ".html") -> set[str]:
    return {path.name.removesuffix(suffix) for path in (TEMPLATES / folder).glob(f"*{suffix}")}


CHECKS = (lacks_of_question_types, lacks_of_controls, lacks_of_messages, lacks_of_sections)


def everything() -> list[str]:
    found = [line for check in CHECKS for line in check()]
    return found + [line for page in PAGES for line in lacks_of_page(page)]


if __name__ == "__main__":
    print("\n".join(everything()) or "Nothing is missing. (tests/notify/test_channels.py looks at channels.)")
