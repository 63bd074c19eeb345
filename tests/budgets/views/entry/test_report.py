"""The overview, publishing, the attached narrative, and answers to comments."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from budgets.actions.comments import add, resolve
from budgets.domain.choices import Status
from budgets.models import Annex, Comment, Publication, Transition, WorkItem

from .case import EntryCase

PDF = b"%PDF-1.4\n%%EOF\n"


class ReportCase(EntryCase):
    def setUp(self) -> None:
        self.enter(self.world.submitter)

    def approve(self) -> None:
        self.set_status(
            Status.APPROVED, approval_number="东财预〔2023〕1号", approval_date=timezone.localdate()
        )


class Overview(ReportCase):
    def test_sections_with_what_is_missing(self) -> None:
        WorkItem.objects.filter(report=self.report).delete()
        page = self.page("report")
        self.assertContains(page, "年度工作任务")
        self.assertContains(page, "待补充")

    def test_the_trail(self) -> None:
        Transition.objects.create(
            report=self.report, verb="open", target=Status.DRAFT, revision=1, user=self.world.preparer
        )
        self.assertContains(self.page("report"), "建立")

    def test_out_of_scope_is_404(self) -> None:
        for user in (self.world.sister_preparer, self.world.reviewer, self.world.foreign_reviewer):
            self.enter(user)
            self.page("report", status=404)

    def test_the_countdown_to_publication(self) -> None:
        self.approve()
        self.assertContains(self.page("report"), "还有 20 天")

    def test_the_contents_name_every_section_and_project(self) -> None:
        page = self.page("report")
        for words in ("基本情况", "12 聘用编外辅助用工人员", "校验与报送", "已填写"):
            self.assertContains(page, words)


class Publishing(ReportCase):
    def publish(self, **data: object):
        return self.client.post(self.url("publish"), {"seen": 0, **data})

    def test_confirmed_by_the_submitter(self) -> None:
        self.approve()
        self.assertContains(self.page("publish"), "确认公开")
        self.assertRedirects(self.publish(seen=self.report.changes), self.url("report"))
        self.assertEqual(Publication.objects.filter(report=self.report).count(), 1)
        self.assertContains(self.page("report"), "打开公开页面")

    def test_not_before_it_is_approved(self) -> None:
        self.assertNotContains(self.page("publish"), "确认公开")
        self.assertEqual(self.publish(seen=self.report.changes).status_code, 409)

    def test_not_by_the_preparer(self) -> None:
        self.approve()
        self.enter(self.world.preparer)
        self.assertNotContains(self.page("publish"), "确认公开")
        self.assertEqual(self.publish(seen=self.report.changes).status_code, 403)
        self.assertFalse(Publication.objects.exists())

    def test_not_what_was_not_seen(self) -> None:
        self.approve()
        for seen in (self.report.changes + 1, "", "x"):
            self.assertEqual(self.publish(seen=seen).status_code, 409)
        self.assertFalse(Publication.objects.exists())


class Narrative(ReportCase):
    def upload(self, content: bytes, name: str = "说明.pdf"):
        return self.client.post(self.url("annex"), {"file": SimpleUploadedFile(name, content)})

    def test_attached_looked_at_and_removed(self) -> None:
        self.assertRedirects(self.upload(PDF), self.url("report"))
        self.assertContains(self.page("report"), "说明.pdf")
        response = self.page("annex_file")
        self.assertEqual(b"".join(response.streaming_content), PDF)
        self.assertIn("attachment", response["Content-Disposition"])
        self.assertRedirects(self.client.post(self.url("annex_remove")), self.url("report"))
        self.page("annex_file", status=404)

    def test_what_is_no_document_is_refused_beside_the_field(self) -> None:
        refused = self.upload(b"hello")
        self.assertContains(refused, "✕ 只能上传", status_code=422)
        self.assertContains(refused, 'aria-describedby="annex-file_error"', status_code=422)
        self.assertContains(self.client.post(self.url("annex")), "请选择附件（docx 或 pdf）", status_code=422)
        self.assertFalse(Annex.objects.exists())

    def test_not_once_it_is_submitted(self) -> None:
        self.set_status(Status.SUBMITTED)
        self.assertEqual(self.upload(PDF).status_code, 409)
        self.assertEqual(self.client.post(self.url("annex_remove")).status_code, 409)
        self.assertNotContains(self.page("report"), 'type="file"')


class Comments(ReportCase):
    def setUp(self) -> None:
        super().setUp()
        self.set_status(Status.RETURNED)
        self.thread = add(self.report, self.world.reviewer, "income", "年初结转从何而来", place="收入表")

    def answer(self, text: str, thread: Comment | None = None):
        return self.client.post(self.url("answer", (thread or self.thread).pk), {"text": text})

    def test_pinned_to_its_section_and_counted(self) -> None:
        self.assertContains(self.page("section", "income"), "年初结转从何而来")
        self.assertNotContains(self.page("section", "basics"), "年初结转从何而来")
        self.assertContains(self.page("report"), "1 条待处理")
        self.assertContains(self.page("report"), f"/income/#comment-{self.thread.pk}")

    def test_answered_where_it_is(self) -> None:
        response = self.answer("上年项目结转")
        self.assertEqual(response["Location"], f"{self.url('section', 'income')}#comment-{self.thread.pk}")
        self.assertContains(self.page("section", "income"), "上年项目结转")

    def test_an_empty_answer_is_refused(self) -> None:
        self.assertContains(self.answer(" "), "请填写答复", status_code=422)

    def test_a_settled_one_keeps_the_answer_that_was_typed(self) -> None:
        resolve(self.thread.pk, self.world.reviewer)
        self.assertContains(self.answer("上年项目结转"), "意见已经解决", status_code=409)

    def test_not_by_another_department(self) -> None:
        self.enter(self.world.sister_preparer)
        self.assertEqual(self.answer("我来答").status_code, 404)

    def test_an_answer_is_no_thread(self) -> None:
        self.answer("上年项目结转")
        reply = Comment.objects.get(parent=self.thread)
        self.assertEqual(self.answer("再答", reply).status_code, 404)
