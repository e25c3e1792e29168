"""Writes docs/phrases.md, the keys under which a survey may say the product's phrases otherwise.

Usage:  make words
"""

from __future__ import annotations

from pathlib import Path

from questionnaire.core.survey.phrases import answers, dates, form, mail, pages, report, result

PARTS = {
    "The form": form.FORM,
    "Questions and answers": answers.ANSWERS,
    "Months": dates.DATES,
    "The result page and endings": result.RESULT,
    "The report": report.REPORT,
    "Emails": mail.MAIL,
    "Error pages": pages.PAGES,
}
INTRO = """# Phrases

Every phrase of the product that prospects read, with its key. A survey says them in its own words under `wording`:

```yaml
wording:
  es:
    next: Siguiente
    question_of: "Pregunta {{n}} de {{of}}"
    about_one_minute: {one: Un minuto aproximadamente., other: "Unos {{n}} minutos."}
```

The first level is a language of the survey: one the product doesn’t ship, or English, French or German to say
something otherwise. Values stand in double braces. A phrase with two lines here has plural forms: `one`, `other` and
whatever your language has besides (`zero`, `two`, `few`, `many`). What is missing is said in English, and the
check says how many are.
"""


def written() -> str:
    lines = [INTRO]
    for title, phrases in PARTS.items():
        lines += [f"## {title}", "", "| key | phrase |", "|---|---|"]
        for key, said in phrases.items():
            text = said if isinstance(said, str) else "<br>".join(said)
            lines.append(f"| `{key}` | {_values(text)} |")
        lines.append("")
    return "\n".join(lines)


def _values(text: str) -> str:
    return text.replace("%(", "{{").replace(")s", "}}").replace("%%", "%").replace("|", "\\|")


if __name__ == "__main__":
    (Path(__file__).resolve().parents[1] / "docs" / "phrases.md").write_text(written(), encoding="utf-8")
