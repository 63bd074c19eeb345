"""The public site: frozen publications only, at addresses that stay."""

import hashlib
import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from openpyxl import load_workbook

from budgets.actions import annex
from budgets.actions.adopt import adopt
from budgets.domain.choices import Role, Status
from budgets.models import LineItem, Publication, PublishedFile, Report
from tests.cached_worlds import kept
from tests.factories import make_report, make_world, person
from tests.project_years import freeze
from tests.samples import adopt_sample, document

pytestmark = pytest.mark.django_db

ADDRESS = "/2023/112001/budget/"
SECRET = "金山人才专项"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def published():
    return kept("published after an archived year", lambda: (adopt_earlier(), adopt_sample())[1])


def adopt_earlier():
    return adopt_sample(year=2022, status=Status.ARCHIVED)


def test_home_lists_what_is_published_and_nothing_else(client, published):
    page = text(client.get("/"))
    assert ADDRESS in page
    assert "3,073.53 万元" in page
    assert "/2022/112001/" not in page


def test_home_finds_a_department_by_name_or_code(client, published):
    assert ADDRESS in text(client.get("/", {"q": "人才服务"}))
    assert ADDRESS in text(client.get("/", {"q": "112001"}))
    page = text(client.get("/", {"q": "没有这个<script>"}))
    assert ADDRESS not in page and "没有找到" in page and "<script>" not in page


def test_an_empty_site_says_so(client):
    assert "还没有部门公开" in text(client.get("/"))


def test_district_and_department_pages_lead_to_the_report(client, published):
    assert ADDRESS in text(client.get("/districts/420112/"))
    assert ADDRESS in text(client.get("/departments/112001/"))
    assert client.get("/districts/420106/").status_code == 404
    assert client.get("/departments/999/").status_code == 404


def test_the_report_says_first_what_is_spent_and_how_that_changed(client, published):
    page = text(client.get(ADDRESS))
    assert "支出 <strong>3,073.53 万元</strong>，比上年减少 1,714.23 万元（35.80%）" in page
    assert "“三公”经费 3.00 万元，与上年持平" in page


def test_the_report_shows_every_table_and_offers_every_file(client, published):
    page = text(client.get(ADDRESS))
    publication = Publication.objects.get()
    assert page.count('<table class="sheet') == len(publication.sheets) == 25
    for file in publication.files.all():
        assert f"{ADDRESS}1/{file.name}" in page
        assert file.sha256 in page


def test_files_are_the_bytes_of_their_checksum(client, published):
    for file in PublishedFile.objects.all():
        response = client.get(f"{ADDRESS}1/{file.name}")
        content = b"".join(response.streaming_content)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) == file.size == int(response["Content-Length"])


def test_the_workbook_opens_and_the_json_is_the_report(client, published):
    workbook = b"".join(client.get(f"{ADDRESS}1/112001-2023-budget.xlsx").streaming_content)
    assert "目录" in load_workbook(BytesIO(workbook)).sheetnames
    data = json.loads(b"".join(client.get(f"{ADDRESS}1/112001-2023-budget.json").streaming_content))
    assert len(data["projects"]) == 12


def test_the_long_table_is_offered_where_there_is_one(client, published):
    address = f"{ADDRESS}1/112001-2023-budget-tidy.csv"
    page = text(client.get(ADDRESS))
    assert f'href="{address}" download>下载数据（CSV 长表）</a>' in page
    head, first, *_ = client.get(address).getvalue().decode("utf-8-sig").splitlines()
    assert head.startswith("版次,年度,部门代码") and first.startswith("1,2023,112001,")
    QuerySet(PublishedFile).filter(name__endswith="-tidy.csv").update(name="older.csv")
    assert "长表）</a>" not in text(client.get(ADDRESS))


def test_conditional_requests_are_answered_without_a_body(client, published):
    address = f"{ADDRESS}1/112001-2023-budget.xlsx"
    first = client.get(address)
    assert b"".join(first.streaming_content)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    page = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"if-none-match": page["ETag"]}).status_code == 304
    assert page["Last-Modified"]


@pytest.mark.parametrize(
    "address",
    [
        "/2023/112001/final/",
        "/2023/112001/other/",
        "/2022/112001/budget/",
        "/2023/999999/budget/",
        "/2023/112001/budget/2/",
        "/2023/112001/budget/1/none.xlsx",
        "/2023/112001/budget/1/..%2F..%2Fsettings.py",
        "/9999/112001/budget/",
        "/2023/112001/budget/99999999999999999999/",
    ],
)
def test_what_is_not_published_is_not_there(client, published, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED, Status.CORRECTING}))
def test_a_report_without_a_publication_is_nowhere(client, status):
    world = make_world()
    make_report(world, status)
    assert client.get("/2024/112001/budget/").status_code == 404
    assert "112001" not in text(client.get("/"))


def test_pages_only_read(client, published):
    for address in ("/", ADDRESS, f"{ADDRESS}1/", "/districts/420112/", "/departments/112001/"):
        assert client.post(address).status_code == 405


def test_later_changes_of_rows_change_nothing(client, published):
    before = text(client.get(ADDRESS))
    LineItem.objects.update(amount=1)
    Report.objects.update(status=Status.CORRECTING)
    after = text(client.get(ADDRESS))
    assert "正在更正" in after
    assert before.split("目录", 1)[1] == after.split("目录", 1)[1]


