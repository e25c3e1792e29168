"""Job titles as people write them, and the level a policy gives points for."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.translation import Translator
from questionnaire.core.identity.job_titles import DEFAULT_TITLES, LEVELS, TitleTable, classify, extend

TITLES = {
    "c_level": """
        CEO | ceo | C.E.O. | CFO | CTO | CMO | CRO | COO | CIO | CISO | CPO | CHRO | Chief Executive | Group CFO
        Chief Executive Officer | Chief Information Security Officer | Chief Product & Technology Officer
        Chief Sales and Marketing Officer | Deputy Chief Executive | Interim CEO | Co-CEO | C-Level | Founder
        Co-Founder | Cofounder | Co-founder & CTO | CEO and account manager | Owner | Owner/CEO | Business Owner
        President | President, EMEA | President & COO | CEO, formerly intern | Chairwoman | Board member
        Managing Director | Regional Managing Director | General Manager | Managing directors | Partner
        Senior Partner | Managing Partner | Equity Partner, Tax | Partner at Harbor Advisory | Partnerin | PDG
        P.D.G. | DG | DGA | Directrice générale | Directeur général | directeur-général | DIRECTRICE GENERALE
        Directeur Général Adjoint | Président | Présidente | Président(e) | Présidente-directrice générale | Gérant
        Gérante | gérant(e) | Co-gérante | Fondatrice | Cofondateur | Avocat associé | Associée | Chef d'entreprise
        Cheffe d’entreprise | Membre du directoire | Directrice associée | Dirigeante | Geschäftsführer
        Geschäftsführerin | Geschaeftsfuehrerin | GESCHÄFTSFÜHRER | Geschäftsführer/in | Geschäftsführer:in
        Geschäftsführer (m/w/d) | Geschäftsführerinnen | Hauptgeschäftsführerin | Geschäftsführende Gesellschafterin
        Mitglied der Geschäftsführung | Mitglied der Geschäftsleitung | Geschäftsleiter | Vorstand | Finanzvorstand
        Vorständin | Vorsitzende des Vorstands | Vorstandsvorsitzender | Mitglied des Vorstands | Inhaber
        Inhaberin | Firmeninhaberin | Gründerin | Mitgründer | Präsidentin | Generaldirektorin
        Vertriebsleiter und Geschäftsführer | Sales Manager; Founder | Bank of Harbors CEO | CEO 代表取締役 | ＣＥＯ
        """,
    "vp": """
        VP | VP Sales | VP, Sales | Sales VP | V.P. Marketing | SVP | EVP Sales | AVP | Senior Vice President
        Vice President | Vice-President, Marketing | Vice Presidents | Executive Vice President of Sales
        Assistant Vice President | Vice-président | vice-présidente | Vice-Président(e) Ventes
        Vice-présidente exécutive | Vizepräsidentin | Vize-Präsident | Bereichsleiter | Bereichsleiterin Vertrieb
        Bereichsleitung | VP & Director of Sales | VP Partner Sales | VP Sales, Partners
        """,
    "director": """
        Director | Sales Director | Director of Marketing | Directors | Marketing-Director | Associate Director
        Assistant Director | Executive Director | Art Director | Head of Sales | Head of Revenue Operations
        head of marketing | Global Head Sales | Head, Demand Generation | Head of Partnerships
        Head of Partner Sales | Head of the CEO office | Head of Product Owners | Director of Partner Success
        Partner Sales Director | Associate Partner | Chief of Staff | Chief of Staff to the CEO
        Chief of Staff to the Chief Operating Officer | Chief Architect | Student Services Director
        Directeur marketing | Directrice marketing | Directrices commerciales | Directeur(trice) commercial(e)
        directeur·rice des ventes | Directeur financier | Directeur administratif et financier | DAF | DRH | DSI
        Directeur des systèmes d'information | Directrice du cabinet du président | Directeur adjoint
        Leiter Marketing | Leiterin Vertrieb | Leiter/in Einkauf | Leiter*in Einkauf | Leiter (m/w/d) Einkauf
        Vertriebsleiterin | Vertriebsleiter | Vertriebs-Leiter | Marketingleiter | Marketingleiterin
        Marketingleitung | Abteilungsleiterin | Leitung Kommunikation | Vertriebsdirektorin | Direktor
        Vertriebschefin | Finanzchef | Prokuristin | Dir. Marketing | Membre du CODIR | Head of Sales (ex-CEO)
        """,
    "manager": """
        Manager | Marketing Manager | Sales-Manager | Managers | Senior Manager, Operations | Office Manager
        Assistant Manager | Regional Sales Manager | Manager of Product Owners | Product Marketing Manager
        Team Lead | Team leader | Team-Lead Sales | Supervisor | Partner Marketing Manager | CEO Office Manager
        Manager at Partner | Responsable marketing | Responsable des ventes | responsables commerciaux
        Responsable (H/F) auprès du DG | Chef de service | Cheffe de service | Chef d'équipe | Cheffe d’équipe
        Chef des ventes | Superviseure, Manageuse | Teamleiter | Teamleiterin | Team-Leader | Teamleitung
        Gruppenleiterin | Vertriebsmanager | Marketingmanagerin | Marketing Manager (m/w/d)
        Former CEO, now Marketing Manager
        """,
    "contributor": """
        Account Manager | Key Account Manager | Key-Account-Managerin | Accountmanager | Account Executive
        Product Manager | Senior Product Managers | Produktmanagerin | Project Manager | Projektmanager
        Projektleiterin | Projektleitung | Account and Project Manager | Product Owner | Technical Product Owner
        Process Owner | Data Owner | Chef de projet | Cheffe de projet | Chef de projet digital | Chefs de projet
        Chef de produit | chargée de mission | Responsable grands comptes | Responsable produit
        Gestionnaire de comptes | Partner Manager | Channel Partner Manager | Partnermanagerin | Business Partner HR
        HR Business Partner | Sales Partner | Partners | Partner Success | Founder's Associate | Founders Associate
        CRO Specialist | Account Executive, Partners | Assistant to the CEO | Assistant to the Managing Director
        Executive Assistant | Executive Assistant to CEO | Director's assistant | CEO’s assistant | CEO assistant
        PA to the President | EA to CFO | Office of the CEO | CEO's office | Assistante de direction
        Assistant(e) de direction | Assistante du directeur général | Assistante DG | Adjointe au directeur
        Assistant (H/F) du directeur général | Assistentin der Geschäftsführung | Assistenz der Geschäftsleitung
        Vorstandsassistentin | Direktionsassistent | Referentin des Vorstands | Mitarbeiter der Geschäftsleitung
        Sekretärin der Geschäftsführung | Chefsekretärin | Secretary to the Director | Secrétaire de direction
        Intern | Marketing Intern | Stagiaire | stagiaire marketing | Praktikantin | Praktikant Vertrieb | Student
        Students | Werkstudentin | Étudiante | Trainee | Management Trainee | Apprentie | Alternante | Azubi
        Auszubildende | Intern, office of the CEO | CEO and executive assistant | Advisor to the CEO
        Consultant at CEO Partners | Consultant @ CEO Partners | Conseillère du président
        Berater der Geschäftsführung | Sales Representative | Marketing Specialist | Software Engineer | Developer
        SDR | Analyst | Sachbearbeiterin | Chargé(e) de mission auprès du DG | Wegbegleiterin | Comptable
        Einkäufer | Executive | Officer | Former CEO | ex-PDG | Ancien directeur | Head hunter
        Presidential Speechwriter | Leit
        """,
}
UNREADABLE = [
    "",
    " ",
    "–",
    "-",
    "...",
    "n/a",
    "N/A",
    "k.A.",
    "none",
    "keine Angabe",
    "1234",
    "x",
    "XXX",
    "部長",
    "директор",
    "🦄",
]


def _table() -> list[tuple[str, str]]:
    parts = [(level, part.strip()) for level, text in TITLES.items() for part in text.replace("\n", "|").split("|")]
    return [(title, level) for level, title in parts if title]


def test_a_title_names_its_level() -> None:
    wrong = [f"{title}: {read}, not {level}" for title, level in _table() if (read := classify(title)).level != level]
    assert not wrong, "\n".join(wrong)


def test_the_table_of_titles_is_large_and_names_each_once() -> None:
    titles = [title for title, _level in _table()]
    assert len(titles) == len(set(titles)) > 240


@pytest.mark.parametrize("title", UNREADABLE)
def test_a_title_nobody_can_read_is_unknown_and_not_low(title: str) -> None:
    read = classify(title)
    assert (read.level, read.matched, read.why) == (None, "", "No readable job title.")


@pytest.mark.parametrize(
    ("title", "matched", "why"),
    [
        ("Co-founder & CTO", "founder", "“founder” counts as C-level."),
        ("VP, Sales", "VP", "“VP” counts as vice president."),
        ("Vertriebsleiterin Nord", "Vertriebsleiterin", "“Vertriebsleiterin” counts as director."),
        ("Responsable marketing", "Responsable", "“Responsable” counts as manager."),
        ("Key Account Manager", "Account Manager", "“Account Manager” counts as individual contributor."),
        (
            "Assistant to the CEO",
            "Assistant to",
            "“Assistant to” is an assistant or trainee role, counted as individual contributor.",
        ),
        ("Comptable", "", "Nothing in the job title points to a leadership role."),
    ],
)
def test_the_reason_quotes_the_words_that_decided(title: str, matched: str, why: str) -> None:
    read = classify(title)
    assert (read.matched, read.why) == (matched, why)


def test_the_reason_is_said_in_the_language_of_whoever_reads_it() -> None:
    french = Translator("fr", {"“%(matched)s” counts as vice president.": "« %(matched)s » vaut vice-président."}.get)  # type: ignore[arg-type]
    assert classify("VP", words=french).why == "« VP » vaut vice-président."


def test_a_policy_adds_phrases_that_win_over_equal_ones() -> None:
    own = extend(
        DEFAULT_TITLES,
        {
            "vp": ["Prokurist", "head … growth", "*vertriebsleiter"],
            "manager": ["account manager"],
            "contributor": ["chief happiness officer"],
            "director": ["部長"],
            "support": ["adjutant"],
        },
    )
    levels = {
        "Prokuristin": "vp",
        "Head of Customer Growth": "director",
        "Head Customer & Partner Growth": "vp",
        "Gebietsvertriebsleiterin": "vp",
        "Vertriebsleiterin": "director",
        "Account Manager": "manager",
        "Chief Happiness Officer": "contributor",
        "Chief Marketing Officer": "c_level",
        "営業 部長": "director",
        "Adjutant, CEO": "contributor",
    }
    assert {title: classify(title, own).level for title in levels} == levels
    assert classify("Prokuristin").level == "director"


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"c-level": ["boss"]}, "`c-level` is no level of seniority; did you mean `c_level`?"),
        ({"vp": ["–"]}, "`–` is no phrase of a title; write words such as `head of sales` or `*leiter`"),
        ({"vp": [""]}, "no phrase"),
        ({"vp": ["$"]}, "no phrase"),
        ({"vp": ["head …"]}, "no phrase"),
        ({"vp": ["… officer"]}, "no phrase"),
        ({"vp": ["a … b … c"]}, "no phrase"),
    ],
)
def test_a_phrase_that_cannot_be_one_is_refused_with_advice(extra: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ValueError, match=r"^`") as refused:
        extend(DEFAULT_TITLES, extra)
    assert message in str(refused.value)


def test_an_empty_table_knows_no_role() -> None:
    assert classify("CEO", TitleTable(())).level == "contributor"


def test_what_stands_between_chief_and_officer_has_an_end() -> None:
    assert classify("Chief i j k l m n Officer").level == "c_level"
    assert classify("Chief i j k l m n o Officer").level == "director"
    assert classify("Chief Architect, Compliance Officer").level == "director"


@pytest.mark.parametrize(
    "hostile",
    [
        "chief " * 50_000,
        "a." * 100_000,
        "m/" * 100_000,
        "CEO" * 100_000,
        "(in)" * 80_000,
        "\u0301" * 300_000,
        "ﷺ" * 100_000,
    ],
)
def test_a_hostile_title_takes_no_longer_than_a_long_one(hostile: str) -> None:
    begun = time.process_time()
    classify(hostile)
    assert time.process_time() - begun < 0.25


@given(st.text(max_size=400))
def test_any_text_gets_one_of_the_levels_and_a_reason(title: str) -> None:
    read = classify(title)
    assert read.level in {*LEVELS, None}
    assert read.why
    assert bool(read.matched) <= (read.level is not None)


titles = st.sampled_from([title for title, _level in _table()])


@given(titles)
def test_case_accents_composition_and_space_make_no_difference(title: str) -> None:
    level = classify(title).level
    for same in (title.upper(), unicodedata.normalize("NFD", title), f"  {title}\n"):
        assert classify(same).level == level


@given(titles, titles)
def test_of_two_titles_the_higher_counts_unless_one_is_support(one: str, other: str) -> None:
    first, second, both = classify(one), classify(other), classify(f"{one} / {other}")
    support = [read for read in (first, second) if "trainee" in read.why]
    ranks = {level: rank for rank, level in enumerate(LEVELS)}
    assert first.level is not None
    assert second.level is not None
    expected = "contributor" if support else min(first.level, second.level, key=ranks.__getitem__)
    assert both.level == expected
