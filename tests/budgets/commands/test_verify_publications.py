"""verify_publications: finds whatever is no longer as it was published, and nothing else."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from budgets.actions.correct import correct
from budgets.actions.withdraw import withdraw
from budgets.disclosure.manifest import MANIFEST
from budgets.domain import formats
from budgets.files.store import keep
from budgets.models import ApprovedContent, Publication, PublishedFile
from tests.budgets.commands.test_exchange_commands import failed, run
from tests.cached_worlds import kept
from tests.small_year import SmallYear, small_year

pytestmark = pytest.mark.django_db

PLACE = "112001 2023 年部门预算 第 1 版"
NAME = "112001-2023-budget-T01.csv"


@pytest.fixture
def year() -> SmallYear:
    return kept("published small year", published)


def published() -> SmallYear:
    made = small_year()
    made.to_published(made.budget)
    return made


def verify(*args: str) -> str:
    return run("verify_publications", *args)


def problems(*args: str) -> list[str]:
    """The lines of a verification that ends with status 1."""
    out, _, error = failed("verify_publications", *args)
    assert error.returncode == 1
    lines = out.splitlines()
    assert str(error).endswith(f"发现 {len(lines)} 个问题")
    return lines


def row(name: str = NAME) -> PublishedFile:
    return PublishedFile.objects.get(name=name)


def change(changed: PublishedFile, **values: Any) -> None:
    """A row is changed in the database, past everything that forbids it."""
    QuerySet(PublishedFile).filter(pk=changed.pk).update(**values)


def overwrite(file: PublishedFile, content: bytes) -> None:
    default_storage.delete(file.file.name)
    default_storage.save(file.file.name, ContentFile(content))


def test_what_is_as_it_was_published_has_no_problem_each_time(year):
    count = PublishedFile.objects.count()
    for _ in range(2):
        assert verify() == f"已核对 1 次公开、{count} 个文件，没有发现问题\n"


def test_nothing_published_is_no_problem(db):
    assert verify() == "已核对 0 次公开、0 个文件，没有发现问题\n"


def test_a_byte_that_was_tampered_with(year):
    content = row().file.read()
    overwrite(row(), content[:-1] + b"9")
    assert problems() == [f"{PLACE}：{NAME}：文件与登记的 SHA-256 不符"]


def test_a_file_that_is_missing(year):
    default_storage.delete(row().file.name)
    assert problems() == [f"{PLACE}：{NAME}：文件丢失或不能读取"]


@pytest.mark.parametrize("path", ["", "../../etc/passwd"])
def test_a_row_that_leads_nowhere(year, path):
    change(row(), file=path)
    assert problems() == [f"{PLACE}：{NAME}：文件丢失或不能读取"]


def test_a_wrong_size_in_a_row(year):
    size = row().size
    change(row(), size=1)
    assert problems() == [
        f"{PLACE}：{NAME}：登记的大小是 1 字节，文件是 {size} 字节",
        f"{PLACE}：{NAME}：与清单不符",
    ]


def test_a_file_that_was_exchanged_with_its_row(year):
    stored = keep(b"other bytes", "csv")
    change(row(), file=stored.path, sha256=stored.sha256, size=stored.size)
    assert problems() == [f"{PLACE}：{NAME}：与清单不符"]


def test_a_file_that_was_added(year):
    stored = keep(b"more", "csv")
    more = {"title": "附加", "format": "csv", "content_type": "text/csv", "size": 4, "position": 99}
    PublishedFile.objects.create(
        publication=Publication.objects.get(), name="more.csv", file=stored.path, sha256=stored.sha256, **more
    )
    assert problems() == [f"{PLACE}：more.csv：不在清单中"]


def test_a_file_whose_row_is_gone(year):
    QuerySet(PublishedFile).filter(name=NAME).delete()
    assert problems() == [f"{PLACE}：{NAME}：清单中有，没有登记"]


def exchange_manifest(content: bytes) -> None:
    """With a row that agrees with it."""
    stored = keep(content, MANIFEST)
    change(row("112001-2023-budget-manifest.json"), file=stored.path, sha256=stored.sha256, size=stored.size)


def test_a_manifest_with_another_sum(year):
    said = json.loads(row("112001-2023-budget-manifest.json").file.read())
    next(file for file in said["files"] if file["name"] == NAME)["sha256"] = "0" * 64
    exchange_manifest(json.dumps(said).encode())
    assert problems() == [f"{PLACE}：{NAME}：与清单不符"]


def test_a_manifest_that_is_none(year):
    exchange_manifest(b"{}")
    assert problems() == [f"{PLACE}：112001-2023-budget-manifest.json：不是清单"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sheets", []),
        ("summary", {"figures": {}}),
        ("narrative", None),
        ("difference", {}),
        ("reason", "另一个原因"),
    ],
)
def test_frozen_content_that_was_altered(year, field, value):
    QuerySet(Publication).update(**{field: value})
    assert problems() == [f"{PLACE}：公开的内容与清单中的校验值不符"]


def test_an_approval_that_was_altered(year):
    dossier = Publication.objects.get().dossier
    QuerySet(Publication).update(dossier=dossier | {"approval": {"number": "假", "date": None}})
    assert problems() == [
        f"{PLACE}：清单中的批复文号或批复日期与公开的内容不符",
        f"{PLACE}：公开的内容与清单中的校验值不符",
    ]


def test_a_release_that_reads_older_layouts_compares_what_was_written(year, monkeypatch):
    step = {formats.FORMAT: {"summary": lambda old: old | {"new": True}}}
    monkeypatch.setattr(formats, "UPGRADES", {**formats.UPGRADES, **step})
    monkeypatch.setattr(formats, "FORMAT", formats.FORMAT + 1)
    assert Publication.objects.get().summary["new"]
    assert "没有发现问题" in verify()


def test_a_withdrawn_publication_is_verified_too(year):
    withdraw(year.budget.pk, year.world.approver, 1, "不该公开")
    assert "已核对 1 次公开" in verify()
    default_storage.delete(row().file.name)
    assert len(problems()) == 1


def test_what_is_approved_and_waits_is_verified_too(db):
    made = small_year()
    made.to_approved(made.budget)
    [approved] = ApprovedContent.objects.all()
    count = len(approved.files)
    assert verify() == f"已核对 0 次公开、1 份已批复待公开的内容、{count} 个文件，没有发现问题\n"
    default_storage.delete(approved.files[0]["path"])
    assert problems() == ["112001 2023 年部门预算 已批复待公开：112001-2023-budget.xlsx：文件丢失或不能读取"]


def drop_manifest(revision: int) -> None:
    QuerySet(PublishedFile).filter(publication__revision=revision, format=MANIFEST).delete()


def correct_and_publish(year: SmallYear) -> None:
    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "金额有误")
    year.to_published(year.budget)


def test_an_older_publication_without_a_manifest_is_verified_by_its_rows(year):
    drop_manifest(1)
    out = verify()
    assert f"{PLACE}：没有清单，只按登记核对了文件" in out and "（其中 1 份没有清单），没有发现问题" in out
    default_storage.delete(row().file.name)
    assert problems() == [f"{PLACE}：{NAME}：文件丢失或不能读取"]


def test_a_manifest_is_missed_where_earlier_publications_have_one(year):
    correct_and_publish(year)
    assert "已核对 2 次公开" in verify()
    drop_manifest(2)
    place = PLACE.replace("第 1 版", "第 2 版")
    assert problems() == [f"{place}：没有清单，而在它之前的公开已有清单"]


def test_older_publications_before_the_first_manifest_are_no_problem(year):
    drop_manifest(1)
    correct_and_publish(year)
    assert "已核对 2 次公开" in verify()


def test_one_department_alone(year):
    default_storage.delete(row().file.name)
    assert verify("--department", "112002").startswith("已核对 0 次公开")
    assert len(problems("--department", "112001")) == 1
    assert failed("verify_publications", "--department", "999999")[2].returncode == 2


def test_publications_are_read_one_by_one(year, django_assert_num_queries):
    correct_and_publish(year)
    with django_assert_num_queries(2 + 2 * 2):
        verify()
