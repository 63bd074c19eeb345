"""Years are opened and closed, deadlines set and extended, and what nobody means is refused at its field."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.domain.choices import ReportKind, Role, Status
from budgets.models import Department, Extension, FiscalYear, Membership, Notice
from tests.factories import World, make_report

from .test_configuration import NO_INLINES, page

BOARD = reverse("admin:budgets_report_board")
TRAIL = reverse("admin:budgets_report_trail")
EXTENSIONS = page("budgets_extension", "changelist")


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


THIS_YEAR = timezone.localdate().year


@pytest.fixture
def admin(world, login) -> Client:
    return login(world.administrator)


def year_form(world: World, **changes: object) -> dict[str, object]:
    """The form of a new year, as a browser posts it: a box that is not ticked is not there."""
    data = {
        "district": world.district.pk,
        "year": THIS_YEAR + 1,
        "edition": world.year.edition_id,
        "budget_profile": "dongxihu_2023",
        "final_profile": "dongxihu_final_2024",
        "deadline_closes": "on",
    }
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def errors(response) -> dict[str, list[str]]:
    """The problems by field."""
    assert response.status_code == 200, response
    return response.context["adminform"].form.errors


def add_year(client: Client, world: World, **changes: object):
    return client.post(page("budgets_fiscalyear", "add"), year_form(world, **changes))


# --- years ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [0, 26, 206, 2099, 1989, 20026, 99999, "二〇二六"])
def test_a_year_that_nobody_means_is_refused_at_its_field(world, admin, year) -> None:
    said = errors(add_year(admin, world, year=year, budget_deadline=days_from_now(9), budget_open="on"))
    assert "year" in said and "__all__" not in said
    if isinstance(year, int) and year < 99999:
        assert "年度应写四位数" in said["year"][0] and str(year) in said["year"][0]
    assert FiscalYear.objects.count() == 2


def test_a_new_year_is_closed_until_it_is_opened(world, admin) -> None:
    assert add_year(admin, world).status_code == 302
    year = FiscalYear.objects.get(year=THIS_YEAR + 1)
    assert not year.is_open(ReportKind.BUDGET) and not year.is_open(ReportKind.FINAL)
    assert year.deadline_closes
    url = page("budgets_fiscalyear", "change", year.pk)
    assert "没有开放" in admin.get(page("budgets_fiscalyear", "changelist")).text
    assert admin.post(url, year_form(world, budget_open="on", deadline_closes=None)).status_code == 302
    year.refresh_from_db()
    assert year.is_open(ReportKind.BUDGET) and not year.is_open(ReportKind.FINAL)
    assert not year.deadline_closes
    trail = admin.get(TRAIL, {"verb": "year"}).text
    assert "预算开放：否 → 是" in trail and "截止后不能首次报送：是 → 否" in trail


def test_the_history_of_a_year_is_in_the_words_of_its_form(world, admin) -> None:
    add_year(admin, world, budget_profile="", final_profile="")
    year = FiscalYear.objects.get(year=THIS_YEAR + 1)
    until = days_from_now(9)
    opened = year_form(world, final_profile="", budget_open="on", budget_deadline=until)
    admin.post(page("budgets_fiscalyear", "change", year.pk), opened)
    history = admin.get(page("budgets_fiscalyear", "history", year.pk))
    changes = {change["field"]: change for change in history.context["page_obj"][0].history_delta_changes}
    assert {name: (change["old"], change["new"]) for name, change in changes.items()} == {
        "预算开放": ("否", "是"),
        "预算报送截止": ("（空）", str(until)),
        "预算表样": ("（空）", "东西湖区部门预算（2023 年起）"),
    }


def test_a_profile_that_is_fixed_stands_there_by_its_title(world, admin) -> None:
    make_report(world)
    form = admin.get(page("budgets_fiscalyear", "change", world.year.pk)).text
    assert 'name="budget_profile"' not in form and 'name="final_profile"' in form
    assert "dongxihu_2023" not in form and "东西湖区部门预算（2023 年起）" in form


def test_dates_are_written_alike_in_lists_and_fields(world, admin) -> None:
    until = days_from_now(9)
    FiscalYear.objects.filter(pk=world.year.pk).update(budget_deadline=until)
    assert f'value="{until}"' in admin.get(page("budgets_fiscalyear", "change", world.year.pk)).text
    assert str(until) in admin.get(page("budgets_fiscalyear", "changelist")).text


def test_only_the_page_that_is_open_is_marked_in_the_menu(admin) -> None:
    groups = admin.get(TRAIL).context["sidebar_navigation"]
    assert [item["title"] for group in groups for item in group["items"] if item["active"]] == ["留痕"]


def test_what_has_no_tables_is_not_opened(world, admin) -> None:
    said = errors(add_year(admin, world, final_profile="", final_open="on", budget_open="on"))
    assert said == {"final_open": ["还没有选部门决算的表样，选了才能开放"]}


def test_a_year_of_earlier_times_that_nobody_means_stays_and_is_not_opened(world, admin) -> None:
    """A year that was accepted earlier and has reports keeps its number, and everything else of it is saved."""
    odd = FiscalYear.objects.create(
        district=world.district, year=26, edition=world.year.edition, budget_profile="dongxihu_2023"
    )
    make_report(world, Status.ARCHIVED, fiscal_year=odd)
    url = page("budgets_fiscalyear", "change", odd.pk)
    assert admin.post(url, {"budget_deadline": days_from_now(1)}).status_code == 302
    assert list(errors(admin.post(url, {"budget_open": "on"}))) == ["budget_open"]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_deadline_in_the_past_is_refused_when_it_is_set(world, admin, kind) -> None:
    field = f"{kind.value}_deadline"
    yesterday = days_from_now(-1)
    said = errors(add_year(admin, world, year=THIS_YEAR - 1, **{field: yesterday}))
    assert list(said) == [field] and f"截止日期 {yesterday} 已经过去" in said[field][0]
    made = add_year(admin, world, year=THIS_YEAR - 1, **{field: timezone.localdate()})
    assert made.status_code == 302


def test_final_accounts_are_not_due_before_their_year_is_over(world, admin) -> None:
    said = errors(add_year(admin, world, final_deadline=f"{THIS_YEAR + 1}-12-31"))
    assert said == {
        "final_deadline": [f"{THIS_YEAR + 1} 年决算在年度结束后编报，截止日期不能早于 {THIS_YEAR + 2}-01-01"]
    }


def test_a_deadline_that_has_passed_does_not_keep_anything_else_from_being_saved(world, admin) -> None:
    passed = days_from_now(-3)
    FiscalYear.objects.filter(pk=world.year.pk).update(budget_deadline=passed)
    url = page("budgets_fiscalyear", "change", world.year.pk)
    data = year_form(world, year=2024, final_profile="", budget_deadline=passed)
    assert admin.post(url, {**data, "deadline_closes": ""}).status_code == 302
    assert not FiscalYear.objects.get(pk=world.year.pk).is_open(ReportKind.BUDGET)
    moved = errors(admin.post(url, {**data, "budget_deadline": days_from_now(-2)}))
    assert list(moved) == ["budget_deadline"]
    assert FiscalYear.objects.get(pk=world.year.pk).budget_deadline == passed
    assert admin.post(url, {**data, "budget_deadline": ""}).status_code == 302


# --- parents ----------------------------------------------------------------------------------------


def department_form(department: Department, **changes: object) -> dict[str, object]:
    return {
        "district": department.district_id,
        "code": department.code,
        "name": department.name,
        "kind": department.kind,
        "parent": department.parent_id or "",
        **NO_INLINES,
        **changes,
    }


def save_department(client: Client, department: Department, **changes: object):
    url = page("budgets_department", "change", department.pk)
    return client.post(url, department_form(department, **changes))


def test_a_department_is_not_its_own_parent(world, admin) -> None:
    said = errors(save_department(admin, world.department, parent=world.department.pk))
    assert said["parent"] == ["主管部门不能是本部门"]


def test_parents_do_not_go_in_a_circle(world, admin) -> None:
    assert save_department(admin, world.sister, parent=world.department.pk).status_code == 302
    said = errors(save_department(admin, world.department, parent=world.sister.pk))
    assert said["parent"] == ["档案馆由本部门主管，不能反过来做它的主管部门"]
    third = Department.objects.create(
        district=world.district, code="112003", name="三", kind="public_one", parent=world.sister
    )
    said = errors(save_department(admin, world.department, parent=third.pk))
    assert said["parent"] == ["三由本部门主管，不能反过来做它的主管部门"]


def test_a_parent_is_of_the_same_district(world, login) -> None:
    both = world.administrator
    Membership.objects.create(user=both, role=Role.ADMINISTRATOR, district=world.other_district)
    admin = login(both)
    said = errors(save_department(admin, world.department, parent=world.foreign.pk))
    assert said["parent"] == ["主管部门须在同一个区，武昌服务中心属于武昌区"]
    assert save_department(admin, world.sister, parent=world.department.pk).status_code == 302
    said = errors(save_department(admin, world.department, district=world.other_district.pk))
    assert said["district"] == ["它还是原来的区里其他部门的主管部门，不能换区"]


def test_a_new_department_has_a_parent_from_the_start(world, admin) -> None:
    new = Department(district=world.district, code="112009", name="新", kind="public_one")
    data = department_form(new, parent=world.department.pk)
    assert admin.post(page("budgets_department", "add"), data).status_code == 302
    assert Department.objects.get(code="112009").parent == world.department


def test_a_circle_of_earlier_times_does_not_keep_a_name_from_being_saved(world, admin) -> None:
    Department.objects.filter(pk=world.department.pk).update(parent=world.sister)
    Department.objects.filter(pk=world.sister.pk).update(parent=world.department)
    world.department.refresh_from_db()
    assert save_department(admin, world.department, name="新名称").status_code == 302
    assert save_department(admin, world.department, parent="").status_code == 302


# --- extensions -------------------------------------------------------------------------------------


def extension_form(world: World, **changes: object) -> dict[str, object]:
    return {
        "department": world.department.pk,
        "fiscal_year": world.year.pk,
        "kind": "budget",
        "until": days_from_now(20),
        "reason": "系统故障",
        **changes,
    }


@pytest.fixture
def extension(world, admin) -> Extension:
    assert admin.post(page("budgets_extension", "add"), extension_form(world)).status_code == 302
    return Extension.objects.get()


def test_an_extension_is_granted_told_and_kept_in_the_trail(world, admin, extension) -> None:
    assert (extension.department, extension.fiscal_year) == (world.department, world.year)
    assert (extension.until, extension.granted_by) == (days_from_now(20), world.administrator)
    told = Notice.objects.filter(event=f"extend:{extension.pk}:{extension.until}")
    assert {notice.recipient for notice in told} == {world.preparer, world.submitter}
    assert f"2024 年部门预算的报送截止延期至 {extension.until}" in told[0].title
    url = page("budgets_extension", "change", extension.pk)
    again = {"until": days_from_now(25), "reason": "系统故障，再延"}
    assert admin.post(url, again).status_code == 302
    trail = admin.get(TRAIL, {"verb": "extension", "department": "112001"}).text
    assert f"延期至：{days_from_now(20)} → {days_from_now(25)}" in trail
    assert "企业和人才服务中心 东西湖区 2024 年" in trail and "理由：系统故障 → 系统故障，再延" in trail
    assert "administrator" in trail and "112001" not in admin.get(TRAIL, {"verb": "district"}).text
    assert admin.get(page("budgets_extension", "history", extension.pk)).status_code == 200
    assert admin.post(page("budgets_extension", "delete", extension.pk), {"post": "yes"}).status_code == 302
    assert "删除" in admin.get(TRAIL, {"verb": "extension"}).text


def test_only_what_the_reason_says_is_changed_when_the_date_has_passed(world, admin, extension) -> None:
    Extension.objects.update(until=days_from_now(-1))
    url = page("budgets_extension", "change", extension.pk)
    assert admin.post(url, {"until": days_from_now(-1), "reason": "更清楚的理由"}).status_code == 302
    assert list(errors(admin.post(url, {"until": days_from_now(-2), "reason": "x"}))) == ["until"]


def test_what_postpones_nothing_or_is_past_is_refused_at_the_date(world, admin) -> None:
    def said(**changes: object) -> dict[str, list[str]]:
        return errors(admin.post(page("budgets_extension", "add"), extension_form(world, **changes)))

    deadline = world.year.budget_deadline
    assert said(until=deadline) == {"until": [f"要晚于原来的报送截止 {deadline}"]}
    assert "没有设置部门决算的报送截止" in said(kind="final")["until"][0]
    assert "不能晚于" in said(until=days_from_now(900))["until"][0]
    assert list(said(reason=" ")) == ["reason"]
    assert list(said(until="明天")) == ["until"]
    assert list(said(department="")) == ["department"] and list(said(fiscal_year="")) == ["fiscal_year"]
    FiscalYear.objects.filter(pk=world.year.pk).update(budget_deadline=days_from_now(-9))
    assert "已经过去" in said(until=days_from_now(-1))["until"][0]
    assert not Extension.objects.exists()


def test_a_second_extension_is_a_change_of_the_first(world, admin, extension) -> None:
    again = errors(admin.post(page("budgets_extension", "add"), extension_form(world)))
    assert again == {"__all__": ["这个部门已经有延期，请在列表中打开它修改"]}
    url = page("budgets_extension", "change", extension.pk)
    moved = {"until": days_from_now(21), "reason": "x", "department": world.sister.pk, "kind": "final"}
    assert admin.post(url, moved).status_code == 302
    extension.refresh_from_db()
    assert (extension.department, extension.kind) == (world.department, "budget")


def test_the_department_and_the_year_are_of_one_district(world, login) -> None:
    Membership.objects.create(
        user=world.administrator, role=Role.ADMINISTRATOR, district=world.other_district
    )
    data = extension_form(world, department=world.foreign.pk)
    said = errors(login(world.administrator).post(page("budgets_extension", "add"), data))
    assert said == {"department": ["武昌服务中心不属于东西湖区"]}


def test_an_administrator_chooses_from_their_own_district(world, admin) -> None:
    form = admin.get(page("budgets_extension", "add")).context["adminform"].form
    assert set(form.fields["department"].queryset) == {world.department, world.sister}
    assert list(form.fields["fiscal_year"].queryset) == [world.year]
    foreign = extension_form(world, department=world.foreign.pk, fiscal_year=world.other_year.pk)
    assert list(errors(admin.post(page("budgets_extension", "add"), foreign))) == [
        "department",
        "fiscal_year",
    ]


# --- 全区进度 ----------------------------------------------------------------------------------------


def test_the_board_shows_extensions_and_leads_to_them(world, login, admin, extension) -> None:
    board = admin.get(BOARD).text
    assert f"已延期至 {extension.until}" in board.replace("\n", " ")
    assert "过后不能首次报送" in board and f"报送截止 {world.year.budget_deadline}" in board
    listed = f"{EXTENSIONS}?fiscal_year__id__exact={world.year.pk}&amp;kind__exact=budget"
    assert listed in board
    found = admin.get(EXTENSIONS, {"fiscal_year__id__exact": world.year.pk, "kind__exact": "budget"})
    assert list(found.context["cl"].queryset) == [extension]
    assert not admin.get(EXTENSIONS, {"kind__exact": "final"}).context["cl"].queryset
    add = f"{page('budgets_extension', 'add')}?fiscal_year={world.year.pk}&amp;kind=budget&amp;department={world.sister.pk}"
    assert add in board
    form = admin.get(add.replace("&amp;", "&")).context["adminform"].form
    assert str(form.initial["department"]) == str(world.sister.pk) and form.initial["kind"] == "budget"
    again = f"{listed}&amp;q=112001"
    assert again in board
    assert list(admin.get(again.replace("&amp;", "&")).context["cl"].queryset) == [extension]
    assert "budgets/extension" not in login(world.reviewer).get(BOARD).text


def test_who_is_extended_is_not_late(world, login, extension) -> None:
    FiscalYear.objects.filter(pk=world.year.pk).update(budget_deadline=days_from_now(-2))
    rows = {row.code: row for row in login(world.reviewer).get(BOARD).context["rows"]}
    assert rows["112001"].lateness == "" and rows["112001"].days_left == 20
    assert rows["112002"].lateness == "超期 2 天未报送"


def test_nobodys_default_is_a_year_that_was_never_opened(world, login) -> None:
    client = login(world.reviewer)
    later = FiscalYear.objects.create(
        district=world.district, year=2025, edition=world.year.edition, budget_profile="dongxihu_2023"
    )
    assert client.get(BOARD).context["choice"].fiscal_year == world.year
    assert client.get(reverse("admin:budgets_report_rollup")).context["choice"].fiscal_year == world.year
    asked = client.get(BOARD, {"year": 2025})
    assert asked.context["choice"].fiscal_year == later and "部门不能新建、不能首次报送" in asked.text
    FiscalYear.objects.filter(pk=later.pk).update(budget_open=True)
    assert client.get(BOARD).context["choice"].fiscal_year == later
    FiscalYear.objects.filter(pk=later.pk).update(budget_open=False)
    make_report(world, Status.DRAFT, fiscal_year=later)
    assert client.get(BOARD).context["choice"].fiscal_year == later
    later.reports.all().delete()
    FiscalYear.objects.update(budget_open=False)
    assert client.get(BOARD).context["choice"].fiscal_year == later, "where nothing is in use, the newest"
