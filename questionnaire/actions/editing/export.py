"""A survey, published or as its draft is, as an authored file with its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.survey.questions.picture import picture_places
from questionnaire.library.yaml.writer import write_yaml
from questionnaire.storage.publishing import drafts, images, publications


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """`yaml` is the file, `pictures` are the files beside it by their names, `cases` is the file of its cases or ""."""

    yaml: str
    pictures: Mapping[str, bytes]
    cases: str = ""


def export(toolbox: Toolbox, name: str, *, draft: bool = False) -> tuple[ExportedFile | None, tuple[Problem, ...]]:
    """The newest version of a survey or its draft, or the problem that there is none. Writes nothing."""
    with toolbox.database.reading() as session:
        row = drafts.of_name(session, "survey", name) if draft else publications.find(session, "survey", name)
        if row is None:
            what = "draft of a survey" if draft else "published survey"
            known = [one.id for one in publications.newest_of_all(session, "survey")]
            problem = Problem("not_published", (), f"there is no {what} `{name}`", did_you_mean(name, known))
            return None, (problem,)
        names = sorted({image for _where, image in picture_places(row.content)})
        pictures = {name: images.find(session, name) for name in names}
        found = {image: content for image, content in pictures.items() if content is not None}
        cases = drafts.of_name(session, "cases", name)
        written = write_yaml(cases.content) if cases is not None and cases.content.get("cases") else ""
        return ExportedFile(write_yaml(row.content), found, written), ()
