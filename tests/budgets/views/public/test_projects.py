"""One project across the years, as it was published and not otherwise."""

import pytest
from django.urls import reverse

from budgets.disclosure.publication import public_content
from budgets.domain.choices import Status
from budgets.models import LineItem, Publication, Report
from tests.project_years import (
    EVALUATION,
    GOAL,
    NEW_NAME,
    OLD_NAME,
    archived,
    document,
    four_years,
    freeze,
    project,
    published,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/departments/112001/projects/a/"
REPORT = "/2023/112001/budget/"


def text(response) -> str:
    return response.content.decode()


def years(client, key: str = "a") -> dict:
    page = client.get(f"/departments/112001/projects/{key}/")
    assert page.status_code == 200, page.status_code
    return {year.year: year for year in page.context["story"].years}


def test_the_story_is_told_under_both_names_of_the_department(client):
    four_years()
    page = text(client.get(ADDRESS))
    assert f"2023 年为{OLD_NAME}，2024 年为{NEW_NAME}" in page
    assert "2023 年为“项目a”，2024 年为“人才活动”" in page
    assert "2024 年年初预算 <strong>12.00 万元</strong>，比上年减少 3.00（20.0%）" in page
    assert "执行率 81.82%，绩效自评 <strong>66.36 分</strong>" in page
    for words in ("多办一场活动", "≥4次", "2次", "95%", "场地未落实", "未立项"):
        assert words in page


def test_archived_reports_are_told_only_as_published_ones_do(client):
    four_years()
    found = years(client)
    assert list(found) == [2024, 2023, 2022, 2021]
    assert [a.title for a in found[2024].accounts] == ["2024 年部门决算"]
    assert found[2024].initial.account.title == "2024 年部门决算"
    assert (found[2022].accounts, found[2022].initial.account.title) == ((), "2023 年部门预算")
    page = text(client.get(ADDRESS))
    assert "少办一场活动" not in page
    assert "/2024/112001/final/" in page and REPORT in page
    assert "/2024/112001/budget/" not in page and "/2022/112001/budget/" not in page


def test_what_nobody_published_is_not_there(client):
    archived(2022, project("a", "1.00"))
    archived(2023, project("a", "1.00"))
    assert client.get(ADDRESS).status_code == 404
    published(2024, project("b", "1.00"))
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/departments/999/projects/b/").status_code == 404
    assert client.get("/departments/112001/projects/%00/").status_code == 400
    assert client.get("/departments/112001/projects/b/").status_code == 200


def test_later_changes_of_rows_change_nothing(client):
    four_years()
    before = text(client.get(ADDRESS))
    LineItem.objects.update(amount=1, adjusted=1)
    Report.objects.update(status=Status.CORRECTING)
    assert text(client.get(ADDRESS)) == before


def test_a_correction_replaces_what_it_corrects(client):
    reports = four_years()
    LineItem.objects.filter(report=reports["2023"]).update(amount=160000)
    Report.objects.filter(pk=reports["2023"].pk).update(revision=2)
    reports["2023"].refresh_from_db()
    freeze(reports["2023"], None, reason="金额有误")
    assert years(client)[2023].initial.amount == 160000


def test_a_withheld_project_is_nowhere(client):
    published(2023, project("a", "1.00", disclosure="withheld", name="绝密项目"), project("b", "2.00"))
    assert client.get(ADDRESS).status_code == 404
    for address in (REPORT, "/departments/112001/"):
        page = text(client.get(address))
        assert "绝密项目" not in page and ADDRESS not in page
        assert "/departments/112001/projects/b/" in page
    assert client.get("/departments/112001/projects/withheld-specific/").status_code == 404


@pytest.mark.parametrize("later", sorted(["archived", "published"]))
def test_what_is_withheld_in_a_later_year_is_told_no_more(client, later):
    published(2022, project("a", "1.00"))
    published(2023, project("a", "2.00"))
    assert client.get(ADDRESS).status_code == 200
    {"archived": archived, "published": published}[later](2024, project("a", "3.00", disclosure="withheld"))
    assert client.get(ADDRESS).status_code == 404
    for address in (REPORT, "/departments/112001/"):
        assert ADDRESS not in text(client.get(address))


def test_once_it_is_public_again_its_later_years_are_told(client):
    published(2021, project("a", "1.00"))
    published(2022, project("a", "2.00", disclosure="withheld"))
    published(2023, project("a", "3.00"))
    assert list(years(client)) == [2023]


def test_a_draft_that_withholds_a_project_is_not_for_the_public_to_notice(client):
    published(2023, project("a", "1.00"))
    draft = archived(2024, project("a", "2.00", disclosure="withheld"))
    Report.objects.filter(pk=draft.pk).update(status=Status.DRAFT)
    assert list(years(client)) == [2023]


def test_a_correction_in_preparation_does_not_show_what_is_withheld(client):
    report = published(2023, project("a", "1.00", disclosure="withheld"))
    Report.objects.filter(pk=report.pk).update(status=Status.CORRECTING)
    report.applications.update(disclosure="full")
    assert client.get(ADDRESS).status_code == 404


def test_targets_of_a_withheld_budget_do_not_leave_with_the_final_accounts(client):
    goals = {"goals": {"goals": [GOAL]}}
    archived(2024, project("a", "5.00", disclosure="withheld", **goals))
    published(2024, project("a", "4.00", evaluation=EVALUATION), kind="final")
    assert client.get(ADDRESS).status_code == 404
    assert "≥4次" not in str(Publication.objects.get().dossier)


def test_a_target_that_names_a_withheld_project_holds_up_the_final_accounts():
    telling = {"goals": {"goals": [{**GOAL, "text": "配合绝密专项办好活动"}]}}
    archived(2024, project("a", "5.00", **telling))
    report = archived(
        2024,
        project("a", "4.00"),
        project("s", "1.00", name="绝密专项", disclosure="withheld"),
        kind="final",
    )
    assert {found.secret.said for found in public_content(report).given_away()} == {"绝密专项"}


def test_reports_and_departments_lead_to_their_projects(client):
    four_years()
    for address in (REPORT, "/2024/112001/final/", "/departments/112001/"):
        assert f'href="{ADDRESS}"' in text(client.get(address))
    assert text(client.get("/departments/112001/")).count(ADDRESS) == 1


def test_conditional_requests_are_answered_without_a_body(client):
    four_years()
    page = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"if-none-match": page["ETag"]}).status_code == 304


def test_it_is_for_reading(client):
    four_years()
    assert client.post(ADDRESS).status_code == 405


def test_years_and_projects_cost_no_queries(client, django_assert_num_queries):
    four_years()
    with django_assert_num_queries(4):
        client.get(ADDRESS)
    for year in (2018, 2019, 2020):
        published(year, project("a", "1.00"), project("b", "2.00"))
    assert len(years(client)) == 7
    with django_assert_num_queries(4):
        client.get(ADDRESS)


def test_its_address_stays():
    assert reverse("public:project", args=["112001", "a"]) == ADDRESS
    assert document(2024)["department"]["name"] == NEW_NAME
