"""留痕: everything that was done is found, by whoever may see it, down to the field; secrets never are."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.actions.annex import attach, detach
from budgets.actions.base import ActionRefused
from budgets.actions.checklist import Verdict, judge_points
from budgets.actions.explain import explain
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.save_section import save_section
from budgets.actions.waive import waive
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile
from budgets.domain.types import new_key
from budgets.models import (
    ChecklistMark,
    FiscalYear,
    Report,
    RuleSetting,
    SectionVersion,
    Transition,
    WarningExplanation,
)
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.budgets.actions.transition_steps import current, to_submitted
from tests.factories import World
from tests.sample_world import make_sample_world

TRAIL = "/admin/budgets/report/trail/"
PASSWORD = "a-Secret-word-77"

Login = Callable[[User], Client]


def change(report: Report, user: User, section: str, **values: object) -> None:
    """Save a section with some fields of its first part, or of ``part.field``, changed."""
    dossier = load_dossier(report, earlier=False)
    content = find_section(dossier, section).content(dossier)
    number = (report.versions.filter(section=section).last() or SectionVersion(number=0)).number
    part = next(iter(content))
    content[part] |= values
    save_section(report.pk, user, section, number, content)


@pytest.fixture
def world(db: None) -> World:
    made = make_sample_world()
    report, world = made.report, made.world
    change(report, world.preparer, "basics", phone="027-1", preparer="=cmd()")
    change(report, world.preparer, "basics", phone="027-2")
    to_submitted(report, world)
    thread = comments.add(current(report), world.reviewer, "basics", "电话请核实")
    comments.answer(thread.pk, world.preparer, "已核实")
    comments.resolve(thread.pk, world.reviewer)
    return_for_changes(report.pk, world.reviewer, current(report).changes, "请补充职能")
    year = FiscalYear.objects.get(pk=world.year.pk)
    year.budget_deadline = timezone.localdate()
    year._history_user = world.administrator
    year.save()
    return world


@pytest.fixture
def report(world: World) -> Report:
    return Report.objects.get(department=world.department, fiscal_year__year=2023)


def page(client: Client, **search: object) -> str:
    response = client.get(TRAIL, search)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, **search: object) -> list[list[str]]:
    response = client.get(TRAIL + "export/", search)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def verbs(client: Client, **search: object) -> list[str]:
    return [row[2] for row in exported(client, **search)]


def test_it_says_who_did_what_newest_first(world: World, login: Login) -> None:
    found = verbs(login(world.reviewer), department="112001")
    done = ["退回", "解决意见", "答复意见", "提出意见", "报送", "保存", "保存"]
    assert [verb for verb in found if verb in done] == done


def test_it_is_searched(world: World, login: Login) -> None:
    client = login(world.reviewer)
    assert verbs(client, person="reviewer") == ["退回", "解决意见", "提出意见"]
    assert verbs(client, verb="answer") == ["答复意见"]
    assert verbs(client, verb="save", person="submitter") == []
    assert verbs(client, department="档案") == []
    assert verbs(client, until="2020-01-01") == []
    today = timezone.localdate().isoformat()
    assert verbs(client, since=today, until=today, verb="return") == ["退回"]
    assert client.get(TRAIL, {"since": "昨天"}).status_code == 422
    assert "没有找到记录" in page(client, verb="publish")


def test_configuration_is_for_administrators(world: World, login: Login) -> None:
    assert verbs(login(world.reviewer), verb="year") == []
    [row, *_] = exported(login(world.administrator), verb="year")
    assert row[1] == "administrator" and f"→ {timezone.localdate()}" in row[4]
    assert "改人员与角色" in verbs(login(world.administrator), department="112001")


def test_another_district_sees_nothing_of_it(world: World, login: Login) -> None:
    assert exported(login(world.foreign_reviewer)) == []


def test_what_was_not_submitted_is_the_departments_own(db: None, login: Login) -> None:
    made = make_sample_world()
    change(made.report, made.world.preparer, "basics", phone="027-1")
    assert "保存" not in verbs(login(made.world.reviewer))
    version = SectionVersion.objects.last()
    assert login(made.world.reviewer).get(f"{TRAIL}saves/{version.pk}/").status_code == 404


def test_a_save_is_shown_field_by_field(world: World, report: Report, login: Login) -> None:
    version = report.versions.get(section="basics", number=2)
    url = reverse("admin:budgets_report_trail_save", args=[version.pk])
    client = login(world.reviewer)
    assert url in page(client, verb="save")
    text = client.get(url).content.decode()
    assert "第 1 版，第 2 次保存" in text
    assert (
        "联系电话" in text and "027-1" in text and "027-2" in text and "填报人" not in text.split("<main")[-1]
    )
    assert login(world.foreign_reviewer).get(url).status_code == 404


def test_a_formula_is_exported_as_text(world: World, login: Login) -> None:
    report = Report.objects.get(department=world.department, fiscal_year__year=2023)
    thread = comments.add(report, world.reviewer, "basics", "=1+1")
    assert exported(login(world.reviewer), verb="comment")[0][4] == "'=1+1"
    assert thread.text == "=1+1"


def test_an_export_has_no_cap_and_pages_do(world: World, report: Report, login: Login) -> None:
    SectionVersion.objects.bulk_create(
        SectionVersion(report=report, section="basics", number=number, content={}, user=world.preparer)
        for number in range(3, 1205)
    )
    client = login(world.reviewer)
    assert len(exported(client, verb="save")) == 1204
    assert "共 25 页" in page(client, verb="save")
    assert "第 25 页" in page(client, verb="save", page=99)


@override_settings(AXES_ENABLED=True)
def test_logins_are_in_it_and_passwords_and_tokens_are_not(world: World, login: Login) -> None:
    world.preparer.set_password(PASSWORD)
    world.preparer.save()
    browser = Client()
    data = {"username": "preparer", "password": PASSWORD}
    assert browser.post("/login/", data).status_code == 302
    client = login(world.administrator)
    change_password = {"password1": PASSWORD + "x", "password2": PASSWORD + "x", "usable_password": "true"}
    done = client.post(f"/admin/auth/user/{world.preparer.pk}/password/", change_password)
    assert done.status_code == 302
    world.preparer.refresh_from_db()
    text = page(client) + str(exported(client))
    assert {"登录", "改用户"} <= set(verbs(client, department="112001") + verbs(client))
    for secret in (
        PASSWORD,
        world.preparer.password,
        browser.session.session_key,
        client.session.session_key,
    ):
        assert secret not in text


def test_a_refused_act_leaves_no_trace(world: World, report: Report, login: Login) -> None:
    before = exported(login(world.reviewer))
    with pytest.raises(ActionRefused):
        return_for_changes(report.pk, world.reviewer, report.changes, "再次退回")
    assert exported(login(world.reviewer)) == before


def test_what_leaves_no_other_row_is_logged(world: World, report: Report, login: Login) -> None:
    thread = report.comments.get(parent=None)
    comments.reopen(thread.pk, world.reviewer)
    attach(report.pk, world.preparer, SimpleUploadedFile("说明.pdf", b"%PDF-1.4\n%%EOF\n"))
    detach(report.pk, world.preparer)
    detach(report.pk, world.preparer)
    found = verbs(login(world.reviewer), department="112001")
    done = ("移除附件", "上传附件", "重新打开意见", "解决意见")
    assert tuple(verb for verb in found if verb in done) == done


# --- in words, with what was there before, and of which version ------------------------------------


def texts(client: Client, **search: object) -> list[str]:
    return [row[4] for row in exported(client, **search)]


def test_a_save_says_what_of_which_section_became_what(world: World, report: Report, login: Login) -> None:
    client = login(world.reviewer)
    rows = exported(client, verb="save")
    assert rows[0][4:] == ["基本情况，第 2 次保存；基本情况 › 联系电话：027-1 → 027-2", "第 1 版"]
    assert "填报人：" in rows[1][4] and "→ =cmd()" in rows[1][4]
    for text in (page(client, verb="save"), report_tab(client, report)):
        assert "基本情况，第 2 次保存" in text and "联系电话：027-1 → 027-2" in text
        assert "第 1 版" in text
    overview = login(world.preparer).get(reverse("entry:report", args=[report.pk])).text
    assert "联系电话：027-1 → 027-2" in overview and "第 1 版" in overview


def report_tab(client: Client, report: Report) -> str:
    return client.get(reverse("admin:budgets_report_change", args=[report.pk]) + "?tab=trail").text


def test_a_page_names_the_first_changes_and_a_file_all(world: World, report: Report, login: Login) -> None:
    names = ("phone", "preparer", "address", "postcode", "composition")
    values = dict.fromkeys(names, "3" * 100)
    change(report, world.preparer, "basics", **values, duties=[{"text": "四\n五"}])
    client = login(world.reviewer)
    whole = texts(client, verb="save")[0]
    assert whole.count("3" * 100) == 5 and "单位构成：" in whole and "四 五" in whole
    text = page(client, verb="save")
    assert "处改动</a>" in text and "3" * 59 + "…" in text and "3" * 60 not in text


def test_a_save_of_a_project_names_it_as_it_was_called_then(
    world: World, report: Report, login: Login
) -> None:
    section = "project:general-affairs"
    content = find_section(load_dossier(report, earlier=False), section).content(load_dossier(report))
    content["identity"]["name"] = "日常事务"
    save_section(report.pk, world.preparer, section, 0, content)
    client = login(world.reviewer)
    assert (
        texts(client, verb="save")[0] == "项目：日常事务，第 1 次保存；项目 › 项目名称：综合业务 → 日常事务"
    )


def test_projects_come_and_go_by_a_verb_of_their_own(world: World, report: Report, login: Login) -> None:
    """By the forms of the entry site: made, copied, taken from the library, removed."""
    department, bureau = login(world.preparer), login(world.reviewer)

    def post(way: str, *args: str, **data: str) -> None:
        answer = department.post(reverse(f"entry:{way}", args=[report.pk, *args]), data)
        assert answer.status_code == 302

    post("project_add", name="=数据治理", category="specific")
    post("project_copy", source="general-affairs", name="", token=new_key())
    post("project_remove", "general-affairs")
    post("project_take", project="general-affairs", token=new_key())
    assert texts(bureau, verb="add_project") == [
        "项目“综合业务”，选自项目库（2022 年的“综合业务”）",
        "项目“综合业务（复制）”，复制自“综合业务”",
        "项目“=数据治理”",
    ]
    [removed] = exported(bureau, verb="remove_project")
    assert removed[2:] == ["移除项目", str(report), "项目“综合业务”，当年金额 75.00 万元", "第 1 版"]
    lists = [text for text in texts(bureau, verb="save") if text.startswith("项目清单")]
    assert lists[1] == "项目清单，第 3 次保存；项目清单：综合业务 → （无）"
    assert lists[2].endswith("项目清单：（无） → 综合业务（复制）")
    assert "移除项目" in page(bureau) and "移除项目" in report_tab(bureau, report)
    assert "复制自“综合业务”" in department.get(reverse("entry:report", args=[report.pk])).text


def test_a_removed_project_keeps_its_name_in_the_trail(world: World, report: Report, login: Login) -> None:
    report.applications.filter(project__key="general-affairs").delete()
    SectionVersion.objects.create(
        report=report,
        section="project:general-affairs",
        number=1,
        content={"identity": {"name": "综合业务"}},
        user=world.preparer,
    )
    comments.add(current(report), world.reviewer, "basics", "一")
    thread = report.comments.filter(text="一").get()
    type(thread).objects.filter(pk=thread.pk).update(section="project:general-affairs")
    client = login(world.reviewer)
    assert exported(client, verb="comment")[0][3] == f"{report} › 项目：综合业务"
    assert texts(client, verb="save")[0].startswith("项目：综合业务，第 1 次保存")


def test_points_are_in_words_with_the_verdict_before(world: World, report: Report, login: Login) -> None:
    Report.objects.filter(pk=report.pk).update(status=Status.SUBMITTED)
    key, words = get_profile(report.profile_key).checklist[0]
    ChecklistMark.objects.create(report=report, revision=1, item=key, passed=True, user=world.approver)
    client = login(world.reviewer)
    assert texts(client, verb="judge") == [f"{words}：符合"]
    for verdict in (Verdict(False, "口径不对"), Verdict(False, "口径不对"), Verdict(True), Verdict(None)):
        judge_points(report.pk, world.reviewer, current(report).changes, {key: verdict})
    assert texts(client, verb="judge") == [
        f"{words}：符合 → 尚未判断",
        f"{words}：不符合（口径不对） → 符合",
        f"{words}：符合 → 不符合（口径不对）",
    ]
    assert f"{words}：符合 → 尚未判断" in report_tab(client, report)
    overview = login(world.preparer).get(reverse("entry:report", args=[report.pk])).text
    assert words not in overview, "what the bureau judges is its own"


def test_explanations_say_what_was_said_before(world: World, report: Report, login: Login) -> None:
    WarningExplanation.objects.filter(report=report).exclude(
        pk=report.warning_explanations.first().pk
    ).delete()
    client = login(world.reviewer)
    [old] = texts(client, verb="explain")
    assert old.endswith("：按实际情况编列")
    warning = judge(report, load_dossier(report)).unexplained[0]
    for text in ("按合同", "按合同", "按标准", ""):
        explain(report.pk, world.preparer, *warning.point, text)
    [gone, other, first, *rest] = texts(client, verb="explain")
    rule = f"{warning.rule} "
    assert first.startswith(rule) and f"{warning.place}：（无） → 按合同" in first
    assert other.startswith(rule) and other.endswith("：按合同 → 按标准")
    assert gone.startswith(rule) and gone.endswith("：按标准 → （无）")
    assert rest == [old]


def test_a_rule_is_named_where_it_is_waived(world: World, report: Report, login: Login) -> None:
    waive(report.pk, world.reviewer, "BAL-3", "机构合并")
    assert texts(login(world.reviewer), verb="waive") == ["BAL-3 收入规模：机构合并"]


def test_settings_are_in_words_with_what_was_set_before(world: World, login: Login) -> None:
    setting = RuleSetting(fiscal_year=FiscalYear.objects.get(pk=world.year.pk), rule="BAL-3", reason="通知")
    setting.options, setting.severity = {"income": 10}, "error"
    setting.save()
    setting.options, setting.severity = {"income": 20}, "warning"
    setting.save()
    changed, made = exported(login(world.administrator), verb="rule")
    title = "本年收入与上年收入之比"
    assert changed[4] == f"修改；级别：错误 → 提醒；阈值：{title} 10 倍 → {title} 20 倍"
    assert "规则：BAL-3 收入规模" in made[4] and "BAL-3 收入规模" in made[3]
    year = FiscalYear.objects.get(pk=world.year.pk)
    year.final_profile = "dongxihu_final_2024"
    year.save()
    said = texts(login(world.administrator), verb="year")[0]
    assert get_profile("dongxihu_final_2024").title in said and "dongxihu_final" not in said


def test_after_a_correction_the_next_version_is_named(world: World, report: Report, login: Login) -> None:
    values = {"report": report, "source": "published", "target": "correcting", "revision": 2}
    Transition.objects.create(verb="correct", user=world.approver, reason="金额有误", **values)
    Report.objects.filter(pk=report.pk).update(revision=2)
    change(report, world.preparer, "basics", phone="027-3")
    client = login(world.reviewer)
    assert [row[5] for row in exported(client, verb="save")] == ["第 2 版", "第 1 版", "第 1 版"]
    assert exported(client, verb="correct")[0][4:] == ["已公开 → 更正中。金额有误", "第 2 版"]


def test_no_key_is_left_in_it(world: World, report: Report, login: Login) -> None:
    Report.objects.filter(pk=report.pk).update(status=Status.SUBMITTED)
    points = {key: Verdict(True) for key, _ in get_profile(report.profile_key).checklist}
    judge_points(report.pk, world.reviewer, current(report).changes, points)
    said = " ".join(cell for row in exported(login(world.reviewer)) for cell in row[2:])
    for key in (*points, "basics", "project:", "general-affairs", "returned", "submitted"):
        assert key not in said


def test_queries_of_an_export_do_not_grow_with_its_rows(world: World, report: Report, login: Login) -> None:
    client = login(world.administrator)
    client_of_bureau = login(world.reviewer)

    def queries(client: Client) -> int:
        with CaptureQueriesContext(connection) as counted:
            exported(client)
        return len(counted)

    def happen(times: int) -> None:
        for number in range(times):
            change(report, world.preparer, "basics", phone=f"028-{report.pk}-{number}-{times}")
            comments.add(current(report), world.reviewer, "basics", f"第 {number} 条")
            year = FiscalYear.objects.get(pk=world.year.pk)
            year.budget_deadline = timezone.localdate() + datetime.timedelta(days=number + times)
            year.save()
            setting, _ = RuleSetting.objects.get_or_create(fiscal_year=year, rule="BAL-3", reason="通知")
            setting.options = {"income": number + times}
            setting.save()

    happen(2)
    few = queries(client), queries(client_of_bureau)
    happen(12)
    assert (queries(client), queries(client_of_bureau)) == few
