"""`questionnaire run`: web, worker and the PDF process, started with one command and stopped together."""

from __future__ import annotations

import argparse
import math
import os
import socket
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from questionnaire import processes
from questionnaire.cli.terminal import complain

if TYPE_CHECKING:
    from questionnaire.settings import Settings

HELP = "start the product: web, worker and PDF process"
NEAR = ("127.0.0.1", "localhost")
# The two longest tokens an address may carry fit in twice; a head that comes slower or is larger is not read on.
HEAD_BYTES, HEAD_MILLISECONDS = "65536", "10000"
# glibc keeps a heap for each thread that ever allocated, and gives little of it back.
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
LOG = ("--log-config", str(Path(__file__).resolve().parents[1] / "web" / "granian.json"))
START_SECONDS = 60.0
LOOK_SECONDS = 0.05
LET_GO_SECONDS = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--data", metavar="DIR", help="folder of the database and the documents (default: data)")
    parser.add_argument("--name", default="worker-1", help="name of its worker, where several share a database")
    parser.add_argument("--demo", action="store_true", help="a separate database with sample people and leads")
    parser.add_argument(
        "--site-port", type=int, help="port of the demo's marketing site (default: the one after --port)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 after a stop that was asked for, 1 when it cannot start."""
    from questionnaire import bootstrap
    from questionnaire.core.base.problems import Problem
    from questionnaire.storage.db.data_folder import claim, make_folder

    overrides = _overrides(arguments)
    try:
        found, warnings = bootstrap.settings(overrides)
        make_folder(found.data_dir)
        with claim(found.data_dir, "demo" if found.demo else ""):
            complain(warnings)
            if not _becomes_free(arguments.host, arguments.port):
                hint = f"stop what listens there, or choose another with --port {arguments.port + 1}"
                return complain((Problem("port_taken", ("port",), f"port {arguments.port} is taken", hint),))
            fresh = bootstrap.prepare(found)
            bootstrap.start_log(found)
            _check_name(found, arguments.name)
            return _serve(arguments, found, overrides, fresh)
    except bootstrap.Unfit as unfit:
        return complain(unfit.problems)


def _check_name(found: Settings, name: str) -> None:
    """Two installations on one database are fine as long as their workers have different names."""
    from questionnaire.bootstrap import Unfit
    from questionnaire.cli.worker import already_running
    from questionnaire.storage.db.engine import open_database
    from questionnaire.storage.delivery.job_listener import AlreadyRunning, listening

    database = open_database(found.database_url)
    try:
        with listening(database, name):
            return
    except AlreadyRunning as running:
        raise Unfit((already_running(running),)) from running
    finally:
        database.close()


def _serve(arguments: argparse.Namespace, found: Settings, overrides: Mapping[str, str], fresh: bool) -> int:
    """Starts everybody and waits for the stop; the exit status."""
    from questionnaire.cli.supervisor import ProcessGroup

    family = ProcessGroup({**FEW_ARENAS, **os.environ, **overrides})
    family.add("web", [*_web(arguments, found), *LOG])
    family.add("worker", processes.command("questionnaire", "worker", "--name", arguments.name))
    site = _demo_site_port(arguments) if found.demo else 0
    if site:
        family.add("site", [*_site(arguments, site), *LOG])
    family.start()
    # In a thread, so that whoever falls meanwhile comes back, and a stop does not wait for the last sample person.
    opening = threading.Thread(target=_open, args=(arguments, found, fresh, site), name="opening", daemon=True)
    opening.start()
    status = family.watch()
    if opening.is_alive():
        # It may be writing; ended here it is as good as killed, which it bears.
        sys.stdout.flush()
        os._exit(status)
    return status


def _open(arguments: argparse.Namespace, found: Settings, fresh: bool, site: int) -> None:
    """What is done once after the start: publish what changed, say where the product is, fill the demo."""
    from questionnaire import bootstrap, demo

    try:
        if not fresh:
            complain(bootstrap.refresh(found))
        where = f"http://{_shown(arguments.host)}:{arguments.port}"
        if not answers(_shown(arguments.host), arguments.port, urlsplit(found.public_url).netloc):
            print(
                f"No answer at {where} after a minute; the reason is above. Still trying.", file=sys.stderr, flush=True
            )
            answers(_shown(arguments.host), arguments.port, urlsplit(found.public_url).netloc, math.inf)
        _say_where(found, f"http://{_shown(arguments.host)}:{site}" if site else "")
        if found.demo:
            demo.seed(bootstrap.toolbox(found), bootstrap.now())
    except Exception as error:
        unfit = bootstrap.unfit(error)
        if unfit is None:
            raise
        complain(unfit.problems)


def answers(host: str, port: int, name: str, seconds: float = START_SECONDS) -> bool:
    """Whether the web server says within so many seconds that it lives. `name` is what it is called outside."""
    import http.client

    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        line = http.client.HTTPConnection(host, port, timeout=5)
        try:
            line.request("GET", "/health/live", headers={"Host": name})
            if line.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            line.close()
        time.sleep(LOOK_SECONDS)
    return False


def _demo_site_port(arguments: argparse.Namespace) -> int:
    """Where the demo's marketing site is served; 0 when somebody else listens there."""
    from questionnaire.core.base.problems import Problem

    site = _site_port(arguments)
    if _is_free(arguments.host, site):
        return site
    hint = "choose another with --site-port"
    complain((Problem("port_taken", ("site-port",), f"port {site} is taken; the marketing site is left out", hint),))
    return 0


def _becomes_free(host: str, port: int) -> bool:
    """Whether the port is free, at once or as soon as those who were killed just now have let go of it."""
    give_up = time.monotonic() + LET_GO_SECONDS
    while not _is_free(host, port):
        if time.monotonic() > give_up:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def _is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet; said in words now, instead of by the web server's trace."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _overrides(arguments: argparse.Namespace) -> dict[str, str]:
    given = {"QUESTIONNAIRE_DATA_DIR": arguments.data, "QUESTIONNAIRE_DEMO": "1" if arguments.demo else None}
    if "QUESTIONNAIRE_PUBLIC_URL" not in os.environ:
        given["QUESTIONNAIRE_PUBLIC_URL"] = f"http://{_shown(arguments.host)}:{arguments.port}"
    if arguments.demo:
        # The marketing site of the demo is another site, and must be allowed like any other.
        named = [f"http://{host}:{_site_port(arguments)}" for host in dict.fromkeys((_shown(arguments.host), *NEAR))]
        given["QUESTIONNAIRE_EMBED_ORIGINS"] = " ".join((os.environ.get("QUESTIONNAIRE_EMBED_ORIGINS", ""), *named))
    return {name: value for name, value in given.items() if value is not None}


def _shown(host: str) -> str:
    """How this machine reaches itself when the product listens everywhere."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (a comparison)


def _site_port(arguments: argparse.Namespace) -> int:
    return int(arguments.site_port or arguments.port + 1)


def _site(arguments: argparse.Namespace, port: int) -> list[str]:
    """The demo's marketing site: one small process of pages that never change."""
    return [
        *processes.command("granian", "--interface", "wsgi", "--factory", "questionnaire.demo.site:app"),
        *("--host", arguments.host, "--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-ws"),
        *("--http", "1", "--log-level", "error"),
    ]


def _web(arguments: argparse.Namespace, found: Settings) -> list[str]:
    """One process of several threads on SQLite, whose writers take turns anyway; two processes on PostgreSQL."""
    workers = 1 if found.database_url.startswith("sqlite") else 2
    return [
        *processes.command("granian", "--interface", "rsgi", "--factory", "questionnaire.web.server:server"),
        *("--host", arguments.host, "--port", str(arguments.port), "--workers", str(workers)),
        *("--no-ws", "--http", "1", "--log-level", "error"),
        *("--http1-header-read-timeout", HEAD_MILLISECONDS, "--http1-buffer-size", HEAD_BYTES),
        *("--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "5"),
    ]


def _say_where(found: Settings, site: str) -> None:
    lines = [f"questionnaire is running at {found.public_url}"]
    if found.demo:
        lines += [
            f"  answer the sample diagnostic   {found.public_url}/s/sales-marketing-alignment",
            f"  sign in as a rep or a marketer {found.public_url}/sign-in",
            f"  read the mails that were sent  {found.public_url}/desk/mailbox",
            *([f"  see it on a marketing site     {site}"] if site else []),
            "The demo keeps to a database of its own; no mail leaves this machine.",
        ]
    print("\n".join([*lines, "Press Ctrl-C to stop."]), flush=True)
