"""说明文字设置: the administrator words what all departments of his district say, and the history knows it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budgets.models import FiscalYear, Report, TextSetting
from budgets.narrative.build import build_narrative
from budgets.storage.loading import load_dossier

ADD = "admin:budgets_textsetting_add"
CHANGE = "admin:budgets_textsetting_change"


@pytest.fixture
def admin(world, login):
    return login(world.administrator)


def values(report, **more: object) -> dict[str, object]:
    given = {"fiscal_year": report.fiscal_year_id, "kind": "budget", "chapter": "overview"}
    return given | {"title": "", "position": "", "note": ""} | more


def sentence(report, **more: object) -> dict[str, object]:
    given = {
        "fiscal_year": report.fiscal_year_id,
        "kind": "budget",
        "chapter": "staffing",
        "pattern": "retired",
    }
    return given | {"template": "离退休{total}人（离休{honorary}人，退休{retired}人）。"} | more


def errors_of(response) -> str:
    assert response.status_code == 200
    return str(response.context["adminform"].form.errors)


def text(report) -> str:
    return build_narrative(load_dossier(report)).text()


def test_a_chapter_is_set_and_changed_with_history(world, report, admin) -> None:
    assert admin.post(reverse(ADD), values(report, title="部门概况", note="统一说明。")).status_code == 302
    assert "一、部门概况" in text(report) and "统一说明。" in text(report)
    setting = TextSetting.objects.get()
    seen = report.changes
    report.refresh_from_db()
    assert report.changes == seen + 1  # whoever has it open looks again
    admin.post(reverse(CHANGE, args=[setting.pk]), {"title": "基本情况", "position": "2", "note": ""})
    setting.refresh_from_db()
    assert (setting.title, setting.position, setting.note, setting.chapter) == ("基本情况", 2, "", "overview")
    assert "二、基本情况" in text(report)
    assert setting.history.count() == 2
    history = admin.get(reverse("admin:budgets_textsetting_history", args=[setting.pk]))
    assert history.status_code == 200
    listed = admin.get(reverse("admin:budgets_textsetting_changelist")).text
    assert "基本情况；排在第 2" in listed
    trail = admin.get(reverse("admin:budgets_report_trail")).text
    assert "改说明文字设置" in trail


def test_a_sentence_is_worded_from_its_page(world, report, login) -> None:
    client = login(world.administrator)
    page = reverse("admin:budgets_report_sentence", args=[report.pk])
    link = client.get(page, {"key": "staffing.retired"}).context["setting_url"]
    form = client.get(link)
    assert "离退休人员{total}人" in form.text and "原来的写法" in form.text
    assert client.post(link, sentence(report)).status_code == 302
    assert "离退休0人（离休0人，退休0人）。" in text(report)
    again = client.get(page, {"key": "staffing.retired"}).context["setting_url"]
    assert again == reverse(CHANGE, args=[TextSetting.objects.get().pk])
    client.post(again, {"template": ""})
    assert "离退休人员0人" in text(report)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("离退休{total}人。", "缺少"),
        ("{total}{honorary}{retired}{x}", "没有{x}"),
        ("[", "没有成对"),
        ("[" * 1200 + "甲" + "]" * 1200 + "{total}{honorary}{retired}。", "字符"),
        ("[" * 20 + "甲" + "]" * 20 + "{total}{honorary}{retired}。", "没有成对"),
        ("离退休{total}人，即{total}人，离休{honorary}人，退休{retired}人。", "{total} 只能写一次"),
        ("离退休{total}人，离休{honorary}人，退休{retired}人，共100人。", "不能另写数字"),
        ("离退休{total}人，离休{honorary}人，退休{retired}人，比上年增加。", "不能另写“增”"),
        ("按财预〔2024〕1号，{total}{honorary}{retired}。", "不能有〔〕"),
    ],
)
def test_a_template_that_would_lose_something_is_refused(world, report, admin, template, said) -> None:
    answer = admin.post(reverse(ADD), sentence(report, template=template))
    assert said in errors_of(answer) and not TextSetting.objects.exists()


def test_a_place_that_is_not_there_is_refused(world, report, admin) -> None:
    assert "没有这句话" in errors_of(admin.post(reverse(ADD), sentence(report, pattern="nothing")))
    assert errors_of(admin.post(reverse(ADD), values(report, chapter="nothing")))
    assert "没有这一章" in errors_of(admin.post(reverse(ADD), values(report, chapter="performance")))
    for title in (
        "{nothing}",
        "{year:{department}}",
        "{department.x}",
        "{year[0]}",
        "{year!r}",
        "{year:9999999}",
        "{{",
    ):
        assert "花括号" in errors_of(admin.post(reverse(ADD), values(report, title=title)))
    assert "从 1 起" in errors_of(admin.post(reverse(ADD), values(report, position="0")))
    assert errors_of(admin.post(reverse(ADD), values(report, fiscal_year="9" * 5000)))
    assert "2000" in errors_of(admin.post(reverse(ADD), values(report, note="长" * 2001)))
    admin.post(reverse(ADD), values(report, title="概况"))
    assert "已经有" in errors_of(admin.post(reverse(ADD), values(report, title="概况")))
    assert TextSetting.objects.count() == 1


def test_other_years_and_kinds_are_left_alone(world, report, admin) -> None:
    TextSetting.objects.create(fiscal_year=report.fiscal_year, kind="final", chapter="overview", title="别的")
    assert "别的" not in text(report)


@pytest.mark.parametrize("name", ["reviewer", "approver", "foreign_reviewer", "preparer"])
def test_only_the_districts_administrator(world, report, login, name) -> None:
    client = login(getattr(world, name))
    setting = TextSetting.objects.create(
        fiscal_year=report.fiscal_year, kind="budget", chapter="overview", title="甲"
    )
    for url in (reverse(ADD), reverse(CHANGE, args=[setting.pk])):
        assert client.get(url).status_code in (302, 404)
        assert client.post(url, values(report, title="乙")).status_code in (302, 404)
    setting.refresh_from_db()
    assert setting.title == "甲" and TextSetting.objects.count() == 1
    if name == "reviewer":
        page = reverse("admin:budgets_report_sentence", args=[report.pk])
        assert client.get(page, {"key": "staffing.retired"}).context["setting_url"] == ""


def test_settings_are_kept_in_the_next_year(world, report, admin) -> None:
    year = report.fiscal_year
    rows = [
        TextSetting.objects.create(
            fiscal_year=year, kind="budget", chapter=chapter, title=chapter, position=2
        )
        for chapter in ("overview", "tasks")
    ]
    url = reverse("admin:budgets_textsetting_changelist")
    data = {"action": "keep_next_year", "_selected_action": [row.pk for row in rows]}
    FiscalYear.objects.filter(district=year.district, year=year.year + 1).delete()
    assert f"还没有设置 {year.year + 1} 年度" in admin.post(url, data, follow=True).text
    following = FiscalYear.objects.create(district=year.district, year=year.year + 1, edition=year.edition)
    TextSetting.objects.create(fiscal_year=following, kind="budget", chapter="tasks", title="自己的")
    begun = Report.objects.create(department=report.department, fiscal_year=following, kind="budget")
    page = admin.post(url, data, follow=True).text
    assert "已沿用 1 项，1 项下一年已经有" in page
    begun.refresh_from_db()
    assert begun.changes == 1  # whoever has it open looks again
    kept = TextSetting.objects.filter(fiscal_year=following).values_list("chapter", "title", "position")
    assert set(kept) == {("overview", "overview", 2), ("tasks", "自己的", None)}
