"""Access control: every route declares with a decorator who may open it; else the app does not start.

`Access.kind` is `public` (anyone), `signed_link` (anyone with the link) or `roles` (staff with one of the roles). The
guard runs before every request and reads only the declarations, so a view cannot forget its check.

A session that began with a mailed code (actions/people/code_sign_in.py) opens only what is declared `by_code`.
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
ALL_ROLES = ROLES

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """`csrf`: unsafe methods require the form's CSRF token. Public forms use signed state instead, without cookies.

    `by_code`: a session that began with a mailed code will do.
    """

    kind: str
    roles: frozenset[str] = frozenset()
    csrf: bool = False
    by_code: bool = False


def public(view: View) -> View:
    """Anyone may open the page; it reads no cookie."""
    return _declare(view, Access("public"))


def public_form(view: View) -> View:
    """Anyone may open the page; its form requires a CSRF token."""
    return _declare(view, Access("public", csrf=True))


def signed_link(view: View) -> View:
    """Anyone with the link. The view checks the token and shows an error page when it is not valid."""
    return _declare(view, Access("signed_link"))


def roles(*allowed: str, by_code: bool = False) -> Callable[[View], View]:
    """Staff with one of these roles; `by_code`: those too who signed in with a mailed code only.

    Raises ValueError for an unknown role or for none.
    """
    unknown = set(allowed) - set(ROLES)
    if unknown or not allowed:
        raise ValueError(f"roles() needs some of {', '.join(ROLES)}, not {sorted(unknown) or 'nothing'}")
    return lambda view: _declare(view, Access("roles", frozenset(allowed), csrf=True, by_code=by_code))


def _declare(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]  # the declaration is an attribute of the function
    return view


def declared(app: Flask) -> Mapping[str, Access]:
    """Endpoint -> access, for the guard and the access test. Raises RuntimeError for a route without a declaration."""
    table = {name: getattr(view, "access", None) for name, view in app.view_functions.items()}
    table["static"] = Access("public")
    missing = sorted(name for name, access in table.items() if access is None)
    if missing:
        raise RuntimeError(
            f"these routes do not say who may open them: {', '.join(missing)}. "
            "Put @public, @public_form, @signed_link or @roles(...) right above the function."
        )
    return {name: access for name, access in table.items() if access is not None}


def install(app: Flask, csrf: CSRFProtect, viewer: Callable[[], Any]) -> None:
    """Installs the guard; call it after the last route is registered. `viewer` returns the signed-in user or None."""
    table = declared(app)

    def guard() -> Response | None:
        access = table.get(request.endpoint or "")
        if access is None:
            return None
        if access.kind == "roles":
            person = viewer()
            if person is None:
                return _redirect_to_sign_in()
            if person.role not in access.roles:
                abort(403)
            if person.by_code and not access.by_code:
                return _redirect_to_sign_in(by_code=True)
            g.viewer = person
        if access.csrf:
            csrf.protect()
        return None

    app.before_request(guard)


def _redirect_to_sign_in(*, by_code: bool = False) -> Response:
    """`by_code`: somebody is signed in, but with a code only."""
    back = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
    return redirect(url_for("auth.sign_in", next=back, code=1 if by_code else None), 303)
