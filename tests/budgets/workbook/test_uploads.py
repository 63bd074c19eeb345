"""An upload: kept with its preview, written once, undone as a whole, forgotten after a day."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from budgets.actions.projects import remove
from budgets.actions.save_section import current_number, save_section
from budgets.domain.choices import Status, UploadState
from budgets.models import Report, TableMemory, Transition, Upload
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.budgets.views.entry.case import EntryCase

from .files import edited, first_empty, made, own_table, put

BASELINES = Path(__file__).parents[2] / "query_counts.json"
LINES = "项目支出明细测算"
KEY = "project:general-affairs"
ROWS = (("安全检测", "30227", 15000), ("印刷", "30202", 800))


class UploadCase(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def upload(self, content: bytes, name: str = "测算.xlsx", client: Client | None = None) -> HttpResponse:
        """The page of its preview."""
        data = {"file": SimpleUploadedFile(name, content)}
        page = (client or self.client).post(self.url("fill"), data, follow=True)
        assert page.status_code == 200
        return page

    def filled_in(self, preparer: str = "工作簿填报人", project: str = "") -> bytes:
        """The workbook of the page with another 填报人, and one more project."""

        def edit(book: Workbook) -> None:
            book["基本情况"]["B2"] = preparer
            if project:
                projects = book["项目"]
                put(projects, first_empty(projects), 项目名称=project, 支出项目类别="特定目标类项目")

        return edited(made(self.report), edit)

    def answer(self, page: HttpResponse, **answers: str) -> HttpResponse:
        data = {name.replace("_", "-"): value for name, value in answers.items()}
        return self.client.post(self.url("upload", self.pk(page)), data, follow=True)

    def confirm(self, page: HttpResponse, client: Client | None = None, **more: Any) -> HttpResponse:
        data = {"looks": page.context["upload"].looks, **more}
        return (client or self.client).post(self.url("upload_confirm", self.pk(page)), data, follow=True)

    def undo(self, page: HttpResponse, client: Client | None = None) -> HttpResponse:
        return (client or self.client).post(self.url("upload_undo", self.pk(page)), follow=True)

    def taken(self, content: bytes) -> HttpResponse:
        page = self.upload(content)
        self.assertContains(self.confirm(page), "已导入工作簿")
        return page

    @staticmethod
    def pk(page: HttpResponse) -> int:
        return int(page.context["upload"].pk)

    def told(self) -> Any:
        return dump_dossier(load_dossier(Report.objects.get(pk=self.report.pk), earlier=False))

    def activities(self) -> list[str]:
        return [activity.name for activity in load_dossier(self.report).project("general-affairs").activities]

    def save(self, key: str, part: str, **values: Any) -> None:
        """A save of somebody else."""
        dossier = load_dossier(self.report)
        section = find_section(dossier, key)
        content = section.content(dossier)
        content[part] = {**content[part], **values}
        base = current_number(self.report, key)
        save_section(self.report.pk, self.world.submitter, key, base, content)

    def other_session(self) -> Client:
        client = Client()
        client.force_login(self.world.preparer)
        return client

    def state(self, page: HttpResponse) -> str:
        return Upload.objects.get(pk=self.pk(page)).state


class Confirming(UploadCase):
    def test_what_was_shown_is_written_and_not_read_again(self) -> None:
        page = self.upload(own_table(*ROWS))
        before = self.activities()
        with mock.patch("budgets.actions.write_workbook.plan_import", side_effect=AssertionError):
            self.assertContains(self.confirm(page), "写入 1 个部分")
        assert self.activities() == [*before, "安全检测", "印刷"]

    def test_twice_is_written_once_and_the_second_is_told_by_whom_and_led_to_it(self) -> None:
        page = self.upload(own_table(*ROWS))
        self.confirm(page)
        once = self.told()
        for client in (self.client, self.other_session()):
            again = self.confirm(page, client)
            self.assertRedirects(again, self.url("upload", self.pk(page)))
            self.assertContains(again, "写入，没有再写一遍")
            self.assertContains(again, self.world.preparer.username)
            self.assertContains(again, "撤销这次导入")
        assert self.told() == once
        assert Transition.objects.filter(verb="import").count() == 1

    def test_the_second_of_a_submitted_report_is_told_the_same(self) -> None:
        page = self.taken(own_table(*ROWS))
        self.set_status(Status.SUBMITTED)
        again = self.confirm(page)
        self.assertContains(again, "没有再写一遍")
        self.assertNotContains(again, "撤销这次导入</button>")

    def test_another_person_neither_sees_nor_confirms_it(self) -> None:
        page, before = self.upload(own_table(*ROWS)), self.told()
        for other in (self.world.submitter, self.world.people["sister_preparer"]):
            self.enter(other)
            assert self.client.get(self.url("upload", self.pk(page))).status_code == 404
            for name in ("upload_confirm", "upload_undo"):
                answer = self.client.post(self.url(name, self.pk(page)), {"looks": 1})
                assert answer.status_code == 404, name
            self.client.post(self.url("upload_drop", self.pk(page)))
            assert self.client.post(self.url("upload", self.pk(page)), {"again": "1"}).status_code in (
                404,
                409,
            )
        assert self.told() == before
        assert self.state(page) == UploadState.WAITING

    def test_an_upload_of_another_report_is_not_found_under_this_one(self) -> None:
        page = self.upload(own_table(*ROWS))
        Upload.objects.filter(pk=self.pk(page)).update(
            report=Report.objects.exclude(pk=self.report.pk).filter(department=self.report.department)[0]
        )
        assert self.confirm(page).status_code == 404

    def test_only_what_this_window_showed_is_written(self) -> None:
        page, before = self.upload(own_table(*ROWS)), self.told()
        self.answer(page, table_0_mode="replace")
        refused = self.confirm(page)
        self.assertContains(refused, "在别的窗口重新查看过", status_code=409)
        assert self.told() == before
        self.assertContains(self.confirm(refused), "已导入工作簿")
        assert self.activities() == ["安全检测", "印刷"]

    def test_it_needs_the_token_of_the_form(self) -> None:
        page = self.upload(own_table(*ROWS))
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.world.preparer)
        for name in ("upload_confirm", "upload_undo", "upload_drop", "upload"):
            assert client.post(self.url(name, self.pk(page)), {"looks": 1}).status_code == 403
        assert self.state(page) == UploadState.WAITING

    def test_other_changes_of_others_are_kept(self) -> None:
        page = self.upload(self.filled_in())
        self.save("basics", "basics", phone="020-0000-0009")
        self.assertContains(self.client.get(self.url("upload", self.pk(page))), "可能不是最新的")
        self.assertContains(self.confirm(page), "已导入工作簿")
        basics = self.told()["basics"]
        assert (basics["preparer"], basics["phone"]) == ("工作簿填报人", "020-0000-0009")

    def test_the_same_change_of_others_stops_it_and_it_can_be_looked_at_again(self) -> None:
        page = self.upload(self.filled_in())
        self.save("basics", "basics", preparer="乙")
        refused = self.confirm(page)
        self.assertContains(refused, "改了同样的内容", status_code=409)
        self.assertContains(refused, "重新查看改动", status_code=409)
        assert self.told()["basics"]["preparer"] == "乙"
        assert self.state(page) == UploadState.WAITING
        self.assertContains(self.answer(page, again="1"), "现在是“乙”，表中是“工作簿填报人”")

    def test_an_own_table_is_looked_at_again_with_the_same_answers(self) -> None:
        page = self.answer(self.upload(own_table(*ROWS)), table_0_mode="replace")
        activities = self.told()["projects"][2]["activities"]["activities"]
        activities[0] = {**activities[0], "basis": "别人改的依据"}
        self.save(KEY, "activities", activities=activities)
        refused = self.confirm(page)
        self.assertContains(refused, "重新查看改动", status_code=409)
        again = self.answer(refused, again="1")
        self.assertContains(self.confirm(again), "已导入工作簿")
        assert self.activities() == ["安全检测", "印刷"]

    def test_a_project_that_somebody_added_meanwhile_is_not_doubled(self) -> None:
        page = self.upload(self.filled_in(project="数据治理"))
        other = self.upload(self.filled_in("甲", project="数据治理"))
        self.confirm(other)
        self.assertContains(self.confirm(page), "已有名为“数据治理”的项目", status_code=409)

    def test_a_submitted_report_takes_none(self) -> None:
        page = self.upload(own_table(*ROWS))
        self.set_status(Status.SUBMITTED)
        self.assertContains(self.confirm(page), "不能修改", status_code=409)
        assert self.answer(page, again="1").status_code == 409
        assert self.client.get(self.url("upload", self.pk(page))).status_code == 200

    def test_a_preview_of_another_release_is_made_anew(self) -> None:
        page = self.upload(own_table(*ROWS))
        Upload.objects.filter(pk=self.pk(page)).update(plan={"problems": "another layout"})
        self.assertContains(self.client.get(self.url("upload", self.pk(page))), "系统已经更新")
        self.assertContains(self.confirm(page), "系统已经更新", status_code=409)
        self.assertContains(self.answer(page, again="1"), "将要写入的改动")

    def test_given_up_it_is_gone(self) -> None:
        page = self.upload(own_table(*ROWS))
        path = Upload.objects.get().path
        self.assertRedirects(self.client.post(self.url("upload_drop", self.pk(page))), self.url("fill"))
        assert not default_storage.exists(path)
        assert self.state(page) == UploadState.DROPPED
        self.assertContains(self.confirm(page), "请重新上传", status_code=404)


class Pages(UploadCase):
    def test_they_are_not_stored_by_browsers(self) -> None:
        page = self.upload(own_table(*ROWS))
        for url in (self.url("fill"), self.url("upload", self.pk(page)), self.url("fill_download")):
            said = self.client.get(url).headers["Cache-Control"]
            assert {"private", "no-store"} <= set(said.split(", ")), url

    def test_the_name_of_the_file_is_made_harmless(self) -> None:
        page = self.upload(own_table(*ROWS), "<b>\u202e预算" + "长" * 200 + ".xlsx")
        name = page.context["upload"].name
        assert len(name) == 80
        assert name.startswith("b预算长")
        self.assertContains(page, name)

    def test_uploads_are_listed_with_what_they_wrote(self) -> None:
        self.taken(own_table(*ROWS))
        waiting = self.upload(self.filled_in())
        page = self.page("fill")
        self.assertContains(page, "写入 1 个部分")
        self.assertContains(page, "已写入")
        self.assertContains(page, "待确认")
        self.enter(self.world.submitter)
        self.assertNotContains(self.page("fill"), self.url("upload", self.pk(waiting)))

    def test_a_cell_with_characters_that_databases_refuse_is_shown_without(self) -> None:
        page = self.upload(own_table(("安全检测", "不存在的_x0000_科目", 1), ("印刷", "_x001F_", 1)))
        self.assertContains(page, "不能导入")


class Queries(UploadCase):
    """The baselines stand in ``tests/query_counts.json`` under ``uploads``."""

    def counts(self, rows: int) -> dict[str, int]:
        """Of an upload of so many rows from its file to its undoing."""
        content = own_table(*((f"活动{number}", "30227", 100 + number) for number in range(rows)))
        file = SimpleUploadedFile("测算.xlsx", content)
        found = {"uploaded": self.count(lambda: self.client.post(self.url("fill"), {"file": file}))}
        pk = Upload.objects.latest("pk").pk
        page = self.url("upload", pk)
        acts = {
            "shown": lambda: self.client.get(page),
            "looked_at_again": lambda: self.client.post(page, {"again": "1"}),
            "confirmed": lambda: self.client.post(self.url("upload_confirm", pk), {"looks": 2}),
            "written": lambda: self.client.get(page),
            "undone": lambda: self.client.post(self.url("upload_undo", pk)),
            "listed": lambda: self.client.get(self.url("fill")),
        }
        return found | {name: self.count(act) for name, act in acts.items()}

    @staticmethod
    def count(act: Callable[[], HttpResponse]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert act().status_code in (200, 302)
        return len(queries)

    def test_the_number_of_rows_does_not_matter_and_the_baseline_is_kept(self) -> None:
        self.counts(1)
        few = self.counts(2)
        self.assertEqual(self.counts(60), few)
        self.assertEqual(few, json.loads(BASELINES.read_text(encoding="utf-8"))["uploads"])


class Repeated(UploadCase):
    def test_the_same_file_again_says_when_it_was_written(self) -> None:
        content = own_table(*ROWS)
        self.taken(content)
        page = self.upload(content)
        self.assertContains(page, "写入过")
        self.assertContains(page, "各行都已在编报中")
        self.assertNotContains(page, "确认写入</button>")

    def test_rows_that_are_all_there_are_not_added(self) -> None:
        self.taken(own_table(*ROWS))
        once = self.told()
        page = self.upload(own_table(*reversed(ROWS)))
        self.assertContains(page, "各行都已在编报中")
        self.assertNotContains(page, "不添加这些行")
        self.assertContains(self.confirm(page), "没有写入任何改动", status_code=409)
        assert self.told() == once

    def test_they_take_the_place_of_the_list_when_asked_to(self) -> None:
        self.taken(own_table(*ROWS))
        page = self.answer(self.upload(own_table(ROWS[0])), repeated="replace")
        self.assertContains(page, "确认写入")
        kept = [
            a.key
            for a in load_dossier(self.report).project("general-affairs").activities
            if a.name == "安全检测"
        ]
        self.confirm(page)
        assert self.activities() == ["安全检测"]
        assert [a.key for a in load_dossier(self.report).project("general-affairs").activities] == kept
        self.undo(page)
        assert self.activities()[-2:] == ["安全检测", "印刷"]

    def test_other_content_is_written_without_them(self) -> None:
        self.taken(own_table(*ROWS))

        def edit(book: Workbook) -> None:
            book["基本情况"]["B2"] = "新填报人"
            lines = book[LINES]
            for row, (name, code, amount) in enumerate(ROWS, 3):
                put(lines, row, 所属项目="综合业务", 项目活动=name, 支出经济分类=code, 金额=amount / 10000)

        page = self.upload(edited(made(self.report, empty=True), edit))
        self.assertContains(page, "各行都已在编报中")
        self.assertContains(page, "不添加这些行")
        before = self.activities()
        page = self.answer(page, repeated="skip")
        self.confirm(page)
        assert self.activities() == before
        assert self.told()["basics"]["preparer"] == "新填报人"

    def names(self) -> list[str]:
        project = load_dossier(self.report).project(KEY.removeprefix("project:"))
        assert project is not None
        return [activity.name for activity in project.activities][-3:]

    def test_one_row_more_is_asked_about(self) -> None:
        self.taken(own_table(ROWS[0]))
        page = self.upload(own_table(*ROWS))
        self.assertContains(page, "有的行已在编报中")
        self.assertContains(page, "1 行已有，1 行没有")
        self.confirm(self.answer(page, repeated="skip"))
        assert self.names()[-2:] == [ROWS[0][0], ROWS[1][0]]

    def test_rows_that_are_there_can_be_added_all_the_same(self) -> None:
        self.taken(own_table(ROWS[0]))
        page = self.upload(own_table(ROWS[0], ROWS[0]))
        self.assertContains(page, "1 行已有，1 行没有")
        self.confirm(self.answer(page, repeated="add"))
        assert self.names() == [ROWS[0][0]] * 3


class Undoing(UploadCase):
    def test_everything_is_as_before(self) -> None:
        before = self.told()
        page = self.taken(self.filled_in(project="数据治理"))
        assert self.told() != before
        self.assertContains(self.undo(page), "已撤销")
        assert self.told() == before
        assert self.state(page) == UploadState.UNDONE
        assert [t.verb for t in Transition.objects.order_by("-id")[:2]] == ["undo_import", "remove_project"]

    def test_anybody_who_fills_in_the_report_may_and_it_works_once(self) -> None:
        before, page = self.told(), self.taken(own_table(*ROWS))
        self.enter(self.world.submitter)
        self.assertContains(self.undo(page), "已撤销")
        again = self.undo(page)
        self.assertContains(again, "没有再撤销一遍")
        self.assertContains(again, self.world.submitter.username)
        assert self.told() == before
        assert Transition.objects.filter(verb="undo_import").count() == 1

    def test_of_others_it_is_none(self) -> None:
        page = self.taken(own_table(*ROWS))
        self.enter(self.world.people["sister_preparer"])
        assert self.undo(page).status_code == 404
        assert self.state(page) == UploadState.TAKEN

    def test_what_changed_elsewhere_since_is_kept(self) -> None:
        before, page = self.told(), self.taken(self.filled_in())
        self.save("basics", "basics", phone="020-0000-0009")
        self.assertContains(self.undo(page), "已撤销")
        basics = self.told()["basics"]
        assert (basics["preparer"], basics["phone"]) == (before["basics"]["preparer"], "020-0000-0009")

    def test_the_same_place_changed_since_stops_all_of_it(self) -> None:
        page = self.taken(self.filled_in(project="数据治理"))
        self.save("basics", "basics", preparer="乙")
        before = self.told()
        refused = self.undo(page)
        self.assertContains(refused, "又改了“基本情况”的同样内容", status_code=409)
        self.assertContains(refused, "填报人", status_code=409)
        assert self.told() == before
        assert self.state(page) == UploadState.TAKEN

    def test_a_new_project_that_was_filled_in_since_is_not_thrown_away(self) -> None:
        page = self.taken(self.filled_in(project="数据治理"))
        key = load_dossier(self.report).projects[-1].key
        self.save(f"project:{key}", "application", basis="新的依据")
        before = self.told()
        self.assertContains(self.undo(page), "新增的项目“数据治理”之后又改过", status_code=409)
        assert self.told() == before
        remove(self.report.pk, self.world.preparer, key)
        self.assertContains(self.undo(page), "已撤销")
        assert "数据治理" not in [project["identity"]["name"] for project in self.told()["projects"]]

    def test_a_project_that_is_gone_since_cannot_be_put_back(self) -> None:
        page = self.taken(own_table(*ROWS))
        remove(self.report.pk, self.world.preparer, "general-affairs")
        self.assertContains(self.undo(page), "之后已被移除，不能整份撤销", status_code=409)

    def test_a_submitted_report_is_left_alone(self) -> None:
        page = self.taken(own_table(*ROWS))
        self.set_status(Status.SUBMITTED)
        before = self.told()
        self.assertContains(self.undo(page), "不能修改", status_code=409)
        assert self.told() == before

    def test_what_waits_cannot_be_undone(self) -> None:
        page = self.upload(own_table(*ROWS))
        assert self.undo(page).status_code == 404
        assert self.state(page) == UploadState.WAITING

    def test_after_it_the_same_file_is_written_again(self) -> None:
        content = own_table(*ROWS)
        page = self.taken(content)
        self.undo(page)
        self.assertContains(self.confirm(page), "要再写入请重新上传")
        again = self.upload(content)
        self.assertNotContains(again, "写入过")
        self.confirm(again)
        assert self.activities()[-2:] == ["安全检测", "印刷"]

    def test_a_declaration_that_a_section_is_empty_comes_back(self) -> None:
        said = {"who": "甲", "at": timezone.now().isoformat()}
        self.save(KEY, "activities", activities=[])
        Report.objects.filter(pk=self.report.pk).update(declared_empty={"staffing": said, KEY: said})
        page = self.taken(own_table(*ROWS))
        assert KEY not in Report.objects.get(pk=self.report.pk).declared_empty
        self.undo(page)
        assert "staffing" in Report.objects.get(pk=self.report.pk).declared_empty


class Keeping(UploadCase):
    def test_what_nobody_confirmed_is_forgotten_after_a_day(self) -> None:
        old, taken = self.upload(own_table(*ROWS)), self.taken(self.filled_in())
        path = Upload.objects.get(pk=self.pk(old)).path
        long_ago = timezone.now() - datetime.timedelta(days=2)
        Upload.objects.update(created_at=long_ago)
        with mock.patch.object(default_storage, "get_modified_time", return_value=long_ago):
            self.upload(own_table(ROWS[0]))
        assert not default_storage.exists(path)
        assert not Upload.objects.filter(pk=self.pk(old)).exists()
        assert self.state(taken) == UploadState.TAKEN
        self.assertContains(self.confirm(old), "请重新上传", status_code=404)
        self.assertContains(self.undo(taken), "已撤销")

    def test_a_file_that_is_lost_is_said(self) -> None:
        page = self.upload(own_table(*ROWS))
        default_storage.delete(Upload.objects.get().path)
        self.assertContains(self.answer(page, again="1"), "请重新上传", status_code=409)


class Remembering(UploadCase):
    """What a department said about a table with the same headings."""

    headings = ("活动", "支出经济分类", "金额", "经办科室")

    def table(self, *rows: tuple[Any, ...]) -> bytes:
        return own_table(*rows, headings=self.headings)

    def test_answers_are_proposed_next_time_and_said_to_be(self) -> None:
        page = self.upload(self.table(("安全检测", "30227", 1.5, "一科")))
        self.assertContains(page, "请选择")
        page = self.answer(page, table_0_column_D="remark", table_0_unit="万元", table_0_mode="replace")
        assert not TableMemory.objects.exists(), "only what was written is remembered"
        self.confirm(page)
        memory = TableMemory.objects.get()
        assert (memory.department, memory.answers) == (
            self.report.department,
            {"column-D": "remark"},
        )
        again = self.upload(self.table(("印刷", "30202", 2, "二科")))
        self.assertContains(again, "上次选的", count=1)
        self.assertContains(again, "没有写明金额单位")
        changed = self.answer(again, table_0_column_D="remark", table_0_unit="元")
        self.assertContains(changed, "上次选的", count=1)
        self.confirm(changed)
        assert TableMemory.objects.get().answers == {"column-D": "remark"}

    def test_choices_that_were_not_looked_at_again_are_not_written_as_they_were_before(self) -> None:
        page = self.upload(self.table(("安全检测", "30227", 1.5, "一科")))
        page = self.answer(page, table_0_unit="万元")
        before = self.told()
        refused = self.client.post(
            self.url("upload_confirm", page.context["upload"].pk),
            {"looks": page.context["upload"].looks, "table-0-unit": "元", "table-0-column-D": "remark"},
        )
        self.assertContains(refused, "还没有写入任何内容", status_code=409)
        self.assertContains(refused, "备注 一科", status_code=409)
        assert self.told() == before

    def test_what_is_no_longer_offered_is_asked_again(self) -> None:
        from budgets.workbook import memory

        signature = memory._signature(mock.Mock(signature="活动|支出经济分类|金额|经办科室"))
        TableMemory.objects.create(
            department=self.report.department,
            signature=signature,
            answers={"column-D": "没有这一栏", "unit": "两", "tab": "没有这一页"},
        )
        page = self.upload(self.table(("安全检测", "30227", 1.5, "一科")))
        self.assertContains(page, "没有写明金额单位")
        self.assertNotContains(page, "上次选的")
