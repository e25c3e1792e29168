"""Documents: the report for the prospect and the dossier for the rep, as HTML and as PDF.

Law: documents render view values of core and decide nothing. They open no socket and read no file that is not bundled.
Only the render process imports WeasyPrint, so the modules that this package exports do not import it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from questionnaire.documents.html import document_html
    from questionnaire.documents.renderer import PdfFailed, PdfRenderer, RenderedPdf, RendererUnavailable, render_once

__all__ = ["PdfFailed", "PdfRenderer", "RenderedPdf", "RendererUnavailable", "document_html", "render_once"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the render process uses this package too, and must not load templates and translations.
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{'html' if name == 'document_html' else 'renderer'}"), name)
