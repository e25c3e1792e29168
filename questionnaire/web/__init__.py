"""Flask views: the public survey, the result page, the desk, the builder, embedding and sign-in.

Law: a view reads the request, calls one action and renders a page. It makes no decisions about leads and does not use
the database. GET never writes. Every route declares who may open it. WeasyPrint and worker code are not imported here.
"""

from __future__ import annotations

from questionnaire.web.app import create_app

__all__ = ["create_app"]
