"""An edited Word document is uploaded: shown first, then taken as a whole, or nothing of it."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from budgets.domain.choices import Status
from budgets.models import LineItem, Rewording
from tests.edited_docx import replaced

from .case import EntryCase

OURS, THEIRS = "编入部门预算", "纳入部门预算管理"


class Edited(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def upload(self, *changes: tuple[str, str], status: int = 200) -> HttpResponse:
        document = self.client.get(self.url("document", "docx")).content
        return self.send(replaced(document, *changes), status)

    def send(self, content: bytes, status: int, name: str = "改过.docx") -> HttpResponse:
        answer = self.client.post(self.url("edited"), {"file": SimpleUploadedFile(name, content)})
        self.assertEqual(answer.status_code, status)
        return answer

    def take(self, page: HttpResponse, status: int = 302) -> HttpResponse:
        answer = self.client.post(self.url("edited_take"), {"token": page.context["token"]})
        self.assertEqual(answer.status_code, status)
        return answer

    def wordings(self) -> list[str]:
        return list(Rewording.objects.values_list("wording", flat=True))

    def test_what_is_as_it_was_says_so(self) -> None:
        self.assertContains(self.upload(), "完全相同")

    def test_another_wording_is_shown_then_taken(self) -> None:
        page = self.upload((OURS, THEIRS))
        self.assertContains(page, "可以采用的改写 1 句")
        self.assertEqual(self.wordings(), [])
        self.take(page)
        self.assertEqual(self.wordings(), [f"〔1〕的全部收入和支出都{THEIRS}。"])
        self.assertContains(self.client.get(self.url("text")), THEIRS)

    def test_taking_twice_is_taking_once(self) -> None:
        page = self.upload((OURS, THEIRS))
        self.take(page)
        self.take(page)
        self.assertEqual(len(self.wordings()), 1)

    def test_the_reworded_document_comes_back_unchanged(self) -> None:
        self.take(self.upload((OURS, THEIRS)))
        self.assertContains(self.upload(), "完全相同")
        page = self.upload((THEIRS, "列入部门预算"))
        self.take(page)
        self.assertEqual(self.wordings(), ["〔1〕的全部收入和支出都列入部门预算。"])

    def test_an_older_file_says_that_it_is_one(self) -> None:
        older = self.client.get(self.url("document", "docx")).content
        self.assertNotContains(self.send(older, 200), "又有变动")
        self.take(self.upload((OURS, THEIRS)))
        self.assertContains(self.send(older, 200), "又有变动")

    def test_another_reports_file_is_refused(self) -> None:
        document = self.client.get(self.url("document", "docx")).content
        other = replaced(document, ("112001-2023-budget", "112001-2024-final"), part="docProps/core.xml")
        self.assertContains(self.send(other, 422), "不是这份编报的文件", status_code=422)

    def test_changed_figures_lead_to_where_they_are_entered(self) -> None:
        page = self.upload(("在职实有40人", "在职实有41人"))
        self.assertContains(page, "到填写的地方")
        self.assertContains(page, "/staffing/#")

    def test_changed_figures_are_named_beside_what_can_be_taken(self) -> None:
        page = self.upload((OURS, THEIRS), ("支出包括：基本支出967.43", "支出包括：基本支出999.99"))
        self.assertContains(page, "“967.43万元”改成了“999.99万元”")
        self.assertContains(page, "可以采用的改写 1 句")
        self.assertContains(page, "不能采用的改动 1 处")

    def test_a_changed_table_is_named_with_its_row(self) -> None:
        page = self.upload(("3,073.53", "3,073.54"))
        self.assertContains(page, "表1 2023年部门收支总表 第")
        self.assertContains(page, "表格由所填数据算出")
        self.assertNotContains(page, "可以采用")

    def test_a_figure_that_moved_meanwhile_stops_all_of_it(self) -> None:
        page = self.upload((OURS, THEIRS), ("年部门收支总预算", "年部门收入和支出的总预算"))
        self.assertContains(page, "可以采用的改写 2 句")
        LineItem.objects.filter(report=self.report, use="project").delete()
        self.take(page, 409)
        self.assertEqual(self.wordings(), [])

    def test_a_rewording_made_meanwhile_is_not_replaced_unseen(self) -> None:
        first, second = self.upload((OURS, THEIRS)), self.upload((OURS, "列入部门预算"))
        self.take(first)
        self.take(second, 409)
        self.assertEqual(self.wordings(), [f"〔1〕的全部收入和支出都{THEIRS}。"])

    def test_what_is_no_word_document_is_refused_at_the_field(self) -> None:
        for content, said in (
            (b"x", "docx"),
            (b"", "空"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ):
            self.assertContains(self.send(content, 422), said, status_code=422)
        self.assertEqual(self.client.post(self.url("edited")).status_code, 422)

    def test_a_token_of_another_report_is_refused(self) -> None:
        page = self.upload((OURS, THEIRS))
        for token in ("", "nonsense", page.context["token"][:-2] + "xx"):
            answer = self.client.post(self.url("edited_take"), {"token": token})
            self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.wordings(), [])

    def test_a_token_is_its_persons(self) -> None:
        page = self.upload((OURS, THEIRS))
        self.enter(self.world.submitter)
        self.take(page, 422)
        self.assertEqual(self.wordings(), [])

    def test_a_file_that_is_much_longer_is_refused(self) -> None:
        document = self.client.get(self.url("document", "docx")).content
        more = "".join(f"<w:p><w:r><w:t>第 {number} 行</w:t></w:r></w:p>" for number in range(3000))
        longer = replaced(document, ("<w:body>", f"<w:body>{more}"))
        self.assertContains(self.send(longer, 422), "长得多", status_code=422)

    def test_a_changed_footer_is_named(self) -> None:
        document = self.client.get(self.url("document", "docx")).content
        changed = replaced(document, (">— <", ">内部 — <"), part="word/footer1.xml")
        self.assertContains(self.send(changed, 200), "页眉页脚")

    def test_a_report_under_review_takes_nothing(self) -> None:
        page = self.upload((OURS, THEIRS))
        self.report.status = Status.ARCHIVED
        self.report.save()
        self.take(page, 409)
        self.upload(status=409)
        self.assertEqual(self.wordings(), [])

    def test_out_of_scope(self) -> None:
        page = self.upload((OURS, THEIRS))
        token = page.context["token"]
        self.enter(self.world.sister_preparer)
        self.page("edited", status=404)
        self.assertEqual(self.client.post(self.url("edited_take"), {"token": token}).status_code, 404)
