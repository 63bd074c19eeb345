"""Whatever stored file a row names is found, by each of the places that name one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import FileField

from budgets.backup.database import rows
from budgets.backup.named_files import NamedFile, named_files
from budgets.files.store import keep
from budgets.models import Annex, ApprovedContent, PublishedFile, Upload
from tests.project_years import project
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


def test_files_of_every_kind_are_found() -> None:
    year = small_year(final=(project("a", "500000.00", name="日常业务"),))
    year.publish(year.budget)
    published = set(PublishedFile.objects.values_list("file", "sha256"))
    kept = keep(b"annex", "pdf")
    common = {"name": "x", "size": 5, "sha256": kept.sha256}
    Annex.objects.create(report=year.final, file=kept.path, content_type="application/pdf", **common)
    path = default_storage.save("workbooks/x.xlsx", ContentFile(b"x"))
    Upload.objects.create(report=year.final, user=year.world.preparer, path=path, plan={}, **common)
    found = named_files(rows)
    assert {(file.path, file.sha256) for file in found} == {
        *published,
        (kept.path, kept.sha256),
        (path, kept.sha256),
    }
    assert published and [file for file in found if file.is_temporary] == [NamedFile(path, kept.sha256, True)]


def test_what_is_approved_and_waits_is_found() -> None:
    year = small_year()
    year.to_approved(year.budget)
    stored = {(file["path"], file["sha256"]) for file in ApprovedContent.objects.get().files}
    assert stored and {(file.path, file.sha256) for file in named_files(rows)} == stored


def test_every_file_field_has_its_checksum_beside_it() -> None:
    models = [
        m for m in apps.get_models() if any(isinstance(f, FileField) for f in m._meta.local_concrete_fields)
    ]
    assert models and all("sha256" in {field.name for field in model._meta.fields} for model in models)
