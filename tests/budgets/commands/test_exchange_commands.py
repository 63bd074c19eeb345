"""The commands that later work and operators rely on: names, output, exit status."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import override_settings

from budgets.actions.adopt import adopt
from budgets.domain.choices import ProjectType, Role, Status
from budgets.exchange.schema import exchange_schema
from budgets.management.commands.load_samples import PASSWORD
from budgets.models import Department, Publication, Report
from budgets.permissions import roles_in
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from tests.sample_world import FOLDER, sample

pytestmark = pytest.mark.django_db


def run(*args: str, **options: object) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def failed(*args: str) -> tuple[str, str, CommandError]:
    """What a refused command wrote to stdout and stderr, and its error."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(*args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue(), caught.value


def path(year: int = 2023, code: str = "112001") -> str:
    return str(FOLDER / f"{code}_{year}_budget.json")


def test_a_report_is_imported_as_a_draft():
    assert "编制中" in run("import_report", path())
    assert Report.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("status", ["draft", "archived", "published"])
def test_several_are_imported_in_a_status(status):
    run("import_report", path(2021), path(2022), "--status", "archived")
    run("import_report", path(2023), "--status", status)
    assert Report.objects.get(fiscal_year__year=2023).status == status
    assert Publication.objects.count() == (status == "published")


def test_all_files_or_none_and_every_problem_on_its_line(tmp_path):
    bad, worse = tmp_path / "bad.json", tmp_path / "worse.json"
    document = sample()
    document["expenditure"]["lines"][0]["amount"] = "25万"
    document["staffing"]["retirees"] = "三"
    bad.write_text(json.dumps(document), encoding="utf-8")
    worse.write_bytes(b"{")
    _, err, error = failed("import_report", path(), str(bad), str(worse), str(tmp_path / "missing.json"))
    lines = err.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(f"{bad}：$.staffing.retirees：")
    assert lines[1].startswith(f"{bad}：$.expenditure.lines[0].amount：")
    assert lines[2].startswith(f"{worse}：$：")
    assert "不能读取" in lines[3]
    assert (error.returncode, "没有载入任何文件" in str(error)) == (1, True)
    assert not Report.objects.exists()


def test_an_export_holds_the_files_asked_for(tmp_path):
    report = adopt(sample(), Status.DRAFT)
    run("export_report", "112001", "2023", "budget", "--out", str(tmp_path / "new"), "--formats", "json,csv")
    names = sorted(file.name for file in (tmp_path / "new").iterdir())
    assert names[0] == "112001-2023-budget-T01.csv"
    assert not [name for name in names if name.endswith("xlsx")]
    data = json.loads((tmp_path / "new" / "112001-2023-budget.json").read_text(encoding="utf-8"))
    assert data == dump_dossier(load_dossier(report))


def test_an_export_has_every_format_unless_told_otherwise(tmp_path):
    adopt(sample(), Status.DRAFT)
    out = run("export_report", "112001", "2023", "budget", "--out", str(tmp_path))
    written = {file.suffix for file in tmp_path.iterdir()}
    assert written == {".xlsx", ".json", ".csv"}
    assert len(out.splitlines()) == len(list(tmp_path.iterdir()))


def test_an_unknown_format_writes_nothing(tmp_path):
    adopt(sample(), Status.DRAFT)
    failed("export_report", "112001", "2023", "budget", "--out", str(tmp_path / "x"), "--formats", "json,exe")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("command", [["check_report"], ["export_report", "--out", "unused"]])
def test_a_report_that_is_not_there_is_told_from_one_with_errors(command):
    _, _, error = failed(command[0], "112001", "2029", "budget", *command[1:])
    assert error.returncode == 2


def test_a_report_without_errors_passes():
    for year in (2021, 2022):
        adopt(sample(year=year), Status.ARCHIVED)
    adopt(sample(), Status.DRAFT)
    assert "错误 0" in run("check_report", "112001", "2023", "budget")
    assert isinstance(json.loads(run("check_report", "112001", "2023", "budget", "--json")), list)


