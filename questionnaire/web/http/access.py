"""Who may open which page. Every route says so beside its function; the app does not start when one does not.

`Access.kind` is `public` (anybody), `signed_link` (whoever holds the link) or `roles` (staff). The guard runs before
every request, so that a forgotten check cannot exist: there is only the declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from questionnaire.core.base.roles import Role

ADMIN, MARKETING, OPS, REP, MANAGER = Role.ADMIN, Role.MARKETING, Role.OPS, Role.REP, Role.MANAGER
ROLES = tuple(Role)
EVERYBODY_ON_STAFF = ROLES

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """`csrf`: unsafe methods must bring the form's token. Public forms carry signed state instead, without cookies."""

    kind: str
    roles: frozenset[str] = frozenset()
    csrf: bool = False


def public(view: View) -> View:
    """Anybody may open it; it reads no cookie."""
    return _declare(view, Access("public"))


def public_form(view: View) -> View:
    """Anybody may open it; its form carries a token against cross-site posts."""
    return _declare(view, Access("public", csrf=True))


def signed_link(view: View) -> View:
    """Whoever holds the link; the function itself checks the token and answers kindly when it is no good."""
    return _declare(view, Access("signed_link"))


def roles(*allowed: str) -> Callable[[View], View]:
    """Staff with one of these roles."""
    unknown = set(allowed) - set(ROLES)
    if unknown or not allowed:
        raise ValueError(f"roles() needs some of {', '.join(ROLES)}, not {sorted(unknown) or 'nothing'}")
    return lambda view: _declare(view, Access("roles", frozenset(allowed), csrf=True))


def _declare(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]  # a function may carry a note
    return view


def declared(app: Flask) -> Mapping[str, Access]:
    """Endpoint -> access, for the guard and for the matrix test."""
    found = {name: getattr(view, "access", None) for name, view in app.view_functions.items()}
    found["static"] = Access("public")
    missing = sorted(name for name, access in found.items() if access is None)
    if missing:
        raise RuntimeError(
            f"these routes do not say who may open them: {', '.join(missing)}. "
            "Put @public, @public_form, @signed_link or @roles(...) right above the function."
        )
    return {name: access for name, access in found.items() if access is not None}


def install(app: Flask, csrf: CSRFProtect, viewer: Callable[[], Any]) -> None:
    """Guards every request by the declarations; call it after the last route. `viewer` gives the signed-in person."""
    table = declared(app)

    def guard() -> Response | None:
        access = table.get(request.endpoint or "")
        if access is None:
            return None
        if access.kind == "roles":
            person = viewer()
            if person is None:
                return _to_the_door()
            if person.role not in access.roles:
                abort(403)
            g.viewer = person
        if access.csrf:
            csrf.protect()
        return None

    app.before_request(guard)


def _to_the_door() -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")), 303)
    return redirect(url_for("auth.sign_in"), 303)
