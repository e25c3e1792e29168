"""Check of authored files: reads every file, checks every survey with its policy, runs every case.

The results are Problems with file and line; nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from questionnaire.core.base.problems import Problem, did_you_mean, errors
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.core.cases import Cases, compare, conclude, lead_of
from questionnaire.core.checks import Findings, check_all, check_policy
from questionnaire.core.checks.check_agreement import overdue_review
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.core.survey.survey_theme import theme_problems
from questionnaire.library.catalogue import (
    SurveyFolder,
    cases_beside,
    find_policy,
    find_surveys,
    no_policy,
    survey_beside,
)
from questionnaire.library.check_parts import case_parts, policy_parts, survey_parts
from questionnaire.library.images import read_pictures
from questionnaire.library.load import CASES, POLICY, AuthoredFile, kind_of, load_cases, load_policy, load_survey
from questionnaire.library.themes import THEME, load_theme, theme_beside

Problems = tuple[Problem, ...]


@dataclass(slots=True)
class FolderCheck:
    """Counts of the files read, their problems, and the findings for each survey that has its policy.

    `judged`: these surveys with their policies. `reminders` depend on the day, and are no problems of the files.
    """

    problems: dict[Problem, None] = field(default_factory=dict)
    reminders: dict[Problem, None] = field(default_factory=dict)
    surveys: int = 0
    policies: int = 0
    cases: int = 0
    findings: list[tuple[AuthoredFile[Survey], Findings]] = field(default_factory=list)
    judged: list[tuple[AuthoredFile[Survey], AuthoredFile[Policy]]] = field(default_factory=list)

    def add(self, problems: Iterable[Problem]) -> None:
        """Adds problems once: a policy shared by several surveys is reported once."""
        self.problems.update(dict.fromkeys(problems))

    @property
    def sorted(self) -> Problems:
        return tuple(sorted(self.problems, key=lambda problem: (problem.file, problem.line)))

    @property
    def errors(self) -> Problems:
        return errors(self.problems)


def check_files(
    paths: Iterable[Path],
    domains: Domains,
    published: Mapping[str, Policy] | None = None,
    today: date | None = None,
    progress: Callable[[str], None] = lambda _: None,
    theme: Theme | None = None,
) -> FolderCheck:
    """Checks files and folders. A `published` policy is used where no file has that policy.

    `today`: the day of the check, for its reminders. `progress` is told the id of each survey that is searched. `theme`
    is that of the site, to which the colours of a survey are added; without one it is the theme beside the survey.
    """
    check = FolderCheck()
    files: dict[Path, None] = {}
    for path in paths:
        yaml_files = SurveyFolder(path).files() if path.is_dir() else (path,)
        if not yaml_files:
            hint = "name a folder that holds survey.yaml"
            check.add((Problem("folder_empty", (), "there is no YAML file in this folder", hint).at(str(path), 1),))
        files.update(dict.fromkeys(yaml_files))
        if path.is_file() and kind_of(path) not in (POLICY, CASES):
            files.update(dict.fromkeys(cases_beside(path)))
    reader = _FolderReader(check, domains, published or {}, progress, theme)
    reader.read(files)
    for policy, _ in reader.surveys_by_policy.values():
        due = overdue_review(policy.value, today) if today is not None else None
        check.reminders.update(dict.fromkeys(policy.placed((due,)) if due is not None else ()))
    return check


class _FolderReader:
    """The files of one check; each file is read once."""

    def __init__(
        self, check: FolderCheck, domains: Domains, published: Mapping[str, Policy], progress: Callable[[str], None],
        theme: Theme | None,
    ) -> None:  # fmt: skip
        self.check, self.domains, self.published, self.progress = check, domains, published, progress
        self.theme = theme
        self.surveys: dict[Path, AuthoredFile[Survey] | None] = {}
        self.policies: dict[tuple[str, Path], AuthoredFile[Policy] | None] = {}
        self.surveys_by_policy: dict[Path, tuple[AuthoredFile[Policy], list[AuthoredFile[Survey]]]] = {}

    def read(self, files: Iterable[Path]) -> None:
        kinds = {path: kind_of(path) for path in files}
        for path, kind in kinds.items():
            if kind == POLICY:
                policy_file, problems = load_policy(path)
                self.check.add(problems)
                self.check.policies += 1
                if policy_file is None:
                    self.check.add(policy_parts(path))
                else:
                    self.surveys_by_policy.setdefault(path.resolve(), (policy_file, []))
            elif path.stem == THEME:
                self.check.add(load_theme(path)[1])
            elif kind != CASES:
                self.survey(path)
        for policy, surveys in self.surveys_by_policy.values():
            self._check(policy, surveys)
        for path, kind in kinds.items():
            if kind == CASES:
                self.cases(path)

    def _check(self, policy: AuthoredFile[Policy], surveys: list[AuthoredFile[Survey]]) -> None:
        """Checks all surveys of a policy together: what one of them measures, the others need not measure."""
        if not surveys:
            self.check.add(policy.placed(check_policy(policy.value).policy))
            return
        for survey, findings in zip(
            surveys, check_all([survey.value for survey in surveys], policy.value, self.progress), strict=True
        ):
            self.check.add(survey.placed(findings.survey))
            self.check.add(policy.placed(findings.policy))
            self.check.findings.append((survey, findings))
            self.check.judged.append((survey, policy))

    def survey(self, path: Path) -> AuthoredFile[Survey] | None:
        if path not in self.surveys:
            survey, problems = load_survey(path)
            self.check.add(problems)
            self.check.surveys += 1
            self.surveys[path] = survey
            self.check.add(read_pictures(survey)[1] if survey else ())
            self.check.add(self._colours(survey) if survey else ())
            policy = self.policy(survey, survey.value.policy) if survey else None
            if survey and policy:
                self.surveys_by_policy.setdefault(policy.path.resolve(), (policy, []))[1].append(survey)
            elif survey:
                self.check.add(survey_parts(path, self.published))
            else:
                self.check.add(survey_parts(path, self.published))
        return self.surveys[path]

    def _colours(self, survey: AuthoredFile[Survey]) -> Problems:
        """What of the survey's own colours cannot be read."""
        own = survey.value.theme
        if own is None:
            return ()
        return survey.placed(theme_problems(self.theme or theme_beside(survey.path) or DEFAULT_THEME, own))

    def policy(self, survey: AuthoredFile[Survey], id: str) -> AuthoredFile[Policy] | None:
        key = (id, survey.path.parent)
        if key not in self.policies:
            policy, problems = find_policy(id, survey.path, published=self.published)
            self.check.add(problems)
            if policy is None and not problems:
                self.check.add((no_policy(survey, id, tuple(self.published)),))
            self.policies[key] = policy
        return self.policies[key]

    def cases(self, path: Path) -> None:
        case_file, problems = load_cases(path)
        self.check.add(problems)
        if case_file is None:
            self.check.add(case_parts(path, survey_beside(path)))
            return
        self.check.cases += len(case_file.value.cases)
        survey = self._survey_of(case_file)
        policy = self.policy(survey, case_file.value.policy or survey.value.policy) if survey else None
        if survey and policy:
            others = self._other_surveys(case_file)
            problems = run_cases(case_file.value, survey.value, policy.value, self.domains, others)
            self.check.add(case_file.placed(problems))
        else:
            self.check.add(case_parts(path, survey.path if survey else survey_beside(path)))

    def _other_surveys(self, cases: AuthoredFile[Cases]) -> dict[str, Survey]:
        """The surveys that earlier responses name, among those read or in the folders beside the cases."""
        known = {survey.value.id: survey.value for survey in self.surveys.values() if survey}
        return find_surveys(cases.value.other_surveys - set(known), cases.path) | known

    def _survey_of(self, cases: AuthoredFile[Cases]) -> AuthoredFile[Survey] | None:
        """Returns the survey that the cases name, among those read; else the one in the same folder."""
        beside = survey_beside(cases.path)
        if beside:
            self.survey(beside)
        survey_id = cases.value.survey
        known = [survey for survey in self.surveys.values() if survey]
        matches = [
            survey for survey in known if survey_id in (None, survey.value.id) and (survey_id or survey.path == beside)
        ]
        if matches:
            return next((survey for survey in matches if survey.path == beside), matches[0])
        if beside is None or self.surveys.get(beside) is not None:
            hint = did_you_mean(
                survey_id or "", [survey.value.id for survey in known], "put the cases beside their survey"
            )
            message = f"there is no survey `{survey_id}` here" if survey_id else "there is no survey beside this case"
            self.check.add(cases.placed((Problem("unknown_survey", ("survey",), message, hint),)))
        return None


def run_cases(
    cases: Cases,
    survey: Survey,
    policy: Policy,
    domains: Domains,
    surveys: Mapping[str, Survey] | None = None,
) -> Problems:
    """Assesses every case and compares the result with the expected one. `where` is the place in the file of cases.

    `surveys`: others by id, for earlier responses.
    """
    all_problems: list[Problem] = []
    for index, case in enumerate(cases.cases):
        lead, problems = lead_of(case, survey, policy, surveys=surveys)
        all_problems += [problem.under(*cases.where(index)) for problem in problems]
        if lead is None:
            continue
        for difference in compare(case.expect, conclude(lead, policy, domains).transcript):
            where = ("expect", *difference.key.split("."))
            hint = "correct the case, the survey or the policy"
            problem = Problem("case_failed", where, f"{case.name or 'the case'}: {difference}", hint)
            all_problems.append(problem.under(*cases.where(index)))
    return tuple(all_problems)
