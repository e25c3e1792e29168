"""What a report costs: CPU and bytes per page, memory over many documents, beside bare WeasyPrint in the same run.

    python -m tests.bench.bench_report [--documents 1000]

Figures drift between machines and runs; compare the ratios. The budget: 45 ms CPU a page with both conformances, 60 KB
a report, 110 MB after 1,000 documents.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from questionnaire.documents import PdfRenderer, document_html
from tests.documents import facts, languages, samples

BARE = """
import sys, time, statistics, weasyprint
html, css = sys.stdin.read(), open(sys.argv[1]).read()
def once():
    began = time.process_time()
    weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=css)])
    return time.process_time() - began
once()
print(statistics.median(once() for _ in range(5)))
"""


def cpu(pid: int) -> float:
    """Seconds of processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def bare(html: str) -> float:
    """CPU seconds of the same page in WeasyPrint as it comes: no tags, no conformance, nothing kept between files."""
    sheet = Path(__file__).parents[2] / "static" / "css" / "print.css"
    done = subprocess.run(
        [sys.executable, "-c", BARE, str(sheet)], input=html, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def in_system_fonts(count: int = 5) -> None:
    """Prints what the same report costs in languages that need system fonts, each in a process of its own."""
    for language in ("en", *languages.LANGUAGES):
        view = samples.report(peers=samples.peers()) if language == "en" else languages.report(language)
        with PdfRenderer() as paper:
            pdf = paper.render("report", view, language)
            assert paper.pid is not None
            before = cpu(paper.pid)
            for _ in range(count):
                paper.render("report", view, language)
            page = (cpu(paper.pid) - before) / count / len(facts.read(pdf).pages)
            print(
                f"report in {language:8} {page * 1000:8.1f} ms CPU a page, {len(pdf) / 1024:5.0f} KB, "
                f"{resident(paper.pid):5.0f} MB"
            )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=50)
    wanted = options.parse_args().documents
    view = samples.report(peers=samples.peers())
    began = time.monotonic()
    with PdfRenderer(recycle_after=wanted + 10) as paper:
        warm = time.monotonic() - began
        assert paper.pid is not None
        first = paper.render("report", view, "en")
        pages = len(facts.read(first).pages)
        start, spent, waited = resident(paper.pid), [], []
        for _ in range(wanted):
            before, now = cpu(paper.pid), time.monotonic()
            assert paper.render("report", view, "en") == first
            spent.append(cpu(paper.pid) - before)
            waited.append(time.monotonic() - now)
        end = resident(paper.pid)
    plain = bare(document_html("report", view, "en"))
    page, median = statistics.mean(spent) / pages, statistics.median(waited)
    rows = (
        ("warm-up", warm, "s", ""),
        (
            "CPU per page",
            page * 1000,
            "ms",
            f"{page * pages / plain:.2f} × bare WeasyPrint, {page / 0.045:.2f} × budget",
        ),
        (f"report, {pages} pages", median * 1000, "ms", "median of one caller"),
        ("size", len(first) / 1024, "KB", f"{len(first) / 61440:.2f} × budget"),
        ("memory", end, "MB", f"{end / 110:.2f} × budget; {start:.1f} MB before {wanted} documents"),
    )
    for name, figure, unit, said in rows:
        print(f"{name:18} {figure:8.1f} {unit:3} {said}")
    in_system_fonts()


if __name__ == "__main__":
    main()
