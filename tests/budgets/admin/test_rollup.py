"""全区汇总: what of which department is in it."""

from __future__ import annotations

import io
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from budgets.actions.adopt import adopt
from budgets.admin.board.rollup import sheets
from budgets.domain.choices import Status
from budgets.models import FiscalYear, Report
from tests.factories import World, fill, make_report

from .conftest import SAMPLE, put
from .test_queue import many

URL = reverse("admin:budgets_report_rollup")
WORKBOOK = reverse("admin:budgets_report_rollup_workbook")
BUDGET_2023 = {"year": 2023, "kind": "budget"}


def sister(world: World, status: Status = Status.SUBMITTED) -> Report:
    """The other department's report of 2023, with the sample's money and no projects."""
    made = make_report(world, status, department=world.sister, fiscal_year=FiscalYear.objects.get(year=2023))
    fill(made, {key: SAMPLE[key] for key in ("income", "expenditure")})
    return made


def test_the_tables_are_of_all_departments_that_have_submitted(world, report, login) -> None:
    sister(world)
    page = login(world.reviewer).get(URL, BUDGET_2023)
    whole = page.context["whole"]
    assert [member.code for member in whole.included] == ["112001", "112002"] and not whole.missing
    assert [item["sheet"].table for item in page.context["shown"]] == [f"T{n:02}" for n in range(1, 13)]
    assert "东西湖区全部 2 个部门汇总" in page.text
    [income] = [item["sheet"] for item in page.context["shown"] if item["sheet"].table == "T02"]
    each = [income.cells[f"T02/{code}/total"].value for code in ("112001", "112002")]
    assert income.cells["T02/total/total"].value == sum(each) != each[0]


def test_any_set_of_departments_can_be_chosen(world, report, login) -> None:
    sister(world)
    client = login(world.reviewer)
    page = client.get(URL, {**BUDGET_2023, "department": "112002"})
    assert page.context["whole"].dossier.units == {"112002": "档案馆"}
    assert re.findall(r'name="department" value="(\d+)"[^>]*\schecked', page.text) == ["112002"]
    assert not page.context["whole"].missing, "who was not asked for is not missing"
    assert client.get(URL, {**BUDGET_2023, "department": "344001"}).status_code == 404


def test_drafts_and_returned_reports_are_named_and_not_in_it(world, report, login) -> None:
    other = sister(world, Status.DRAFT)
    client = login(world.reviewer)
    page = client.get(URL, BUDGET_2023)
    assert page.context["whole"].dossier.units.keys() == {"112001"}
    assert "档案馆（编制中）" in page.text
    put(report, Status.RETURNED)
    page = client.get(URL, BUDGET_2023)
    assert page.context["whole"].dossier is None and "没有可汇总的表" in page.text
    assert client.get(WORKBOOK, BUDGET_2023).status_code == 404
    other.delete()
    assert "档案馆（未建立）" in client.get(URL, BUDGET_2023).text


def test_a_report_being_corrected_counts_as_it_was_published(world, login) -> None:
    made = adopt(SAMPLE, Status.PUBLISHED)
    put(made, Status.CORRECTING)
    client = login(world.reviewer)
    before = client.get(URL, BUDGET_2023).context["whole"].dossier
    fill(made, {"income": {"lines": []}})
    page = client.get(URL, BUDGET_2023)
    after = page.context["whole"].dossier
    assert after.ledger.total() == before.ledger.total() != 0
    assert "更正中，按已公开版" in page.text


def test_departments_without_last_year_are_named(world, report, login) -> None:
    many(world, 1)
    page = login(world.reviewer).get(URL, {"year": 2024})
    assert not page.context["whole"].without_last_year
    make_report(world, Status.SUBMITTED, department=world.sister)
    assert "上年数不含：档案馆" in login(world.reviewer).get(URL, {"year": 2024}).text


def test_a_figure_opens_into_the_departments_it_is_the_sum_of(world, report, login) -> None:
    sister(world)
    client = login(world.reviewer)
    page = client.get(URL, BUDGET_2023)
    figure = reverse("admin:budgets_report_rollup_figure")
    assert figure in page.text
    for cell in (
        "T03/total/total",
        "T10/112001.general-affairs/total",
        "T02/112001/income",
        "T07/current/total",
    ):
        shown = client.get(figure, {**BUDGET_2023, "cell": cell})
        shares = shown.context["shares"]
        assert len(shares) == 2 and all(share.url for share in shares)
        whole = client.get(URL, BUDGET_2023).context["whole"].dossier
        [source] = [s.cells[cell].source for s in sheets(whole) if cell in s.cells]
        assert sum(share.amount for share in shares) == whole.ledger.total(source.filter)
        for share in shares:
            assert client.get(share.url).context["rows"].total == share.amount
    assert client.get(figure, {**BUDGET_2023, "cell": "T01/closing/expenditure"}).status_code == 404


def test_the_workbook_has_the_same_tables_and_says_what_is_in_it(world, report, login) -> None:
    answer = login(world.reviewer).get(WORKBOOK, BUDGET_2023)
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 13
    words = [str(cell.value) for row in book["表2 部门收入总表"].iter_rows() for cell in row if cell.value]
    assert any("汇总范围" in text and "档案馆（未建立）" in text for text in words)


def test_queries_do_not_grow_with_departments(world, login) -> None:
    client = login(world.approver)
    many(world, 2)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    many(world, 3)
    with CaptureQueriesContext(connection) as more:
        page = client.get(URL)
    assert len(page.context["whole"].included) == 5
    assert len(more) == len(few) <= 60
