"""Compression of cached responses: done once, as Brotli or gzip; each browser gets what it accepts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Response, make_response, request


@dataclass(frozen=True)
class Compressible:
    """A body that is kept and sent to many. Each form of it is made when a browser first asks for it."""

    identity: bytes

    @cached_property
    def brotli(self) -> bytes:
        # Imported late, as zopfli below: only public pages need them.
        import brotli

        return bytes(brotli.compress(self.identity, quality=11, lgwin=18))

    @cached_property
    def gzip(self) -> bytes:
        """Takes half a second: fewer bytes than gzip itself makes."""
        from zopfli import gzip

        return bytes(gzip.compress(self.identity))


def compressed_response(body: Compressible, etag: str) -> Response:
    """The smallest form that the browser accepts. Each form has an ETag of its own."""
    accepted = request.accept_encodings
    coding = next((name for name in ("br", "gzip") if accepted.quality(name) > 0), "")
    data = {"br": lambda: body.brotli, "gzip": lambda: body.gzip, "": lambda: body.identity}[coding]()
    response = make_response(data)
    response.set_etag(f"{etag}-{coding}" if coding else etag)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    return response
