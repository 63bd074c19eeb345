"""CON-1: telephones that can be dialled, one for each person."""

import pytest

from budgets.checks.con_1 import Contacts, local_number
from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Application, Basics, Identity
from tests.examples import dossier, header, project


def found(*people, basics=None):
    """Projects of (leader, phone, postcode)."""
    projects = [
        project(
            f"p{i}",
            identity=Identity(name=f"项目{i}"),
            application=Application(leader=leader, phone=phone, postcode=postcode),
        )
        for i, (leader, phone, postcode) in enumerate(people)
    ]
    report = dossier(*projects, parts={Basics: basics or Basics()})
    return list(Contacts().run(report, CheckSettings()))


def test_a_number_one_digit_short():
    (finding,) = found(("科长", "0270000123", "430040"))
    assert finding.severity == Severity.WARNING
    assert (finding.address.project, finding.place) == ("p0", "项目0")
    assert finding.address.on_page == Address("application", field="phone")
    assert finding.actual == "0270000123"
    assert found(("科长", "02700001234", "430040")) == []


def test_one_person_with_two_numbers():
    (finding,) = found(("科长", "00000001", ""), ("科长", "00000001", ""), ("科长", "00000002", ""))
    assert finding.address.project == "p2"
    assert (finding.expected, finding.actual) == ("00000001", "00000002")
    assert "在“项目0”是 00000001" in finding.message


def test_the_preparer_is_a_person_too():
    basics = Basics(preparer="主任", phone="00000001", postcode="43004")
    findings = found(("主 任", "00000002", "430040"), basics=basics)
    assert [(f.address.project, f.anchor) for f in findings] == [
        ("", "f-basics-postcode"),
        ("p0", "f-application-phone"),
    ]


def test_two_persons_may_share_a_number():
    assert found(("科长", "00000001", "430040"), ("科员", "00000001", "430040")) == []


def test_one_number_with_and_without_its_area_code_is_one():
    assert found(("科长", "027-0000 0001", ""), ("科长", "00000001/13900000000", "")) == []


def test_nothing_entered_is_nothing_wrong():
    assert found(("", "", ""), ("科长", "", "")) == []
    assert found(("", "00000001", ""), ("", "00000002", "")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13900000000", "13900000000"),
        ("020-0000-0001", "00000001"),
        ("（０２７）00000001", "00000001"),
        ("0712-0000001", "0000001"),
        ("027-00000001-801", "00000001"),
        ("00000001转801", "00000001"),
        ("0000001", "0000001"),
        ("0270000001", ""),
        ("12900000000", ""),
        ("办公室", ""),
        ("000000011", ""),
        ("", ""),
    ],
)
def test_numbers_without_their_area_code(text, number):
    assert local_number(text) == number


def test_final_accounts_are_not_asked_for_contacts_that_they_do_not_enter():
    named = [
        project(f"p{i}", application=Application(leader="科长", phone=phone)) for i, phone in enumerate("12")
    ]
    final = dossier(
        *named,
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL),
        parts={Basics: Basics(postcode="43004")},
    )
    (finding,) = Contacts().run(final, CheckSettings())
    assert finding.anchor == "f-basics-postcode"
