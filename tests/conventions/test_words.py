"""Every sentence people read is said in every language of the product, whole and well set."""

from __future__ import annotations

import ast
import re
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from questionnaire.documents import document_html
from questionnaire.notify import compose
from questionnaire.notify.compose import Brief, Headline
from questionnaire.notify.mail.mail_rendering import render_mail
from questionnaire.templating import LANGUAGES, words_for
from tests.conventions.checkout import ROOT, files, text, told
from tests.documents import samples

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
NAMES_OF_THE_FIELD = {"FIT", "INTENT", "TIMING", "C-level", "VP"}
UNREAD = re.compile(
    r"{% block kind %}.*?{% endblock %}|{% macro attributes\(.*?endmacro|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL
)
ADDRESS = re.compile(r"https?://\S+")


NOT_LITERAL = (ast.JoinedStr, ast.BinOp, ast.IfExp)
SECOND = {"Mistake"}  # The sentence is the second argument.
ONE = {"words", "later", "gettext", "gettext_noop", *SECOND}
CATALOGUE = ROOT / "questionnaire" / "locale" / "fr.po"


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def marked() -> dict[str, tuple[str, str]]:
    """Each sentence that `make words` finds, with its plural ("" without one) and the file that says it."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run([ROOT / ".ci" / "words", template.name], check=True, capture_output=True)
        found = [one for one in read(Path(template.name)) if one.id]
    return {forms(one)[0]: ("".join(forms(one)[1:]), one.locations[0][0]) for one in found}


@cache
def french() -> dict[str, tuple[str, ...]]:
    return {forms(one)[0]: translations(one) for one in read(CATALOGUE, "fr") if one.id and not one.fuzzy}


def forms(entry: Message) -> tuple[str, ...]:
    """The sentence in English, and its plural where something is counted."""
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def translations(entry: Message) -> tuple[str, ...]:
    """What stands for an entry: one sentence, or one for each plural form."""
    found = entry.string
    return (found or "",) if isinstance(found, str) or found is None else tuple(map(str, found))


def in_python(source: str) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, name of the function and argument of everything that is marked: `words(…)`, `later(…)`, `.ngettext(…)`."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        func = call.func
        name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
        if isinstance(func, ast.Call):
            inner = func.func
            name = inner.id if isinstance(inner, ast.Name) and inner.id in ("words", "words_for") else ""
            name = f"{name}(…)" if name else ""
        at = slice(1, 2) if name in SECOND else slice(0, 2) if name == "ngettext" else slice(0, 1)
        if name in ONE or name == "ngettext" or name.endswith("(…)"):
            yield from ((call.lineno, name, argument) for argument in call.args[at])


def in_template(source: str) -> Iterator[tuple[int, str, nodes.Expr]]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "ngettext"):
            count = 2 if call.node.name == "ngettext" else 1
            yield from ((call.lineno, call.node.name, argument) for argument in call.args[:count])


def test_every_sentence_in_python_is_one_literal_string_and_is_found() -> None:
    found = set(marked()) | {many for many, _ in marked().values()}
    wrong = []
    for name in (name for name in files() if name.startswith("questionnaire/") and name.endswith(".py")):
        for line, function, argument in in_python(text(name)):
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            if isinstance(argument, NOT_LITERAL):
                wrong.append(f"{name}:{line}: {function}() takes one literal string")
            elif literal and function.endswith("(…)"):
                wrong.append(f'{name}:{line}: write .gettext("…"): what follows two brackets is not found')
            elif literal and argument.value not in found and name != "questionnaire/core/base/translation.py":  # type: ignore[attr-defined]
                wrong.append(f"{name}:{line}: `make words` does not find {argument.value!r}")  # type: ignore[attr-defined]
    assert not wrong, told(wrong)


def test_every_sentence_in_a_template_is_one_literal_string_and_is_found() -> None:
    found = set(marked()) | {many for many, _ in marked().values()}
    wrong = [
        f"{name}:{line}: {function}() takes one literal string that `make words` finds"
        for name in files()
        if name.startswith("templates/") and name.endswith((".html", ".txt"))
        for line, function, argument in in_template(text(name))
        if not isinstance(argument, nodes.Const) or argument.value not in found
    ]
    assert not wrong, told(wrong)


def test_a_sentence_that_is_put_together_is_seen() -> None:
    for source in (
        'words(f"Call {name}")',
        'words("Call " + name)',
        'later("a" if b else "c")',
        'Mistake("x", f"{y}")',
    ):
        assert [type(argument) in NOT_LITERAL for _, _, argument in in_python(source)] == [True], source
    assert [name for _, name, _ in in_python('words_for(tag)("Close")')] == ["words_for(…)"]


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {*(path.stem for path in CATALOGUE.parent.glob("*.po")), "en"} == set(LANGUAGES)


def test_no_translation_is_a_guess() -> None:
    assert not [one.id for one in read(CATALOGUE, "fr") if one.id and one.fuzzy]


def test_the_catalogue_says_nothing_of_the_machine_that_wrote_it() -> None:
    head = CATALOGUE.read_text("utf-8").partition("#: ")[0]
    assert "POT-Creation-Date: 2026-01-01 00:00+0000" in head
    assert "PO-Revision-Date: 2026-01-01 00:00+0000" in head
    assert "@" not in head
    assert not re.search(r"(?m)^#: .*:\d+$", CATALOGUE.read_text("utf-8"))


def test_every_sentence_is_said_in_french() -> None:
    missing = [f"{where}: {said}" for said, (_, where) in marked().items() if not all(french().get(said, ("",)))]
    assert not missing, told([*missing, "Type: make words, and fill in what is empty in questionnaire/locale/fr.po"])


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    left = [said for said in french() if said not in marked()]
    assert not left, told([*left, "Type: make words"])
    assert not read(CATALOGUE, "fr").obsolete


def test_a_translation_takes_the_same_values() -> None:
    """In French the singular also says nought, so it takes the number like the plural."""
    wrong = []
    for said, (many, where) in marked().items():
        wanted = sorted(set(PLACEHOLDER.findall(many or said)))
        for form in french().get(said, ()):
            if sorted(set(PLACEHOLDER.findall(form))) != wanted or "%" in PLACEHOLDER.sub("", form):
                wrong.append(f"{where}: {form}")
    assert not wrong, told(wrong)


def test_what_is_counted_has_both_forms_and_nothing_else_has() -> None:
    plural = {said for said, (many, _) in marked().items() if many}
    assert {said for said, forms in french().items() if len(forms) == 2} == plural
    words = words_for("fr")
    assert [words.ngettext("One lead", "%(n)s leads", n) for n in (0, 1, 2)] == ["0 lead", "1 lead", "2 leads"]


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        (rf"[^{WIDE}]:(?=\s|$)", "a no-break space before a colon"),
        (rf"[^{NARROW}][;?!](?=\s|$|{WIDE})", "a narrow no-break space before ; ? and !"),
        (rf"«[^{WIDE}]|[^{WIDE}]»", "no-break spaces inside « »"),
        (r"'", "’ for an apostrophe"),
        (rf"[^{NARROW}]%%", "a narrow no-break space before %"),
        (r"\.\.\.|  ", "… for three points, one space between words"),
        (r"!", "no exclamation marks"),
        (r"(?i)\b(tu|ton|toi|soumettre)\b", "vous, and nobody submits anything"),
    ],
)
def test_french_is_well_set(wrong: str, advice: str) -> None:
    found = [form for forms in french().values() for form in forms if re.search(wrong, ADDRESS.sub("", form))]
    assert not found, told([advice, *found])


def test_what_stands_inside_a_sentence_begins_small_in_french_too() -> None:
    wrong = [
        f"{said} = {form}"
        for said, forms in french().items()
        for form in forms
        if said[0].islower() and form[0].isupper() and form.split()[0] not in NAMES_OF_THE_FIELD
    ]
    assert not wrong, told(wrong)


# --- nothing is said without a mark ----------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a person reads or hears of a page: its text, and the attributes that are spoken or shown."""

    SPOKEN = ("alt", "title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script", "kbd")
        self.heard += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script", "kbd")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.heard.append(data)


