"""Entry point of `python -m questionnaire`."""

from __future__ import annotations

import sys

from questionnaire.cli import main

if __name__ == "__main__":
    sys.exit(main())
