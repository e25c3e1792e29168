"""The demo's marketing site: an invented company, served on its own address, with every way to embed a survey.

It represents a customer's site: it uses only the public URL of the product, and has a strict Content-Security-Policy.
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
    """The WSGI app, loaded by the web server once per process."""
    end_with_spawner()
    settings, _ = bootstrap.settings()
    site = create_site(settings.public_url)
    gc.freeze()
    return site


def create_site(form: str) -> Flask:
    """The site as a Flask app. `form` is the public URL of the product, such as `https://diagnostic.example.com`."""
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
    """The Content-Security-Policy of the site: its own files, and the script and the frames of the product."""
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
    html = environment.get_template(f"demo_site/{name}.html").render(
        form=form, here=name, lang="fr" if name == "fr" else "en", policy=policy(form)
    )
    response = make_response(html)
    response.content_type = "text/html; charset=utf-8"
    return response


@cache
def _asset(name: str) -> str:
    version = hashlib.sha256((bundle_dir("static") / "demo_site" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={version}"
