"""Access control: every route, method and role, from the declarations of the routes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.people import staff as people
from questionnaire.web import create_app
from questionnaire.web.http import access
from questionnaire.web.http.access import ROLES, declared, roles
from tests.web.client import PAGE, PEOPLE, submit

# The expected access of each route. A new route is added here by hand, on purpose.
EXPECTED = {
    "static": "public",
    "home": "public",
    "respond.whole": "public",
    "respond.submit": "public",
    "respond.next_step": "public",
    "respond.previous_step": "public",
    "respond.change_language": "public",
    "respond.save": "public",
    "respond.teaser": "public",
    "respond.resume_link": "public",
    "respond.restart": "public",
    "form_page.start": "public",
    "form_page.show": "public",
    "images.show": "public",
    "result.show": "signed_link",
    "result.confirm": "signed_link",
    "result.report": "signed_link",
    "result.reprint": "signed_link",
    "result.shared": "signed_link",
    "auth.sign_in": "public",
    "auth.enter": "public",
    "auth.sign_out": "everybody",
    "desk.leads": "everybody",
    "desk.lead": "everybody",
    "desk.dossier": "everybody",
    "desk.print_dossier": "everybody",
    "desk.write_notes": "admin manager rep",
    "today.start": "everybody",
    "today.today": "everybody",
    "lead_acts.form": "admin manager ops rep",
    "lead_acts.perform": "admin manager ops rep",
    "lead_acts.undo": "admin manager ops rep",
    "merge_pages.merge": "admin ops",
    "merge_pages.separate": "admin ops",
    "merge_pages.keep_apart": "admin ops",
    "review_pages.queue": "admin manager ops",
    "review_pages.case": "admin manager ops",
    "review_pages.decide": "admin ops",
    "team.team": "admin manager",
    "absence_pages.show": "admin manager rep",
    "absence_pages.add": "admin manager rep",
    "absence_pages.remove": "admin manager rep",
    "sent_mail.mails": "everybody",
    "sent_mail.mail": "everybody",
    "sent_mail.replay": "admin ops",
    "lead_link.show": "public",
    "lead_link.send_code": "public",
    "lead_link.enter": "public",
    "unsubscribe.show": "signed_link",
    "unsubscribe.unsubscribe": "signed_link",
    "unsubscribe.undo": "signed_link",
    "suppression_pages.show": "admin",
    "suppression_pages.add": "admin",
    "suppression_pages.remove": "admin",
    "suppression_pages.forget": "admin",
    "account.password": "public",
    "account.choose_password": "public",
    "account.forgotten": "public",
    "account.ask_for_link": "public",
    "account.first_admin": "public",
    "account.add_first_admin": "public",
    "people.people": "admin",
    "people.invite": "admin",
    "people.send_invitation": "admin",
    "people.person": "admin",
    "people.change": "admin",
    "people.mail_link": "admin",
    "people.set_active": "admin",
    "people.end_sessions": "admin",
    "help_pages.contents": "everybody",
    "help_pages.show": "everybody",
    "own_account.show": "everybody",
    "own_account.save": "everybody",
    "own_account.change_password": "everybody",
    "own_account.end_sessions": "everybody",
    "settings.start": "admin",
    "settings.show": "admin",
    "settings.save": "admin",
    "settings.finish": "admin",
    "slack_settings.show": "admin",
    "slack_settings.save": "admin",
    "webhook_settings.show": "admin",
    "webhook_settings.add": "admin",
    "webhook_settings.endpoint": "admin",
    "webhook_settings.change": "admin",
    "failed_jobs.jobs": "admin",
    "failed_jobs.replay": "admin",
    "embed.embed_script": "public",
    "embed.oembed": "public",
    "sharing.surveys": "admin marketing ops",
    "sharing.survey": "admin marketing ops",
    "share_page.change_sites": "admin marketing ops",
    "share_page.qr": "admin marketing ops",
    "new_surveys.choose": "admin marketing ops",
    "new_surveys.create": "admin marketing ops",
    "new_surveys.duplicate": "admin marketing ops",
    "builder.edit": "admin marketing ops",
    "builder.open_draft": "admin marketing ops",
    "builder.save": "admin marketing ops",
    "scoring.show": "admin marketing ops",
    "scoring.save": "admin marketing ops",
    "scoring.reach": "admin marketing ops",
    "draft_report.show": "admin marketing ops",
    "draft_report.save": "admin marketing ops",
    "draft_pictures.upload": "admin marketing ops",
    "draft_theme.show": "admin marketing ops",
    "draft_theme.save": "admin marketing ops",
    "languages.show": "admin marketing ops",
    "languages.save": "admin marketing ops",
    "languages.change": "admin marketing ops",
    "languages.download": "admin marketing ops",
    "languages.upload": "admin marketing ops",
    "question_copy.choose": "admin marketing ops",
    "question_copy.copy": "admin marketing ops",
    "draft_preview.show": "admin marketing ops",
    "draft_preview.answered": "admin marketing ops",
    "draft_trial.show": "admin marketing ops",
    "trial_results.result": "admin marketing ops",
    "trial_results.print_report": "admin marketing ops",
    "trial_results.report": "admin marketing ops",
    "draft_proofs.state": "admin marketing ops",
    "draft_cases.show": "admin marketing ops",
    "draft_cases.change": "admin marketing ops",
    "draft_cases.save": "admin marketing ops",
    "draft_publishing.show": "admin marketing ops",
    "draft_publishing.publish": "admin marketing ops",
    "draft_publishing.search_again": "admin marketing ops",
    "draft_publishing.done": "admin marketing ops",
    "draft_history.show": "admin marketing ops",
    "samples.result": "admin marketing ops",
    "samples.print_report": "admin marketing ops",
    "samples.report": "admin marketing ops",
    "new_surveys.upload": "admin marketing ops",
    "draft_import.show": "admin marketing ops",
    "draft_import.dismiss": "admin marketing ops",
    "test_answers.show": "admin marketing ops",
    "test_answers.forget": "admin marketing ops",
    "survey_versions.show": "admin marketing ops",
    "survey_versions.compare": "admin marketing ops",
    "survey_versions.yaml": "admin marketing ops",
    "survey_versions.restore": "admin marketing ops",
    "survey_versions.undo": "admin marketing ops",
    "survey_versions.cancel": "admin marketing ops",
    "survey_states.change": "admin marketing ops",
    "survey_states.move": "admin marketing ops",
    "policies.policies": "everybody",
    "policies.choose": "admin manager marketing ops",
    "policies.create": "admin manager marketing ops",
    "policies.show": "everybody",
    "policies.compare": "everybody",
    "policies.printable": "everybody",
    "policies.request_pdf": "everybody",
    "policies.pdf": "everybody",
    "policies.yaml": "admin manager marketing ops",
    "policy_editing.edit": "admin manager marketing ops",
    "policy_editing.open_draft": "admin manager marketing ops",
    "policy_editing.save": "admin manager marketing ops",
    "policy_editing.yaml": "admin manager marketing ops",
    "policy_editing.save_yaml": "admin manager marketing ops",
    "policy_signing.show": "everybody",
    "policy_signing.sign": "everybody",
    "policy_signing.propose": "admin manager marketing ops",
    "policy_signing.withdraw": "admin manager marketing ops",
    "policy_signing.effect": "admin manager marketing ops",
    "policy_signing.request_effect": "admin manager marketing ops",
    "policy_signing.search_again": "admin manager marketing ops",
    "personal_links.form": "admin marketing ops",
    "personal_links.make": "admin marketing ops",
    "health.live": "public",
    "health.ready": "public",
}


def _expected_roles(endpoint: str) -> frozenset[str]:
    expected = EXPECTED[endpoint]
    return frozenset(ROLES) if expected == "everybody" else frozenset(expected.split())


def test_every_route_declares_the_expected_access(app: Flask) -> None:
    actual = {
        name: ("everybody" if entry.roles == frozenset(ROLES) else " ".join(sorted(entry.roles)) or entry.kind)
        for name, entry in declared(app).items()
    }
    assert actual == EXPECTED


def _requests(app: Flask) -> list[tuple[Rule, str, str]]:
    requests = []
    for rule in app.url_map.iter_rules():
        values: dict[str, Any] = dict.fromkeys(rule.arguments, "nothing-such")
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)
        requests += [(rule, method, address) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return requests


def test_a_signed_out_visitor_is_redirected_to_sign_in_on_every_staff_page(app: Flask) -> None:
    for rule, method, address in _requests(app):
        response = app.test_client().open(address, method=method)
        is_sign_in = response.status_code == 303 and response.headers["Location"].startswith("/sign-in")
        staff_only = EXPECTED[rule.endpoint] not in ("public", "signed_link")
        assert is_sign_in is staff_only or rule.endpoint == "home", (method, address, response.status)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages_and_no_others(
    app: Flask, as_role: Callable[[str], FlaskClient], role: str
) -> None:
    client = as_role(role)
    for rule, method, address in _requests(app):
        if rule.endpoint == "auth.sign_out" or EXPECTED[rule.endpoint] in ("public", "signed_link"):
            continue
        status = client.open(address, method=method).status_code
        if role not in _expected_roles(rule.endpoint):
            assert status == 403, (method, address, status)
        else:
            # 303: where everybody begins. 400: the CSRF token is missing. 403 for sent mail: outside the demo only some
            # roles may see it.
            allowed = (200, 202, 303, 400, 404) if not address.startswith("/desk/mailbox") else (200, 400, 403, 404)
            assert status in allowed, (method, address, status)


BY_CODE = {
    "auth.sign_out", "desk.leads", "desk.lead", "desk.dossier", "desk.print_dossier", "desk.write_notes",
    "today.start", "today.today", "lead_acts.form", "lead_acts.perform", "lead_acts.undo", "review_pages.queue",
    "review_pages.case", "review_pages.decide", "team.team", "help_pages.contents", "help_pages.show",
}  # fmt: skip
"""What a session opens that began with a mailed code: leads, and nothing that changes an account or a setting."""


def test_a_session_that_began_with_a_mailed_code_opens_leads_only(app: Flask, toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        admin = people.by_email(session, PEOPLE["admin"][0])
        assert admin is not None
        people.open_session(session, "t" * 32, admin.id, toolbox.now(), toolbox.now() + timedelta(hours=1), "code")
    client = app.test_client()
    client.set_cookie("questionnaire-session", "t" * 32)
    for rule, method, address in _requests(app):
        if EXPECTED[rule.endpoint] in ("public", "signed_link") or rule.endpoint == "auth.sign_out":
            continue
        answer = client.open(address, method=method)
        is_refused = answer.status_code == 303 and "code=1" in answer.headers["Location"]
        assert is_refused is (rule.endpoint not in BY_CODE), (method, address, answer.status)


def test_every_staff_post_without_csrf_token_is_refused(app: Flask, as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("admin")
    for rule, method, address in _requests(app):
        if method == "POST" and EXPECTED[rule.endpoint] not in ("public", "signed_link"):
            assert client.post(address).status_code == 400, address


def test_an_app_with_an_undeclared_route_does_not_start(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    real = access.install

    def with_a_hole(app: Flask, *rest: object) -> None:
        app.add_url_rule("/hole", "hole", lambda: Response(""))
        real(app, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(access, "install", with_a_hole)
    with pytest.raises(RuntimeError, match="hole"):
        create_app(toolbox)


def test_declaring_an_unknown_role_raises() -> None:
    with pytest.raises(ValueError, match="boss"):
        roles("boss")


def test_a_rep_gets_404_for_leads_of_others(
    app: Flask, client: FlaskClient, as_role: Callable[[str], FlaskClient]
) -> None:
    submit(client, country="GB", email="tom@harbor.example", key="another", company="Harbor")
    lena, ines = as_role("rep"), as_role("manager")
    assert "Harbor" not in lena.get("/desk").text
    mine = ines.get("/desk").text
    assert "Harbor" in mine
    address = mine.split('href="/desk/leads/')[1].split('"')[0]
    assert ines.get(f"/desk/leads/{address}").status_code == 200
    assert lena.get(f"/desk/leads/{address}").status_code == 404
    assert lena.get(f"/desk/leads/{address}/dossier.pdf").status_code == 404
    assert app.test_client().get(PAGE).status_code == 200
