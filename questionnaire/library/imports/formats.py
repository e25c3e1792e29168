"""The formats of other products, and which of them a file is in."""

from __future__ import annotations

import io
import zipfile
from typing import Literal, get_args

FormatName = Literal["surveyjs", "xlsform", "limesurvey", "typeform"]
SHEET = "sheet"
"""Rows of texts, for the limited process; no survey."""
FORMATS: tuple[FormatName, ...] = get_args(FormatName)


def guess(content: bytes) -> FormatName | None:
    """The format by what the content begins with and names; None when it is none of them."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK\x03\x04"):
        return "xlsform" if _is_workbook(content) else None
    if start.startswith(b"<"):
        return "limesurvey" if b"<LimeSurveyDocType>" in content[:20_000] else None
    if start.startswith(b"{"):
        is_typeform = b'"fields"' in content and not any(
            word in content for word in (b'"elements"', b'"questions"', b'"pages"')
        )
        typeform_words = (b'"thankyou_screens"', b'"welcome_screens"', b"typeform.com", b'"validations"')
        is_typeform = is_typeform or (b'"fields"' in content and any(word in content for word in typeform_words))
        return "typeform" if is_typeform else "surveyjs"
    return None


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
