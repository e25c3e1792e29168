"""Settings are read as a whole, and every mistake is reported at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire import bootstrap
from questionnaire.core.base.problems import errors
from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.settings import Settings, bundle_dir, read_settings, setting_names

KEY = "k7-Zq2hWm0VbXr9sLtYc4NfJd8PgAe1u"
OLDER = "o3_Bn6QxTz5RwGy1HkMv7CjUaSi9EpDl"


def _read(**given: str) -> Settings:
    settings, problems = read_settings({"QUESTIONNAIRE_SECRET_KEY": KEY, **given})
    assert settings is not None, problems
    return settings


def _mistakes(**given: str) -> dict[str, str]:
    """Name of the setting -> code, for settings that cannot be used."""
    settings, problems = read_settings({"QUESTIONNAIRE_SECRET_KEY": KEY, **given})
    assert settings is None
    return {str(problem.where[0]): problem.code for problem in errors(problems)}


def test_only_the_secret_key_is_required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = _read()
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'questionnaire.sqlite'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.smtp is None
    assert settings.mail_from == "questionnaire@localhost"
    assert settings.surveys_dir == bundle_dir("surveys")
    assert (settings.proxy_hops, settings.log_level, settings.demo) == (0, "info", False)


def test_there_is_no_default_secret_key() -> None:
    settings, problems = read_settings({})
    assert settings is None
    assert [problem.code for problem in problems] == ["setting_missing"]
    assert "token_urlsafe" in problems[0].hint


@pytest.mark.parametrize("key", ["short", "x" * 31, "ab" * 40, f"{KEY},short"])
def test_a_secret_key_that_can_be_guessed_is_refused(key: str) -> None:
    assert _mistakes(QUESTIONNAIRE_SECRET_KEY=key) == {"QUESTIONNAIRE_SECRET_KEY": "setting_wrong"}


@pytest.mark.parametrize("between", [",", " ", ", ", "\n"])
def test_the_first_of_several_secret_keys_signs(between: str) -> None:
    settings = _read(QUESTIONNAIRE_SECRET_KEY=f"{KEY}{between}{OLDER}")
    assert settings.secret_keys == (KEY.encode(), OLDER.encode())


def test_secrets_do_not_appear_when_settings_are_printed() -> None:
    printed = repr(_read(DATABASE_URL="postgresql://u:dbword@db/leads", SMTP_URL="smtps://u:mailword@mail.example.com"))
    assert KEY not in printed
    assert "dbword" not in printed
    assert "mailword" not in printed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgres://u:p@db/leads", "postgresql+psycopg://u:p@db/leads"),
        ("postgresql://db/leads", "postgresql+psycopg://db/leads"),
        ("sqlite:////var/lib/leads.sqlite", "sqlite:////var/lib/leads.sqlite"),
    ],
)
def test_common_forms_of_database_urls_are_accepted(written: str, read: str) -> None:
    assert _read(DATABASE_URL=written).database_url == read


@pytest.mark.parametrize("written", ["mysql://db/leads", "sqlite://", "sqlite:///:memory:", "leads.sqlite"])
def test_unsupported_databases_are_refused(written: str) -> None:
    assert _mistakes(DATABASE_URL=written) == {"DATABASE_URL": "setting_wrong"}


def test_the_demo_uses_its_own_database() -> None:
    settings, problems = read_settings(
        {"QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_DEMO": "1", "DATABASE_URL": "postgresql://db/leads"}
    )
    assert settings is not None
    assert settings.database_url.endswith("/demo.sqlite")
    assert [(problem.code, problem.severity) for problem in problems] == [("setting_unused", "warning")]


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("smtp://localhost:1025", SmtpServer("localhost", 1025, "none")),
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25, "none")),
        ("smtps://me:p%40ss@mail.example.com", SmtpServer("mail.example.com", 465, "tls", "me", "p@ss")),
        ("starttls://me:pw@mail.example.com", SmtpServer("mail.example.com", 587, "starttls", "me", "pw")),
        ("smtp://me:pw@mail.example.com:2525", SmtpServer("mail.example.com", 2525, "starttls", "me", "pw")),
    ],
)
def test_a_mail_server_is_one_url_and_its_password_is_always_encrypted(written: str, server: SmtpServer) -> None:
    assert _read(SMTP_URL=written).smtp == server


@pytest.mark.parametrize("written", ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://h:99999"])
def test_a_wrong_mail_server_is_reported(written: str) -> None:
    assert _mistakes(SMTP_URL=written) == {"SMTP_URL": "setting_wrong"}


def test_the_public_url_sets_the_trusted_hosts() -> None:
    settings = _read(QUESTIONNAIRE_PUBLIC_URL="https://Check.example.com/", QUESTIONNAIRE_TRUSTED_HOSTS="app.internal")
    assert settings.public_url == "https://Check.example.com"
    assert settings.trusted_hosts == ("check.example.com", "app.internal")
    assert settings.mail_from == "questionnaire@check.example.com"
    assert _read().trusted_hosts == ("127.0.0.1", "localhost", "::1")


@pytest.mark.parametrize(
    "written", ["example.com", "ftp://example.com", "https://", "https://u@example.com", "https://example.com/path?x=1"]
)
def test_a_wrong_public_url_is_reported(written: str) -> None:
    assert _mistakes(QUESTIONNAIRE_PUBLIC_URL=written) == {"QUESTIONNAIRE_PUBLIC_URL": "setting_wrong"}


def test_an_unencrypted_public_address_is_a_warning() -> None:
    settings, problems = read_settings(
        {"QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_PUBLIC_URL": "http://check.example.com"}
    )
    assert settings is not None
    assert [problem.code for problem in problems] == ["setting_plain"]


def test_sites_that_may_embed_every_survey_are_named_by_their_origins() -> None:
    settings = _read(QUESTIONNAIRE_EMBED_ORIGINS="https://WWW.example.com, http://localhost:8001 https://*.example.org")
    assert settings.embed_origins == ("https://www.example.com", "http://localhost:8001", "https://*.example.org")
    assert _read().embed_origins == ()


@pytest.mark.parametrize(
    "written", ["www.example.com", "https://example.com/page", "https://a@example.com", "*", "'self'"]
)
def test_a_value_that_is_not_an_origin_is_refused(written: str) -> None:
    assert _mistakes(QUESTIONNAIRE_EMBED_ORIGINS=written) == {"QUESTIONNAIRE_EMBED_ORIGINS": "setting_wrong"}


def test_all_mistakes_are_reported_at_once() -> None:
    found = _mistakes(
        QUESTIONNAIRE_TRUSTED_HOSTS="*",
        QUESTIONNAIRE_PROXY_HOPS="many",
        QUESTIONNAIRE_WEB_THREADS="0",
        QUESTIONNAIRE_MAIL_FROM="nobody\r\nBcc: x@example.com",
        QUESTIONNAIRE_SURVEYS_DIR="/nowhere/at/all",
        QUESTIONNAIRE_THEME_FILE="/nowhere.yaml",
        QUESTIONNAIRE_LOG_LEVEL="loud",
        QUESTIONNAIRE_DEMO="perhaps",
    )
    assert len(found) == 8
    assert set(found.values()) == {"setting_wrong"}


def test_a_misspelt_setting_is_noticed() -> None:
    settings, problems = read_settings({"QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_SECRT_KEY": "x"})
    assert settings is not None
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("setting_unknown", "did you mean `QUESTIONNAIRE_SECRET_KEY`?")
    ]


def test_every_setting_has_a_description() -> None:
    described = [entry.metadata for entry in Settings.__dataclass_fields__.values() if entry.metadata]
    assert all(metadata["doc"].endswith(".") for metadata in described)
    assert len(described) == len(Settings.__dataclass_fields__) - 2, "all but `variables` and `channels`"
    assert len(set(setting_names())) == len(setting_names())
    assert "DATABASE_URL" in setting_names()
    assert all(name.startswith("QUESTIONNAIRE_") for name in set(setting_names()) - {"DATABASE_URL", "SMTP_URL"})


def test_the_demo_theme_has_a_company_name_and_the_default_theme_none(tmp_path: Path) -> None:
    names = {}
    for demo in ("yes", "no"):
        found, _ = bootstrap.settings(
            {"QUESTIONNAIRE_DATA_DIR": str(tmp_path), "QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_DEMO": demo}
        )
        toolbox = bootstrap.toolbox(found)
        toolbox.database.close()
        names[demo] = toolbox.theme.name
    assert names == {"yes": "Nordlicht", "no": ""}
