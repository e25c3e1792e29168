"""The jobs the product knows: a name, the verb that does it, and the queue it goes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions import retention
from questionnaire.actions.delivery import announcements, channel_health, channel_news, delivery, digests, suppressions
from questionnaire.actions.documents import dossiers, reports, trial_reports
from questionnaire.actions.editing import (
    agreements,
    plans,
    policy_effects,
    proofs,
    signature_requests,
    signatures,
    survey_effects,
)
from questionnaire.actions.handoff import hand_over, notifications, overlooked, sla_clocks
from questionnaire.actions.people import invitations
from questionnaire.actions.publishing import proof_queue
from questionnaire.actions.respond import judgement, reassessment, resume
from questionnaire.actions.toolbox import Toolbox

# Slow PDFs must not hold up mail, and neither may hold up a lead. Queue -> threads in one worker.
QUEUES: Mapping[str, int] = {"leads": 2, "mail": 4, "documents": 2, "upkeep": 1, "proofs": 1}


@dataclass(frozen=True, slots=True)
class JobType:
    """`do` gets the job's arguments and the name of this very turn, the same when a killed worker's work is resumed."""

    do: Callable[[Toolbox, Mapping[str, Any], str], None]
    queue: str


def _judge(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    judgement.judge_response(toolbox, str(args["response"]))


def _render_report(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    reports.print_report(toolbox, str(args["response"]))


def _render_dossier(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    # Without an owner and without a person who asked, English and UTC.
    language, zone = str(args.get("language", "en")), str(args.get("zone", "UTC"))
    dossiers.print_dossier(toolbox, str(args["response"]), language, zone)


def _print_trial(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    trial_reports.print_trial(toolbox, str(args["report"]), args.get("theme"))


def _prove_draft(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    proofs.prove_draft(toolbox, str(args["draft"]), int(args["revision"]))


def _tell(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    notifications.notify(toolbox, str(args["what"]), str(args["response"]), str(args.get("event", "")))


def _deliver(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    delivery.deliver(toolbox, args, by)


def _announce(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    announcements.tell(toolbox, args, _key(by))


def _channel_off(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    channel_news.tell_administrators(toolbox, str(args["channel"]), str(args["address"]), _key(by))


def _mail_draft(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    # A second try is the same letter.
    resume.send_link(toolbox, str(args["draft"]), str(args["to"]), _key(by), counted=bool(args.get("counted")))


def _mail_password_link(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    invitations.mail_link(toolbox, str(args["to"]), _key(by), by_admin=args.get("by") == "admin")


def _digest(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    digests.send(toolbox, str(args["staff"]), str(args["what"]), str(args["due"]), _key(by))


def _survey_effect(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    survey_effects.compute_survey_effect(toolbox, str(args["draft"]))


def _policy_effect(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    policy_effects.compute_effect(toolbox, str(args["draft"]))


def _policy_in_force(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    signatures.put_in_force(toolbox, str(args["draft"]), str(args["sha256"]))


def _remind_signers(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    signature_requests.remind(toolbox, args, _key(by))


def _print_agreement(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    agreements.print_agreement(toolbox, args)


def _clean_up(toolbox: Toolbox, _args: Mapping[str, Any], _by: str) -> None:
    retention.clean_up(toolbox)
    overlooked.plan_overlooked(toolbox)


def _publish_plan(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    plans.carry_out(toolbox, str(args["plan"]))


def _reassess(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    reassessment.reassess(toolbox, str(args["lead"]), str(args.get("cause", "")))


def _hand_over(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    hand_over.hand_over(toolbox, str(args["rep"]), str(args["to"]), str(args["by"]))


def _wake_up(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    reassessment.wake_up(toolbox, str(args["lead"]))


def _sla_clock(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    sla_clocks.wake(toolbox, str(args["lead"]), str(args["anchor"]), str(args["clock"]))


def _key(by: str) -> str:
    """The job's own name, without its turn."""
    return by.rpartition("#")[0]


JOB_TYPES: Mapping[str, JobType] = {
    judgement.JOB: JobType(_judge, "leads"),
    reassessment.JOB: JobType(_wake_up, "leads"),
    hand_over.JOB: JobType(_hand_over, "leads"),
    suppressions.REASSESS: JobType(_reassess, "leads"),
    sla_clocks.JOB: JobType(_sla_clock, "leads"),
    delivery.JOB: JobType(_deliver, "mail"),
    "tell": JobType(_tell, "mail"),
    digests.JOB: JobType(_digest, "mail"),
    announcements.JOB: JobType(_announce, "mail"),
    channel_health.JOB: JobType(_channel_off, "mail"),
    "mail_draft": JobType(_mail_draft, "mail"),
    invitations.JOB: JobType(_mail_password_link, "mail"),
    plans.JOB: JobType(_publish_plan, "upkeep"),
    retention.JOB: JobType(_clean_up, "upkeep"),
    signatures.JOB: JobType(_policy_in_force, "leads"),
    policy_effects.JOB: JobType(_policy_effect, "upkeep"),
    signatures.REMIND_JOB: JobType(_remind_signers, "mail"),
    agreements.JOB: JobType(_print_agreement, "documents"),
    "render_report": JobType(_render_report, "documents"),
    "render_dossier": JobType(_render_dossier, "documents"),
    proof_queue.JOB: JobType(_prove_draft, "proofs"),
    proof_queue.EFFECT_JOB: JobType(_survey_effect, "upkeep"),
    trial_reports.JOB: JobType(_print_trial, "documents"),
}
