"""Sections: what they show, and every way in which saving one may end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from budgets.actions.save_section import save_section
from budgets.domain.choices import Status
from budgets.models import Report, SectionVersion
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section, report_sections

from .case import EntryCase, form_of

SECTIONS = [section.key for section in report_sections("dongxihu_2023")]


class SectionCase(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def content(self, key: str) -> dict:
        dossier = load_dossier(self.report)
        section = find_section(dossier, key)
        assert section is not None
        return section.content(dossier)

    def post(self, key: str, data: dict, **extra: str):
        return self.client.post(self.url("section", key), {**data, **extra})


class Showing(SectionCase):
    def test_every_section_has_a_page(self) -> None:
        for key in SECTIONS:
            with self.subTest(key):
                response = self.page("section", key)
                self.assertContains(response, "保存并继续")

    def test_a_section_that_the_profile_has_not_is_404(self) -> None:
        self.page("section", "nothing", status=404)

    def test_a_sisters_preparer_finds_nothing(self) -> None:
        self.enter(self.world.sister_preparer)
        self.page("section", "basics", status=404)

    def test_controls_carry_the_ids_that_findings_name(self) -> None:
        line = self.content("income")["income"]["lines"][0]["key"]
        self.assertContains(self.page("section", "income"), f'id="f-income-{line}-amount"')
        self.assertContains(self.page("section", "staffing"), 'id="f-staffing-institution-filled"')
        self.assertContains(self.page("section", "explanations"), 'id="f-explanations-basic-text"')

    def test_amounts_are_in_the_unit_of_the_session(self) -> None:
        self.assertContains(self.page("section", "income"), 'value="3073.53"')
        self.client.post("/entry/unit/", {"unit": "yuan"})
        self.assertContains(self.page("section", "income"), 'value="30735300.00"')

    def test_what_is_missing_is_said(self) -> None:
        Report.objects.filter(pk=self.report.pk).update(preparer="")
        self.assertContains(self.page("section", "basics"), "还缺：填报人")

    def test_derived_closing_by_fund(self) -> None:
        self.assertContains(self.page("section", "income"), "结转下年（由已保存的数据算出）")

    def test_expenditure_sums(self) -> None:
        page = self.page("section", "expenditure")
        for figure in ("849.86", "117.57", "967.43"):
            self.assertContains(page, f">{figure}</output>")

    def test_every_headline_figure_beside_last_year(self) -> None:
        page = self.page("section", "explanations")
        for figure in ("3,073.53", "4,787.76", "-1,714.23", "-35.80%"):
            self.assertContains(page, figure)


IMPORTED = re.compile(r"""(?:from|import)\s+"\./(\w+\.js)\"""")


def modules_of(name: str, found: set[str] | None = None) -> set[str]:
    """The scripts that ``name`` brings along, itself too."""
    found = set() if found is None else found
    if name not in found:
        found.add(name)
        text = (Path(settings.BASE_DIR) / "static" / "js" / name).read_text(encoding="utf-8")
        for imported in IMPORTED.findall(text):
            modules_of(imported, found)
    return found


class Scripts(SectionCase):
    def test_a_page_asks_for_all_its_modules_at_once(self) -> None:
        for key in SECTIONS:
            page = self.page("section", key).content.decode()
            asked = set(re.findall(r'rel="modulepreload" href="/static/js/(\w+\.js)"', page))
            run = set(re.findall(r'<script type="module" src="/static/js/(\w+\.js)"', page))
            assert {"section.js", "entry.js"} <= run
            assert asked == set().union(*map(modules_of, run)), key

    def test_a_page_loads_the_modules_of_what_it_edits_alone(self) -> None:
        assert "expenditure.js" in self.page("section", "expenditure").content.decode()
        assert "indicators.js" in self.page("section", "goals").content.decode()
        staffing = self.page("section", "staffing").content.decode()
        for name in ("expenditure.js", "goals.js", "indicators.js", "evaluation.js"):
            assert name not in staffing


