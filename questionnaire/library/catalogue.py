"""A folder of authored files: surveys, each in its own folder, and their policies.

`<slug>/{survey.yaml,cases.yaml}`, `policies/<id>.yaml`, `features/<feature>.yaml` (one tiny survey per feature).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
        """Returns every YAML file below the folder, sorted by path; hidden files and folders are left out."""
        paths = (path for path in self.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        return tuple(sorted(path for path in paths if not self._is_hidden(path)))

    def _is_hidden(self, path: Path) -> bool:
        return any(part.startswith(".") for part in path.relative_to(self.folder).parts)

    def surveys(self, features: bool = False) -> tuple[Path, ...]:
        """Returns the survey files; with `features`, also the sample surveys of single features."""
        return self._of_kind(SURVEY, features)

    def policies(self, features: bool = False) -> tuple[Path, ...]:
        return self._of_kind(POLICY, features)

    def cases(self, features: bool = False) -> tuple[Path, ...]:
        return self._of_kind(CASES, features)

    def _of_kind(self, kind: str, features: bool) -> tuple[Path, ...]:
        paths = (path for path in self.files() if features or FEATURES not in path.relative_to(self.folder).parts)
        return tuple(path for path in paths if kind_of(path) == kind)


def survey_beside(cases: Path) -> Path | None:
    """Returns the survey file in the same folder as this file of cases; None when there is none."""
    stem = cases.stem.removesuffix(".cases") if cases.stem.endswith(".cases") else "survey"
    return next((path for suffix in SUFFIXES if (path := cases.with_name(stem + suffix)).is_file()), None)


def find_surveys(ids: Iterable[str], near: Path, shelf: Path | None = None) -> dict[str, Survey]:
    """Finds surveys by id: in the folder of `near`, in the folders beside it, then in `shelf`. Others are left out."""
    wanted, found = set(ids), dict[str, Survey]()
    if not wanted:
        return found
    folders = dict.fromkeys((near.parent, near.parent.parent, *((shelf,) if shelf else ())))
    paths = (path for folder in folders for path in (*folder.glob("*.yaml"), *folder.glob("*/*.yaml")))
    for path in dict.fromkeys(paths):
        if not wanted - set(found):
            break
        source, _ = read_source(path) if kind_of(path) == SURVEY else (None, ())
        id = source.raw.get("id") if source is not None and isinstance(source.raw, dict) else None
        survey, _ = load_survey(path) if id in wanted and id not in found else (None, ())
        if survey is not None:
            found[survey.value.id] = survey.value
    return found


def find_policy(
    id: str, near: Path, shelf: Path | None = None, published: Mapping[str, Policy] | None = None
) -> tuple[AuthoredFile[Policy] | None, Problems]:
    """Finds a policy by id: near the file `near`, then in `policies/` of the folder `shelf`, then among `published`.

    Returns (None, ()) when there is none. For a file that cannot be read, returns None and its problems.
    """
    for path in _candidates(id, near, shelf):
        source, problems = read_source(path)
        if source is None:
            return None, problems
        if isinstance(source.raw, dict) and source.raw.get("id") == id:
            return load_policy(path)
        if path.stem == id:
            policy, problems = load_policy(path)
            return (None, problems) if policy is None else (None, (_wrong_id(policy, id),))
    policy_value = (published or {}).get(id)
    return (
        (AuthoredFile(Path(f"{id} (published)"), policy_value, Source(f"{id} (published)", None)), ())
        if policy_value
        else (None, ())
    )


def policy_file(id: str, near: Path, shelf: Path | None = None) -> Path | None:
    """Returns the file of a policy, whether or not it can be read to the end."""
    for path in _candidates(id, near, shelf):
        source, _ = read_source(path)
        if source is not None and isinstance(source.raw, dict) and source.raw.get("id") == id:
            return path
    return None


def cases_beside(survey: Path) -> tuple[Path, ...]:
    """Returns the files of cases in the same folder that belong to this survey file."""
    near = (path for path in sorted(survey.parent.glob("*")) if path.suffix in SUFFIXES and path != survey)
    return tuple(path for path in near if kind_of(path) == CASES and survey_beside(path) == survey)


def _candidates(id: str, near: Path, shelf: Path | None) -> Iterator[Path]:
    folder = near.parent
    resolved_paths: set[Path] = set()
    beside = [folder / f"policy{suffix}" for suffix in SUFFIXES] + [folder / f"{id}{suffix}" for suffix in SUFFIXES]
    in_parents = [parent / POLICIES / f"{id}{suffix}" for parent in (folder, folder.parent, folder.parent.parent)
             for suffix in SUFFIXES]  # fmt: skip
    in_shelf = [shelf / POLICIES / f"{id}{suffix}" for suffix in SUFFIXES] if shelf else []
    for path in (*beside, *in_parents, *in_shelf):
        if path.is_file() and path != near and path.resolve() not in resolved_paths:
            resolved_paths.add(path.resolve())
            yield path


def _wrong_id(policy: AuthoredFile[Policy], id: str) -> Problem:
    message = f"the file is named after the policy `{id}`, and holds `{policy.value.id}`"
    return policy.placed((Problem("policy_misnamed", ("id",), message, f"write `id: {id}`, or rename the file"),))[0]


def no_policy(survey: AuthoredFile[Survey], id: str, known: tuple[str, ...] = ()) -> Problem:
    """The problem of a survey whose policy does not exist."""
    hint = did_you_mean(id, known, f"put it beside the survey, or in `policies/{id}.yaml`")
    return survey.placed((Problem("unknown_policy", ("policy",), f"there is no policy `{id}`", hint),))[0]


__all__ = ["SurveyFolder", "find_policy", "find_surveys", "load_policy", "load_survey", "no_policy", "survey_beside"]
