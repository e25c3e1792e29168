"""`questionnaire run`: starts and stops web server, worker and PDF process together."""

from __future__ import annotations

import argparse
import math
import os
import socket
import sys
import time
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from questionnaire import processes
from questionnaire.cli.terminal import DONE, PROBLEMS, print_problems

if TYPE_CHECKING:
    from questionnaire.settings import Settings

HELP = "start the product: web, worker and PDF process"
LOOPBACK_HOSTS = ("127.0.0.1", "localhost")
# The request head has room for two of the longest tokens in its URL. A slower or larger head is rejected.
HEAD_BYTES, HEAD_MILLISECONDS = "65536", "10000"
LOG = ("--log-config", str(Path(__file__).resolve().parents[1] / "web" / "granian.json"))
START_SECONDS = 60.0
POLL_SECONDS = 0.05
PORT_RELEASE_SECONDS = 1.0
IS_NEW = 10
"""Exit status of the preparation when it has made a new database."""


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
    """Returns 0 after a requested stop, 1 when the product cannot start."""
    from questionnaire import bootstrap
    from questionnaire.core.base.problems import Problem
    from questionnaire.storage.db.data_folder import lock_folder, make_folder

    overrides = _overrides(arguments)
    try:
        settings, warnings = bootstrap.settings(overrides)
        make_folder(settings.data_dir)
        with lock_folder(settings.data_dir, "demo" if settings.demo else ""):
            print_problems(warnings)
            if not _wait_until_free(arguments.host, arguments.port):
                hint = f"stop what listens there, or choose another with --port {arguments.port + 1}"
                return print_problems((Problem("port_taken", ("port",), f"port {arguments.port} is taken", hint),))
            status = _prepared(settings, arguments.name)
            if status not in (DONE, IS_NEW):
                return status
            bootstrap.start_log(settings)
            return _serve(arguments, settings, overrides, status == IS_NEW)
    except bootstrap.StartupError as startup_error:
        return print_problems(startup_error.problems)


def _prepared(settings: Settings, name: str) -> int:
    """Prepares the database in a process of its own. Returns DONE, IS_NEW, or the status to end with.

    The memory that it takes is given back, and the parent of the others never opens a database.
    """
    child = processes.start("preparation", partial(_prepare, settings, name), os.environ)
    try:
        child.join()
    except KeyboardInterrupt:
        child.kill()
        raise
    status = child.exitcode
    return PROBLEMS if status is None or status < 0 else status


def _prepare(settings: Settings, name: str) -> int:
    from questionnaire import bootstrap

    try:
        is_new = bootstrap.prepare(settings)
        bootstrap.start_log(settings)
        _check_name(settings, name)
    except Exception as error:
        startup_error = bootstrap.startup_error(error)
        if startup_error is None:
            raise
        return print_problems(startup_error.problems)
    return IS_NEW if is_new else DONE


def _check_name(settings: Settings, name: str) -> None:
    """Raises StartupError when a running worker has this name.

    Two installations may share a database as long as their workers have different names.
    """
    from questionnaire.bootstrap import StartupError
    from questionnaire.cli.worker import already_running
    from questionnaire.storage.db.engine import open_database
    from questionnaire.storage.delivery.job_listener import AlreadyRunning, listening

    database = open_database(settings.database_url)
    try:
        with listening(database, name):
            return
    except AlreadyRunning as running:
        raise StartupError((already_running(running),)) from running
    finally:
        database.close()


def _serve(arguments: argparse.Namespace, settings: Settings, overrides: Mapping[str, str], is_new: bool) -> int:
    """Starts all processes, waits for the stop and returns the exit status.

    They are forked from this process, which has no threads and never opens a database.
    """
    from questionnaire.cli import main
    from questionnaire.cli.supervisor import ProcessGroup

    group = ProcessGroup({**os.environ, **overrides})
    group.add("web", partial(_serve_web, [*_web(arguments, settings), *LOG]))
    group.add("worker", partial(main, ("worker", "--name", arguments.name)))
    site = _demo_site_port(arguments) if settings.demo else 0
    if site:
        group.add("site", partial(_serve_web, [*_site(arguments, site), *LOG]))
    # A process of its own, so that a child can be restarted meanwhile, and a stop does not wait for the sample data:
    # its end is like a kill, which the storage survives.
    group.add("opening", partial(_after_start, arguments, settings, is_new, site), ends=True)
    group.start()
    return group.watch()


def _serve_web(words: list[str]) -> int:
    """Runs Granian's command. It forks its workers, also those it restarts, which find the app loaded."""
    from granian.cli import cli

    import_module(words[words.index("--factory") + 1].partition(":")[0])
    return int(cli.main(args=words, prog_name="granian", standalone_mode=False) or DONE)


