"""Every sentence that people read is translated for those who read it, whole and well set."""

from __future__ import annotations

import re
from configparser import RawConfigParser

import pytest
from babel.util import pathmatch

from questionnaire.core.base.translation import LANGUAGES, STAFF_LANGUAGES
from questionnaire.core.brand.theme import Theme
from questionnaire.documents import document_html
from questionnaire.notify import compose
from questionnaire.notify.brief import Brief, Headline
from questionnaire.notify.mail.mail_rendering import render_mail
from questionnaire.notify.notification import Notification
from questionnaire.templating import words_for
from tests.conventions.catalogues import PLACEHOLDER, TRANSLATED, catalogue, english, marked, read, said_in, translated
from tests.conventions.checkout import ROOT, files, told
from tests.documents import samples

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
NAMES_OF_THE_FIELD = {"FIT", "INTENT", "TIMING", "C-level", "VP"}
ADDRESS = re.compile(r"https?://\S+")
NAME = re.compile(r"%\((\w+)\)s")

in_each_language = pytest.mark.parametrize("language", TRANSLATED)


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {*(path.stem for path in catalogue("fr").parent.glob("*.po")), "en"} == set(LANGUAGES)


@in_each_language
def test_no_translation_is_a_guess(language: str) -> None:
    assert not [one.id for one in read(catalogue(language), language) if one.id and one.fuzzy]


@in_each_language
def test_the_catalogue_says_nothing_of_the_machine_that_wrote_it(language: str) -> None:
    whole = catalogue(language).read_text("utf-8")
    head = whole.partition("#: ")[0]
    assert "POT-Creation-Date: 2026-01-01 00:00+0000" in head
    assert "PO-Revision-Date: 2026-01-01 00:00+0000" in head
    assert "@" not in head
    assert not re.search(r"(?m)^#: .*:\d+$", whole)


def test_it_is_known_of_every_sentence_whether_prospects_read_it() -> None:
    places = RawConfigParser(comment_prefixes="#", delimiters="=")
    places.read(ROOT / ".ci" / "prospect.cfg", "utf-8")
    patterns = [section.partition(": ")[2] for section in places.sections()]
    sources = {where for _, where in marked().values()}
    unknown = sorted(where for where in sources if not any(pathmatch(pattern, where) for pattern in patterns))
    assert not unknown, told([*unknown, "Say in .ci/prospect.cfg who reads the sentences of these files"])
    unused = [pattern for pattern in patterns if not any(pathmatch(pattern, name) for name in files())]
    assert not unused, told([*unused, "No file of these names is left: drop them from .ci/prospect.cfg"])


@in_each_language
def test_every_sentence_is_translated(language: str) -> None:
    done, who = translated(language), "staff and prospects" if language in STAFF_LANGUAGES else "prospects"
    missing = [f"{where}: {said}" for said, (_, where) in said_in(language).items() if not all(done.get(said, ("",)))]
    advice = f"Read by {who}. Type: make words, and fill in what is empty in questionnaire/locale/{language}.po"
    assert not missing, told([*missing, advice])


@in_each_language
def test_the_catalogue_holds_nothing_that_nobody_says(language: str) -> None:
    left = [said for said in translated(language) if said not in said_in(language)]
    assert not left, told([*left, "Type: make words"])
    assert not read(catalogue(language), language).obsolete


@in_each_language
def test_a_translation_takes_the_same_values(language: str) -> None:
    """The singular takes the number like the plural: in French it also says nought."""
    wrong = []
    for said, (many, where) in said_in(language).items():
        wanted = sorted(set(PLACEHOLDER.findall(many or said)))
        for form in translated(language).get(said, ()):
            if sorted(set(PLACEHOLDER.findall(form))) != wanted or "%" in PLACEHOLDER.sub("", form):
                wrong.append(f"{where}: {form}")
    assert not wrong, told(wrong)


@in_each_language
def test_what_is_counted_has_both_forms_and_nothing_else_has(language: str) -> None:
    plural = {said for said, (many, _) in said_in(language).items() if many}
    assert {said for said, forms in translated(language).items() if len(forms) == 2} == plural


def test_nought_is_singular_in_french_and_plural_in_german() -> None:
    def last_words(language: str) -> list[str]:
        words = words_for(language)
        return [words.ngettext("About one minute.", "About %(n)s minutes.", n).split()[-1] for n in (0, 1, 2)]

    assert last_words("fr") == ["minute.", "minute.", "minutes."]
    assert last_words("de") == ["Minuten.", "Minute.", "Minuten."]


