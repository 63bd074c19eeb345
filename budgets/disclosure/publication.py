"""The public content of a report: prepared once, shown, approved, kept with the approval, published unchanged.

`public_content` makes it for preview, review, approval and publication. `keep_approved` stores it with the approval, and
`create_publication` makes it public. After that it is never computed again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.utils import timezone

from ..analysis.project_record import accounts, dump_account
from ..analysis.redaction import WITHHELD_NAME, redact, strings, withheld_keys
from ..analysis.secrecy import Secret, certain, given_away, secrets_of
from ..changes.cells import Difference, difference, load_difference
from ..changes.sentences import SentenceChange, changed_sentences
from ..changes.wording import worded_changes
from ..domain.choices import Status
from ..domain.dossier import Dossier
from ..domain.ledger import STAND_IN
from ..domain.profile import build_tables
from ..domain.schema import Statement
from ..domain.sheet_json import dump_sheet, load_sheet
from ..domain.sheets import Sheet
from ..domain.transitions import Verb
from ..exchange.documents import FORMATS as DOCUMENT_FORMATS
from ..exchange.documents import documents
from ..exchange.exporting import ExportedFile, export, file_stem, report_title
from ..files.store import keep
from ..models import Annex, ApprovedContent, Publication, PublishedFile, Report
from ..narrative.build import narrative_of
from ..narrative.document import Document
from ..narrative.document_json import dump_document, load_chart, load_document
from ..renderers.booklet import Booklet
from ..renderers.manuscript import EPOCH
from ..storage.dossier_json import dump_dossier
from ..storage.loading import load_dossier
from ..storage.sections import part_types
from .manifest import MANIFEST, make_manifest
from .summary import summarise

Json = dict[str, Any]

_ANNEX = "-annex."
"""What follows the stem in the name of the annex."""

FILE_FIELDS = ("name", "title", "format", "content_type", "size", "sha256", "text")


@dataclass(frozen=True)
class ReadyFile:
    """One file to be published: its checksum with its ``content``, or with its ``path`` in the storage."""

    name: str
    title: str
    format: str
    content_type: str
    size: int
    sha256: str
    path: str = ""
    text: str | None = None
    """The words of an attached document."""
    content: bytes = b""

    @classmethod
    def of(cls, file: ExportedFile) -> ReadyFile:
        checksum = hashlib.sha256(file.content).hexdigest()
        return cls(
            file.name,
            file.title,
            file.format,
            file.content_type,
            len(file.content),
            checksum,
            content=file.content,
        )

    def read(self) -> bytes:
        if not self.path:
            return self.content
        with default_storage.open(self.path) as file:
            content: bytes = file.read()
        return content

    def is_whole(self) -> bool:
        """Whether the bytes are those of the checksum."""
        try:
            return hashlib.sha256(self.read()).hexdigest() == self.sha256
        except OSError:
            return False

    def stored(self) -> ReadyFile:
        """Put the file into the storage, before the row that names it: a failure leaves at most an orphan."""
        if self.path:
            return self
        return replace(self, path=keep(self.content, self.format).path, content=b"")


@dataclass(frozen=True)
class Found:
    """A secret and the place in which it occurs."""

    secret: Secret
    place: str


class PublicContent:
    """What ``report`` would publish now. Everything is made from ``whole`` at its first use."""

    is_frozen = False

    def __init__(self, report: Report, whole: Dossier, formats: Collection[str] | None = None) -> None:
        """``formats`` of the documents that are made; None for those of the installation."""
        self.report = report
        header = replace(whole.header, status=Status.PUBLISHED)
        self.whole = replace(whole, header=header)
        self.formats = settings.PUBLISHED_DOCUMENTS if formats is None else formats

    @property
    def revision(self) -> int:
        """版次."""
        return self.report.revision

    @cached_property
    def public(self) -> Dossier:
        """The redacted report without the department's wording of sentences, which its text has already."""
        public = redact(self.whole)
        statement = replace(public.part(Statement), rewordings=())
        return replace(public, parts={**public.parts, Statement: statement})

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The disclosure tables and forms, each in its published unit."""
        return build_tables(self.public)

    @cached_property
    def full_dossier(self) -> Json:
        """Exchange JSON with comparatives, and the keys of withheld projects under ``withheld``."""
        return dump_whole(self.whole) | {"withheld": sorted(withheld_keys(self.whole))}

    @cached_property
    def dossier(self) -> Json:
        """Redacted exchange JSON with comparatives, the approval, and the account of each project."""
        return dump_whole(self.public) | {
            "approval": _approval(self.report),
            "accounts": [dump_account(account) for account in accounts(self.public)],
        }

    @cached_property
    def summary(self) -> Json:
        return summarise(self.public)

    @cached_property
    def last(self) -> Publication | None:
        """The revision that is corrected: the last one that is not withdrawn."""
        before = self.report.publications.filter(withdrawal=None).exclude(revision=self.report.revision)
        return before.order_by("-revision").first()

    @cached_property
    def difference(self) -> Difference:
        """The difference from the revision before, without entries about projects that are withheld now."""
        if self.last is None:
            return Difference()
        hidden = withheld_keys(self.whole)

        def tells(texts: Iterable[str]) -> bool:
            texts = list(texts)
            return any(_is_about(text, hidden) for text in texts) or bool(given_away(texts, self.secrets))

        fields = worded_changes(
            _shown(self.last.dossier, hidden),
            _shown(self.dossier, hidden),
            *part_types(self.whole.header.profile),
        )
        cells = difference(map(load_sheet, self.last.sheets), self.sheets)
        found = Difference(tuple(fields), tuple(cells), self.last.revision, self._changed_sentences())
        return found.without(tells)

    def _changed_sentences(self) -> tuple[SentenceChange, ...]:
        """Empty if the revision before was published without a text."""
        before = _load_narrative(self.last.narrative) if self.last else None
        if before is None or self.narrative is None:
            return ()
        return tuple(changed_sentences(before, self.narrative))

    @cached_property
    def reason(self) -> str:
        """The reason for another revision; empty for the first one."""
        if self.report.correction_reason:
            return self.report.correction_reason
        moves = self.report.transitions.filter(verb=Verb.CORRECT, revision=self.report.revision)
        last = moves.last()
        return last.reason if last else ""

    @cached_property
    def narrative(self) -> Document | None:
        """The text that the figures make; None if the locality has none."""
        return narrative_of(redact(self.whole))

    @cached_property
    def annex(self) -> Annex | None:
        return Annex.objects.filter(report=self.report).first()

    @cached_property
    def annex_file(self) -> ReadyFile | None:
        return _annex(self.public, self.annex) if self.annex else None

    @cached_property
    def booklet(self) -> Booklet:
        """Everything that is published as one document."""
        title = self.narrative.title if self.narrative else f"{report_title(self.public)}公开"
        return Booklet(
            title=title,
            department=self.public.header.department_name,
            document=self.narrative,
            sheets=self.sheets,
            cover=list(_cover(self.report)),
            annexes=[self.annex_file.title] if self.annex_file else [],
            date=self.report.approval_date or EPOCH,
            identifier=stem_of(self.report),
        )

    @cached_property
    def files(self) -> tuple[ReadyFile, ...]:
        """Workbook, data, one CSV for each table and one of all figures, the documents, and the annex if there is one.

        Raises `FontsMissing` where a pdf cannot be made.
        """
        made = export(self.public, sheets=self.sheets, revision=self.report.revision)
        files = [ReadyFile.of(file) for file in (*made, *self._documents(self.formats))]
        return (*files, self.annex_file) if self.annex_file else tuple(files)

    def take_files(self, made: PublicContent) -> bool:
        """Take over the files that were made before. False if they are made of other content or another approval."""
        is_same = (made.digest, made.dossier["approval"]) == (self.digest, self.dossier["approval"])
        if is_same:
            self.files = made.files
        return is_same

    def file(self, format: str) -> ReadyFile:
        """The only file of that format (xlsx, json, pdf, docx), made without the others."""
        is_document = format in DOCUMENT_FORMATS
        [made] = self._documents([format]) if is_document else export(self.public, [format], self.sheets)
        return ReadyFile.of(made)

    def _documents(self, formats: Collection[str]) -> Iterator[ExportedFile]:
        stem = file_stem(self.public)
        pictures = [
            *(self.narrative.charts if self.narrative else ()),
            *map(load_chart, self.summary["charts"]),
        ]
        return documents(stem, self.booklet.manuscript, pictures, formats)

    @cached_property
    def digest(self) -> str:
        """A digest of everything except the approval and the reason.

        The files are made of it, apart from the annex: equal digests, with equal approvals, mean equal bytes.
        """
        said = {
            "dossier": {key: value for key, value in self.dossier.items() if key != "approval"},
            "sheets": [dump_sheet(sheet) for sheet in self.sheets],
            "summary": self.summary,
            "difference": self.difference.dump(),
            "narrative": _dump_narrative(self.narrative),
            "annex": [self.annex_file.name, self.annex_file.sha256] if self.annex_file else [],
        }
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def secrets(self) -> tuple[Secret, ...]:
        """The words that must not occur in it."""
        return secrets_of(self.whole)

    def given_away(self, reason: str | None = None) -> list[Found]:
        """Certain secrets that would be published, with their places."""
        return self._found(certain(self.secrets), self.reason if reason is None else reason)

    @cached_property
    def doubtful(self) -> list[Found]:
        """Words that may or may not refer to something withheld. The approver judges them."""
        return self._found(tuple(s for s in self.secrets if not s.is_certain), self.reason)

    def _found(self, secrets: tuple[Secret, ...], reason: str) -> list[Found]:
        if not secrets:
            return []
        return [
            Found(secret, place)
            for place, texts in self._texts(reason)
            for secret in given_away(texts, secrets)
        ]

    def _texts(self, reason: str) -> Iterator[tuple[str, Iterable[str]]]:
        """All texts that would become public, by their place."""
        yield "更正原因", (reason,)
        for sheet in self.sheets:
            cells = (str(cell.value) for row in sheet.rows for cell in row.cells if cell.value)
            yield sheet.heading, (sheet.title, sheet.name, *sheet.notes, *cells)
        yield "数据文件", strings(dump_dossier(self.public))
        yield "项目历年情况", strings([dump_account(account) for account in accounts(self.public)])
        yield "公开页的摘要", strings(self.summary)
        yield "与上一版的差异", strings(self.difference.dump())
        if self.narrative is not None:
            yield "说明文字", (self.narrative.text(), *strings(_dump_narrative(self.narrative)))
        if self.annex is not None:
            yield "附件", (self.annex.name, self.annex.text or "")


class StoredContent(PublicContent):
    """The stored content that was approved or published. It was searched for secrets at its approval.

    The whole report is available as JSON only.
    """

    is_frozen = True
    secrets = ()

    def __init__(self, report: Report, row: ApprovedContent | Publication) -> None:
        self.report, self.row = report, row
        self.full_dossier, self.dossier, self.summary = row.full_dossier, row.dossier, row.summary
        self.reason = row.reason

    @property
    def revision(self) -> int:
        return self.row.revision if isinstance(self.row, Publication) else self.report.revision

    @cached_property
    def sheets(self) -> list[Sheet]:
        return [load_sheet(sheet) for sheet in self.row.sheets]

    @cached_property
    def difference(self) -> Difference:
        return load_difference(self.row.difference)

    @cached_property
    def narrative(self) -> Document | None:
        return _load_narrative(self.row.narrative)

    @cached_property
    def annex_file(self) -> ReadyFile | None:
        begin = f"{stem_of(self.report)}{_ANNEX}"
        return next((file for file in self.files if file.name.startswith(begin)), None)

    @cached_property
    def files(self) -> tuple[ReadyFile, ...]:
        if isinstance(self.row, ApprovedContent):
            return tuple(ReadyFile(**file) for file in self.row.files)
        return tuple(
            ReadyFile(path=str(file.file.name), **{name: getattr(file, name) for name in FILE_FIELDS})
            for file in self.row.files.all()
        )

    def file(self, format: str) -> ReadyFile:
        """Raises KeyError where none was published in that format."""
        by_name = {file.name: file for file in self.files}
        return by_name[f"{stem_of(self.report)}.{format}"]


def public_content(report: Report, dossier: Dossier | None = None) -> PublicContent:
    """The public content of ``report``: what was approved or published, else what it would publish now.

    Pass ``dossier`` if the report's is loaded already.
    """
    row = _frozen(report)
    if row is not None:
        return StoredContent(report, row)
    return PublicContent(report, load_dossier(report) if dossier is None else dossier)


def _frozen(report: Report) -> ApprovedContent | Publication | None:
    if report.status == Status.APPROVED:
        return ApprovedContent.objects.filter(report=report).first()
    if report.status == Status.PUBLISHED:
        return Publication.objects.filter(report=report, revision=report.revision).first()
    return None


def keep_approved(report: Report, content: PublicContent, reason: str) -> ApprovedContent:
    """Store the approved content in the caller's transaction. ``reason`` is the published reason of a correction."""
    frozen = _content(content)
    return ApprovedContent.objects.create(
        report=report,
        reason=reason,
        digest=content.digest,
        files=[
            {name: value for name, value in asdict(file.stored()).items() if name != "content"}
            for file in _with_manifest(report, content, frozen, reason)
        ],
        **frozen,
    )


