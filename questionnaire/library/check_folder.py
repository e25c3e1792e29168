"""Proofreading: every file of a folder read, every survey held against its policy, every case run.

What is wrong with the files comes out as Problems with file and line; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from questionnaire.core.base.problems import Problem, did_you_mean, errors
from questionnaire.core.cases import Cases, compare, conclude, lead_of
from questionnaire.core.checks import Findings, check_all, check_policy, check_survey
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.library.catalogue import SurveyFolder, find_policy, no_policy, survey_beside
from questionnaire.library.images import read_pictures
from questionnaire.library.load import CASES, POLICY, AuthoredFile, kind_of, load_cases, load_policy, load_survey

Problems = tuple[Problem, ...]


@dataclass(slots=True)
class FolderCheck:
    """What was read, what was found wrong, and what was proved of each survey that has its policy."""

    problems: dict[Problem, None] = field(default_factory=dict)
    surveys: int = 0
    policies: int = 0
    cases: int = 0
    proved: list[tuple[AuthoredFile[Survey], Findings]] = field(default_factory=list)

    def add(self, problems: Iterable[Problem]) -> None:
        """A policy that several surveys share is told about once."""
        self.problems.update(dict.fromkeys(problems))

    @property
    def sorted(self) -> Problems:
        return tuple(sorted(self.problems, key=lambda problem: (problem.file, problem.line)))

    @property
    def errors(self) -> Problems:
        return errors(self.problems)


def proofread(paths: Iterable[Path], domains: Domains, published: Mapping[str, Policy] | None = None) -> FolderCheck:
    """The files and everything in the folders; `published` policies stand in where no file has them."""
    proof = FolderCheck()
    files: dict[Path, None] = {}
    for path in paths:
        found = SurveyFolder(path).files() if path.is_dir() else (path,)
        if not found:
            hint = "name a folder that holds survey.yaml"
            proof.add((Problem("folder_empty", (), "there is no YAML file in this folder", hint).at(str(path), 1),))
        files.update(dict.fromkeys(found))
    _Room(proof, domains, published or {}).read(files)
    return proof


class _Room:
    """The files of one proofreading, so that each is read once."""

    def __init__(self, proof: FolderCheck, domains: Domains, published: Mapping[str, Policy]) -> None:
        self.proof, self.domains, self.published = proof, domains, published
        self.surveys: dict[Path, AuthoredFile[Survey] | None] = {}
        self.policies: dict[tuple[str, Path], AuthoredFile[Policy] | None] = {}
        self.judged: dict[Path, tuple[AuthoredFile[Policy], list[AuthoredFile[Survey]]]] = {}

    def read(self, files: Iterable[Path]) -> None:
        kinds = {path: kind_of(path) for path in files}
        for path, kind in kinds.items():
            if kind == POLICY:
                sheet, problems = load_policy(path)
                self.proof.add(problems)
                self.proof.policies += 1
                if sheet:
                    self.judged.setdefault(path.resolve(), (sheet, []))
            elif kind != CASES:
                self.survey(path)
        for policy, surveys in self.judged.values():
            self._prove(policy, surveys)
        for path, kind in kinds.items():
            if kind == CASES:
                self.cases(path)

    def _prove(self, policy: AuthoredFile[Policy], surveys: list[AuthoredFile[Survey]]) -> None:
        """Surveys of one policy are held against it together: what one of them measures, no other needs to."""
        if not surveys:
            self.proof.add(policy.placed(check_policy(policy.value).policy))
            return
        for survey, findings in zip(surveys, check_all([one.value for one in surveys], policy.value), strict=True):
            self.proof.add(survey.placed(findings.survey))
            self.proof.add(policy.placed(findings.policy))
            self.proof.proved.append((survey, findings))

    def survey(self, path: Path) -> AuthoredFile[Survey] | None:
        if path not in self.surveys:
            sheet, problems = load_survey(path)
            self.proof.add(problems)
            self.proof.surveys += 1
            self.surveys[path] = sheet
            self.proof.add(read_pictures(sheet)[1] if sheet else ())
            policy = self.policy(sheet, sheet.value.policy) if sheet else None
            if sheet and policy:
                self.judged.setdefault(policy.path.resolve(), (policy, []))[1].append(sheet)
            elif sheet:
                self.proof.add(sheet.placed(check_survey(sheet.value).survey))
        return self.surveys[path]

    def policy(self, survey: AuthoredFile[Survey], id: str) -> AuthoredFile[Policy] | None:
        key = (id, survey.path.parent)
        if key not in self.policies:
            sheet, problems = find_policy(id, survey.path, published=self.published)
            self.proof.add(problems)
            if sheet is None and not problems:
                self.proof.add((no_policy(survey, id, tuple(self.published)),))
            self.policies[key] = sheet
        return self.policies[key]

    def cases(self, path: Path) -> None:
        sheet, problems = load_cases(path)
        self.proof.add(problems)
        if sheet is None:
            return
        self.proof.cases += len(sheet.value.cases)
        survey = self._survey_of(sheet)
        policy = self.policy(survey, sheet.value.policy or survey.value.policy) if survey else None
        if survey and policy:
            self.proof.add(sheet.placed(run_cases(sheet.value, survey.value, policy.value, self.domains)))

    def _survey_of(self, cases: AuthoredFile[Cases]) -> AuthoredFile[Survey] | None:
        """The survey the cases name, among those that were read; else the one that lies beside them."""
        beside = survey_beside(cases.path)
        if beside:
            self.survey(beside)
        wanted = cases.value.survey
        known = [sheet for sheet in self.surveys.values() if sheet]
        found = [sheet for sheet in known if wanted in (None, sheet.value.id) and (wanted or sheet.path == beside)]
        if found:
            return next((sheet for sheet in found if sheet.path == beside), found[0])
        if beside is None or self.surveys.get(beside) is not None:
            hint = did_you_mean(wanted or "", [sheet.value.id for sheet in known], "put the cases beside their survey")
            said = f"there is no survey `{wanted}` here" if wanted else "there is no survey beside this case"
            self.proof.add(cases.placed((Problem("unknown_survey", ("survey",), said, hint),)))
        return None


def run_cases(cases: Cases, survey: Survey, policy: Policy, domains: Domains) -> Problems:
    """Every case judged and compared; `where` is the place in the file of cases."""
    found: list[Problem] = []
    for index, case in enumerate(cases.cases):
        lead, problems = lead_of(case, survey, policy)
        found += [problem.under(*cases.where(index)) for problem in problems]
        if lead is None:
            continue
        for difference in compare(case.expect, conclude(lead, policy, domains).transcript):
            where = ("expect", *difference.key.split("."))
            hint = "correct the case, the survey or the policy"
            problem = Problem("case_failed", where, f"{case.name or 'the case'}: {difference}", hint)
            found.append(problem.under(*cases.where(index)))
    return tuple(found)
