"""What was approved is what is published, and nothing else can get in between."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.actions.adopt import adopt
from budgets.actions.annex import attach, detach
from budgets.actions.base import ActionRefused, Stale
from budgets.actions.correct import correct
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.revoke import revoke
from budgets.actions.withdraw import withdraw
from budgets.disclosure.publication import StoredContent, public_content
from budgets.domain.choices import Status
from budgets.models import ApprovedContent, LineItem, Publication, Report, RuleSetting, Submission
from budgets.review.blockers import obstacles_of
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier
from budgets.storage.sources import standing_of
from tests.budgets.actions.test_annex import docx
from tests.project_years import document, freeze, project
from tests.small_year import YEAR, small_year

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


def upload(name="说明.pdf"):
    return SimpleUploadedFile(name, PDF)


def last(report) -> Publication:
    return report.publications.order_by("-revision").first()


def shown(report) -> tuple:
    """All that is shown of what would be published, bytes included, but for the manifest, made with the approval."""
    return said(public_content(Report.objects.get(pk=report.pk)))


def published(report) -> tuple:
    return said(StoredContent(report, last(report)))


def said(content) -> tuple:
    files = [(f.name, f.title, f.sha256, f.read()) for f in content.files if f.format != "manifest"]
    return content.digest, content.sheets, content.summary, content.difference, content.narrative, files


def test_what_is_shown_before_approval_is_published_whatever_happens_to_rows_and_names():
    year = small_year()
    attach(year.budget.pk, year.world.preparer, upload())
    year.submit(year.budget)
    year.pass_review(year.budget)
    seen = shown(year.budget)
    year.approve(year.budget, digest=seen[0])
    LineItem.objects.update(amount=1)
    year.world.department.name = "改名后的中心"
    year.world.department.save()
    assert shown(year.budget) == seen
    year.publish(year.budget)
    assert published(year.budget) == seen
    assert not ApprovedContent.objects.exists()


def test_what_was_not_shown_is_not_approved():
    year = small_year()
    year.submit(year.budget)
    year.pass_review(year.budget)
    digest = public_content(year.current(year.budget)).digest
    year.world.department.name = "改名后的中心"
    year.world.department.save()
    assert "在打开之后有变动" in year.refused(year.approve, year.budget, digest=digest)
    assert "在打开之后有变动" in year.refused(year.approve, year.budget, digest="")
    year.approve(year.budget, digest=public_content(year.current(year.budget)).digest)


def test_attaching_is_a_change_and_is_over_with_the_submission():
    year = small_year()
    before = year.current(year.budget).changes
    attach(year.budget.pk, year.world.preparer, upload())
    assert year.current(year.budget).changes == before + 1
    year.submit(year.budget)
    for walk in (lambda: None, lambda: year.pass_review(year.budget), lambda: year.approve(year.budget)):
        walk()
        with pytest.raises(Stale, match="随编报一起报送"):
            attach(year.budget.pk, year.world.preparer, upload())
        with pytest.raises(Stale):
            detach(year.budget.pk, year.world.preparer)


def test_revoking_forgets_what_was_approved():
    year = small_year()
    year.to_approved(year.budget)
    revoke(year.budget.pk, year.world.approver, year.current(year.budget).changes, "要改")
    assert not ApprovedContent.objects.exists()
    LineItem.objects.filter(report=year.budget).update(amount=700_000)
    year.to_published(year.budget)
    assert "700000.00" in str(last(year.budget).dossier)


# --- sources --------------------------------------------------------------------------------------


def final_year():
    return small_year(
        project("a", "500000.00", name="日常业务"),
        final=(project("a", "480000.00", adjusted="500000.00", name="日常业务"),),
    )


def initial(report) -> str:
    """The initial budget that the report reads."""
    return str(load_dossier(Report.objects.get(pk=report.pk)).budget.ledger.total())


def test_a_submitted_report_keeps_the_budget_that_it_was_submitted_with():
    year = final_year()
    year.submit(year.final)
    revoke(year.budget.pk, year.world.approver, year.current(year.budget).changes, "要改")
    LineItem.objects.filter(report=year.budget).update(amount=700_000)
    assert initial(year.final) == "500000.00"
    (moved,) = standing_of(year.current(year.final)).moved
    assert moved == "2023 年部门预算报送时是已批复，现在退回修改（已退回）"
    assert "退回部门，核对后重新报送" in year.refused(year.pass_review, year.final)
    return_for_changes(year.final.pk, year.world.reviewer, year.current(year.final).changes, "预算变了")
    assert initial(year.final) == "700000.00", "while it is entered it reads what there is"
    assert "数字还会变" in year.refused(year.submit, year.final)
    year.to_published(year.budget)
    year.to_published(year.final)
    assert (
        last(year.final).full_dossier["budget"]["projects"][0]["activities"]["activities"][0]["lines"][0][
            "amount"
        ]
        == "700000.00"
    )


def test_a_budget_that_is_published_as_it_was_approved_has_not_moved():
    year = final_year()
    year.submit(year.final)
    year.publish(year.budget)
    assert standing_of(year.current(year.final)).moved == []
    year.pass_review(year.final)
    year.approve(year.final)


def test_an_approved_report_publishes_what_was_approved_when_its_budget_is_corrected():
    year = final_year()
    year.publish(year.budget)
    year.to_approved(year.final)
    seen = shown(year.final)
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "金额有误")
    LineItem.objects.filter(report=year.budget).update(amount=700_000)
    assert standing_of(year.current(year.final)).moved == [], "the first revision stands"
    year.to_published(year.budget)
    assert standing_of(year.current(year.final)).moved == [
        "2023 年部门预算报送时是公开第 1 版，现在是公开第 2 版"
    ]
    year.publish(year.final)
    assert published(year.final) == seen


def test_what_the_corrected_budget_withholds_is_not_published_by_the_final_accounts():
    year = final_year()
    year.publish(year.budget)
    year.to_approved(year.final)
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "金额有误")
    year.budget.applications.update(disclosure="withheld")
    year.to_published(year.budget)
    assert "“日常业务”在已公开的 2023 年部门预算中不予公开" in year.refused(year.publish, year.final)
    assert year.current(year.final).status == Status.APPROVED


def test_an_archived_year_that_is_adopted_again_has_moved():
    year = small_year()
    year.submit(year.budget)
    adopt(document(YEAR - 1, project("a", "310000.00", name="旧年业务")), Status.ARCHIVED)
    assert standing_of(year.current(year.budget)).moved == ["2022 年部门预算报送时是历史，现在已改动（历史）"]
    before = load_dossier(year.current(year.budget)).previous
    assert str(before.ledger.total()) == "300000.00"


def test_a_source_that_appears_later_is_told():
    year = small_year()
    year.submit(year.budget)
    adopt(document(YEAR - 2, project("a", "1.00")), Status.ARCHIVED)
    assert standing_of(year.current(year.budget)).moved == [
        "报送之后有了2021 年部门预算（历史），报送时还没有"
    ]


def test_what_is_read_of_others_is_written_down_with_the_submission():
    year = final_year()
    year.publish(year.budget)
    year.submit(year.final)
    submission = Submission.objects.get(report=year.final)
    assert [(s["kind"], s["year"], s["publication"] is not None) for s in submission.sources] == [
        ("budget", 2023, True)
    ]
    assert submission.contents == {}, "a publication stands: it is not copied"


# --- withholding ----------------------------------------------------------------------------------

SECRET = "专班联络保障经费"


def hidden(name=SECRET, key="0f8fad5bd9cb469fa16570867728950e", amount="7919113.37", disclosure="withheld"):
    return project(key, amount, name=name, disclosure=disclosure)


def correcting_with_a_secret(reason="金额有误"):
    """Published with everything, then opened for a correction in which one project is withheld."""
    year = small_year(project("a", "500000.00", name="日常业务"), hidden(disclosure="full"))
    year.to_published(year.budget)
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, reason)
    year.budget.applications.filter(name=SECRET).update(disclosure="withheld")
    return year


def public_text(report) -> str:
    publication = last(report)
    fields = (
        publication.dossier,
        publication.sheets,
        publication.summary,
        publication.difference,
        publication.narrative,
    )
    return str([*fields, publication.reason, [file.name + file.title for file in publication.files.all()]])


def test_a_correction_that_withholds_a_project_does_not_name_it():
    year = correcting_with_a_secret()
    year.to_published(year.budget)
    text = public_text(year.budget)
    for token in (SECRET, hidden()["key"]):
        assert token not in text
        assert token in str(Publication.objects.get(report=year.budget, revision=1).dossier)


def test_the_reason_of_a_correction_is_searched_and_can_be_written_again():
    year = correcting_with_a_secret(reason=f"{SECRET}改为不予公开")
    year.submit(year.budget)
    year.pass_review(year.budget)
    assert "请改写" in year.refused(year.approve, year.budget)
    assert "请填写更正原因" in year.refused(year.approve, year.budget, published_reason=" ")
    year.approve(year.budget, published_reason="一个项目改为不予公开")
    year.publish(year.budget)
    assert last(year.budget).reason == "一个项目改为不予公开"
    assert SECRET not in public_text(year.budget)


def test_a_text_that_names_it_is_not_submitted():
    year = small_year(project("a", "500000.00", name="日常业务", reason="配合专班 联络“保障”经费"), hidden())
    assert SECRET in year.refused(year.submit, year.budget)


def test_an_attached_document_that_names_it_is_not_submitted():
    year = small_year(project("a", "500000.00", name="日常业务"), hidden())
    content = words_in_a_docx("本年安排<w:r>专班联络</w:r><w:r>保障经费</w:r>若干")
    attach(year.budget.pk, year.world.preparer, SimpleUploadedFile("说明.docx", content))
    assert SECRET in year.refused(year.submit, year.budget)
    attach(year.budget.pk, year.world.preparer, SimpleUploadedFile("说明.docx", words_in_a_docx("本年工作")))
    year.submit(year.budget)


def words_in_a_docx(words: str) -> bytes:
    return docx({"word/document.xml": f"<w:document><w:p>{words}</w:p></w:document>".encode()})


def test_a_submitted_report_is_judged_by_the_rules_it_was_submitted_under():
    year = small_year()
    year.submit(year.budget)
    assert judge(year.current(year.budget), load_dossier(year.budget)).findings == ()
    RuleSetting.objects.update(applies=True)
    report = year.current(year.budget)
    assert standing_of(report).rules_moved
    assert judge(report, load_dossier(report)).findings == ()
    return_for_changes(report.pk, year.world.reviewer, report.changes, "请改")
    report = year.current(year.budget)
    assert not standing_of(report).rules_moved
    assert judge(report, load_dossier(report)).errors


def test_what_stands_in_last_years_texts_alone_holds_nothing_up():
    adopt_before = document(YEAR - 1, project("a", "300000.00", name="旧年业务", reason=f"配合{SECRET}"))
    year = small_year(project("a", "500000.00", name="日常业务"), hidden())
    adopt(adopt_before, Status.ARCHIVED)
    year.to_published(year.budget)
    assert SECRET not in public_text(year.budget).replace(str(last(year.budget).dossier["earlier"]), "")


def test_what_a_later_year_withholds_is_not_published_by_an_earlier_one():
    year = small_year(project("a", "500000.00", name="日常业务"), hidden(disclosure="full"))
    later = adopt(document(YEAR + 1, hidden()), Status.ARCHIVED)
    Report.objects.filter(pk=later.pk).update(status=Status.PUBLISHED)
    freeze(Report.objects.get(pk=later.pk), None)
    assert "2024 年部门预算中不予公开" in year.refused(year.submit, year.budget)


def test_the_bureau_can_judge_a_word_itself():
    year = small_year(project("a", "500000.00", name="日常业务", reason=f"配合{SECRET}"), hidden())
    year.refused(year.submit, year.budget)
    RuleSetting.objects.create(fiscal_year=year.world.year, rule="DIS-2", applies=False, reason="是常用词")
    year.submit(year.budget)


def test_a_difference_from_a_withdrawn_revision_is_not_shown(client):
    year = small_year(project("a", "500000.00", name="日常业务", reason="用别的话说的事"))
    year.to_published(year.budget)
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "金额有误")
    year.budget.applications.update(change_reason="改写之后")
    year.to_published(year.budget)
    address = "/2023/112001/budget/"
    assert "用别的话说的事" in client.get(address).content.decode()
    withdraw(year.budget.pk, year.world.approver, 1, "不该公开")
    assert "用别的话说的事" not in client.get(address).content.decode()
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "再改")
    year.submit(year.budget)
    assert public_content(year.current(year.budget)).last.revision == 2


def test_a_rewritten_reason_outlives_a_revoked_approval():
    year = correcting_with_a_secret(reason=f"{SECRET}改为不予公开")
    year.submit(year.budget)
    year.pass_review(year.budget)
    year.approve(year.budget, published_reason="一个项目改为不予公开")
    revoke(year.budget.pk, year.world.approver, year.current(year.budget).changes, "要改")
    assert public_content(year.current(year.budget)).reason == "一个项目改为不予公开"


def test_a_budget_that_was_published_as_read_and_is_then_corrected_has_not_moved():
    year = final_year()
    year.submit(year.final)
    year.publish(year.budget)
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "金额有误")
    Report.objects.filter(pk=year.budget.pk).update(changes=99)
    assert standing_of(year.current(year.final)).moved == []


def test_a_file_that_was_damaged_after_the_approval_is_not_published():
    year = small_year()
    year.to_approved(year.budget)
    stored = ApprovedContent.objects.get().files[0]["path"]
    default_storage.delete(stored)
    default_storage.save(stored, ContentFile(b"something else"))
    assert "已损坏" in year.refused(year.publish, year.budget)
    assert year.current(year.budget).status == Status.APPROVED


def test_a_correction_or_a_report_that_withholds_is_not_approved_with_others():
    year = small_year(project("a", "500000.00", name="日常业务"), hidden())
    year.submit(year.budget)
    assert obstacles_of([year.current(year.budget)])[year.budget.pk] == "有不予公开的项目，须逐份看过"
    plain = Report.objects.get(pk=year.budget.pk)
    plain.applications.update(disclosure="full")
    assert "须逐份" not in obstacles_of([plain])[plain.pk]
    plain.revision = 2
    Report.objects.filter(pk=plain.pk).update(revision=2)
    assert obstacles_of([plain])[plain.pk] == "是更正的版本，须逐份看过"


def test_a_short_name_in_the_attached_document_is_shown_to_the_approver():
    year = small_year(project("a", "500000.00", name="日常业务"), hidden(name="反恐"))
    content = words_in_a_docx("本年安排反恐35万元")
    attach(year.budget.pk, year.world.preparer, SimpleUploadedFile("说明.docx", content))
    year.submit(year.budget)
    (found,) = public_content(year.current(year.budget)).doubtful
    assert (found.place, found.secret.said) == ("附件", "反恐")


def test_a_document_with_a_workbook_in_it_is_refused():
    year = small_year()
    content = docx({"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"PK"})
    with pytest.raises(ActionRefused, match="嵌有其他文件"):
        attach(year.budget.pk, year.world.preparer, SimpleUploadedFile("说明.docx", content))
