"""Sample names, job titles and phone numbers by country or language, and invented companies.

A company is `name | country | trade | number of employees | domain stem`; the stem only where it does not follow from
the name. All domains end in `.example`, which is reserved (RFC 2606), so no email reaches anyone.
"""

from __future__ import annotations

from collections.abc import Mapping

COMPANIES = """
Nordwind Software | DE | saas | 140
Hafenlicht Systeme | DE | saas | 85
Rheinkontor | DE | financial_services | 310
Kranich Medizintechnik | DE | healthcare | 220
Brückner Antriebe | DE | manufacturing | 460
Isarwerk Messtechnik | DE | manufacturing | 180
Lindenhof Kliniken | DE | healthcare | 390
Quellcode Nord | DE | saas | 60
Saalfeld Beratung | DE | professional_services | 95
Elbtal Versicherung | DE | financial_services | 275
Morgenstern Analytics | DE | saas | 72
Falkenried Logistik | DE | other | 340
Birkenau Steuerberater | DE | professional_services | 55
Talwerk Robotik | DE | manufacturing | 130
Uferblick Software | DE | saas | 28
Zeitgleis | DE | saas | 240
Weserport Handel | DE | other | 1200
Kupferstern Chemie | DE | manufacturing | 2400
Donaublick Software | AT | saas | 110
Alpenrast Privatbank | AT | financial_services | 190
Wolfsegg Maschinenbau | AT | manufacturing | 420
Kaisertal Diagnostik | AT | healthcare | 75
Limmat Cloud | CH | saas | 160
Säntis Treuhand | CH | financial_services | 88
Juravent | CH | manufacturing | 350
Aareblick Praxissysteme | CH | healthcare | 64
Lémanique Conseil | CH | professional_services | 52
Gotthard Rückversicherung | CH | financial_services | 780
Ashcombe Software | GB | saas | 120
Fintrust | GB | financial_services | 260
Pennine Care Group | GB | healthcare | 410
Harrow & Vale | GB | professional_services | 145
Tidewell Analytics | GB | saas | 68
Larkspur Insurance | GB | financial_services | 330
Bramley Instruments | GB | manufacturing | 205
Kestrel Pay | GB | financial_services | 92
Moorgate Legal Tech | GB | saas | 57
Thornbury Robotics | GB | manufacturing | 115
Wexcombe Dental Systems | GB | healthcare | 83
Saltmarsh Media | GB | other | 34
Oakhanger Group | GB | manufacturing | 890
Millrace Advisory | GB | professional_services | 22
Liffey Cloud | IE | saas | 98
Corrib Health | IE | healthcare | 150
Slievemore Funds | IE | financial_services | 70
Ballyfane Foods | IE | manufacturing | 610
Harbor Advisory | US | professional_services | 210
Bluestem Software | US | saas | 175
Copperline CRM | US | saas | 320
Juniper Ridge Credit Union | US | financial_services | 240
Lakeshore Imaging | US | healthcare | 130
Prairie Gate | US | saas | 90
Redwood Ledger | US | financial_services | 66
Cascadia Sensors | US | manufacturing | 280
Sunfield Benefits | US | financial_services | 410
Ironwood Automation | US | manufacturing | 450
Maplecrest Therapy | US | healthcare | 78
Signal Mesa | US | saas | 54
Tallgrass Consulting | US | professional_services | 105
Bayline Freight | US | other | 370
Oxbow Data | US | saas | 230
Stonebridge Clinics | US | healthcare | 495
Peachfield Forms | US | saas | 19
Hillmark Tooling | US | manufacturing | 970
Vantage Harbor Bank | US | financial_services | 3100
Cedar Loop | US | saas | 145
Wrenfield Staffing | US | professional_services | 33
Larkin Street Labs | US | saas | 62
Boréal Logiciels | CA | saas | 115
Prairie North Credit | CA | financial_services | 185
Lachine Santé | CA | healthcare | 94
Chinook Controls | CA | manufacturing | 260
Rivière-Rouge Conseil | CA | professional_services | 58
Tamarack Systems | CA | saas | 44
Hêtraie Logiciel | FR | saas | 125
Clairval Assurances | FR | financial_services | 300
Belleroche Santé | FR | healthcare | 210
Atelier Vauban | FR | manufacturing | 165
Morvan Conseil | FR | professional_services | 76
Sablière Industries | FR | manufacturing | 430
Quai Voltaire Finance | FR | financial_services | 89
Ostréa Data | FR | saas | 64
Pont-Neuf Systèmes | FR | saas | 240
Garrigue Biotech | FR | healthcare | 118
Lumerive | FR | saas | 51
Cévenol Équipement | FR | manufacturing | 350
Ondaine Mutuelle | FR | financial_services | 480
Valmont Ingénierie | FR | professional_services | 137
Trégor Télécom | FR | saas | 95
Solane Diagnostics | FR | healthcare | 72
Rochebrune RH | FR | professional_services | 27
Cap Ferrat Édition | FR | other | 38
Groupe Maréchal | FR | manufacturing | 1600
Banque du Ponant | FR | financial_services | 2100
Nivernais Cloud | FR | saas | 155
Argenteuil Optique | FR | manufacturing | 83
Meuse Digital | BE | saas | 74
Zennevallei Verzekeringen | BE | financial_services | 220
Ardenne Pharma | BE | healthcare | 160
Scheldehaven Techniek | BE | manufacturing | 390
Kinkempois Partenaires | BE | professional_services | 56
Grachtwerk | NL | saas | 108
Waddenzee Software | NL | saas | 61
Oosterkade Pensioenen | NL | financial_services | 250
Maasoever Zorg | NL | healthcare | 340
Lage Landen Machines | NL | manufacturing | 175
Veluwe Data | NL | saas | 17
Kirchberg Fund Services | LU | financial_services | 135
Moselle Ledger | LU | financial_services | 53
Almudena Software | ES | saas | 130
Costa Brava Salud | ES | healthcare | 210
Officine Lombarde | IT | manufacturing | 260
Colosseo Dati | IT | saas | 75
Skärgård Systems | SE | saas | 140
Øresund Analytics | DK | saas | 88
Wisła Software | PL | saas | 190
Tejo Seguros | PT | financial_services | 145
Bandra Cloudworks | IN | saas | 420
Marina Bay Ledger | SG | financial_services | 96
Yarra Health Data | AU | healthcare | 84
株式会社ミナト | JP | manufacturing | 310 | minato
Estúdio Ipanema | BR | other | 6
Coruja Marketing | BR | other | 4
Atelier Kaszuby | PL | other | 8
Puerta Verde | ES | other | 5
Studio Kandy | LK | other | 3
"""