def drop_approved(report: Report) -> None:
    """Forget the approved content, after it was published or the approval was revoked."""
    ApprovedContent.objects.filter(report=report).delete()


def create_publication(report: Report, user: User | None, content: PublicContent) -> Publication:
    """Make ``content`` public. Runs in the caller's transaction, which holds the report's lock."""
    frozen = _content(content)
    publication = Publication.objects.create(
        report=report,
        revision=report.revision,
        published_at=timezone.now(),
        published_by=user,
        reason=content.reason,
        **frozen,
    )
    files = _with_manifest(report, content, frozen, content.reason)
    PublishedFile.objects.bulk_create(
        PublishedFile(
            publication=publication,
            position=position,
            file=file.path,
            **{name: getattr(file, name) for name in FILE_FIELDS},
        )
        for position, file in enumerate(file.stored() for file in files)
    )
    drop_approved(report)
    return publication


def dump_whole(dossier: Dossier) -> Json:
    """Exchange JSON with the comparatives under ``earlier``, newest first; of final accounts also the ``budget``."""
    budget = {"budget": dump_dossier(dossier.budget)} if dossier.budget else {}
    return dump_dossier(dossier) | {"earlier": [dump_dossier(before) for before in dossier.earlier]} | budget


def _with_manifest(
    report: Report, content: PublicContent, frozen: Json, reason: str
) -> tuple[ReadyFile, ...]:
    """All files and the manifest that lists them. What was approved has its own, except by releases without."""
    if any(file.format == MANIFEST for file in content.files):
        return content.files
    made = make_manifest(frozen | {"reason": reason}, report.revision, content.files)
    return (*content.files, ReadyFile.of(made))


