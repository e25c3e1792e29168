"""Imports of the web process."""

from __future__ import annotations

import subprocess
import sys

LOADED = "[name for name in ('weasyprint', 'alembic', 'questionnaire.jobs') if name in sys.modules]"
LOOK = f"import sys, questionnaire.web; print(*{LOADED})"


def test_the_web_process_imports_neither_weasyprint_nor_the_worker() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=600)
    assert done.stdout.split() == []
