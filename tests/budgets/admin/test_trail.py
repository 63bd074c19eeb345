"""留痕: everything that was done is found, by whoever may see it, down to the field; secrets never are."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.actions.base import ActionRefused
from budgets.actions.narrative import attach, detach
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.save_section import save_section
from budgets.models import FiscalYear, Report, SectionVersion
from budgets.sections import find_section, load_dossier
from tests.budgets.actions.steps import current, to_submitted
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
    done = ("移除说明", "上传说明", "重新打开意见", "解决意见")
    assert tuple(verb for verb in found if verb in done) == done
