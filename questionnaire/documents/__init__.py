"""Paper: the report for the prospect and the dossier for the rep, as HTML and as PDF.

Law: documents show view values of core and decide nothing. They open no socket and read no file that is not
bundled. WeasyPrint is imported in the render process alone, so nothing in this package's surface imports it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from questionnaire.documents.html import document_html
    from questionnaire.documents.renderer import PaperFailed, PaperUnavailable, PdfRenderer, RenderedPdf, render_once

__all__ = ["PaperFailed", "PaperUnavailable", "PdfRenderer", "RenderedPdf", "document_html", "render_once"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the render process lives in this package too and must not carry templates and catalogues.
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{'html' if name == 'document_html' else 'renderer'}"), name)
