"""What every page uses: request context, access, errors, locale, limits, headers, rendering, assets."""
