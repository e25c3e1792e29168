"""The operator's settings: reads environment variables and returns one frozen value, or all mistakes.

Nothing here reads the environment itself; the caller passes the mapping. Each field carries the name of its variable
and a sentence about it, and docs/settings.md has a heading for each (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from questionnaire.core.base.problems import WARNING, Problem, did_you_mean, errors
from questionnaire.core.delivery.channel_settings import ChannelSettings
from questionnaire.core.delivery.mail_server import LOOPBACK, SmtpServer, read_smtp_server, split_address
from questionnaire.core.delivery.outbound_rules import AllowedHost, read_allowed_host
from questionnaire.core.identity.email_address import clean_email
from questionnaire.core.identity.web_origin import read_origin

Kind = Literal["templates", "static", "surveys", "docs"]
PREFIX = "QUESTIONNAIRE_"
MIN_SECRET_BYTES = 32
LEVELS = ("debug", "info", "warning", "error")
# The prefix of the keys that demos generate, so that production can refuse them.
DEMO_KEY_START = "demo-"
DEMO_DATABASE = "demo.sqlite"
YES_VALUES, NO_VALUES = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def _env(env: str, doc: str) -> dict[str, str]:
    return {"env": env, "doc": doc}


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's settings. `secret_keys[0]` signs, all keys verify; each has at least 32 bytes."""

    secret_keys: tuple[bytes, ...] = field(
        repr=False, metadata=_env("QUESTIONNAIRE_SECRET_KEY", "Signs links and sessions. Several: the first signs.")
    )
    data_dir: Path = field(metadata=_env("QUESTIONNAIRE_DATA_DIR", "Folder of the database and the documents."))
    database_url: str = field(repr=False, metadata=_env("DATABASE_URL", "SQLite (in the data folder) or PostgreSQL."))
    public_url: str = field(metadata=_env("QUESTIONNAIRE_PUBLIC_URL", "The address people type; links start with it."))
    trusted_hosts: tuple[str, ...] = field(
        metadata=_env("QUESTIONNAIRE_TRUSTED_HOSTS", "Host names to answer to, beside that of the public address.")
    )
    proxy_hops: int = field(metadata=_env("QUESTIONNAIRE_PROXY_HOPS", "Reverse proxies in front, to be believed."))
    embed_origins: tuple[str, ...] = field(
        metadata=_env("QUESTIONNAIRE_EMBED_ORIGINS", "Sites that may embed every survey, beside those it names.")
    )
    smtp: SmtpServer | None = field(metadata=_env("SMTP_URL", "Where mail leaves; without it, the mailbox page."))
    mail_from: str = field(metadata=_env("QUESTIONNAIRE_MAIL_FROM", "Sender of all mails, as `Name <address>`."))
    reply_to: str = field(
        metadata=_env("QUESTIONNAIRE_REPLY_TO", "Where replies to mails go; without it, to the sender.")
    )
    outbound_hosts: tuple[AllowedHost, ...] = field(
        metadata=_env("QUESTIONNAIRE_OUTBOUND_HOSTS", "Hosts inside the network that webhooks may reach.")
    )
    surveys_dir: Path = field(metadata=_env("QUESTIONNAIRE_SURVEYS_DIR", "Folder of surveys and policies."))
    theme_file: Path | None = field(metadata=_env("QUESTIONNAIRE_THEME_FILE", "Brand: colours, logo, fonts, names."))
    log_level: str = field(metadata=_env("QUESTIONNAIRE_LOG_LEVEL", "debug, info, warning or error."))
    web_threads: int = field(metadata=_env("QUESTIONNAIRE_WEB_THREADS", "Threads that answer requests."))
    body_seconds: int = field(metadata=_env("QUESTIONNAIRE_BODY_SECONDS", "How long a request may take to arrive."))
    keep_jobs_days: int = field(metadata=_env("QUESTIONNAIRE_KEEP_JOBS_DAYS", "Days that finished jobs are kept."))
    keep_emails_days: int = field(
        metadata=_env("QUESTIONNAIRE_KEEP_EMAILS_DAYS", "Days that texts of emails are kept.")
    )
    keep_visits_days: int = field(metadata=_env("QUESTIONNAIRE_KEEP_VISITS_DAYS", "Days that visits are kept."))
    demo: bool = field(metadata=_env("QUESTIONNAIRE_DEMO", "Sample people in a database of their own."))
    variables: frozenset[str] = frozenset()
    """The names of the variables that have a value. What is stored counts only where the environment says nothing."""
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    """What administrators set for Slack and webhooks (actions/channel_settings.py); never from the environment."""


def is_on(env: Mapping[str, str], name: str) -> bool:
    """Whether a switch such as DEMO is on. A value that is neither yes nor no is off; `read_settings` reports it."""
    return env.get(PREFIX + name, "").strip().lower() in YES_VALUES