def _after_start(arguments: argparse.Namespace, settings: Settings, is_new: bool, site: int) -> int:
    """Runs once after the start: publishes changes, prints the address, fills the demo."""
    from questionnaire import bootstrap, demo
    from questionnaire.actions.people import account_links

    try:
        if not is_new:
            print_problems(bootstrap.refresh(settings))
        url = f"http://{_reachable_host(arguments.host)}:{arguments.port}"
        if not answers(_reachable_host(arguments.host), arguments.port, urlsplit(settings.public_url).netloc):
            print(f"No answer at {url} after a minute; the reason is above. Still trying.", file=sys.stderr, flush=True)
            answers(_reachable_host(arguments.host), arguments.port, urlsplit(settings.public_url).netloc, math.inf)
        box = bootstrap.toolbox(settings)
        first_admin = None if settings.demo else account_links.first_admin_link(box, bootstrap.now())
        _print_addresses(settings, f"http://{_reachable_host(arguments.host)}:{site}" if site else "", first_admin)
        if settings.demo:
            demo.seed(box, bootstrap.now())
    except Exception as error:
        startup_error = bootstrap.startup_error(error)
        if startup_error is None:
            raise
        print_problems(startup_error.problems)
    return DONE


def answers(host: str, port: int, name: str, seconds: float = START_SECONDS) -> bool:
    """Whether the web server answers its liveness check within `seconds`. `name` is its public host name."""
    import http.client

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/health/live", headers={"Host": name})
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(POLL_SECONDS)
    return False


def _demo_site_port(arguments: argparse.Namespace) -> int:
    """Returns the port of the demo's marketing site; 0 when the port is taken."""
    from questionnaire.core.base.problems import Problem

    site = _site_port(arguments)
    if _is_free(arguments.host, site):
        return site
    hint = "choose another with --site-port"
    print_problems(
        (Problem("port_taken", ("site-port",), f"port {site} is taken; the marketing site is left out", hint),)
    )
    return 0


def _wait_until_free(host: str, port: int) -> bool:
    """Whether the port is free now, or within a second, in case processes that were just killed still hold it."""
    deadline = time.monotonic() + PORT_RELEASE_SECONDS
    while not _is_free(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _is_free(host: str, port: int) -> bool:
    """Whether the port is free. Checked here, because the web server would only print a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _overrides(arguments: argparse.Namespace) -> dict[str, str]:
    overrides = {"QUESTIONNAIRE_DATA_DIR": arguments.data, "QUESTIONNAIRE_DEMO": "1" if arguments.demo else None}
    if "QUESTIONNAIRE_PUBLIC_URL" not in os.environ:
        overrides["QUESTIONNAIRE_PUBLIC_URL"] = f"http://{_reachable_host(arguments.host)}:{arguments.port}"
    if arguments.demo:
        # The demo's marketing site has another origin, and must be allowed like any other.
        origins = [
            f"http://{host}:{_site_port(arguments)}"
            for host in dict.fromkeys((_reachable_host(arguments.host), *LOOPBACK_HOSTS))
        ]
        overrides["QUESTIONNAIRE_EMBED_ORIGINS"] = " ".join(
            (os.environ.get("QUESTIONNAIRE_EMBED_ORIGINS", ""), *origins)
        )
    return {name: value for name, value in overrides.items() if value is not None}


def _reachable_host(host: str) -> str:
    """Returns the host under which this machine reaches itself when the product listens on all interfaces."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (a comparison)


def _site_port(arguments: argparse.Namespace) -> int:
    return int(arguments.site_port or arguments.port + 1)


def _site(arguments: argparse.Namespace, port: int) -> list[str]:
    """Returns Granian's options for the demo's marketing site: one small process with static pages."""
    return [
        *("--interface", "wsgi", "--factory", "questionnaire.demo.site:app", "--process-name", "questionnaire site"),
        *("--host", arguments.host, "--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-ws"),
        *("--http", "1", "--log-level", "error"),
    ]


def _web(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    """Returns Granian's options for the web server.

    SQLite: one process with several threads, because writers take turns anyway. PostgreSQL: two processes.
    """
    workers = 1 if settings.database_url.startswith("sqlite") else 2
    return [
        *("--interface", "rsgi", "--factory", "questionnaire.web.server:server", "--process-name", "questionnaire web"),
        *("--host", arguments.host, "--port", str(arguments.port), "--workers", str(workers)),
        *("--no-ws", "--http", "1", "--log-level", "error"),
        *("--http1-header-read-timeout", HEAD_MILLISECONDS, "--http1-buffer-size", HEAD_BYTES),
        *("--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "5"),
    ]


def _print_addresses(settings: Settings, site: str, first_admin: str | None) -> None:
    lines = [f"questionnaire is running at {settings.public_url}"]
    if settings.demo:
        lines += [
            f"  answer the sample diagnostic   {settings.public_url}/s/sales-marketing-alignment",
            f"  sign in as a rep or a marketer {settings.public_url}/sign-in",
            f"  read the mails that were sent  {settings.public_url}/desk/mailbox",
            *([f"  see it on a marketing site     {site}"] if site else []),
            "The demo keeps to a database of its own; no mail leaves this machine.",
        ]
    elif first_admin:
        lines += [
            "Nobody can sign in yet. Make the first account with this link; it works for a day, once:",
            f"  {first_admin}",
        ]
    print("\n".join([*lines, "Press Ctrl-C to stop."]), flush=True)