def matches(language: str, pattern: str) -> list[str]:
    """The translations in which a pattern is found, addresses and the names of values aside."""
    said = (form for forms in translated(language).values() for form in forms)
    return [form for form in said if re.search(pattern, ADDRESS.sub("", NAME.sub("%()s", form)))]


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
    found = matches("fr", wrong)
    assert not found, told([advice, *found])


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        (r"[\"'”]|^[^„]*“|„[^“]*(„|$)", "„ “ for quotes, ’ for an apostrophe"),
        (rf"[^{WIDE}]%%", "a no-break space before %"),
        (rf"[ {NARROW}{WIDE}][:;?.,…]", "no space before a mark"),
        (r"\b(z\. ?B|d\. ?h|u\. ?a)\.", "zum Beispiel, das heißt and unter anderem, in full"),
        (r"\.\.\.|  | - |—", "… for three points, one space between words, – for a dash"),
        (r"!", "no exclamation marks"),
        (r"\b(?i:du|dir|dich|dein\w*|euch|euer\w*)\b|\bihr\b", "Sie"),
        (r"(?i)absenden|einreichen|übermitteln", "nobody submits anything"),
        (r"(?i)\b(diagnose|fragebogen|score|dimension|report|email|(?<!e-)mail)\b", "the words of docs/voice.md"),
    ],
)
def test_german_is_well_set(wrong: str, advice: str) -> None:
    found = matches("de", wrong)
    assert not found, told([advice, *found])


def test_what_stands_inside_a_sentence_begins_small_in_french_too() -> None:
    wrong = [
        f"{said} = {form}"
        for said, forms in translated("fr").items()
        for form in forms
        if said[0].islower() and form[0].isupper() and form.split()[0] not in NAMES_OF_THE_FIELD
    ]
    assert not wrong, told(wrong)


# --- pages in another language say nothing in English ----------------------------------------------------------


@in_each_language
def test_a_report_in_another_language_says_nothing_in_english(language: str) -> None:
    one = samples.filled(language=language)
    for view in (samples.report(one, peers=samples.peers(), prior=samples.prior()), samples.report(one)):
        for plain in (False, True):
            page = document_html("report", view, language, plain=plain)
            assert not english(page, language), told(english(page, language))


def test_a_french_dossier_is_french() -> None:
    one = samples.filled(language="fr", claims={"trigger_event": "hiring"}, hidden={"utm_campaign": "autumn"})
    for plain in (False, True):
        page = document_html("dossier", samples.dossier(one, language="fr"), "fr", plain=plain)
        assert not english(page, "fr"), told(english(page, "fr"))


def mails_to_prospects(language: str) -> list[Notification]:
    return [
        compose.report_ready("anna@b.example", "Anna", "https://q/r", "https://q/p", Theme(name="Nordlicht"), language),
        compose.resume_link(
            "anna@b.example", "Bilan", "https://q/s/x", samples.filled().at, Theme(name="Nordlicht"), language
        ),
    ]


def mails_to_staff(language: str) -> list[Notification]:
    wish = words_for(language)("asked for a demo")
    line = Headline("Anna Keller", "VP Sales", "Nordwind", "50–199", "DE", wish)
    about = Brief(line, "https://q.example/l", "<l@q.example>", "Europe/Berlin", "", "A1", samples.filled().at)
    return [
        compose.invitation("eva@n.example", "Ada Lind", "Nordlicht", "https://q/a", samples.filled().at, language),
        compose.password_link("eva@n.example", "https://q/a", samples.filled().at, "Europe/Paris", language),
        compose.lead_assigned("lena@n.example", about, language),
        compose.lead_in_queue("ines@n.example", about, "inbound", "", language),
        compose.new_answers("lena@n.example", about, [], False, language),
        compose.review_waiting("ops@n.example", about, ["FIT-1"], language),
    ]


@in_each_language
def test_mails_in_another_language_say_nothing_in_english(language: str) -> None:
    staff = mails_to_staff(language) if language in STAFF_LANGUAGES else []
    for mail in map(render_mail, [*mails_to_prospects(language), *staff]):
        page = mail.html + f"<p>{mail.subject}</p>" + "".join(f"<p>{line}</p>" for line in mail.text.splitlines())
        assert not english(page, language), told([mail.kind, *english(page, language)])