# The demo's marketing site is an invented company's: its words are its own, in English and French, and not ours.
OURS = [name for name in files() if name.startswith("templates/") and not name.startswith("templates/demo_site/")]


@pytest.mark.parametrize("name", OURS)
def test_a_template_says_nothing_that_is_not_marked(name: str) -> None:
    reader = Reader()
    reader.feed(UNREAD.sub("", text(name)))
    words = [word for heard in reader.heard for word in re.findall(r"[^\W\d_]{2,}", heard)]
    assert not words, told(words)


# --- French pages say nothing in English -----------------------------------------------------------------------


def english(page: str) -> list[str]:
    """Sentences of the product that stand on a page in English, a whole text of it at least."""
    reader = Reader()
    reader.feed(page)
    heard = {" ".join(piece.split()) for piece in reader.heard}
    found = []
    for said, forms in french().items():
        if said in forms or not re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", said)):
            continue
        pattern = re.compile(r".*".join(map(re.escape, PLACEHOLDER.split(said)[::2])), re.DOTALL)
        found += [f"{said}: {piece}" for piece in heard if re.fullmatch(pattern, piece)]
    return found


def test_a_french_report_is_french() -> None:
    one = samples.filled(language="fr")
    for view in (samples.report(one, peers=samples.peers(), prior=samples.prior()), samples.report(one)):
        for plain in (False, True):
            page = document_html("report", view, "fr", plain=plain)
            assert not english(page), told(english(page))


def test_a_french_dossier_is_french() -> None:
    one = samples.filled(language="fr", claims={"trigger_event": "hiring"}, hidden={"utm_campaign": "autumn"})
    for plain in (False, True):
        page = document_html("dossier", samples.dossier(one, language="fr"), "fr", plain=plain)
        assert not english(page), told(english(page))


def test_french_mails_are_french() -> None:
    words = words_for("fr")
    line = Headline("Anna Keller", "VP Sales", "Nordwind", "50–199", "DE", words("asked for a demo"))
    about = Brief(line, "https://q.example/l", "<l@q.example>", "Europe/Berlin", "", "A1", samples.filled().at)
    notifications = [
        compose.report_ready("anna@b.example", "Anna", "https://q/r", "https://q/p", "Nordlicht", "fr"),
        compose.resume_link("anna@b.example", "Bilan", "https://q/s/x", samples.filled().at, "Nordlicht", "fr"),
        compose.lead_assigned("lena@n.example", about, "fr"),
        compose.lead_in_queue("ines@n.example", about, "inbound", "", "fr"),
        compose.new_answers("lena@n.example", about, [], False, "fr"),
        compose.review_waiting("ops@n.example", about, ["FIT-1"], "fr"),
    ]
    for mail in map(render_mail, notifications):
        page = mail.html + f"<p>{mail.subject}</p>" + "".join(f"<p>{line}</p>" for line in mail.text.splitlines())
        assert not english(page), told([mail.kind, *english(page)])
