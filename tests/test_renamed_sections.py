"""The key of a section is a locality's own: under other keys, cut and ordered otherwise, a profile does the same.

Each shipped profile with every section renamed, 采购 in a section of its own, the order turned round and the projects
behind another section.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.actions.write_workbook import preview
from budgets.analysis.consolidation import consolidate
from budgets.apps import check_profiles
from budgets.domain import profile as profiles
from budgets.domain.choices import Status
from budgets.domain.dossier import PROJECT, PROJECTS, Dossier
from budgets.domain.profile import Profile, SectionSpec, build_tables, get_profile, profile_keys, run_checks
from budgets.models import FiscalYear, Report
from budgets.parts.procurement import operating_procurement
from budgets.storage.loading import load_dossier
from budgets.storage.sections import all_sections
from budgets.views.entry.links import Links, section_url
from budgets.views.entry.outline import contents
from budgets.workbook.reading import read_workbook
from tests.budgets.workbook.files import made
from tests.catalogue import variants
from tests.factories import make_world
from tests.other_profiles import install
from tests.sample_world import sample


def renamed(profile: Profile) -> Profile:
    sections: list[SectionSpec] = []
    for spec in reversed(profile.sections):
        parts = tuple(part for part in spec.parts if part != operating_procurement)
        behind = spec.key == "staffing"
        sections.append(replace(spec, key=f"our-{spec.key}", parts=parts, then_projects=behind))
        if parts != spec.parts:
            sections.append(SectionSpec(key="buying", title="采购", parts=(operating_procurement,)))
    return replace(profile, key=new(profile.key), sections=tuple(sections))


def new(key: str) -> str:
    return f"renamed_{key}"


@pytest.fixture(autouse=True)
def _renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, *(renamed(get_profile(key)) for key in profile_keys()))


def under_other_keys(report: Dossier) -> Dossier:
    return replace(report, header=replace(report.header, profile=new(report.header.profile)))


PRINTED = (variants.printed_000, variants.printed_001, variants.printed_004)


@pytest.mark.parametrize("printed", PRINTED)
def test_every_finding_of_the_catalogue_lands_in_a_section_that_has_its_field(printed) -> None:
    report = printed()
    other = under_other_keys(report)
    before, after = run_checks(report), run_checks(other)
    assert [(f.rule, f.message, f.field) for f in after] == [(f.rule, f.message, f.field) for f in before]
    sections = {section.key: section for section in all_sections(other)}
    links = Links(1, other)
    for finding in after:
        section = sections[finding.section]
        if finding.field:
            assert any(finding.field.object in part.objects for part in section.parts), finding
            assert links.field(finding.field) == f"{section_url(1, section.key)}#{finding.anchor}"


def test_the_contents_list_every_project_where_the_profile_places_them() -> None:
    report = under_other_keys(variants.printed_000())
    entries = contents(1, report, (), (), {})
    keys = [entry.key for entry in entries]
    assert keys[keys.index("our-staffing") + 1] == PROJECTS
    (group,) = [entry for entry in entries if entry.is_group]
    assert [child.key for child in group.children] == [PROJECT + project.key for project in report.projects]
    assert len(group.children) == 12
    sections = [section.key for section in all_sections(report)]
    assert sections.index(group.children[0].key) == sections.index("our-staffing") + 1


def test_the_roll_up_is_that_of_the_shipped_profile() -> None:
    report = variants.printed_000()
    other = under_other_keys(report)
    whole, same = (consolidate([one], one.header) for one in (report, other))
    assert [s.cells for s in build_tables(whole)] == [s.cells for s in build_tables(same)]


@pytest.fixture
def stored(db: None) -> tuple[Report, Client]:
    world = make_world(2023)
    document = sample()
    document["profile"] = new(document["profile"])
    FiscalYear.objects.update(budget_profile=document["profile"])
    report = adopt(document, Status.DRAFT)
    client = Client()
    client.force_login(world.preparer, "django.contrib.auth.backends.ModelBackend")
    return report, client


def test_every_link_of_a_finding_finds_its_control(stored: tuple[Report, Client]) -> None:
    report, client = stored
    check = client.get(reverse("entry:check", args=[report.pk])).content.decode()
    pages: dict[str, str] = {}
    found = [finding for finding in run_checks(load_dossier(report)) if finding.field]
    assert found
    for finding in found:
        address = section_url(report.pk, finding.section)
        assert f'href="{address}#{finding.anchor}"' in check
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        assert f'id="{finding.anchor}"' in pages[address]


def test_the_workbook_comes_back_as_it_went(stored: tuple[Report, Client]) -> None:
    report, _ = stored
    plan = preview(report, read_workbook(made(report)))
    assert (plan.problems, plan.sections, plan.changes) == ([], [], [])


# --- what a profile may not say ---------------------------------------------------------------------------


def refused(monkeypatch: pytest.MonkeyPatch, **changes: object) -> str:
    base = get_profile("dongxihu_2023")
    sections = changes.get("sections", lambda specs: specs)(base.sections)  # type: ignore[operator]
    install(monkeypatch, replace(base, key="wrong", sections=sections))
    with pytest.raises(ImproperlyConfigured) as error:
        profiles.sections_by_object("wrong")
    return str(error.value)


def test_two_parts_that_claim_one_object_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    again = SectionSpec(key="again", title="又一处", parts=(operating_procurement,))
    said = refused(monkeypatch, sections=lambda specs: (*specs, again))
    assert said == "wrong: procurement is claimed in matters and in again"


def test_the_projects_have_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = refused(
        monkeypatch, sections=lambda specs: tuple(replace(s, then_projects=False) for s in specs)
    )
    assert nowhere == "wrong: one section, and no more, must have then_projects"


def test_a_rule_needs_the_part_that_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    without = refused(monkeypatch, sections=lambda specs: tuple(s for s in specs if s.key != "staffing"))
    assert without == "wrong: STF-1 is about staffing, which no part holds"


def test_the_server_does_not_start_with_such_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_profiles() == []
    refused(monkeypatch, sections=lambda specs: specs[1:2])
    (error,) = check_profiles()
    assert error.id == "budgets.E001"
