"""What the year's settings, the report's waivers and the department's words make of what the checks find."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions.adopt import adopt
from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import Finding
from budgets.models import Report, RuleSetting, Waiver, WarningExplanation
from budgets.review.validation import Judgement, Said, _judged, judge, judge_many
from budgets.storage.loading import load_dossier, load_dossiers
from tests.sample_world import SampleWorld, make_sample_world, sample

pytestmark = pytest.mark.django_db

AT = Address("income", "a", "amount")
OTHER = Address("income", "b", "amount")


def finding(rule: str, severity: Severity, address: Address | None = AT, **more: object) -> Finding:
    return Finding(
        rule=rule, severity=severity, section="income", message=f"{rule}不符", address=address, **more
    )


@pytest.fixture
def place() -> SampleWorld:
    return make_sample_world()


def judged(place: SampleWorld) -> Judgement:
    report = Report.objects.get(pk=place.report.pk)
    return judge(report, load_dossier(report))


def a_warning(place: SampleWorld) -> str:
    return judged(place).warnings[0].rule


def of_rule(judgement: Judgement, rule: str):
    return [j for j in judgement.findings if j.rule == rule]


def test_a_rule_that_does_not_apply_this_year_finds_nothing(place) -> None:
    rule = a_warning(place)
    RuleSetting.objects.create(fiscal_year=place.year, rule=rule, applies=False, reason="本年不适用")
    assert not of_rule(judged(place), rule)


def test_another_years_setting_says_nothing(place) -> None:
    rule = a_warning(place)
    RuleSetting.objects.create(fiscal_year=place.other_year, rule=rule, applies=False, reason="不适用")
    assert of_rule(judged(place), rule)


def test_the_years_severity_goes_before_the_profiles(place) -> None:
    rule = a_warning(place)
    RuleSetting.objects.create(fiscal_year=place.year, rule=rule, severity="error", reason="从严")
    assert {j.severity for j in of_rule(judged(place), rule)} == {Severity.ERROR}
    assert judged(place).errors


def test_the_years_thresholds_go_before_the_profiles_option_by_option(place) -> None:
    document = sample()
    for project in document["projects"]:
        project["application"]["change_reason"] = ""
    Report.objects.filter(pk=place.report.pk).delete()
    place.report = adopt(document, Status.DRAFT)
    assert of_rule(judged(place), "VAR-1")
    RuleSetting.objects.create(fiscal_year=place.year, rule="VAR-1", options={"rate": 1e6}, reason="从宽")
    assert not of_rule(judged(place), "VAR-1")


def test_what_is_waived_stays_with_its_reason_and_holds_nothing_up(place) -> None:
    rule = a_warning(place)
    RuleSetting.objects.create(fiscal_year=place.year, rule=rule, severity="error", reason="从严")
    waiver = Waiver.objects.create(report=place.report, rule=rule, reason="口径不同", user=place.reviewer)
    judgement = judged(place)
    assert {j.waived for j in of_rule(judgement, rule)} == {"口径不同"}
    assert not judgement.errors
    assert rule not in {j.rule for j in judgement.unexplained}
    waiver.lifted_at, waiver.lifted_by = waiver.at, place.reviewer
    waiver.save()
    assert judged(place).errors


def test_an_explanation_answers_its_own_warning_only(place) -> None:
    first, *others = judged(place).unexplained
    rule, section, object, field = first.point
    about = {"rule": rule, "section": section, "object": object, "field": field}
    WarningExplanation.objects.create(report=place.report, **about, text="按实际", user=place.preparer)
    after = judged(place)
    assert [j.point for j in after.unexplained] == [j.point for j in others]
    assert next(j for j in after.warnings if j.point == first.point).explanation == "按实际"


def test_of_several_rules_about_one_field_the_severest_is_shown() -> None:
    found = [finding("A", Severity.INFO), finding("B", Severity.ERROR), finding("C", Severity.WARNING)]
    (only,) = _judged(found, {}, {}).findings
    assert (only.rule, [other.rule for other in only.others]) == ("B", ["C", "A"])


def test_a_waived_finding_hides_none_that_is_not() -> None:
    found = [finding("A", Severity.ERROR), finding("B", Severity.WARNING)]
    judgement = _judged(found, {"A": "口径不同"}, {})
    assert [j.rule for j in judgement.findings] == ["B", "A"]
    assert not judgement.errors and [j.rule for j in judgement.unexplained] == ["B"]


def test_other_fields_and_sections_are_findings_of_their_own() -> None:
    found = [finding("A", Severity.ERROR), finding("A", Severity.ERROR, OTHER)]
    found += [finding("A", Severity.ERROR, None), finding("A", Severity.ERROR, None)]
    assert len(_judged(found, {}, {}).errors) == 4


def test_warnings_of_one_rule_about_a_whole_section_have_one_explanation() -> None:
    found = [finding("A", Severity.WARNING, None), finding("A", Severity.WARNING, None)]
    judgement = _judged(found, {}, {("A", "income", "", ""): Said("按实际")})
    assert len(judgement.warnings) == 1 and not judgement.unexplained


def said_to(*found: Finding) -> dict[tuple[str, str, str, str], Said]:
    """An explanation of the first of them, given when they were found."""
    (only,) = _judged(found, {}, {}).findings
    return {only.point: Said("按合同", only.stamp)}


def amounts(rule: str, actual: str, address: Address | None = AT, difference: str = "1") -> Finding:
    return finding(
        rule,
        Severity.WARNING,
        address,
        expected=Decimal("100"),
        actual=Decimal(actual),
        difference=Decimal(difference),
    )


def test_an_explanation_of_other_figures_does_not_count() -> None:
    said = said_to(amounts("A", "101"))
    judgement = _judged([amounts("A", "250")], {}, said)
    (only,) = judgement.unexplained
    assert (only.explanation, only.outdated, only.said) == ("", "按合同", "按合同")
    assert judgement.outdated == judgement.unexplained


@pytest.mark.parametrize("written", ["101.00", "101", "1.01E+2"])
def test_the_same_figures_written_otherwise_are_the_same(written) -> None:
    judgement = _judged([amounts("A", written, difference="1.0")], {}, said_to(amounts("A", "101")))
    assert not judgement.unexplained and judgement.warnings[0].explanation == "按合同"


def test_a_message_in_other_words_says_the_same_figures() -> None:
    other = replace(amounts("A", "101"), message="换了一种说法，超过 30%")
    assert not _judged([other], {}, said_to(amounts("A", "101"))).unexplained


@pytest.mark.parametrize(
    ("message", "holds"),
    [("有车 2 辆，没有费用", True), ("车有 2 辆，却没有费用", True), ("有车 3 辆，没有费用", False)],
)
def test_without_amounts_the_numbers_of_the_message_are_the_figures(message, holds) -> None:
    found = replace(
        finding("A", Severity.WARNING, expected="至少 1 元", actual="0 元"), message="有车 2 辆，没有费用"
    )
    assert (not _judged([replace(found, message=message)], {}, said_to(found)).unexplained) == holds


def test_without_sides_the_message_is_what_was_explained() -> None:
    found = finding("A", Severity.WARNING)
    assert not _judged([found], {}, said_to(found)).unexplained
    assert _judged([replace(found, message="另一件事")], {}, said_to(found)).outdated


def test_the_order_of_what_is_explained_together_says_nothing() -> None:
    one, two = amounts("A", "101", None), amounts("A", "250", None)
    assert not _judged([two, one], {}, said_to(one, two)).unexplained


def test_what_joins_those_explained_together_needs_a_word() -> None:
    one, two = amounts("A", "101", None), amounts("A", "250", None)
    assert _judged([one, two], {}, said_to(one)).outdated
    info = finding("B", Severity.INFO, expected="1", actual="2")
    assert _judged([one, replace(one, actual=Decimal("102"))], {}, said_to(one)).outdated
    assert _judged([amounts("A", "101"), info], {}, said_to(amounts("A", "101"))).outdated


def test_what_is_settled_among_those_explained_together_asks_for_nothing() -> None:
    """One of them corrected, or waived by the bureau: the words still hold for the others."""
    one, two = amounts("A", "101"), amounts("B", "250")
    assert not _judged([one], {}, said_to(one, two)).unexplained
    assert not _judged([one, two], {"B": "口径不同"}, said_to(one, two)).unexplained


def test_what_was_said_before_figures_were_noted_holds() -> None:
    assert not _judged(
        [amounts("A", "250")], {}, {("A", "income", "income/a", "amount"): Said("按实际")}
    ).outdated


def test_information_needs_no_explanation() -> None:
    judgement = _judged([finding("A", Severity.INFO)], {}, {})
    assert judgement.findings and not judgement.errors and not judgement.unexplained


def test_many_reports_take_as_many_queries_as_one(place) -> None:
    reports = list(Report.objects.all())
    dossiers = load_dossiers(reports)
    with CaptureQueriesContext(connection) as one:
        judge_many(reports[:1], dossiers)
    with CaptureQueriesContext(connection) as many:
        assert set(judge_many(reports, dossiers)) == {report.pk for report in reports}
    assert len(one) == len(many) == 3
