"""HTML to PDF: tagged, archivable, the same bytes each time.

Only the render process imports this module; `import weasyprint` costs a second and 60 MB. The style sheets are parsed
once, and one FontConfiguration lives as long as the process, since each new one leaks 0.2 MB.

The files claim PDF/A-3a and PDF/UA-1 at once. WeasyPrint writes one claim; the other is merged into the same RDF,
with the extension schema that PDF/A asks for before it lets a foreign property in (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from questionnaire.settings import bundle_dir

SUBSTITUTE = "\N{WHITE SQUARE}"
ASSET = "bundled:"
_SILENT = ("title", "meta", "style")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_UNIVERSAL = """
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


# PDF/A asks for exactly these prefixes, not only for the namespaces.
for _prefix, _space in (("Extension", "extension/"), ("Schema", "schema#"), ("Property", "property#")):
    register_namespace(f"pdfa{_prefix}", f"http://www.aiim.org/pdfa/ns/{_space}")


class Bundle(URLFetcher):  # type: ignore[misc]
    """Gives out the assets a document was handed, by name, and nothing else: no file, no host, no data address."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.assets = assets

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        content = self.assets.get(url.removeprefix(ASSET)) if url.startswith(ASSET) else None
        if content is None:
            raise PermissionError(f"not bundled: {url[:80]}")
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return URLFetcherResponse(url, body=content, headers={"Content-Type": kind})


class _Claims(DocumentMetadata):  # type: ignore[misc]
    """Document metadata whose RDF also says PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        rdf: Element = fromstring(super().generate_rdf_metadata(variant, version, conformance))  # noqa: S314 (our own)
        assert rdf.tag == _RDF
        rdf.append(fromstring(_UNIVERSAL))  # noqa: S314
        return bytes(tostring(rdf, encoding="utf-8"))


# --- characters ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points every bundled face can draw, so that weight and slant never decide what is legible."""
    drawn = []
    for path in sorted(bundle_dir("static").glob("fonts/*.ttf")):
        with TTFont(path, lazy=True) as face:
            drawn.append(frozenset(face.getBestCmap()))
    return frozenset.intersection(*drawn)


def drawable(text: str) -> str:
    """`text` with what no bundled face can draw as a visible square; invisible format characters go.

    PDF/A forbids a reference to a missing glyph, and a system font would make the page differ between machines.
    """
    if text.isascii():
        return text
    known = covered()
    return "".join(_drawn(character, known) for character in unicodedata.normalize("NFC", text))


def _drawn(character: str, known: frozenset[int]) -> str:
    if ord(character) in known or character in "\t\n\r\f":
        return character
    category = unicodedata.category(character)
    if category in ("Cf", "Cc", "Mn", "Me"):
        return ""
    return " " if category in ("Zs", "Zl", "Zp") else SUBSTITUTE


def _substitute(root: Element) -> None:
    for element in root.iter():
        if element.tag in _SILENT or not isinstance(element.tag, str):
            continue
        if element.text:
            element.text = drawable(element.text)
        for child in element:
            if child.tail:
                child.tail = drawable(child.tail)


# --- rendering -------------------------------------------------------------------------------------------------

_FONTS = FontConfiguration()


_TOKEN = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
_USE = re.compile(r"var\((--[a-z0-9-]+)\)")


def _resolved(*sources: str) -> str:
    """One sheet without custom properties: later tokens win, and each `var()` becomes what it stands for.

    WeasyPrint would carry every token through every element; written out they cost nothing.
    """
    tokens = {name: value.strip() for source in sources for name, value in _TOKEN.findall(source)}
    rules = _USE.sub(lambda use: tokens[use[1]], sources[-1])
    return re.sub(r":root \{[^}]*\}", "", rules)


@lru_cache(maxsize=16)
def _sheet(paper: str, theme_css: str) -> weasyprint.CSS:
    folder = bundle_dir("static") / "css"
    # Paper is light and does not move: the media queries of the tokens are for screens.
    tokens = (folder / "tokens.css").read_text(encoding="utf-8").split("\n@media", 1)[0]
    rules = (folder / "print.css").read_text(encoding="utf-8")
    source = f"{_resolved(tokens, theme_css, rules)}\n@page {{ size: {paper}; }}"
    return weasyprint.CSS(string=source, font_config=_FONTS, url_fetcher=Bundle({}))


def render(html: str, theme_css: str, paper: str = "A4", assets: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a finished page of HTML. `assets` are images by name, used as `bundled:<name>`.

    Equal input gives equal bytes: the dates come from the document's own `dcterms` meta elements.
    """
    bundle = Bundle(assets or {})
    page = weasyprint.HTML(string=html, base_url=ASSET, url_fetcher=bundle)
    _substitute(page.etree_element)
    options = {
        **weasyprint.DEFAULT_OPTIONS,
        "stylesheets": [_sheet(paper, theme_css)],
        "pdf_variant": "pdf/a-3a",
        "presentational_hints": False,
    }
    document = page.render(font_config=_FONTS, **options)
    document.metadata = _Claims(**vars(document.metadata))
    pdf = document.write_pdf(**options)
    assert isinstance(pdf, bytes)
    return pdf