def test_errors_are_printed_and_the_status_says_so():
    document = sample()
    document["projects"][0]["activities"]["activities"][0]["lines"][0]["economic"] = "302"
    adopt(document, Status.DRAFT)
    out, _, error = failed("check_report", "112001", "2023", "budget")
    assert error.returncode == 1
    assert "[错误] CLS-1" in out
    out, _, _ = failed("check_report", "112001", "2023", "budget", "--json")
    (found,) = [finding for finding in json.loads(out) if finding["rule"] == "CLS-1"]
    assert (found["severity"], found["section"]) == ("error", f"project:{document['projects'][0]['key']}")
    assert found["object"].startswith("lines/")


def test_the_schema_is_printed():
    assert json.loads(run("exchange_schema")) == json.loads(json.dumps(exchange_schema()))


def test_the_samples_are_published_and_next_year_is_open():
    out = run("load_samples")
    states = {
        (report.department.code, report.year, report.kind): report.status
        for report in Report.objects.select_related("department", "fiscal_year")
    }
    assert states == {
        ("112001", 2021, "budget"): Status.ARCHIVED,
        ("112001", 2022, "budget"): Status.ARCHIVED,
        ("112001", 2023, "budget"): Status.PUBLISHED,
        ("112001", 2023, "final"): Status.ARCHIVED,
        ("112001", 2024, "budget"): Status.ARCHIVED,
        ("112001", 2024, "final"): Status.PUBLISHED,
        ("112001", 2025, "budget"): Status.DRAFT,
        ("344001", 2021, "budget"): Status.ARCHIVED,
        ("344001", 2022, "budget"): Status.PUBLISHED,
    }
    draft = Report.objects.get(fiscal_year__year=2025)
    assert 25 < draft.days_left < 35
    assert draft.fiscal_year.final_profile
    assert [project.key for project in load_dossier(draft).projects] == [
        project.key
        for project in load_dossier(Report.objects.get(fiscal_year__year=2024, kind="budget")).projects
        if project.identity.type != ProjectType.ONE_OFF
    ]
    assert PASSWORD in out
    roles = {
        "tianbao": Role.PREPARER,
        "baosong": Role.SUBMITTER,
        "chushen": Role.REVIEWER,
        "pifu": Role.APPROVER,
        "guanli": Role.ADMINISTRATOR,
    }
    for name, role in roles.items():
        for prefix, code in (("", "112001"), ("wc-", "344001")):
            user = get_user_model().objects.get(username=prefix + name)
            assert name in out
            assert user.check_password(PASSWORD)
            assert user.is_staff == (role not in (Role.PREPARER, Role.SUBMITTER))
            for report in Report.objects.all():
                own = report.department.code == code
                assert roles_in(user, report) == ({role} if own else set())


def test_the_renamed_department_keeps_its_history():
    run("load_samples")
    department = Department.objects.get(code="112001")
    assert department.name == "武汉市东西湖区科技创新和人才服务中心"
    assert department.name_in(2023) == "武汉市东西湖区企业和人才服务中心"
    final = load_dossier(Report.objects.get(fiscal_year__year=2024, kind="final"))
    assert final.budget.header.department_name == department.name
    assert final.previous.header.department_name == department.name_in(2023)
    before = load_dossier(Report.objects.get(fiscal_year__year=2023, kind="budget"))
    going_on = {"general-affairs", "auxiliary-staff", "through-train"}
    assert {p.key for p in final.projects} & {p.key for p in before.projects} == going_on


def test_the_samples_can_be_loaded_again_without_touching_what_people_did():
    run("load_samples")
    user = get_user_model().objects.get(username="tianbao")
    user.set_password("something else 9")
    user.save()
    Report.objects.filter(status=Status.PUBLISHED).update(status=Status.CORRECTING, retirees=77)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Report, Publication, get_user_model())
    ]
    run("load_samples")
    assert [
        list(model.objects.order_by("pk").values()) for model in (Report, Publication, get_user_model())
    ] == before


def test_production_is_not_given_samples():
    with override_settings(PRODUCTION=True):
        _, _, error = failed("load_samples")
    assert "正式环境" in str(error)
    assert not Report.objects.exists()