class Saving(SectionCase):
    def test_saving_an_untouched_page_changes_no_figure(self) -> None:
        """Whatever a page shows, it gives back: for every section, in both units."""
        before = {key: self.content(key) for key in SECTIONS}
        for unit in ("wan", "yuan"):
            self.client.post("/entry/unit/", {"unit": unit})
            for key in SECTIONS:
                with self.subTest(key=key, unit=unit):
                    response = self.post(key, form_of(self.page("section", key)))
                    self.assertRedirects(response, self.url("section", key), fetch_redirect_response=False)
                    self.assertEqual(_figures(self.content(key)), _figures(before[key]))

    def test_a_change_is_stored_with_a_version(self) -> None:
        form = form_of(self.page("section", "basics"))
        response = self.post("basics", form, **{"basics-preparer": "王小明"})
        self.assertRedirects(response, self.url("section", "basics"))
        self.assertEqual(self.content("basics")["basics"]["preparer"], "王小明")
        version = SectionVersion.objects.filter(section="basics").latest("number")
        self.assertEqual(version.user, self.world.preparer)
        self.assertEqual(version.content["basics"]["preparer"], "王小明")

    def test_save_and_go_on_leads_to_the_next_section(self) -> None:
        for key, target in pairwise(SECTIONS):
            form = form_of(self.page("section", key))
            expected = self.url("projects") if key == "expenditure" else self.url("section", target)
            self.assertEqual(self.post(key, form, next="1")["Location"], expected)
        form = form_of(self.page("section", SECTIONS[-1]))
        self.assertEqual(self.post(SECTIONS[-1], form, next="1")["Location"], self.url("check"))

    def test_a_row_is_added_in_the_blank_one(self) -> None:
        form = form_of(self.page("section", "basics"))
        blank = max(
            int(name.split("-")[1]) for name in form if name.startswith("duties-") and name.endswith("-key")
        )
        self.post("basics", form, **{f"duties-{blank}-text": "联系高校"})
        self.assertEqual(self.content("basics")["basics"]["duties"][-1]["text"], "联系高校")

    def test_a_row_command_saves_nothing(self) -> None:
        form = form_of(self.page("section", "basics"))
        response = self.post("basics", form, command="duties-0-delete", **{"basics-preparer": "王小明"})
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "data-unsaved")
        self.assertEqual(form_of(response)["basics-preparer"], ["王小明"])
        self.assertNotEqual(self.content("basics")["basics"]["preparer"], "王小明")

    def test_amounts_are_read_in_the_unit_of_the_page(self) -> None:
        form = form_of(self.page("section", "income"))
        self.post("income", form, **{"income-0-amount": "3,100.5"})
        self.assertEqual(self.content("income")["income"]["lines"][0]["amount"], "31005000.00")

    def test_three_public_counts_and_assets(self) -> None:
        form = form_of(self.page("section", "matters"))
        self.post("matters", form, **{"three_public-vehicles_held": "2", "assets-0-quantity": "2"})
        content = self.content("matters")
        self.assertEqual(content["three_public"]["vehicles_held"], 2)
        self.assertEqual(content["assets"]["holdings"][0]["quantity"], 2)

    def test_a_reason_and_a_restated_figure(self) -> None:
        form = form_of(self.page("section", "explanations"))
        posted = {
            "explanations-basic-text": "人员增加",
            "restated-total-amount": "4000",
            "restated-total-reason": "划转",
        }
        self.post("explanations", form, **posted)
        content = self.content("explanations")
        reasons = {reason["figure"]: reason["text"] for reason in content["explanations"]["reasons"]}
        self.assertEqual(reasons["basic"], "人员增加")
        restated = {"figure": "total", "amount": "40000000.00", "reason": "划转"}
        self.assertEqual(
            [row for row in content["restated"]["figures"] if row["figure"] == "total"], [restated]
        )
        self.assertContains(self.page("section", "explanations"), "公开数 4,787.76")