def _content(content: PublicContent) -> Json:
    """The frozen JSON. What was approved is copied as it was written, in the layout of the release that wrote it."""
    if isinstance(content, StoredContent):
        return content.row.as_written()
    return {
        "full_dossier": content.full_dossier,
        "dossier": content.dossier,
        "sheets": [dump_sheet(sheet) for sheet in content.sheets],
        "summary": content.summary,
        "difference": content.difference.dump(),
        "narrative": _dump_narrative(content.narrative),
    }


def _dump_narrative(document: Document | None) -> Json | None:
    return None if document is None else dump_document(document)


def _load_narrative(data: Json | None) -> Document | None:
    return None if data is None else load_document(data)


def _approval(report: Report) -> Json:
    date = report.approval_date
    return {"number": report.approval_number, "date": date.isoformat() if date else None}


def _shown(data: Mapping[str, Any], hidden: Iterable[str]) -> Json:
    """Exchange JSON without the projects that are withheld now, and without stand-ins for withheld ones."""
    hidden = set(hidden)
    projects = [
        project
        for project in data.get("projects", ())
        if project["key"] not in hidden and not project["key"].startswith(STAND_IN)
    ]
    return {**data, "projects": projects}


def _is_about(text: str, hidden: Iterable[str]) -> bool:
    """Whether the key or the label of a cell belongs to something withheld."""
    parts = re.split(r"[/.:\s]", text)
    return WITHHELD_NAME in text or any(part in hidden or part.startswith(STAND_IN) for part in parts)


def stem_of(report: Report) -> str:
    """The begin of the names of its files, as `file_stem` has it."""
    return f"{report.department.code}-{report.year}-{report.kind}"


def _cover(report: Report) -> Iterator[tuple[str, str]]:
    """What stands on the cover below the title."""
    yield "单位代码", report.department.code
    if report.approval_number:
        yield "批复文号", report.approval_number
    if report.approval_date:
        yield (
            "批复日期",
            f"{report.approval_date:%Y}年{report.approval_date.month}月{report.approval_date.day}日",
        )
    if report.revision > 1:
        yield "版次", f"第{report.revision}版（更正）"


def _annex(dossier: Dossier, annex: Annex) -> ReadyFile:
    extension = annex.name.rpartition(".")[2]
    return ReadyFile(
        name=f"{file_stem(dossier)}{_ANNEX}{extension}",
        title=f"{report_title(dossier)}附件",
        format=extension,
        content_type=annex.content_type,
        size=annex.size,
        sha256=annex.sha256,
        path=str(annex.file.name),
        text=annex.text,
    )
