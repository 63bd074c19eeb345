"""The workbook on its page: handed out, looked at, confirmed."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import Workbook, load_workbook

from budgets.domain.choices import Status
from budgets.storage.loading import load_dossier
from tests.budgets.views.entry.case import EntryCase

from .files import edited, put


class Page(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def downloaded(self, **query: str) -> bytes:
        response = self.client.get(self.url("fill_download"), query)
        assert response.status_code == 200
        return response.content

    def uploaded(self, content: bytes, name: str = "填报.xlsx") -> HttpResponse:
        """The page that the upload leads to."""
        data = {"file": SimpleUploadedFile(name, content)}
        return self.client.post(self.url("fill"), data, follow=True)

    def confirmed(self, page: HttpResponse) -> HttpResponse:
        upload = page.context["upload"]
        return self.client.post(self.url("upload_confirm", upload.pk), {"looks": upload.looks})

    def preparer(self) -> Any:
        report = type(self.report).objects.get(pk=self.report.pk)
        return report.preparer

    @staticmethod
    def changed(book: Workbook) -> None:
        book["基本情况"]["B2"] = "工作簿填报人"

    def test_it_opens_in_other_programs_with_lists_notes_and_locked_headings(self) -> None:
        book = load_workbook(io.BytesIO(self.downloaded()))
        lines = book["项目支出明细测算"]
        assert lines.protection.sheet
        assert lines["B2"].protection.locked
        assert not lines["B3"].protection.locked
        assert lines.data_validations.dataValidation
        assert lines["D2"].comment
        assert book["_编报"].sheet_state == "veryHidden"
        assert book["科目"]["A2"].value.startswith("2010101-")
        assert book["上年数"].max_row > 1
        assert not [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]

    def test_looked_at_then_written(self) -> None:
        page = self.uploaded(edited(self.downloaded(), self.changed))
        waiting = set(default_storage.listdir("workbooks")[1])
        self.assertContains(page, "工作簿填报人")
        self.assertContains(page, "还没有写入")
        assert self.preparer() != "工作簿填报人"
        response = self.confirmed(page)
        self.assertRedirects(response, self.url("upload", page.context["upload"].pk))
        assert self.preparer() == "工作簿填报人"
        assert len(waiting - set(default_storage.listdir("workbooks")[1])) == 1, "the file is not kept"

    def test_problems_stand_with_their_cells(self) -> None:
        def wrong(book: Workbook) -> None:
            put(book["项目支出明细测算"], 3, 金额="25万")

        page = self.uploaded(edited(self.downloaded(), wrong))
        self.assertContains(page, "项目支出明细测算!H3", status_code=422)
        self.assertContains(page, "应为 25.00", status_code=422)

    def test_a_sheet_of_their_own_is_asked_about_answered_and_written_as_it_was_shown(self) -> None:
        workbook = Workbook()
        for row in (("活动", "经济分类", "金额", "经办科室"), ("安全检测", "30227", 1.5, "一科")):
            workbook.active.append(row)
        out = io.BytesIO()
        workbook.save(out)
        page = self.uploaded(out.getvalue(), "测算.xlsx")
        self.assertContains(page, "没有写明金额单位")
        self.assertNotContains(page, "确认写入")
        self.assertContains(self.confirmed(page), "没有写入任何改动", status_code=409)

        name = load_dossier(self.report).projects[0].identity.name
        asked = [q.name for table in page.context["taken"].tables for q in table.open]
        answers = dict(zip(asked, (name, "万元"), strict=True))
        page = self.client.post(self.url("upload", page.context["upload"].pk), answers, follow=True)
        self.assertContains(page, "确认写入")
        self.assertContains(page, "Sheet!2")
        self.confirmed(page)
        last = load_dossier(self.report).projects[0].activities[-1]
        assert (last.name, last.amount) == ("安全检测", 15000)

    def test_answers_about_an_upload_that_is_gone_are_told_to_upload_again(self) -> None:
        page = self.client.post(self.url("upload", 1), {"table-0-unit": "万元"})
        self.assertContains(page, "重新上传", status_code=404)

    def test_no_file_and_a_wrong_one_are_refused(self) -> None:
        self.assertContains(self.client.post(self.url("fill")), "✕ 请选择填好的工作簿", status_code=422)
        refused = self.uploaded(b"a,b")
        self.assertContains(refused, "文本文件", status_code=422)
        self.assertContains(refused, 'aria-describedby="workbook-file_error"', status_code=422)

    def test_nothing_new_is_said(self) -> None:
        page = self.uploaded(self.downloaded())
        self.assertContains(page, "没有要写入的改动")
        self.assertContains(self.confirmed(page), "没有要写入的改动", status_code=409)

    def test_one_project_and_an_empty_one(self) -> None:
        key = load_dossier(self.report).projects[0].key
        one = load_workbook(io.BytesIO(self.downloaded(project=key)))
        assert "基本情况" not in one.sheetnames
        empty = load_workbook(io.BytesIO(self.downloaded(empty="")))
        assert empty["项目支出明细测算"].max_row == 2
        assert self.client.get(self.url("fill_download"), {"project": "nothing"}).status_code == 404

    def test_a_submitted_report_takes_none(self) -> None:
        content = edited(self.downloaded(), self.changed)
        page = self.uploaded(content)
        self.set_status(Status.SUBMITTED)
        assert self.uploaded(content).status_code == 409
        assert self.confirmed(page).status_code == 409
        assert self.preparer() != "工作簿填报人"
