"""What answers to a draft come to, in words: scores, checklist, verdict, route, next step, maturity and ending."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.editing.trial import Trial
from questionnaire.core.base.labels import REASONS, TEAMS, heading, humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.cases import Outcome
from questionnaire.core.documents.dossier import DossierContext
from questionnaire.core.documents.dossier.scores import Axis, Boxes, checklist, scores
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.core.survey.report_texts import Band
from questionnaire.web.builder.beside_words import beside_words

TONES = {"sql_ready": "good", "review": "info", "mql": "info", "disqualified": "danger", "diverted": "warning"}
LIMITS = {"incomplete": _("more answers needed"), "below_threshold": _("below the MQL threshold"),
          "fit_not_good": _("FIT too low for SQL"), "open_boxes": _("checklist not met"),
          "blocked": _("a blocking item isn’t met"), "high_value": _("high value"), "not_now": _("not now"),
          "inconsistent": _("inconsistent answers"), "manual": _("every lead is reviewed")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrialScore:
    """An axis with its bar: `percent` of the most that the policy gives."""

    axis: Axis
    percent: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """Without a stage nothing is judged, and `note` says why. `dimensions`: (title, percentage) of each."""

    note: str
    stage: str = ""
    tone: str = ""
    label: str = ""
    total: int = 0
    why: str = ""
    reason: str = ""
    segment: str = ""
    scores: tuple[TrialScore, ...] = ()
    boxes: Boxes | None = None
    route: str = ""
    next_step: str = ""
    maturity: int | None = None
    band: str = ""
    dimensions: tuple[tuple[str, int], ...] = ()
    ending: str = ""
    beside: tuple[str, ...] = ()
    is_newest: bool = True

    @property
    def sentence(self) -> str:
        """What is announced when it changes, such as “SQL-ready. FIT 65 of 70, …”."""
        figures = ", ".join(f"{one.axis.name} {one.axis.score}/{one.axis.most}" for one in self.scores)
        return f"{self.stage}. {figures}" if self.stage else self.note


def no_answers(words: Translator) -> TrialView:
    return TrialView(words("Answer the preview: what the answers are worth appears here."))


def trial_view(trial: Trial | None, words: Translator) -> TrialView:
    """`trial` is None when nothing of the draft can be read yet."""
    if trial is None:
        return TrialView(words("The draft can’t be judged yet: some of its errors have to be mended first."))
    if trial.outcome is None:
        return TrialView(words("These answers can’t be judged."))
    return _view(trial.outcome, words, is_newest=trial.draft.is_newest)


def _view(outcome: Outcome, words: Translator, *, is_newest: bool) -> TrialView:
    assessment = outcome.assessment
    context, verdict, survey = DossierContext(assessment, words), assessment.verdict, assessment.survey
    told, language, fills = scores(context), survey.language(words.language), context.responses[0].fills
    ending, maturity = assessment.evidence.journeys[-1].ending, assessment.maturity
    block = survey.report.blocks.get(assessment.next_step or "")
    return TrialView(
        "", stage_name(str(verdict.stage), words), TONES.get(str(verdict.stage), "quiet"), told.label, told.total,
        verdict_text(verdict.why, words), _reason(outcome, words), told.segment,
        tuple(TrialScore(axis, _percent(axis)) for axis in told.axes), checklist(context), _route(outcome, words),
        _step(block.label.fill(language, fills) if block and block.label else "", assessment.next_step),
        maturity.rounded, _band(maturity.band, language),
        tuple((one.dimension.title.fill(language, fills), one.rounded) for one in maturity.dimensions),
        ending.title.fill(language, fills) if ending is not None else "",
        beside_words(outcome.lead, assessment.policy, words), is_newest,
    )  # fmt: skip


def _band(band: Band | None, language: str) -> str:
    return band.name.say(language) if band is not None and band.name is not None else ""


def _step(label: str, name: str | None) -> str:
    plain = humanize(name or "")
    return label or plain[:1].upper() + plain[1:]


def _percent(axis: Axis) -> int:
    return max(0, min(100, 100 * axis.score // axis.most)) if axis.most else 0


def _reason(outcome: Outcome, words: Translator) -> str:
    verdict = outcome.assessment.verdict
    if verdict.to:
        return heading(TEAMS, verdict.to, words)
    if verdict.reason in LIMITS:
        return words(LIMITS[verdict.reason])
    return heading(REASONS, verdict.reason, words) if verdict.reason else ""


def _route(outcome: Outcome, words: Translator) -> str:
    """Who gets the lead; empty for a lead that isn't handed over."""
    assignment, policy = outcome.assignment, outcome.assessment.policy
    if assignment is None:
        return ""
    person = policy.rep_names.get(assignment.rep or "", assignment.rep or "")
    pool = words("%(pool)s pool", pool=_pool(assignment.pool)) if assignment.pool else ""
    queue = words("Queue: %(queue)s", queue=humanize(assignment.queue)) if assignment.queue else ""
    return ", ".join(part for part in (pool, person or queue) if part)


def _pool(name: str) -> str:
    return name.upper() if len(name) <= 4 else humanize(name).capitalize()
