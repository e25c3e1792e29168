"""Default phrases of job titles per seniority level. A policy extends them.

Phrases are compared after folding (case, accents, plural and feminine endings), the longest first. So an exception
only has to be longer than its rule: `account manager` wins over `manager`. `*leiter` matches the end of a German
compound, `…` up to six words, `$` the end of a part of the title. The highest level of a title counts, but `support`
comes before all levels. Phrases under `contributor` prevent that their words are read as a higher role.

Decisions where practice differs: DAF, DRH and DSI are directors, because `directeur financier` in full is one. Chiefs
without "officer" (chief of staff, chief architect) and a Prokurist are directors too.
"""

from __future__ import annotations

LEVELS = ("c_level", "vp", "director", "manager", "contributor")
"""Highest first."""

SUPPORT = "support"
"""Roles that mention a boss (such as an assistant), and people in training: contributors, with priority over all."""

DEFAULT_PHRASES: dict[str, str] = {
    SUPPORT: """
        assistant $, assistant to, assistant of, assistant for, assistant à, assistant de, assistant d', assistant
        der, assistant CEO, assistant CFO, assistant COO, assistant CTO, assistant CMO, assistant DG, assistant PDG,
        assistant DRH, assistant DAF, assistant direction, assistant directeur, executive assistant, personal
        assistant, PA to, EA to, office of, adjoint à, adjoint au, adjoint de direction, assistent, *assistent,
        assistenz, *assistenz, secretary, secrétaire, sekretär, *sekretär, sekretariat, *sekretariat, intern,
        internship, student, *student, étudiant, studierende, studierender, trainee, apprentice, apprenti, apprentie,
        alternant, alternance, stagiaire, praktikant, *praktikant, praktikum, lehrling, azubi, auszubildende,
        auszubildender, volunteer, bénévole
        """,
    "c_level": """
        chief … officer, chief executive, CEO, CFO, CTO, CMO, CRO, COO, CIO, CISO, CPO, CHRO, CDO, CSO, CCO, CAIO,
        CPTO, C level, founder, cofounder, owner, president, chairman, chairwoman, chairperson, managing director,
        general manager, partner, board member, member of the board, member of the executive board, secretary general,
        general secretary, PDG, DG, DGA, directeur général, président directeur général, gérant, cogérant, fondateur,
        cofondateur, associé, propriétaire, dirigeant, chef d'entreprise, membre du directoire, membre du comité
        exécutif, membre du comex, Geschäftsführer, *geschäftsführer, Geschäftsführung, geschäftsführende,
        geschäftsführender, GF, Geschäftsleiter, Geschäftsleitung, Mitglied der Geschäftsführung, Mitglied der
        Geschäftsleitung, Sprecher der Geschäftsführung, Vorsitzende der Geschäftsführung, Vorsitzender der
        Geschäftsführung, Vorstand, *vorstand, Vorständin, *vorständin, Vorstandsmitglied, Vorstandsvorsitzende,
        Vorstandsvorsitzender, Mitglied des Vorstands, Vorsitzende des Vorstands, Vorsitzender des Vorstands, Inhaber,
        *inhaber, Eigentümer, Gründer, *gründer, Gesellschafter, Präsident, Generaldirektor, Vorsitzende,
        Vorsitzender, Generalsekretär
        """,
    "vp": """
        VP, SVP, EVP, AVP, RVP, GVP, vice president, vicepresident, assistant vice president, Vizepräsident, Vize
        Präsident, Bereichsleiter, *bereichsleiter, Bereichsleitung, *bereichsleitung
        """,
    "director": """
        director, head, head of, chief, chief of staff, associate partner, assistant director, assistant general
        manager, company secretary, directeur, secrétaire général, membre du codir, dir, DAF, DRH, DSI, dircom,
        Leiter, *leiter, Leitung, *leitung, Direktor, *direktor, *chef, *chefin, Prokurist
        """,
    "manager": """
        manager, mgr, *manager, team lead, team leader, teamlead, teamleader, squad lead, group leader, supervisor,
        manageur, superviseur, responsable, chef de, chef d', chef d'équipe, chef de service, Teamleiter, *teamleiter,
        Teamleitung, *teamleitung, Gruppenleiter, Gruppenleitung, Schichtleiter, Büroleiter
        """,
    "contributor": """
        account manager, product manager, project manager, accountmanager, *accountmanager, productmanager,
        Produktmanager, *produktmanager, Projektmanager, *projektmanager, partner manager, partner management,
        Partnermanager, Projektleiter, *projektleiter, Projektleitung, *projektleitung, *begleiter, *begleitung, chef
        de projet, chef projet, chef de produit, chef produit, chef de publicité, responsable de compte, responsable
        compte, responsable grand compte, responsable produit, responsable de produit, responsable projet, responsable
        de projet, chargé de, gestionnaire, product owner, process owner, service owner, data owner, system owner,
        platform owner, application owner, project owner, feature owner, domain owner, risk owner, business partner,
        hr partner, people partner, talent partner, channel partner, sales partner, delivery partner, solution
        partner, technology partner, channel partner manager, sales partner manager, technology partner manager,
        implementation partner, client partner, partner success, partner marketing, partner sales, partner account
        manager, partner development, partner enablement, partner relation, partner relationship, partner operation,
        partner program, partner programme, partner ecosystem, partner solution, partner engineer, partner support,
        partner channel, founder associate, CRO specialist, CRO manager, CRO consultant, CRO analyst, CRO expert,
        student service, student affair, student success, student experience, student recruitment, trainee program,
        trainee programme, intern program, head hunter, head nurse, head teacher, head chef, head coach, assistant,
        associate, advisor, adviser, analyst, consultant, *consultant, specialist, engineer, developer, coordinator,
        representative, executive, agent, expert, conseiller, collaborateur, attaché, analyste, spécialiste,
        ingénieur, développeur, coordinateur, Berater, *berater, Referent, *referent, Mitarbeiter, *mitarbeiter,
        Sachbearbeiter, Spezialist, Entwickler, Koordinator
        """,
}
