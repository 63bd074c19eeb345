"""What happened in the database of a dump: the samples, and one department's story told through the actions."""

from __future__ import annotations

import io
from datetime import date

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from budgets.actions.annex import attach
from budgets.actions.approve import approve
from budgets.actions.checklist import Verdict, judge_points
from budgets.actions.comments import add, answer, resolve
from budgets.actions.correct import correct
from budgets.actions.drafts import keep_draft
from budgets.actions.explain import explain
from budgets.actions.pass_review import pass_review
from budgets.actions.projects import add as add_project
from budgets.actions.publish import publish
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.save_section import current_number, save_section
from budgets.actions.submit import submit
from budgets.actions.waive import waive
from budgets.actions.withdraw import withdraw
from budgets.domain.dossier import PROJECT
from budgets.domain.profile import get_profile
from budgets.models import Report
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier, load_section
from tests.controls import controls
from tests.pdf import pdf


def tell_story() -> None:
    """The samples; a correction that withholds a project, returned once; an approval that waits; a withdrawal;
    a budget being entered, with a draft."""
    call_command("load_samples", stdout=io.StringIO())
    correct_and_publish_again()
    approve_and_wait()
    withdraw_one()
    go_on_entering()


def user(name: str) -> User:
    return User.objects.get(username=name)


def report(code: str, year: int, kind: str) -> Report:
    return Report.objects.get(department__code=code, fiscal_year__year=year, kind=kind)


def correct_and_publish_again() -> None:
    key = ("112001", 2023, "budget")
    correct(report(*key).pk, user("pifu"), report(*key).changes, "一项支出不宜公开，电话有误")
    withhold_smallest(report(*key))
    change_basics(report(*key), phone="027-00000000")
    attach(report(*key).pk, user("tianbao"), SimpleUploadedFile("说明.pdf", pdf("Our work in that year.")))
    submit_explained(report(*key))
    thread = add(report(*key), user("chushen"), "basics", "请核对联系电话")
    add(report(*key), user("chushen"), "expenditure", "此处已核对", "T05/total/total", "表5 合计")
    waive(report(*key).pk, user("chushen"), "TXT-1", "口径不同")
    return_for_changes(report(*key).pk, user("chushen"), report(*key).changes, "请核对联系电话后再报")
    change_basics(report(*key), phone="027-11111111")
    answer(thread.pk, user("tianbao"), "已改")
    submit_explained(report(*key))
    resolve(thread.pk, user("chushen"))
    approve_all(report(*key), "更正：一项支出不宜公开")

    publish(report(*key).pk, user("baosong"), report(*key).changes)


def approve_and_wait() -> None:
    """Final accounts that are approved again and not yet published."""
    key = ("112001", 2024, "final")
    correct(report(*key).pk, user("pifu"), report(*key).changes, "地址有误")
    change_basics(report(*key), address="东西湖区一号路 1 号")
    submit_explained(report(*key))
    approve_all(report(*key), None)


def withdraw_one() -> None:
    withdraw(report("112001", 2023, "budget").pk, user("pifu"), 1, "含有不宜公开的项目")


def go_on_entering() -> None:
    """The open budget: a saved section, an added project, a draft, a comment of its own people."""
    now = report("112001", 2025, "budget")
    change_basics(now, phone="027-22222222")
    add_project(now.pk, user("tianbao"), {"name": "数据治理经费", "category": "specific"})
    add(now, user("baosong"), "staffing", "人数待定")
    client = Client()
    client.force_login(user("tianbao"))
    page = client.get(f"/entry/{now.pk}/staffing/", SERVER_NAME="localhost")
    typed = controls(page.content.decode(), "section-form")
    keep_draft(now.pk, user("tianbao"), "staffing", [(n, typed.getlist(n)) for n in typed])


def withhold_smallest(budget: Report) -> None:
    smallest = min(load_dossier(budget).projects, key=lambda project: project.amount)
    section = PROJECT + smallest.key
    stored = load_section(budget, section)
    assert stored is not None
    content = {**stored.content, "identity": {**stored.content["identity"], "disclosure": "withheld"}}
    save_section(budget.pk, user("tianbao"), section, current_number(budget, section), content)


def change_basics(of: Report, **values: str) -> None:
    stored = load_section(of, "basics")
    assert stored is not None
    content = {**stored.content, "basics": {**stored.content["basics"], **values}}
    save_section(of.pk, user("tianbao"), "basics", current_number(of, "basics"), content)


def submit_explained(of: Report) -> None:
    """Every warning explained, then 报送."""
    found = judge(of, load_dossier(of))
    assert not found.errors, [(e.rule, e.message) for e in found.errors]
    for warning in found.unexplained:
        explain(of.pk, user("tianbao"), *warning.point, "按实际情况编列")
    now = Report.objects.get(pk=of.pk)
    submit(now.pk, user("baosong"), now.changes)


def approve_all(of: Report, reason: str | None) -> None:
    """初审 with every point met, then 批复."""

    def now() -> Report:
        return Report.objects.get(pk=of.pk)

    points = {key: Verdict(True) for key, _ in get_profile(of.profile_key).checklist}
    judge_points(of.pk, user("chushen"), now().changes, points)
    pass_review(of.pk, user("chushen"), now().changes)
    number = f"东财预〔{of.year}〕12 号"
    approve(of.pk, user("pifu"), now().changes, number, date.today(), published_reason=reason)
