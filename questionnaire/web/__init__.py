"""The pages: the diagnostic, the result, the desk, the doors.

Law: a room, not a hand. A view reads the request, calls one action, and sets a page; it decides nothing about leads and
touches no database. GET never writes. Every route says who may open it. WeasyPrint and the worker stay out.
"""

from __future__ import annotations

from questionnaire.web.app import create_app

__all__ = ["create_app"]
