"""Compression of cached responses: done once, as Brotli and gzip; each browser gets what it accepts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, request


@dataclass(frozen=True, slots=True)
class Compressed:
    """A body as it is, and compressed; b"" when it is not worth compressing."""

    identity: bytes
    brotli: bytes = b""
    gzip: bytes = b""


def compress(body: bytes) -> Compressed:
    # Imported late: they take 1 MB of memory and 0.2 s, and only public pages need them.
    import brotli
    from zopfli import gzip as zopfli

    return Compressed(body, bytes(brotli.compress(body, quality=11, lgwin=18)), bytes(zopfli.compress(body)))


def compressed_response(body: Compressed, etag: str) -> Response:
    """The smallest form that the browser accepts. Each form has an ETag of its own."""
    accepted = request.accept_encodings
    for coding, data in (("br", body.brotli), ("gzip", body.gzip)):
        if data and accepted.quality(coding) > 0:
            response = make_response(data)
            response.headers["Content-Encoding"] = coding
            response.set_etag(f"{etag}-{coding}")
            break
    else:
        response = make_response(body.identity)
        response.set_etag(etag)
    response.headers["Vary"] = "Accept-Encoding"
    return response
