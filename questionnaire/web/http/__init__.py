"""Shared parts of all pages: request context, access, errors, locale, rate limits, headers, rendering, assets."""
