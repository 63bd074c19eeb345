"""The saves of a section, and the way back."""

from __future__ import annotations

from typing import Any

from budgets.actions.save_section import current_number, save_section
from budgets.domain.choices import Status
from budgets.models import Report
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section

from .case import EntryCase

PROJECT = "project:general-affairs"


class Versions(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def save(self, key: str, part: str, **values: Any) -> None:
        section = find_section(load_dossier(self.report), key)
        assert section is not None
        content = section.content(load_dossier(self.report))
        content[part] = {**content[part], **values}
        number = current_number(self.report, key)
        save_section(self.report.pk, self.world.preparer, key, number, content)

    def restore(self, key: str, number: int, seen: int) -> Any:
        return self.client.post(self.url("versions", key), {"number": number, "seen": seen})

    def preparer(self) -> str:
        return Report.objects.get(pk=self.report.pk).preparer

    def test_each_save_is_listed_with_what_it_changed(self) -> None:
        self.save("basics", "basics", preparer="甲")
        self.save("basics", "basics", preparer="乙", phone="020-0000-0008")
        page = self.page("versions", "basics")
        self.assertContains(page, "第 2 次保存")
        self.assertContains(page, "<td>甲</td><td>乙</td>", html=False)
        self.assertContains(page, "最初的内容")

    def test_going_back_is_a_save_of_its_own(self) -> None:
        first = self.preparer()
        self.save("basics", "basics", preparer="甲")
        self.save("basics", "basics", preparer="乙")
        self.assertRedirects(self.restore("basics", 1, 2), self.url("section", "basics"))
        assert self.preparer() == "甲"
        self.restore("basics", 0, 3)
        assert self.preparer() == first
        self.restore("basics", 2, 4)
        assert self.preparer() == "乙"
        assert current_number(self.report, "basics") == 5

    def test_a_project_goes_back_with_all_its_rows(self) -> None:
        section = find_section(load_dossier(self.report), PROJECT)
        assert section is not None
        before = section.content(load_dossier(self.report))
        self.save(PROJECT, "activities", activities=[])
        self.save(PROJECT, "goals", goals=[])
        response = self.restore(PROJECT, 0, 2)
        self.assertRedirects(response, self.url("project", "general-affairs"))
        assert section.content(load_dossier(self.report)) == before

    def test_what_somebody_saved_meanwhile_is_not_undone_unseen(self) -> None:
        self.save("basics", "basics", preparer="甲")
        self.save("basics", "basics", preparer="乙")
        self.assertContains(self.restore("basics", 0, 1), "又有人保存过", status_code=409)
        assert self.preparer() == "乙"

    def test_a_save_that_never_was(self) -> None:
        self.save("basics", "basics", preparer="甲")
        for number in (9, -1):
            self.assertContains(self.restore("basics", number, 1), "没有这一次保存", status_code=409)
        assert self.client.get(self.url("versions", "nothing")).status_code == 404

    def test_a_submitted_report_is_not_restored(self) -> None:
        self.save("basics", "basics", preparer="甲")
        self.set_status(Status.SUBMITTED)
        self.assertNotContains(self.page("versions", "basics"), "恢复到这时")
        assert self.restore("basics", 0, 1).status_code == 409
        assert self.preparer() == "甲"

    def test_nothing_saved_yet_says_so(self) -> None:
        self.assertContains(self.page("versions", "staffing"), "还没有保存过")

    def test_the_section_leads_there(self) -> None:
        self.assertContains(self.page("section", "basics"), self.url("versions", "basics"))
        self.assertContains(self.page("project", "general-affairs"), self.url("versions", PROJECT))
