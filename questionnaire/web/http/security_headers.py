"""Security headers of all responses, and size limits of all requests.

A view sets its own policy through `g`: `frame_ancestors` (embeds), `content_policy` (pages whose inline blocks are
allowed by hash), `referrer_policy`. X-Frame-Options is never set where a survey may be embedded: browsers that support
it ignore the list of allowed sites.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable

from flask import Flask, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from questionnaire.settings import Settings

BODY_BYTES = 256 * 1024
LARGE_BODIES = {"/desk/surveys/new/upload": 10_100_000, "/desk/surveys/picture/upload": 8_100_000}
"""Paths that take a file -> the most bytes of their requests."""
FORM_PARTS = 600
REFUSAL = "questionnaire.refusal"
"""Key in the WSGI environ: the status code of a request that the gateway refused (gateway.py)."""
YEAR = 31_536_000


def install(app: Flask, settings: Settings) -> None:
    https = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(settings.secret_keys[1:]),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME=cookie_name("form", https=https),
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PREFERRED_URL_SCHEME="https" if https else "http",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> None:
        # The gateway refused the request: only the error page is rendered.
        if REFUSAL in request.environ:
            abort(request.environ[REFUSAL])
        if request.path in LARGE_BODIES:
            request.max_content_length = LARGE_BODIES[request.path]

    @app.before_request
    def no_nul() -> None:
        # No URL of the product contains NUL, and PostgreSQL raises an error for a query with it.
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            abort(400)

    @app.after_request
    def headers(response: Response) -> Response:
        _set_headers(response, https=https)
        return response


def cookie_name(name: str, *, https: bool) -> str:
    """`__Host-` binds a cookie to this exact host; browsers accept it over HTTPS only."""
    return f"__Host-{name}" if https else f"questionnaire-{name}"


def nonce() -> str:
    """The CSP nonce of this response: only inline scripts and styles with it are allowed."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def block_hash(block: str) -> str:
    """The CSP source of one inline block, for cached pages, which cannot have a nonce."""
    digest = hashlib.sha256(block.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_policy(styles: Iterable[str], scripts: Iterable[str], frame_ancestors: Iterable[str] = ()) -> str:
    """A Content-Security-Policy for these style and script sources, with images, fonts and forms of this site only."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {' '.join(styles)}",
            f"script-src {' '.join(scripts)}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {' '.join(frame_ancestors) or chr(39) + 'none' + chr(39)}",
        )
    )


def _set_headers(response: Response, *, https: bool) -> None:
    headers = response.headers
    embeddable = bool(g.get("frame_ancestors"))
    if "content_policy" in g:
        headers["Content-Security-Policy"] = g.content_policy
    else:
        ours = ("'self'", f"'nonce-{nonce()}'")
        headers["Content-Security-Policy"] = content_policy(ours, ours, g.get("frame_ancestors", ()))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = g.get("referrer_policy", "same-origin")
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    if not embeddable:
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if request.endpoint == "static" and response.status_code == 200:
        is_versioned = "v" in request.args
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_versioned else "public, max-age=300"
    elif "cacheable" not in g:
        headers["Cache-Control"] = "private, no-store"
