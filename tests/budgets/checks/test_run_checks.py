"""All rules of every profile together: they judge any report and never raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.choices import ReportKind, Severity, Status
from budgets.profiles import get_profile, resolve, run_checks
from config.profiles import PROFILES
from tests.examples import dossier, header
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

BUDGETS = [key for key in PROFILES if get_profile(key).kind == ReportKind.BUDGET]

SECTIONS = {"basics", "staffing", "income", "expenditure", "goals", "matters", "explanations"}


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
    projects = {f"project:{project.key}" for project in report.projects}
    for finding in run_checks(report):
        assert finding.section in SECTIONS | projects
        assert finding.severity in Severity
        assert finding.message.endswith("。")
        assert "None" not in finding.message
        assert finding.field is None or " " not in finding.anchor


@pytest.mark.parametrize("profile", BUDGETS)
def test_an_empty_report_can_be_judged(profile):
    run_checks(dossier(header=header(profile=profile), parts={}))


@pytest.mark.parametrize("profile", BUDGETS)
def test_rules_are_named_once(profile):
    rules = [resolve(use.path) for use in get_profile(profile).checks]
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.title and rule.__doc__ for rule in rules)
