"""The shelf: a folder of surveys, each in its own folder, with the policies they are judged under.

`<slug>/{survey.yaml,cases.yaml}`, `policies/<id>.yaml`, `features/<feature>.yaml` (one tiny survey per feature).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.library.load import CASES, POLICY, SURVEY, AuthoredFile, kind_of, load_policy, load_survey
from questionnaire.library.yaml.reader import read_source
from questionnaire.library.yaml.source import Source

Problems = tuple[Problem, ...]
SUFFIXES = (".yaml", ".yml")
FEATURES = "features"
POLICIES = "policies"


@dataclass(frozen=True, slots=True)
class SurveyFolder:
    """A folder of authored files."""

    folder: Path

    def files(self) -> tuple[Path, ...]:
        """Every YAML file below the folder, in the order of their names."""
        found = (path for path in self.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        return tuple(sorted(path for path in found if not self._is_concealed(path)))

    def _is_concealed(self, path: Path) -> bool:
        return any(part.startswith(".") for part in path.relative_to(self.folder).parts)

    def surveys(self, features: bool = False) -> tuple[Path, ...]:
        """The survey files; those of single features only when asked for."""
        return self._of_kind(SURVEY, features)

    def policies(self, features: bool = False) -> tuple[Path, ...]:
        return self._of_kind(POLICY, features)

    def cases(self, features: bool = False) -> tuple[Path, ...]:
        return self._of_kind(CASES, features)

    def _of_kind(self, kind: str, features: bool) -> tuple[Path, ...]:
        found = (path for path in self.files() if features or FEATURES not in path.relative_to(self.folder).parts)
        return tuple(path for path in found if kind_of(path) == kind)


def survey_beside(cases: Path) -> Path | None:
    """The survey that lies with these cases."""
    stem = cases.stem.removesuffix(".cases") if cases.stem.endswith(".cases") else "survey"
    return next((path for suffix in SUFFIXES if (path := cases.with_name(stem + suffix)).is_file()), None)


def find_policy(
    id: str, near: Path, shelf: Path | None = None, published: Mapping[str, Policy] | None = None
) -> tuple[AuthoredFile[Policy] | None, Problems]:
    """The policy of that id: beside the file `near`, then in `policies/` of the shelf, then among the published ones.

    (None, ()) when there is none; a policy that was found and cannot be read gives its problems.
    """
    for path in _places(id, near, shelf):
        source, problems = read_source(path)
        if source is None:
            return None, problems
        if isinstance(source.raw, dict) and source.raw.get("id") == id:
            return load_policy(path)
        if path.stem == id:
            sheet, problems = load_policy(path)
            return (None, problems) if sheet is None else (None, (_misnamed(sheet, id),))
    known = (published or {}).get(id)
    return (
        (AuthoredFile(Path(f"{id} (published)"), known, Source(f"{id} (published)", None)), ()) if known else (None, ())
    )


def _places(id: str, near: Path, shelf: Path | None) -> Iterator[Path]:
    folder = near.parent
    seen: set[Path] = set()
    beside = [folder / f"policy{suffix}" for suffix in SUFFIXES] + [folder / f"{id}{suffix}" for suffix in SUFFIXES]
    above = [home / POLICIES / f"{id}{suffix}" for home in (folder, folder.parent, folder.parent.parent)
             for suffix in SUFFIXES]  # fmt: skip
    own = [shelf / POLICIES / f"{id}{suffix}" for suffix in SUFFIXES] if shelf else []
    for path in (*beside, *above, *own):
        if path.is_file() and path != near and path.resolve() not in seen:
            seen.add(path.resolve())
            yield path


def _misnamed(sheet: AuthoredFile[Policy], id: str) -> Problem:
    said = f"the file is named after the policy `{id}`, and holds `{sheet.value.id}`"
    return sheet.placed((Problem("policy_misnamed", ("id",), said, f"write `id: {id}`, or rename the file"),))[0]


def no_policy(survey: AuthoredFile[Survey], id: str, known: tuple[str, ...] = ()) -> Problem:
    """Said of a survey whose policy is nowhere."""
    hint = did_you_mean(id, known, f"put it beside the survey, or in `policies/{id}.yaml`")
    return survey.placed((Problem("unknown_policy", ("policy",), f"there is no policy `{id}`", hint),))[0]


__all__ = ["SurveyFolder", "find_policy", "load_policy", "load_survey", "no_policy", "survey_beside"]