def test_a_department_that_is_renamed_keeps_its_name_in_what_it_published(client, published):
    before = {address: text(client.get(address)) for address in (ADDRESS, f"{ADDRESS}1/")}
    department = published.department
    old = department.name
    department.name = "改名后的中心"
    department.save()
    assert {address: text(client.get(address)) for address in before} == before
    for address in ("/", "/districts/420112/", "/departments/112001/"):
        assert f"{old} 2023 年部门预算" in text(client.get(address))
    assert ADDRESS in text(client.get("/", {"q": old})), "it is found by the name under which it published"


def test_a_correction_stands_beside_what_it_corrects(client, published):
    LineItem.objects.filter(activity__name="法律援助").update(amount=60000)
    Report.objects.filter(pk=published.pk).update(revision=2)
    published.refresh_from_db()
    freeze(published, None, reason="金额录入有误")
    page = text(client.get(ADDRESS))
    assert "3,074.53" in page and "金额录入有误" in page and "第 2 版改了什么" in page
    old = text(client.get(f"{ADDRESS}1/"))
    assert "3,073.53" in old and "之后有更正" in old


def test_a_withheld_project_is_nowhere_while_totals_stand(client):
    data = document()
    for project in data["projects"]:
        if project["identity"]["name"] == SECRET:
            project["identity"]["disclosure"] = "withheld"
    text_without = json.dumps(data["basics"], ensure_ascii=False).replace(SECRET, "人才专项")
    data["basics"] = json.loads(text_without)
    adopt(data, Status.PUBLISHED)
    page = text(client.get(ADDRESS))
    assert SECRET not in page
    assert "不予公开项目" in page
    assert "3,073.53" in page and "2,106.10" in page
    for file in PublishedFile.objects.exclude(format="xlsx"):
        content = b"".join(client.get(f"{ADDRESS}1/{file.name}").streaming_content)
        assert SECRET not in content.decode("utf-8")
    workbook = load_workbook(
        BytesIO(b"".join(client.get(f"{ADDRESS}1/112001-2023-budget.xlsx").streaming_content))
    )
    words = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert not any(SECRET in word for word in words)


def test_the_text_stands_before_the_tables_its_figures_leading_to_them(client, published):
    page = text(client.get(ADDRESS))
    body = page[page.index('<article class="narrative"') : page.index("</article>")]
    assert "2023年部门预算公开说明" in body and page.index("</article>") < page.index('class="public-sheet"')
    [anchor] = re.findall(r'<a class="narrative-value is-amount" href="#([^"]+)">967.43万元</a>', body)[:1]
    assert f'id="{anchor}"' in page[page.index("</article>") :]
    for part in re.findall(r'<li><a href="#(n-[^"]+)">', page):
        assert f'id="{part}"' in body
    assert "没有附公开说明" not in page


def test_number_and_date_of_the_approval_are_told(client, published):
    assert "批复文号" not in text(client.get(ADDRESS))
    stored = Publication.objects.get()
    approval = {"number": "东财预〔2023〕12 号", "date": "2023-01-20"}
    QuerySet(Publication).update(dossier=stored.dossier | {"approval": approval})
    page = text(client.get(ADDRESS))
    assert "批复文号：东财预〔2023〕12 号" in page and "批复日期：2023-01-20" in page


def test_a_correction_says_below_its_title_what_it_is(client, published):
    user = person("clerk", Role.SUBMITTER, department=published.department)
    Report.objects.filter(pk=published.pk).update(status=Status.CORRECTING, revision=2, phone="027-1")
    line = LineItem.objects.filter(report=published, use="basic").first()
    LineItem.objects.filter(pk=line.pk).update(amount=line.amount + 10000)
    published.refresh_from_db()
    freeze(published, user, reason="金额有误")
    page = text(client.get(ADDRESS))
    assert (
        "第 2 版（更正）" in page
        and "更正原因：金额有误" in page
        and '<a href="#changed">改动 2 处</a>' in page
    )
    assert "说明文字中随之变动的" in page
    changed = page[page.index('id="changed"') :]
    assert "基本支出967.43万元" in changed and "基本支出968.43万元" in changed
    assert "（更正）" not in text(client.get(f"{ADDRESS}1/"))


def test_an_annex_is_published(client, published):
    """A revision of an older release has no text. If it has no document either, the page says so."""
    QuerySet(Publication).update(narrative=None)
    page = text(client.get(ADDRESS))
    assert "没有附公开说明" in page and 'class="narrative"' not in page
    user = person("clerk", Role.SUBMITTER, department=published.department)
    Report.objects.filter(pk=published.pk).update(status=Status.CORRECTING, revision=2)
    upload = SimpleUploadedFile("说明.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    annex.attach(published.pk, user, upload)
    published.refresh_from_db()
    freeze(published, user, reason="补充说明")
    page = text(client.get(ADDRESS))
    assert "没有附公开说明" not in page
    assert "112001-2023-budget-annex.pdf" in page
    content = b"".join(client.get(f"{ADDRESS}2/112001-2023-budget-annex.pdf").streaming_content)
    assert content.startswith(b"%PDF-")


def test_a_file_gone_from_storage_is_not_found_and_no_error(client, published):
    file = PublishedFile.objects.get(format="json")
    file.file.storage.delete(file.file.name)
    assert client.get(f"{ADDRESS}1/{file.name}").status_code == 404


def test_lists_take_a_constant_number_of_queries(client, published, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/")
    adopt_sample("344001", 2022)
    with django_assert_num_queries(2):
        client.get("/")


def test_a_report_page_takes_a_constant_number_of_queries(client, published, django_assert_num_queries):
    with django_assert_num_queries(6):
        client.get(ADDRESS)