def data_folder(env: Mapping[str, str]) -> Path:
    return Path(env.get(PREFIX + "DATA_DIR") or "data").expanduser().absolute()


def bundle_dir(kind: Kind) -> Path:
    """Returns the folder that ships with the product: next to the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    bundled = package / "_bundle" / kind
    return bundled if bundled.is_dir() else package.parent / kind


def setting_names() -> tuple[str, ...]:
    """Returns the environment variables, in the order of the fields."""
    return tuple(entry.metadata["env"] for entry in Settings.__dataclass_fields__.values() if entry.metadata)


def read_settings(env: Mapping[str, str]) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Returns all settings or None, and all problems at once; warnings come with settings.

    `where` of a problem is the name of the variable.
    """
    reader = _Reader(env)
    public = reader.public_url()
    demo = reader.switch("DEMO")
    data_dir = data_folder(env)
    settings = Settings(
        secret_keys=reader.secret_keys(),
        data_dir=data_dir,
        database_url=reader.database_url(data_dir, demo),
        public_url=f"{public.scheme}://{public.netloc}",
        trusted_hosts=reader.trusted_hosts(public.hostname or ""),
        proxy_hops=reader.number("PROXY_HOPS", 0, 0, 5),
        embed_origins=reader.origins("EMBED_ORIGINS"),
        smtp=reader.smtp(),
        mail_from=reader.mail_from(public.hostname or "localhost"),
        reply_to=reader.reply_to(),
        outbound_hosts=reader.outbound_hosts(),
        surveys_dir=reader.path("SURVEYS_DIR", folder=True) or bundle_dir("surveys"),
        theme_file=reader.path("THEME_FILE", folder=False),
        log_level=reader.level(),
        web_threads=reader.number("WEB_THREADS", 3, 1, 64),
        body_seconds=reader.number("BODY_SECONDS", 15, 1, 600),
        keep_jobs_days=reader.number("KEEP_JOBS_DAYS", 30, 7, 3650),
        keep_emails_days=reader.number("KEEP_EMAILS_DAYS", 180, 1, 3650),
        keep_visits_days=reader.number("KEEP_VISITS_DAYS", 400, 1, 3650),
        demo=demo,
        variables=frozenset(name for name in setting_names() if env.get(name, "").strip()),
    )
    reader.unknown_names()
    problems = tuple(reader.problems)
    return (None if errors(problems) else settings), problems


