"""说明: what may be attached, by whom, when; and what a file really is."""

import random
import warnings
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.actions import annex
from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.domain.choices import Status
from budgets.models import Annex
from tests.factories import make_report, make_world

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


def docx(entries: dict[str, bytes] | None = None, without: tuple[str, ...] = ()) -> bytes:
    """A minimal docx with further ``entries``."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | (entries or {})
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name not in without:
                archive.writestr(name, content)
    return raw.getvalue()


def relations(kind: str, target: str) -> bytes:
    """Relationships of which one is external."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def twice(name: str) -> bytes:
    raw = BytesIO(docx())
    with zipfile.ZipFile(raw, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, b"<other/>")
    return raw.getvalue()


def upload(content: bytes, name: str = "说明.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def report(world):
    return make_report(world)


@pytest.mark.parametrize(
    ("content", "extension", "content_type"),
    [(PDF, "pdf", "application/pdf"), (docx(), "docx", annex.CONTENT_TYPES["docx"])],
)
def test_a_document_is_kept_by_what_it_is(world, report, content, extension, content_type):
    attachment = annex.attach(report.pk, world.preparer, upload(content, "2024 年说明.txt"))
    assert (attachment.name, attachment.content_type) == (f"2024 年说明.{extension}", content_type)
    assert (attachment.size, attachment.uploaded_by) == (len(content), world.preparer)
    with default_storage.open(attachment.file.name) as file:
        assert file.read() == content


def test_another_one_takes_its_place(world, report):
    annex.attach(report.pk, world.preparer, upload(docx()))
    annex.attach(report.pk, world.submitter, upload(PDF))
    assert Annex.objects.get().name == "说明.pdf"
    annex.detach(report.pk, world.submitter)
    assert not Annex.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空的"),
        (b"hello", "只能上传 docx 或 pdf"),
        (b"\xd0\xcf\x11\xe0 an old doc", "只能上传 docx 或 pdf"),
        (b"<html>%PDF-1.7", "只能上传 docx 或 pdf"),
        (b"PK\x03\x04 no zip", "损坏"),
        (docx()[:-30], "损坏"),
        (docx(without=("word/document.xml",)), "不是 docx"),
        (docx(without=("[Content_Types].xml",)), "不是 docx"),
        (docx({"word/vbaProject.bin": b"macro"}), "含有宏"),
        (docx({"word/VBAPROJECT.BIN": b"macro"}), "含有宏"),
        (docx({"[Content_Types].xml": b'<Override ContentType="ms-word.document.macroEnabled"/>'}), "含有宏"),
        (docx({"word/bomb.xml": bytes(9_000_000)}), "展开后过大"),
        (docx({"word/embeddings/a.xlsx": b"PK"}), "嵌有其他文件"),
        (docx({"word/_rels/settings.xml.rels": relations("attachedTemplate", "http://a/x.dotm")}), "从别处读取"),
        (docx({"word/_rels/document.xml.rels": relations("image", "\\\\a\\x.png")}), "从别处读取"),
        (docx({"word/media/x.exe": b"MZ"}), "结构不正常"),
        (docx({"word/../../x.xml": b"<a/>"}), "结构不正常"),
        (docx({"/word/x.xml": b"<a/>"}), "结构不正常"),
        (docx({"other/x.xml": b"<a/>"}), "结构不正常"),
        (docx({"word/document.xml": b'<!DOCTYPE a SYSTEM "http://a/"><a/>'}), "结构不正常"),
        (docx({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}), "结构不正常"),
        (docx({"word/_rels/document.xml.rels": b"<a"}), "结构不正常"),
        (twice("word/document.xml"), "结构不正常"),
    ],
    ids=[
        "empty", "text", "doc", "html", "no-zip", "cut", "no-document", "no-types", "macro", "macro-upper",
        "macro-type", "bomb", "embedded", "template", "linked-picture", "program", "above", "absolute", "elsewhere", "dtd",
        "entity", "broken-relations", "twice",
    ],
)  # fmt: skip
def test_what_is_no_harmless_document_is_refused(world, report, content, message):
    with pytest.raises(ActionRefused, match=message) as caught:
        annex.attach(report.pk, world.preparer, upload(content))
    assert caught.value.field == "file"
    assert not Annex.objects.exists()


def test_pictures_links_and_thumbnails_are_usual(world, report):
    rels = relations("hyperlink", "https://example.org/")
    content = docx(
        {
            "_rels/.rels": b"<a/>", "word/_rels/document.xml.rels": rels, "word/media/image1.PNG": b"p", "word/": b"",
            "docProps/thumbnail.jpeg": b"j", "customXml/item1.xml": b"<a/>", "word/fonts/font1.odttf": b"f",
        }
    )  # fmt: skip
    assert annex.attach(report.pk, world.preparer, upload(content)).name == "说明.docx"


def test_a_large_file_is_refused(world, report, monkeypatch):
    monkeypatch.setattr(annex, "MAX_SIZE", 10)
    with pytest.raises(ActionRefused, match="过大"):
        annex.attach(report.pk, world.preparer, upload(PDF))


def test_a_damaged_docx_is_refused_and_nothing_worse(world, report):
    rng = random.Random(1)
    whole = docx({"word/media/image.bin": rng.randbytes(500)})
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            broken[rng.randrange(4, len(broken))] = rng.randrange(256)
        with suppress(ActionRefused):
            annex.attach(report.pk, world.preparer, upload(bytes(broken)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\说明.pdf", "说明.pdf"),
        ("说\x00明\n\u202efdp.exe", "说明fdp.pdf"),
        ("...", "附件.pdf"),
        ('<a href="x">?.pdf', "a href=x.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert annex._name(given, "pdf") == kept


def test_only_the_department_attaches(world, report):
    for user in (world.reviewer, world.approver, world.sister_preparer, world.administrator):
        with pytest.raises(Forbidden):
            annex.attach(report.pk, user, upload(PDF))
        with pytest.raises(Forbidden):
            annex.detach(report.pk, user)


@pytest.mark.parametrize("status", Status)
def test_only_while_the_department_has_it(world, status):
    report = make_report(world, status)
    if status in (Status.DRAFT, Status.RETURNED, Status.CORRECTING):
        annex.attach(report.pk, world.submitter, upload(PDF))
        return
    with pytest.raises(Stale, match=status.label):
        annex.attach(report.pk, world.submitter, upload(PDF))
    with pytest.raises(Stale):
        annex.detach(report.pk, world.submitter)
