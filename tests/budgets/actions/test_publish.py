"""What was published never changes, says no more than it may, and is all there."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.utils import timezone

from budgets.actions import annex
from budgets.actions.adopt import adopt
from budgets.actions.approve import approve
from budgets.actions.save_section import save_section
from budgets.analysis.redaction import redact
from budgets.changes.cells import load_difference
from budgets.changes.sentences import changed_sentences
from budgets.domain.choices import Status
from budgets.domain.dossier import Classification
from budgets.domain.profile import build_tables
from budgets.domain.sheet_json import load_sheet
from budgets.exchange.exporting import dump_json
from budgets.exchange.importing import check_document
from budgets.models import ApprovedContent, LineItem, Publication, Report
from budgets.narrative.build import build_narrative
from budgets.narrative.document_json import load_document
from budgets.storage.dossier_json import dump_dossier, parse_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.sample_world import SampleWorld, make_sample_world, sample

from .test_annex import docx, upload
from .transition_steps import NUMBER, current, to_correcting, to_published, to_reviewed, world_after

pytestmark = pytest.mark.django_db

PUBLIC = ("dossier", "sheets", "summary", "difference", "narrative")
SECRETS = (1, 3, 5)
"""Places of the projects that `secretive` withholds."""


def content(file) -> bytes:
    with default_storage.open(file.file.name) as stored:
        return stored.read()


def frozen(publication: Publication) -> list:
    """All that is stored of a publication, bytes included."""
    publication.refresh_from_db()
    values = {name: value for name, value in vars(publication).items() if not name.startswith("_")}
    return [values, [(file.name, file.sha256, content(file)) for file in publication.files.all()]]


def readable(raw: bytes) -> str:
    """The text of a file, also of what is packed in it."""
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8-sig")
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def secretive() -> dict:
    """The sample with three withheld projects, in whose every text, key and goal stands a secret."""
    document = sample()

    def marked(node, name=""):
        if isinstance(node, dict):
            return {key: marked(value, key) for key, value in node.items()}
        if isinstance(node, list):
            return [marked(value, name) for value in node]
        if name in TEXTS and isinstance(node, str):
            return f"绝密字样{node}"
        return f"SECRET-{node}" if name == "key" else node

    for index in SECRETS:
        project = marked(document["projects"][index])
        project["identity"]["disclosure"] = "withheld"
        document["projects"][index] = project
    return document


def make_secretive_world() -> SampleWorld:
    return make_sample_world(secretive())


TEXTS = {
    "name", "text", "description", "basis", "remark", "authority", "executing_unit", "leader", "plan", "purpose",
    "costing", "change_reason", "content", "quantity",
}  # fmt: skip


def test_everything_is_frozen():
    place = make_sample_world()
    annex.attach(place.report.pk, place.preparer, upload(docx()))
    report = to_published(place.report, place)
    publication = report.publications.get()
    dossier = load_dossier(report)
    assert (publication.revision, publication.published_by, publication.reason) == (1, place.submitter, "")
    assert parse_dossier(publication.full_dossier, dossier.codes).parts == dossier.parts
    assert publication.full_dossier["earlier"] == [dump_dossier(before) for before in dossier.earlier]
    assert [before["year"] for before in publication.dossier["earlier"]] == [2022, 2021]
    assert publication.dossier["approval"]["number"] == NUMBER
    assert [load_sheet(sheet) for sheet in publication.sheets] == build_tables(redact(dossier))
    assert load_document(publication.narrative) == build_narrative(redact(dossier))
    assert not load_difference(publication.difference)


def test_the_files_are_all_there_under_their_checksums():
    place = make_sample_world()
    annex.attach(place.report.pk, place.preparer, upload(docx()))
    publication = to_published(place.report, place).publications.get()
    files = list(publication.files.all())
    tables = [load_sheet(sheet).table for sheet in publication.sheets]
    assert [file.name for file in files] == [
        "112001-2023-budget.xlsx",
        "112001-2023-budget.json",
        *(f"112001-2023-budget-{table}.csv" for table in tables),
        "112001-2023-budget-tidy.csv",
        "112001-2023-budget-annex.docx",
        "112001-2023-budget-manifest.json",
    ]
    for file in files:
        assert hashlib.sha256(content(file)).hexdigest() == file.sha256
        assert len(content(file)) == file.size
    data = json.loads(content(files[1]))
    assert dump_dossier(check_document(data)) == data == dump_dossier(load_dossier(place.report))


def test_later_changes_of_rows_names_and_other_years_do_not_reach_it():
    place = world_after(to_published)
    report = place.report
    publication = report.publications.get()
    before = frozen(publication)
    LineItem.objects.update(amount=1)
    place.department.name = "改名后的中心"
    place.department.save()
    without_annex = Report.objects.exclude(pk=report.pk)
    without_annex.update(composition="改动")
    assert frozen(publication) == before


def test_last_years_figures_are_those_that_were_published():
    place = world_after(to_published)
    LineItem.objects.filter(report=place.report).update(amount=1)
    document = sample() | {"year": 2024}
    report = adopt(document, Status.DRAFT)
    published = check_document(sample())
    assert load_dossier(report).previous.ledger.total() == published.ledger.total()


def test_a_correction_leaves_the_last_publication_and_names_every_cell():
    place = world_after(to_correcting)
    report = place.report
    first = report.publications.get()
    before = frozen(first)
    dossier = load_dossier(report)
    mine = find_section(dossier, "expenditure").content(dossier)
    line = next(line for line in mine["expenditure"]["lines"] if line["economic"] == "30201")
    line["amount"] = "130000.00"
    income = find_section(dossier, "income").content(dossier)
    income["income"]["lines"][0]["amount"] = f"{float(income['income']['lines'][0]['amount']) + 10000:.2f}"
    save_section(report.pk, place.preparer, "expenditure", 0, mine)
    save_section(report.pk, place.preparer, "income", 0, income)
    assert frozen(first) == before
    to_published(report, place)
    assert frozen(first) == before
    second = report.publications.get(revision=2)
    assert second.reason == "金额有误"
    difference = load_difference(second.difference)
    changed = {change.key: (change.old, change.new) for change in difference.cells}
    assert [change.place for change in difference.typed] == [
        "收入与结转 › 收入明细 第 1 行 › 金额",
        "基本支出 › 支出明细 2010350 30201 › 金额",
    ]
    assert changed["T03/2010350/basic"][0] != changed["T03/2010350/basic"][1]
    old, new = (
        {key: cell for sheet in p.sheets for key, cell in load_sheet(sheet).cells.items()}
        for p in (first, second)
    )
    assert changed.keys() == {key for key in old | new if old[key].value != new[key].value}
    assert not any(key.startswith("T10/") for key in changed)
    texts = [load_document(p.narrative) for p in (first, second)]
    told = {change.key: (change.old, change.new) for change in difference.sentences}
    assert told == {change.key: (change.old, change.new) for change in changed_sentences(*texts)}
    assert "3073.53万元" in told["balance.total"][0] and "3074.53万元" in told["balance.total"][1]
    assert not any(key.startswith("project.") for key in told)


def test_a_correction_twice_keeps_each_reason():
    place = world_after(to_correcting)
    to_correcting(place.report, place)
    to_published(place.report, place)
    assert [p.reason for p in place.report.publications.order_by("revision")] == ["", "金额有误", "金额有误"]
    assert current(place.report).revision == 3


def test_withheld_projects_are_in_no_byte_that_the_public_gets():
    document = secretive()
    names = [document["projects"][index]["identity"]["name"] for index in SECRETS]
    assert all(name.startswith("绝密字样") for name in names)
    publication = world_after(to_published, make_secretive_world).report.publications.get()
    public = [readable(content(file)) for file in publication.files.all()]
    public += [dump_json(getattr(publication, field)).decode() for field in PUBLIC]
    public += [file.title + file.name for file in publication.files.all()]
    for text in public:
        assert "绝密字样" not in text
        assert "SECRET" not in text
    assert all(name in dump_json(publication.full_dossier).decode() for name in names)


def test_totals_stand_while_projects_are_withheld():
    place = world_after(to_published, make_secretive_world)
    publication = place.report.publications.get()
    sheets = [load_sheet(sheet) for sheet in publication.sheets]
    public = {cell.key: cell.value for sheet in sheets for cell in sheet.cells.values()}
    whole = build_tables(parse_dossier(sample(), load_dossier(place.report).codes))
    figures = {cell.key: cell.value for sheet in whole for cell in sheet.cells.values()}
    compared = 0
    for key, value in figures.items():
        table, row, column = key.split("/")
        if (table <= "T09" or row == "total") and "previous" not in (row, column) and value is not None:
            assert public[key] == value, key
            compared += 1
    assert compared > 300


def test_nothing_is_approved_when_the_files_cannot_be_stored(monkeypatch: pytest.MonkeyPatch):
    place = world_after(to_reviewed)
    report = place.report

    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(InMemoryStorage, "exists", lambda *args: False)
    monkeypatch.setattr(InMemoryStorage, "save", full)
    with pytest.raises(OSError):
        approve(report.pk, place.approver, current(report).changes, NUMBER, timezone.localdate())
    assert current(report).status == Status.REVIEWED
    assert not ApprovedContent.objects.exists()


def test_publishing_again_what_did_not_change_writes_no_second_copy():
    place = world_after(to_correcting)
    to_published(place.report, place)
    first, second = place.report.publications.order_by("revision")

    def checksums(publication: Publication) -> dict[str, str]:
        """Of what says nothing of the revision."""
        files = publication.files.exclude(name__endswith="-tidy.csv").exclude(format="manifest")
        return {file.name: file.file.name for file in files}

    assert checksums(first) == checksums(second)
    assert not load_difference(second.difference)


def test_frozen_json_is_parsed_without_the_classification():
    place = world_after(to_published)
    publication = place.report.publications.get()
    parsed = parse_dossier(publication.full_dossier, Classification())
    assert parsed.ledger.total() == load_dossier(place.report).ledger.total()
