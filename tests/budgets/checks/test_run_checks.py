"""All rules of every profile together: they judge any report and never raise."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.choices import ReportKind, Severity, Status
from budgets.domain.dossier import PROJECTS
from budgets.domain.profile import get_profile, profile_keys, run_checks
from tests.examples import dossier, header
from tests.performance.evaluation_strategies import evaluated_reports
from tests.strategies import ANY_FLOWS, YEAR, dossiers, signed_amounts

BUDGETS = [key for key in profile_keys() if get_profile(key).kind == ReportKind.BUDGET]
FINALS = [key for key in profile_keys() if get_profile(key).kind == ReportKind.FINAL]


@pytest.mark.parametrize("profile", BUDGETS)
@given(data=st.data())
def test_any_report_can_be_judged(profile, data):
    report = data.draw(
        dossiers(
            amount=signed_amounts,
            flows=ANY_FLOWS,
            profile=profile,
            status=data.draw(st.sampled_from([Status.DRAFT, Status.ARCHIVED])),
        )
    )
    judge(report)


@pytest.mark.parametrize("profile", FINALS)
@given(data=st.data())
def test_any_final_accounts_can_be_judged(profile, data):
    """Whatever was evaluated, and however last year was closed."""
    report = data.draw(evaluated_reports(profile))
    last = data.draw(
        st.none()
        | dossiers(
            amount=signed_amounts,
            flows=ANY_FLOWS,
            projects=1,
            earlier=False,
            profile=profile,
            kind=ReportKind.FINAL,
            status=Status.ARCHIVED,
        )
    )
    before = replace(last, header=replace(last.header, year=YEAR - 1)) if last else None
    judge(replace(report, earlier=(before,) if before else ()))


def judge(report):
    """Run every rule of the report's profile; what it says leads to a section of that profile, or the projects."""
    sections = {section.key for section in get_profile(report.header.profile).sections}
    projects = {PROJECTS, *(f"project:{project.key}" for project in report.projects)}
    for finding in run_checks(report):
        assert finding.section in sections | projects
        assert finding.severity in Severity
        assert finding.message.endswith("。")
        assert "None" not in finding.message
        assert finding.field is None or " " not in finding.anchor


@pytest.mark.parametrize("profile", profile_keys())
def test_an_empty_report_can_be_judged(profile):
    run_checks(dossier(header=header(profile=profile, kind=get_profile(profile).kind), parts={}))


@pytest.mark.parametrize("profile", profile_keys())
def test_rules_are_named_once(profile):
    rules = [use.check for use in get_profile(profile).checks]
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.title and rule.__doc__ for rule in rules)