class Refusing(SectionCase):
    def test_what_cannot_be_read_is_said_beside_it_and_kept(self) -> None:
        form = form_of(self.page("section", "income"))
        response = self.post("income", form, **{"income-0-amount": "25万", "income-0-remark": "新的备注"})
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "没有保存", status_code=422)
        self.assertContains(response, "应为 25", status_code=422)
        again = form_of(response)
        self.assertEqual(again["income-0-amount"], ["25万"])
        self.assertEqual(again["income-0-remark"], ["新的备注"])
        self.assertEqual(self.content("income")["income"]["lines"][0]["amount"], "30735300.00")

    def test_a_restated_amount_is_needed_beside_its_reason(self) -> None:
        form = form_of(self.page("section", "explanations"))
        response = self.post("explanations", form, **{"restated-total-reason": "划转"})
        self.assertContains(response, "请填写调整后的金额", status_code=422)

    def test_what_is_refused_does_not_say_what_an_earlier_save_whose_answer_was_lost_would_have_said(
        self,
    ) -> None:
        form = form_of(self.page("section", "income"))
        saved = self.post("income", form, **{"income-0-remark": "新的备注"})
        self.assertEqual(saved.status_code, 302)
        refused = self.post("income", form, **{"income-0-remark": "更新的备注", "income-0-amount": "25万"})
        self.assertNotContains(refused, "note-success", status_code=422)
        self.assertNotContains(self.page("section", "income"), "note-success")

    def test_a_draft_that_is_gone_on_with_does_not_say_that_it_is_saved(self) -> None:
        form = form_of(self.page("section", "income"))
        self.post("income", form, **{"income-0-amount": "25万"})
        self.post("basics", form_of(self.page("section", "basics")))
        page = self.client.get(f"{self.url('section', 'income')}?draft=")
        self.assertContains(page, "还没有保存")
        self.assertNotContains(page, "note-success")

    def test_a_locked_report_shows_values_and_saves_nothing(self) -> None:
        form = form_of(self.page("section", "basics"))
        self.set_status(Status.SUBMITTED)
        response = self.post("basics", form, **{"basics-preparer": "王小明"})
        self.assertContains(response, "不能修改", status_code=409)
        self.assertContains(response, "王小明", status_code=409)
        self.assertNotEqual(self.content("basics")["basics"]["preparer"], "王小明")
        page = self.page("section", "basics")
        self.assertContains(page, "编报已报送")
        self.assertNotContains(page, "保存并继续")
        self.assertNotContains(page, 'name="basics-preparer"')

    def test_an_archived_report_can_be_read(self) -> None:
        self.set_status(Status.ARCHIVED)
        for key in SECTIONS:
            self.assertContains(self.page("section", key), "历史数据")

    def test_a_version_that_never_was_is_refused_with_all_that_was_typed(self) -> None:
        form = form_of(self.page("section", "basics"))
        response = self.post("basics", form, base="77", **{"basics-preparer": "王小明"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(form_of(response)["basics-preparer"], ["王小明"])

    def test_a_post_with_fields_left_out_never_breaks_a_page(self) -> None:
        for key in SECTIONS:
            names = sorted(form := form_of(self.page("section", key)))
            for turn in range(4):
                data = {name: form[name] for n, name in enumerate(names) if n % 4 != turn}
                with self.subTest(key=key, turn=turn):
                    response = self.post(key, data, base=form["base"][0])
                    self.assertIn(response.status_code, (302, 409, 422))

    def test_only_post_and_get(self) -> None:
        self.assertEqual(self.client.delete(self.url("section", "basics")).status_code, 405)


class TwoPeople(SectionCase):
    """The preparer has the page open while the submitter saves the same section."""

    def save_by_submitter(self, **changes: str) -> None:
        content = self.content("basics")
        content["basics"] |= changes
        number = SectionVersion.objects.filter(report=self.report, section="basics").count()
        save_section(self.report.pk, self.world.submitter, "basics", max(number - 1, 0), content)

    def test_different_fields_are_merged(self) -> None:
        form = form_of(self.page("section", "basics"))
        self.save_by_submitter(phone="027-1")
        response = self.client.post(
            self.url("section", "basics"), {**form, "basics-preparer": "王小明"}, follow=True
        )
        self.assertContains(response, "已保存，并合并了他人刚才的修改")
        self.assertNotContains(response, "行的顺序")
        self.assertEqual(self.content("basics")["basics"]["phone"], "027-1")
        self.assertEqual(self.content("basics")["basics"]["preparer"], "王小明")

    def duties(self) -> list[str]:
        return [row["text"] for row in self.content("basics")["basics"]["duties"]]

    def save_duties(self, number: int, order: Sequence[int]) -> None:
        """Three duties, or the ones that there are in another order, as they are saved then."""
        content = self.content("basics")
        rows = content["basics"]["duties"] if number else [{"text": text} for text in "甲乙丙"]
        content["basics"]["duties"] = [rows[place] for place in order]
        save_section(self.report.pk, self.world.submitter, "basics", number, content)

    def up(self, form: dict, row: int) -> dict:
        """The form with that row of the duties moved up by its button, which saves nothing."""
        return dict(form_of(self.post("basics", form, command=f"duties-{row}-up")))

    def test_rows_that_the_other_moved_stay_moved(self) -> None:
        self.save_duties(0, (0, 1, 2))
        form = form_of(self.page("section", "basics"))
        self.save_duties(1, (2, 0, 1))
        response = self.client.post(
            self.url("section", "basics"), {**form, "basics-preparer": "王小明"}, follow=True
        )
        self.assertContains(response, "已保存，并合并了他人刚才的修改")
        self.assertNotContains(response, "行的顺序")
        self.assertEqual(self.duties(), ["丙", "甲", "乙"])
        self.assertEqual(self.content("basics")["basics"]["preparer"], "王小明")

    def test_where_both_moved_rows_the_saver_is_told_whose_order_stands(self) -> None:
        self.save_duties(0, (0, 1, 2))
        form = self.up(form_of(self.page("section", "basics")), 1)
        self.save_duties(1, (2, 0, 1))
        response = self.client.post(self.url("section", "basics"), form, follow=True)
        self.assertContains(response, "已保存，并合并了他人刚才的修改；行的顺序双方都改过，按本次保存的顺序")
        self.assertEqual(self.duties(), ["乙", "甲", "丙"])

    def test_beside_a_conflict_too(self) -> None:
        self.save_duties(0, (0, 1, 2))
        form = self.up(form_of(self.page("section", "basics")), 1)
        self.save_duties(1, (2, 0, 1))
        self.save_by_submitter(preparer="李强")
        response = self.post("basics", form, **{"basics-preparer": "王小明"})
        self.assertContains(response, "<li>行的顺序双方都改过，按本次保存的顺序</li>", status_code=409)
        self.assertContains(response, "对方改为：李强", status_code=409)

    def test_ones_own_other_window_is_nobody_else(self) -> None:
        form = form_of(self.page("section", "basics"))
        other = form_of(self.page("section", "basics"))
        self.post("basics", other, **{"basics-phone": "027-1"})
        answer = self.client.post(
            self.url("section", "basics"), {**form, "basics-preparer": "王小明"}, follow=True
        )
        self.assertContains(answer, "已保存，并合并了另一窗口的修改")
        self.assertNotContains(answer, "他人")
        refused = self.post("basics", form, **{"basics-phone": "027-2"})
        self.assertContains(refused, "您的另一窗口在", status_code=409)
        self.assertContains(refused, "另一窗口改为：027-1", status_code=409)

    def test_the_same_field_shows_both_values_and_loses_nothing(self) -> None:
        form = form_of(self.page("section", "basics"))
        self.save_by_submitter(preparer="李强", postcode="430000")
        response = self.post("basics", form, **{"basics-preparer": "王小明", "basics-phone": "027-2"})
        self.assertEqual(response.status_code, 409)
        for words in ("没有保存", "对方改为：李强", "您填写：王小明"):
            self.assertContains(response, words, status_code=409)
        again = form_of(response)
        self.assertEqual(again["basics-preparer"], ["王小明"])
        self.assertEqual(again["basics-phone"], ["027-2"])
        self.assertEqual(again["basics-postcode"], ["430000"])
        self.assertEqual(self.content("basics")["basics"]["preparer"], "李强")
        self.assertEqual(self.post("basics", again).status_code, 302)
        self.assertEqual(self.content("basics")["basics"]["preparer"], "王小明")
        self.assertEqual(self.content("basics")["basics"]["postcode"], "430000")


@pytest.mark.parametrize("profile", ["wuchang_2022"])
@pytest.mark.django_db
def test_the_sections_of_another_locality(client, profile: str) -> None:
    from tests.factories import make_report, make_world

    world = make_world(2022, profile)
    report = make_report(world)
    client.force_login(world.preparer)
    for section in report_sections(profile):
        assert client.get(f"/entry/{report.pk}/{section.key}/").status_code == 200
    page = client.get(f"/entry/{report.pk}/matters/").content.decode()
    assert "机要通信用车" in page
    assert "工勤编制" in client.get(f"/entry/{report.pk}/staffing/").content.decode()


def _figures(content: dict) -> dict:
    """Content without fixed rows that say nothing: a category without posts may be left out."""
    posts = content.get("staffing", {}).get("posts", [])
    if posts:
        content = {**content, "staffing": {**content["staffing"], "posts": [p for p in posts if len(p) > 1]}}
    return content
