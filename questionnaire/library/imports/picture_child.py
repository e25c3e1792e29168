"""The child process that decodes one picture. It loads the decoders first: afterwards it opens no file."""

from __future__ import annotations

import base64
import json
import sys

from PIL import JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from questionnaire.library.images import process_picture
from questionnaire.library.imports.limits import set_limits
from questionnaire.processes import end_with_parent

DECODERS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)


def main() -> None:
    end_with_parent(int(sys.argv[3]))
    content = sys.stdin.buffer.read()
    set_limits()
    image = process_picture(content, sys.argv[2])
    answer = (
        {"problem": image}
        if isinstance(image, str)
        else {"name": image.name, "content": base64.b64encode(image.content).decode("ascii")}
    )
    sys.stdout.write(json.dumps(answer))
