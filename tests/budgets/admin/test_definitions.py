"""The official definitions of an edition, uploaded in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.admin import classification
from budgets.models import ClassificationEdition, Definition
from budgets.narrative.build import build_narrative
from budgets.storage.loading import load_dossier

FILE = "名词,释义\n“三公”经费,按有关规定列支的三项费用\n孤行,\n"


@pytest.fixture
def url(world) -> str:
    edition = ClassificationEdition.objects.get(code="2024")
    return reverse("admin:budgets_classificationedition_definitions", args=[edition.pk])


def upload(content: str | bytes, name: str = "释义.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)}


@pytest.fixture
def superuser(world) -> User:
    return User.objects.create_superuser("root", password="sunshine-2024")


def test_uploaded_they_are_in_the_text_at_once(report, login, url, superuser) -> None:
    def said() -> str:
        return build_narrative(load_dossier(report)).text()

    client = login(superuser)
    assert "还没有上传" in client.get(url).text and "按有关规定列支" not in said()
    before = report.changes
    page = client.post(url, upload(FILE), follow=True)
    report.refresh_from_db()
    assert report.changes == before + 1  # whoever has it open looks again
    assert "已换用 1 条释义" in page.text and "csv!A3 孤行" in page.text
    assert "“三公”经费：按有关规定列支的三项费用。" in said()
    listed = client.get(reverse("admin:budgets_classificationedition_changelist")).text
    assert f'href="{url}"' in listed and "1 条，查看或上传" in listed


def test_a_file_that_is_refused_changes_nothing(login, url, superuser, monkeypatch) -> None:
    client = login(superuser)
    client.post(url, upload(FILE))
    for content, words in (("", "文件是空的"), ("甲,乙\n", "没有找到表头"), (b"PK\x03\x04", "xlsx")):
        answer = client.post(url, upload(content))
        assert answer.status_code == 422 and words in answer.text
    answer = client.post(url)
    assert answer.status_code == 422 and "请选择文件" in answer.text
    monkeypatch.setattr(classification, "MAX_SIZE", 10)
    answer = client.post(url, upload(FILE))
    assert answer.status_code == 422 and "文件过大" in answer.text
    assert Definition.objects.count() == 1


@pytest.mark.parametrize("name", ["administrator", "reviewer", "approver", "preparer"])
def test_only_superusers_upload_and_administrators_look(world, login, url, name) -> None:
    """An edition is that of all districts."""
    client = login(getattr(world, name))
    expected = (200,) if name == "administrator" else (302, 404)
    assert client.get(url).status_code in expected
    assert client.post(url, upload(FILE)).status_code in (302, 404)
    assert not Definition.objects.exists()
