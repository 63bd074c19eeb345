"""Sections of documents in memory, edited without a database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from budgets.classification.editions import classification
from budgets.domain.dossier import PROJECT, Dossier
from budgets.domain.money import Unit
from budgets.domain.profile import build_project_form, get_profile
from budgets.forms.context import EditContext
from budgets.forms.entered import Posted
from budgets.forms.sections import SectionForm
from budgets.renderers import html
from budgets.storage.dossier_json import parse_dossier
from budgets.storage.sections import find_section
from tests.controls import controls
from tests.sample_world import sample

CODES = classification("2024")


def dossier_of(code: str = "112001", year: int = 2023) -> Dossier:
    return parse_dossier(sample(code, year), CODES)


def edit(
    dossier: Dossier, key: str, data: QueryDict | None = None, *, unit: Unit = Unit.WAN, editable: bool = True
) -> SectionForm:
    """The form of one section; ``key`` of a project is ``project:<key>``."""
    section = find_section(dossier, key)
    assert section is not None
    context = EditContext(
        report=SimpleNamespace(pk=1),  # type: ignore[arg-type]
        dossier=dossier,
        unit=unit,
        profile=get_profile(dossier.header.profile),
        section_key=key,
        editable=editable,
    )
    entered = None if data is None else Posted(data)
    return SectionForm(section, section.content(dossier), entered, context)


def stored(dossier: Dossier, key: str) -> dict[str, Any]:
    section = find_section(dossier, key)
    assert section is not None
    return section.content(dossier)


def page(form: SectionForm) -> str:
    """The 申报表 of the project that ``form`` edits."""
    context = form.context
    assert context.project is not None
    sheet = build_project_form(context.dossier, context.project, context.unit)
    return html.render(sheet, binder=form)


def posted(dossier: Dossier, project: str, *, unit: Unit = Unit.WAN) -> QueryDict:
    """What a browser posts from the untouched 申报表."""
    return controls(page(edit(dossier, PROJECT + project, unit=unit)))
