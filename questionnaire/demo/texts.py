"""Sample texts of the demo: free-text answers of prospects and notes of reps."""

from __future__ import annotations

from collections.abc import Mapping

PAINS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Reps say the leads are not ready, marketing says nobody calls them. Both are right.",
        "We lose a day before anyone phones, and by then they have spoken to somebody else.",
        "Our scoring was set up three years ago and nobody dares to touch it.",
        "Two CRMs after the merger, and two meanings of the word qualified.",
        "We never learn why a lead was refused.",
    ),
    "fr": (
        "Les commerciaux trouvent les leads trop froids, le marketing trouve qu'ils ne rappellent pas assez vite.",
        "Nous perdons un jour avant le premier appel, et le prospect est déjà chez un concurrent.",
        "Notre score date d'il y a trois ans et personne n'ose y toucher.",
        "Nous ne savons jamais pourquoi un lead a été refusé.",
    ),
    "de": (
        "Der Vertrieb hält die Leads für zu kalt, das Marketing findet, dass niemand anruft. Beide haben recht.",
        "Bis jemand anruft, vergeht ein Tag, und dann haben sie schon mit anderen gesprochen.",
        "Unsere Bewertung ist drei Jahre alt, und niemand traut sich, etwas daran zu ändern.",
        "Wir erfahren nie, warum ein Lead abgelehnt wurde.",
    ),
}
OTHERS: Mapping[str, tuple[str, ...]] = {
    "en": ("Logistics", "Publishing", "Wholesale", "Education"),
    "fr": ("Logistique", "Édition", "Négoce", "Formation"),
    "de": ("Logistik", "Verlagswesen", "Großhandel", "Bildung"),
}
DETAILS: Mapping[str, tuple[str, ...]] = {
    "bad_timing": ("They move offices in spring and will look at it after that.",
                   "The project is frozen until the next budget round in autumn."),
    "no_budget": ("The figure they had in mind covers a tenth of it; there will be none before next year.",
                  "The budget was given to the website relaunch."),
    "no_authority": ("She collects information for her director, who does not want to talk yet.",
                     "He was asked to compare tools and cannot say who will decide."),
    "wrong_persona": ("He works in product and wanted the report for a course.",
                      "She left the team last month and didn’t say who follows her."),
    "chose_competitor": ("They signed a two-year contract with somebody else last week.",),
    "not_icp": ("A holding company with three employees.",),
    "wrong_use_case": ("They look for a tool to survey their own employees.",),
    "invalid_contact": ("The number belongs to somebody else and the mails come back.",),
    "unreachable": ("Three calls at different hours and two mails, no answer.",),
}  # fmt: skip
"""Rejection code -> notes of a rep. Rejection reasons without a note are not used in the demo."""
LIKELY: Mapping[str, int] = {"bad_timing": 5, "no_budget": 4, "no_authority": 3, "wrong_persona": 2}
"""Rejection code -> weight in the random choice; 1 for the others."""
CONFIRMED: Mapping[str, tuple[str, ...]] = {
    "problem": ("It costs them about a day a week, and nobody has time to change it.",
                "The board has asked about it twice this year, and nobody had an answer."),
    "budget": ("30 to 40 thousand a year, in this year's plan.", "About 15 thousand for a first team."),
    "interest": ("Wants to begin with one team or one site.", "Asked for a proposal and two references."),
    "timeline": ("Decision before the end of the quarter.",),
    "authority": ("Decides together with the head of finance.",),
}  # fmt: skip
"""Field that a policy requires to confirm an SQL -> values that a rep enters."""
REVIEWED = (
    "Called the switchboard: she leads the project and expects our call.",
    "Large account, but the team that answered is the right one. Go.",
    "His number stands on the company's site.",
)
LOST = ("They stay with what they have.", "Another supplier made an offer sooner.")