NAMES: Mapping[str, tuple[str, str, str]] = {
    "DE": (
        "Anna Katrin Lea Johanna Miriam Svenja Ayşe Franziska Birgit Greta",
        "Jonas Lukas Stefan Matthias Felix Cem Sebastian Holger Nils Tobias",
        "Keller Brandt Hoffmann Yılmaz Schröder Krüger Lehmann Öztürk Winkler Baumann Vogel Jäger Petersen Nowak",
    ),
    "AT": (
        "Theresa Magdalena Elisabeth",
        "Florian Wolfgang Maximilian",
        "Gruber Hofer Pichler Steiner Moser Kovačević",
    ),
    "CH": ("Nadja Céline Regula Chiara", "Urs Reto Luca Yves", "Ammann Bächtold Rochat Bernasconi Zürcher Favre"),
    "GB": (
        "Emma Charlotte Priyanka Sophie Aisha Gemma Harriet Zoë",
        "Oliver James Daniel Kwame Rory Imran Toby Gareth",
        "Ashworth Bennett Clarke Okafor Whitfield Patel Hughes MacLeod Rahman Fletcher Osei Turner",
    ),
    "IE": ("Aoife Niamh Sinéad", "Cillian Eoin Declan", "O'Brien Kavanagh Ní-Dhomhnaill Byrne McGrath"),
    "US": (
        "Megan Tanya Alicia Grace Danielle Yuki Rachel Simone Maria Hannah",
        "Tom Marcus Brian Diego Andre Kevin Wei Samuel Jordan Ethan",
        "Reed Carter Nguyễn Morales Whitaker Johnson Kowalski Chen Brooks Hernández Delgado Foster Park Simmons",
    ),
    "CA": (
        "Isabelle Priya Marie-Ève Lauren",
        "Étienne Arjun Graham Olivier",
        "Tremblay Singh Gagnon MacDonald Roy Fraser",
    ),
    "FR": (
        "Claire Amélie Nathalie Fatou Inès Sandrine Juliette Yasmine Hélène Maëlle",
        "Julien Thomas Mehdi Olivier Baptiste Étienne Sylvain Karim Guillaume Loïc",
        "Dubois Lefèvre Moreau Benali Garnier Diallo Rousseau Le-Goff Perrin Chevalier Haddad Marchand Fabre Nguyen",
    ),
    "BE": ("Elke Charlotte Margaux", "Pieter Benoît Wouter", "Janssens Peeters Lambert Claes Dumont"),
    "NL": ("Femke Sanne Marijke Noor", "Bram Sjoerd Ruben Youssef", "de-Vries Jansen van-Dijk El-Amrani Bakker Visser"),
    "LU": ("Martine Carole", "Marc Luc", "Weber Schmit Thill"),
    "ES": ("Lucía Carmen Nerea", "Javier Pablo Iker", "García Etxeberria Romero Castaño"),
    "IT": ("Giulia Francesca Sofia", "Matteo Alessandro Paolo", "Rossi Colombo Ferrari D'Angelo"),
    "SE": ("Åsa Elin Maja", "Björn Oskar Nils", "Lindqvist Åkesson Bergström"),
    "DK": ("Mette Freja", "Søren Rasmus", "Sørensen Kjær Holm"),
    "PL": ("Agnieszka Zofia", "Łukasz Michał", "Wójcik Kowalczyk Zieliński"),
    "PT": ("Inês Beatriz", "João Tiago", "Gonçalves Ferreira"),
    "IN": ("Ananya Kavya", "Rohan Vikram", "Iyer Deshpande"),
    "SG": ("Hui-Min", "Jun-Wei", "Tan"),
    "AU": ("Matilda", "Lachlan", "Campbell"),
    "JP": ("Haruka", "Kenji", "Sato"),
    "BR": ("Camila Renata", "Bruno Thiago", "Lima Cardoso"),
    "LK": ("Nethmi", "Kasun", "Perera"),
}
"""Country -> first names of women, of men, family names; a hyphen, as in `de-Vries`, is replaced by a space."""

