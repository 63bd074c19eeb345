"""公开清单: made with the approval, of what is approved, and the same for the same content."""

import hashlib
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.actions.annex import attach
from budgets.actions.revoke import revoke
from budgets.disclosure.manifest import (
    DIGESTED,
    MANIFEST,
    UnreadableManifest,
    content_digest,
    disagreements,
    manifest_of,
    read_manifest,
)
from budgets.disclosure.publication import ReadyFile, public_content
from budgets.domain import formats
from budgets.domain.choices import Status
from budgets.models import ApprovedContent, Publication, PublishedFile
from tests.budgets.actions.test_annex import docx
from tests.small_year import NUMBER, SmallYear, small_year

FROZEN = {
    "dossier": {
        "department": {"code": "112001", "name": "某中心", "kind": "public_one"},
        "year": 2023,
        "kind": "budget",
        "approval": {"number": NUMBER, "date": "2023-01-20"},
    },
    "sheets": [{"widths": [5.0, 16.0]}],
    "summary": {},
    "difference": {},
    "narrative": None,
    "reason": "",
}
FILES = [
    ReadyFile("a.json", "数据", "json", "application/json", 2, "aa" * 32),
    ReadyFile("b.csv", "表1", "csv", "text/csv", 3, "bb" * 32),
]


def listed(*files: ReadyFile, revision: int = 1, **changes: object) -> dict:
    return manifest_of({**FROZEN, **changes}, revision, files or FILES)


def manifest(publication: Publication) -> dict:
    return json.loads(publication.files.get(format=MANIFEST).file.read())


# --- pure -----------------------------------------------------------------------------------------


def test_a_manifest_agrees_with_itself():
    assert list(disagreements(listed(), listed())) == []


@pytest.mark.parametrize("name", DIGESTED)
def test_the_digest_depends_on_everything_public(name):
    assert content_digest(FROZEN) != content_digest({**FROZEN, name: {**FROZEN["dossier"], "more": 1}})


def test_the_digest_depends_neither_on_order_nor_on_how_json_has_keys():
    turned = dict(reversed(FROZEN.items()))
    assert content_digest(turned) == content_digest(FROZEN)
    numbered = content_digest({**FROZEN, "summary": {10: "x", 9: "y"}})
    assert numbered == content_digest({**FROZEN, "summary": {"9": "y", "10": "x"}})


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (listed(FILES[0]), "b.csv：不在清单中"),
        (listed(*FILES, replace(FILES[0], name="c.csv")), "c.csv：清单中有，没有登记"),
        (listed(FILES[0], replace(FILES[1], size=4)), "b.csv：与清单不符"),
        (listed(FILES[0], replace(FILES[1], sha256="cc" * 32)), "b.csv：与清单不符"),
        (listed(revision=2), "清单中的版次与公开的内容不符"),
        (listed(reason="金额有误"), "公开的内容与清单中的校验值不符"),
    ],
)
def test_a_disagreement_is_said(other, told):
    assert list(disagreements(other, listed())) == [told]


@pytest.mark.parametrize(
    "content",
    [b"\xff", b"", b"[]", b"{}", b'{"format": "yangguang-manifest/1", "files": [1]}', b'{"format": "x"}'],
)
def test_what_is_no_manifest_is_refused(content):
    with pytest.raises(UnreadableManifest):
        read_manifest(content)


# --- approved and published -----------------------------------------------------------------------


@pytest.fixture
def year(db: None) -> SmallYear:
    return small_year()


def test_it_is_made_with_the_approval_and_published_as_it_is(year):
    attach(year.budget.pk, year.world.preparer, SimpleUploadedFile("说明.docx", docx()))
    year.to_approved(year.budget)
    approved = ApprovedContent.objects.get().files[-1]
    year.publish(year.budget)
    file = PublishedFile.objects.get(format=MANIFEST)
    assert (file.name, file.sha256) == ("112001-2023-budget-manifest.json", approved["sha256"])
    said = manifest(Publication.objects.get())
    assert said["approval"]["number"] == NUMBER and said["revision"] == 1
    others = PublishedFile.objects.exclude(pk=file.pk)
    assert said["files"] == list(others.values("name", "title", "size", "sha256"))
    assert "112001-2023-budget-annex.docx" in [each["name"] for each in said["files"]]


def test_the_digest_is_that_of_what_the_database_gives_back(year):
    year.to_published(year.budget)
    frozen = Publication.objects.values(*DIGESTED).get()
    assert manifest(Publication.objects.get())["content"] == content_digest(frozen)


def test_nobody_is_shown_one_before_the_approval_and_it_changes_no_digest(year):
    year.submit(year.budget)
    year.pass_review(year.budget)
    shown = public_content(year.current(year.budget))
    year.approve(year.budget, digest=shown.digest)
    kept = public_content(year.current(year.budget))
    assert MANIFEST not in [file.format for file in shown.files]
    assert kept.files[-1].format == MANIFEST and kept.digest == shown.digest


def test_the_same_content_has_the_same_manifest(year):
    year.to_approved(year.budget)
    before = ApprovedContent.objects.get().files[-1]
    revoke(year.budget.pk, year.world.approver, year.current(year.budget).changes, "再看一遍")
    year.to_approved(year.budget)
    assert ApprovedContent.objects.get().files[-1] == before


def test_what_an_older_release_approved_gets_one_when_it_is_published(year):
    year.to_approved(year.budget)
    row = ApprovedContent.objects.get()
    wanted = row.files.pop()
    row.save()
    year.publish(year.budget)
    assert year.current(year.budget).status == Status.PUBLISHED
    assert PublishedFile.objects.get(format=MANIFEST).sha256 == wanted["sha256"]


def test_what_was_approved_is_copied_as_it_was_written(year, monkeypatch):
    """A release that writes another layout meanwhile changes nothing of it."""
    year.to_approved(year.budget)
    row = ApprovedContent.objects.get().as_written()
    step = {formats.FORMAT: {"summary": lambda old: old | {"new": True}}}
    monkeypatch.setattr(formats, "UPGRADES", {**formats.UPGRADES, **step})
    monkeypatch.setattr(formats, "FORMAT", formats.FORMAT + 1)
    assert ApprovedContent.objects.get().summary["new"]
    year.publish(year.budget)
    assert Publication.objects.get().as_written() == row
    frozen = Publication.objects.values(*DIGESTED).get()
    assert manifest(Publication.objects.get())["content"] == content_digest(frozen)


def test_it_is_public_under_its_checksum(client, year):
    year.to_published(year.budget)
    address = "/2023/112001/budget/1/112001-2023-budget-manifest.json"
    page = client.get("/2023/112001/budget/").text
    assert f'href="{address}" download>112001-2023-budget-manifest.json' in page
    assert page.count("数据（JSON）") == 1
    answer = client.get(address)
    assert answer["Content-Type"] == "application/json"
    assert hashlib.sha256(answer.getvalue()).hexdigest() == answer["X-Checksum-SHA256"]
