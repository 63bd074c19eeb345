"""A reviewer sees what the department has declared to be empty, and what it has neither filled in nor declared."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.actions.comments import add
from budgets.actions.declare_empty import declare_empty, take_back
from budgets.domain.choices import Status
from budgets.models import Report
from tests.sample_world import SampleWorld, make_sample_world, sample

from .conftest import put
from .test_scope import TABS

pytestmark = pytest.mark.django_db

SAID = "人员情况：部门声明本部分没有内容"


@pytest.fixture
def place() -> SampleWorld:
    return make_sample_world(sample() | {"staffing": {}})


def hand_in(place: SampleWorld) -> None:
    put(
        place.report,
        Status.SUBMITTED,
        submitted_by=place.submitter,
        submitted_at=place.report.created_at,
    )


def page(place: SampleWorld, login, tab: str) -> str:
    address = reverse("admin:budgets_report_change", args=[place.report.pk])
    return login(place.reviewer).get(f"{address}?tab={tab}").text


def test_every_tab_says_what_was_declared_and_by_whom(place, login) -> None:
    declare_empty(place.report.pk, place.preparer, "staffing")
    hand_in(place)
    for tab in TABS:
        text = page(place, login, tab)
        assert SAID in text
        assert "preparer 20" in text.partition(SAID)[2][:60]
    assert "还没有填写" not in page(place, login, "findings")


def test_what_is_neither_filled_in_nor_declared_is_an_error(place, login) -> None:
    hand_in(place)
    text = page(place, login, "findings")
    assert "还没有填写；请填写" in text and "CMP-1" in text
    assert SAID not in text


def test_what_holds_something_is_not_shown_as_declared(place, login) -> None:
    declare_empty(place.report.pk, place.preparer, "staffing")
    hand_in(place)
    Report.objects.filter(pk=place.report.pk).update(retirees=3)
    assert SAID not in page(place, login, "findings")


def test_the_trail_has_both_acts(place, login) -> None:
    declare_empty(place.report.pk, place.preparer, "staffing")
    take_back(place.report.pk, place.preparer, "staffing")
    hand_in(place)
    whole = login(place.reviewer).get(reverse("admin:budgets_report_trail")).text
    for text in (page(place, login, "trail"), whole):
        assert "声明没有内容" in text and "撤销声明" in text and "人员情况" in text


def test_projects_that_there_are_none_of_can_be_commented_on(login) -> None:
    place = make_sample_world(sample() | {"projects": []})
    hand_in(place)
    assert "section=projects" in page(place, login, "findings")
    assert add(place.report, place.reviewer, "projects", "为什么没有项目").section == "projects"


def test_a_declaration_costs_no_query(place, login) -> None:
    hand_in(place)

    def queries() -> int:
        page(place, login, "findings")
        with CaptureQueriesContext(connection) as found:
            page(place, login, "findings")
        return len(found)

    before = queries()
    put(place.report, Status.SUBMITTED, declared_empty={"staffing": {}})
    assert SAID in page(place, login, "findings")
    assert queries() == before
