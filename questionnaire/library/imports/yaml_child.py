"""The child process that reads a YAML file. It loads the reader alone, so that it starts at once."""

from __future__ import annotations

import json
import sys

from questionnaire.library.imports.limits import MAX_ANSWER_BYTES, set_limits
from questionnaire.library.yaml.reader import read_bytes
from questionnaire.processes import end_with_parent


def main() -> None:
    end_with_parent(int(sys.argv[3]))
    content = sys.stdin.buffer.read()
    set_limits()
    source, problems = read_bytes(content, sys.argv[2])
    answer = {
        "raw": source.raw if source is not None and not problems else None,
        "problems": [[one.code, one.message, one.hint, one.line] for one in problems],
    }
    text = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    if len(text) > MAX_ANSWER_BYTES:
        sys.exit(1)
    sys.stdout.buffer.write(text)
