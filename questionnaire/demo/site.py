"""The demo's marketing site: an invented company on an address of its own, with the diagnostic in it in every way.

It stands in for a customer's site, so it knows the product only by its public address, and runs under a strict policy.
"""

from __future__ import annotations

import gc
import hashlib
from functools import cache

from flask import Flask, Response, abort, make_response
from jinja2 import Environment

from questionnaire import bootstrap
from questionnaire.processes import end_with_spawner
from questionnaire.settings import bundle_dir
from questionnaire.templating import new_environment

PAGES = ("home", "diagnostic", "both", "services", "guide", "pricing", "breakfast", "contact", "trust", "fr")


def app() -> Flask:
    """What the web server loads, once per process."""
    end_with_spawner()
    found, _ = bootstrap.settings()
    made = create_site(found.public_url)
    gc.freeze()
    return made


def create_site(form: str) -> Flask:
    """The site as an app; `form` is where the product answers, as in `https://diagnostic.example.com`."""
    site = Flask("nordlicht", static_folder=str(bundle_dir("static") / "demo_site"), static_url_path="/static")
    environment = _environment()

    @site.get("/")
    @site.get("/<name>")
    def show(name: str = "home") -> Response:
        if name not in PAGES:
            abort(404)
        return _write(environment, name, form)

    @site.errorhandler(404)
    def missing(_: object) -> tuple[Response, int]:
        return _write(environment, "missing", form), 404

    @site.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy(form)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        return response

    return site


def policy(form: str) -> str:
    """What a careful site allows: its own files, and of the product its script and its frames."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            f"script-src 'self' {form}",
            f"frame-src {form}",
            "img-src 'self' data:",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _environment() -> Environment:
    environment = new_environment("en")
    environment.globals["asset"] = _asset
    return environment


def _write(environment: Environment, name: str, form: str) -> Response:
    said = environment.get_template(f"demo_site/{name}.html").render(
        form=form, here=name, lang="fr" if name == "fr" else "en", policy=policy(form)
    )
    response = make_response(said)
    response.content_type = "text/html; charset=utf-8"
    return response


@cache
def _asset(name: str) -> str:
    mark = hashlib.sha256((bundle_dir("static") / "demo_site" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={mark}"
