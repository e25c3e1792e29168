"""Compressing what everybody gets, once and as small as gzip can be: every visitor waits for it."""

from __future__ import annotations


def gzip(body: bytes) -> bytes:
    # Half a megabyte of memory and a fifth of a second, for whoever writes a page alone.
    from zopfli import gzip as zopfli

    return bytes(zopfli.compress(body))
