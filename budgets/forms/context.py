"""The context that every form of a section needs: the report, the unit and the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from ..domain.choices import ReportKind
from ..domain.dossier import PROJECT, Dossier, ProjectDossier
from ..domain.figures import figures_of
from ..domain.money import Unit
from ..domain.profile import Profile
from ..models import Report


@dataclass(frozen=True)
class EditContext:
    """The context of one page. Amounts are typed and shown in ``unit``."""

    report: Report
    dossier: Dossier
    unit: Unit
    profile: Profile
    section_key: str
    editable: bool = True

    @property
    def project(self) -> ProjectDossier | None:
        """The project of the section; None in a section of the report."""
        if not self.section_key.startswith(PROJECT):
            return None
        return self.dossier.project(self.section_key.removeprefix(PROJECT))

    @property
    def is_final(self) -> bool:
        """Whether it is final accounts."""
        return self.profile.kind == ReportKind.FINAL

    @cached_property
    def fields(self) -> dict[type, Mapping[str, Any]]:
        """The fields of each form of the page, made once (`base.PartForm.shared_fields`)."""
        return {}

    @cached_property
    def figure_titles(self) -> Mapping[str, str]:
        """Titles of the figures that can have a reason, by key."""
        return {figure.key: figure.title for figure in figures_of(self.dossier)}

    @property
    def year(self) -> int:
        return self.dossier.header.year

    def codes(self, kind: str) -> Mapping[str, str]:
        """Names by code of the report's edition; ``kind`` is ``function`` or ``economic``."""
        return self.dossier.codes.function if kind == "function" else self.dossier.codes.economic

    def picker_url(self, kind: str) -> str:
        """The address from which an input for such codes gets suggestions."""
        return self._picker_urls[kind]

    @cached_property
    def _picker_urls(self) -> Mapping[str, str]:
        """Codes by kind, cached because every row of every list asks for them."""
        kinds = ("function", "economic")
        return {kind: reverse("entry:codes", args=[self.report.pk, kind]) for kind in kinds}