TITLES: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]] = {
    "en": {
        "c_level": (("CEO", "CEO"), ("Chief Revenue Officer", "Chief Revenue Officer"), ("CMO", "CMO"),
                    ("Co-founder & COO", "Co-founder & COO"), ("Managing Director", "Managing Director")),
        "vp": (("VP Sales", "VP Sales"), ("VP Marketing", "VP Marketing"), ("SVP Growth", "SVP Growth"),
               ("VP, Revenue Operations", "VP, Revenue Operations")),
        "director": (("Head of Revenue Operations",) * 2, ("Director of Demand Generation",) * 2,
                     ("Sales Director",) * 2, ("Head of Marketing",) * 2, ("Director, Sales Enablement",) * 2),
        "manager": (("Marketing Manager",) * 2, ("CRM Manager",) * 2, ("Sales Operations Manager",) * 2,
                    ("Demand Generation Manager",) * 2, ("Team Lead Inside Sales",) * 2),
        "contributor": (("Marketing Analyst",) * 2, ("Sales Development Representative",) * 2,
                        ("Content Specialist",) * 2, ("Account Manager",) * 2),
    },
    "fr": {
        "c_level": (("Directrice générale", "Directeur général"), ("PDG", "PDG"), ("Fondatrice", "Fondateur")),
        "vp": (("VP Ventes", "VP Ventes"), ("VP Marketing", "VP Marketing")),
        "director": (("Directrice marketing", "Directeur marketing"),
                     ("Directrice commerciale", "Directeur commercial"),
                     ("Directrice du développement", "Directeur du développement")),
        "manager": (("Responsable marketing",) * 2, ("Responsable CRM",) * 2, ("Responsable acquisition",) * 2,
                    ("Cheffe d'équipe commerciale", "Chef d'équipe commerciale")),
        "contributor": (("Chargée de marketing", "Chargé de marketing"), ("Cheffe de produit", "Chef de produit"),
                        ("Conseillère commerciale", "Conseiller commercial")),
    },
    "de": {
        "c_level": (("Geschäftsführerin", "Geschäftsführer"), ("Gründerin", "Gründer"), ("Vorständin", "Vorstand")),
        "vp": (("Bereichsleiterin Vertrieb", "Bereichsleiter Vertrieb"), ("VP Sales", "VP Sales")),
        "director": (("Leiterin Marketing", "Leiter Marketing"), ("Vertriebsleiterin", "Vertriebsleiter"),
                     ("Marketingleiterin", "Marketingleiter")),
        "manager": (("Teamleiterin Vertrieb", "Teamleiter Vertrieb"), ("Marketing Managerin", "Marketing Manager"),
                    ("CRM-Managerin", "CRM-Manager")),
        "contributor": (("Marketing-Referentin", "Marketing-Referent"), ("Projektmanagerin", "Projektmanager"),
                        ("Vertriebsmitarbeiterin", "Vertriebsmitarbeiter")),
    },
}  # fmt: skip
"""Language -> seniority -> job titles, each in its female and its male form."""

PHONES: Mapping[str, str] = {
    "DE": "+4930231250", "AT": "+43123450", "CH": "+414455500", "GB": "+4420794600", "IE": "+353155500",
    "US": "+121255501", "CA": "+151455501", "FR": "+331990000", "BE": "+32255500", "NL": "+312055500",
    "LU": "+352265500", "ES": "+349155500", "IT": "+3902555010", "SE": "+468465000", "DK": "+45325500",
    "PL": "+482255500", "PT": "+3512155500", "IN": "+9122255500", "SG": "+65655500", "AU": "+612915500",
    "JP": "+813555501", "BR": "+5511555500", "LK": "+941155501",
}  # fmt: skip
"""Country -> phone number without its last two digits, from the range reserved for fiction if there is one."""

STAFF = (
    ("alex", "Alex Morgan", "admin", "en"),
    ("mia", "Mia Lorenz", "marketing", "en"),
    ("omar", "Omar Haddad", "ops", "en"),
)
"""Staff users in addition to the policy's reps: local part of the email address, name, role, language."""
HEADS: Mapping[str, str] = {"mia": "marketing", "ines": "sales"}
"""Who signs policies: local part of the email address or rep id -> side."""
FRENCH_REPS = ("camille", "hugo")
STAFF_DOMAIN = "nordlicht.example"
