"""HTML to PDF with WeasyPrint: tagged, archivable, reproducible byte for byte.

Only the render process imports this module, because `import weasyprint` costs a second and 60 MB. The style sheets are
parsed once. One FontConfiguration lives as long as the process, because each new one leaks 0.2 MB.

The files conform to PDF/A-3a and to PDF/UA-1. WeasyPrint writes one of the two claims; the other is merged into the
same RDF, with the extension schema that PDF/A requires for a foreign property (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

import weasyprint
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from questionnaire.documents.characters import substitute_characters
from questionnaire.documents.direction import mark_directions, mirrored
from questionnaire.documents.system_fonts import NO_FONTS, SystemFonts
from questionnaire.settings import bundle_dir

ASSET = "bundled:"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_PDF_UA_RDF = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


# PDF/A requires exactly these prefixes, not only the namespaces.
for _prefix, _space in (("Extension", "extension/"), ("Schema", "schema#"), ("Property", "property#")):
    register_namespace(f"pdfa{_prefix}", f"http://www.aiim.org/pdfa/ns/{_space}")


class Bundle(URLFetcher):  # type: ignore[misc]
    """Serves only the assets passed with a document, by name: no file, no host, no data URL."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.assets = assets

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        content = self.assets.get(url.removeprefix(ASSET)) if url.startswith(ASSET) else None
        if content is None:
            raise PermissionError(f"not bundled: {url[:80]}")
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return URLFetcherResponse(url, body=content, headers={"Content-Type": kind})


class _UniversalMetadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint ships no types
    """Document metadata whose RDF also claims PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        rdf: Element = fromstring(super().generate_rdf_metadata(variant, version, conformance))  # noqa: S314 (our own)
        assert rdf.tag == _RDF
        rdf.append(fromstring(_PDF_UA_RDF))  # noqa: S314 (our own)
        return bytes(tostring(rdf, encoding="utf-8"))


# --- rendering -------------------------------------------------------------------------------------------------

_FONTS = FontConfiguration()
# A cell with more letters or lines than this may continue on the next page, a smaller row stays whole.
_LONG_CELL, _MANY_LINES = 400, 10


_TOKEN = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
_USE = re.compile(r"var\((--[a-z0-9-]+)\)")


def _without_custom_properties(*sources: str) -> str:
    """Returns one style sheet without custom properties: later tokens win, and each `var()` becomes its value.

    WeasyPrint would compute every token for every element; without them this costs nothing.
    """
    tokens = {name: value.strip() for source in sources for name, value in _TOKEN.findall(source)}
    rules = _USE.sub(lambda use: tokens[use[1]], sources[-1])
    return re.sub(r":root \{[^}]*\}", "", rules)


@lru_cache(maxsize=16)
def _sheet(paper_size: str, theme_css: str, right_to_left: bool) -> weasyprint.CSS:
    folder = bundle_dir("static") / "css"
    # Print is always light and without motion: the media queries of the tokens are for screens.
    tokens = (folder / "tokens.css").read_text(encoding="utf-8").split("\n@media", 1)[0]
    rules = (folder / "print.css").read_text(encoding="utf-8")
    source = f"{_without_custom_properties(tokens, theme_css, rules)}\n@page {{ size: {paper_size}; }}"
    return _css(mirrored(source) if right_to_left else source)


def _css(source: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=source, font_config=_FONTS, url_fetcher=Bundle({}))


@lru_cache(maxsize=64)
def _families(families: tuple[str, ...]) -> weasyprint.CSS:
    """Returns the style of a page that needs system fonts. The bundled font draws what it has."""
    quoted = ", ".join(f"'{family}'" for family in families)
    return _css(f"html {{ font-family: Inter, {quoted}; }}")


def _let_long_rows_break(root: Element) -> None:
    for row in root.iter("tr"):
        cells = ["".join(cell.itertext()) for cell in row]
        if any(len(text) > _LONG_CELL or text.count("\n") > _MANY_LINES for text in cells):
            row.set("class", f"{row.get('class', '')} long")


def render(
    html: str,
    theme_css: str,
    paper_size: str = "A4",
    assets: Mapping[str, bytes] | None = None,
    fonts: SystemFonts = NO_FONTS,
) -> bytes:
    """Returns the PDF of a complete HTML page. `assets` are images by name, used as `bundled:<name>`.

    Equal input gives equal bytes: the dates come from the document's own `dcterms` meta elements.
    """
    bundle = Bundle(assets or {})
    page = weasyprint.HTML(string=html, base_url=ASSET, url_fetcher=bundle)
    root = page.etree_element
    families = substitute_characters(root, fonts)
    mark_directions(root)
    _let_long_rows_break(root)
    sheets = [_sheet(paper_size, theme_css, root.get("dir") == "rtl")]
    options = {
        **weasyprint.DEFAULT_OPTIONS,
        "stylesheets": [*sheets, _families(families)] if families else sheets,
        "pdf_variant": "pdf/a-3a",
        "presentational_hints": False,
    }
    document = page.render(font_config=_FONTS, **options)
    document.metadata = _UniversalMetadata(**vars(document.metadata))
    pdf = document.write_pdf(**options)
    assert isinstance(pdf, bytes)
    return pdf