class _Reader:
    """Reads one variable at a time and collects the problems. A wrong value gives its default, and reading goes on."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[Problem] = []

    def wrong(self, name: str, message: str, hint: str, code: str = "setting_wrong", severity: str = "error") -> None:
        self.problems.append(Problem(code, (name,), message, hint, severity))

    def get(self, name: str) -> str:
        return self.env.get(PREFIX + name, "").strip()

    def secret_keys(self) -> tuple[bytes, ...]:
        keys = tuple(key.encode() for key in self.get("SECRET_KEY").replace(",", " ").split())
        name = PREFIX + "SECRET_KEY"
        make = "write the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        if not keys:
            self.wrong(name, "the secret key is not set, and there is no default", make, "setting_missing")
        for position, key in enumerate(keys, start=1):
            if len(key) < MIN_SECRET_BYTES:
                self.wrong(name, f"key {position} has {len(key)} bytes; {MIN_SECRET_BYTES} are needed", make)
            elif key.startswith(DEMO_KEY_START.encode()) and not is_on(self.env, "DEMO"):
                self.wrong(name, f"key {position} is one that a demo made for itself", make, "demo_in_production")
            elif len(set(key)) < 8:
                self.wrong(name, f"key {position} repeats a few characters and can be guessed", make)
        return keys

    def public_url(self) -> SplitResult:
        text = self.get("PUBLIC_URL") or "http://127.0.0.1:8000"
        name, hint = PREFIX + "PUBLIC_URL", "write for example https://diagnostic.example.com"
        url = split_address(text, ("http", "https"))
        if url is None or url.username is not None:
            self.wrong(name, f"`{text}` is not a web address", hint)
            return urlsplit("http://127.0.0.1:8000")
        if url.path.strip("/") or url.query or url.fragment:
            self.wrong(name, f"`{text}` has a path; the product has a host name of its own", hint)
        if url.scheme == "http" and url.hostname not in LOOPBACK:
            self.wrong(name, "links and sessions travel unencrypted over http", "use https", "setting_plain", WARNING)
        return url

    def trusted_hosts(self, public: str) -> tuple[str, ...]:
        hosts = self.get("TRUSTED_HOSTS").replace(",", " ").lower().split()
        for host in hosts:
            if host == "*" or "/" in host:
                self.wrong(PREFIX + "TRUSTED_HOSTS", f"`{host}` is not a host name", "write names such as app.internal")
        return tuple(dict.fromkeys((public, *(LOOPBACK if public in LOOPBACK else ()), *hosts)))

    def origins(self, name: str) -> tuple[str, ...]:
        texts = self.get(name).replace(",", " ").split()
        for text in texts:
            if read_origin(text) is None:
                self.wrong(PREFIX + name, f"`{text}` is not the origin of a site", "write https://www.example.com")
        return tuple(dict.fromkeys(origin for text in texts if (origin := read_origin(text)) is not None))

    def outbound_hosts(self) -> tuple[AllowedHost, ...]:
        hosts = []
        for text in self.get("OUTBOUND_HOSTS").replace(",", " ").split():
            host = read_allowed_host(text)
            if host is None:
                hint = "write crm.internal, crm.internal:8443 or http://crm.internal"
                self.wrong(PREFIX + "OUTBOUND_HOSTS", f"`{text}` is not a host", hint)
            else:
                hosts.append(host)
        return tuple(hosts)

    def database_url(self, data_dir: Path, demo: bool) -> str:
        text = self.env.get("DATABASE_URL", "").strip()
        if demo:
            if text:
                message = "the demo keeps to a database of its own; DATABASE_URL is not used"
                self.wrong("DATABASE_URL", message, "run without --demo to use it", "setting_unused", WARNING)
            return f"sqlite:///{data_dir / DEMO_DATABASE}"
        if not text:
            return f"sqlite:///{data_dir / 'questionnaire.sqlite'}"
        scheme, sign, rest = text.partition("://")
        if scheme == "sqlite" and sign and rest.strip("/") and ":memory:" not in rest:
            if rest.rpartition("/")[2] == DEMO_DATABASE:
                hint = "name another file; anybody can sign in to the demo"
                self.wrong("DATABASE_URL", f"`{DEMO_DATABASE}` is the database of the demo", hint, "demo_in_production")
            return text
        if scheme in ("postgres", "postgresql", "postgresql+psycopg") and sign and rest:
            return f"postgresql+psycopg://{rest}"
        hint = "write postgresql://user:password@host/name or sqlite:////folder/file.sqlite"
        self.wrong("DATABASE_URL", f"`{scheme}` with this address is not a database that can be used", hint)
        return text

    def smtp(self) -> SmtpServer | None:
        text = self.env.get("SMTP_URL", "").strip()
        if not text:
            return None
        server = read_smtp_server(text)
        if server is None:
            hint = "write smtps://user:password@host:465, starttls://user:password@host:587 or smtp://host:25"
            self.wrong("SMTP_URL", "this is not the address of a mail server", hint)
        return server

    def mail_from(self, host: str) -> str:
        text = self.get("MAIL_FROM") or f"questionnaire@{'localhost' if host in LOOPBACK else host}"
        _, address = parseaddr(text)
        local, _, domain = address.partition("@")
        if not local or not domain or not text.isprintable() or "@" in domain:
            self.wrong(PREFIX + "MAIL_FROM", f"{text!r} is not a sender", "write Name <name@example.com>")
        return text

    def reply_to(self) -> str:
        text = self.get("REPLY_TO")
        if text and clean_email(text) is None:
            self.wrong(PREFIX + "REPLY_TO", f"{text!r} is not an email address", "write hello@example.com")
        return text

    def path(self, name: str, *, folder: bool) -> Path | None:
        if not self.get(name):
            return None
        path = Path(self.get(name)).expanduser().absolute()
        if not (path.is_dir() if folder else path.is_file()):
            self.wrong(PREFIX + name, f"there is no {'folder' if folder else 'file'} `{path}`", "check the spelling")
        return path

    def number(self, name: str, default: int, minimum: int, maximum: int) -> int:
        text = self.get(name)
        if not text:
            return default
        if text.isascii() and text.isdigit() and len(text) < 10 and minimum <= int(text) <= maximum:
            return int(text)
        self.wrong(
            PREFIX + name, f"`{text}` is not a number from {minimum} to {maximum}", f"leave it out for {default}"
        )
        return default

    def switch(self, name: str) -> bool:
        text = self.get(name).lower()
        if text not in YES_VALUES + NO_VALUES:
            self.wrong(PREFIX + name, f"`{text}` is neither yes nor no", "write 1 or 0")
        return text in YES_VALUES

    def level(self) -> str:
        text = self.get("LOG_LEVEL").lower() or "info"
        if text not in LEVELS:
            self.wrong(PREFIX + "LOG_LEVEL", f"`{text}` is not a level", did_you_mean(text, LEVELS))
            return "info"
        return text

    def unknown_names(self) -> None:
        known = setting_names()
        for name in sorted(self.env):
            if name.startswith(PREFIX) and name not in known:
                hint = did_you_mean(name, known, "docs/settings.md lists them all")
                self.wrong(name, "there is no such setting", hint, "setting_unknown", WARNING)
