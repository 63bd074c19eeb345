"""人员情况."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import PostCategory
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.schema import Post, Staffing
from ..models import Post as PostRow
from ..models import Report
from .base import Part, as_dataclass, columns, grouped, sync


class StaffingPart(Part[Staffing, Report]):
    key = "staffing"
    objects = ("staffing",)
    title = "人员情况"
    type = Staffing

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (PostRow.objects.filter(report__in=owners),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Staffing]:
        posts = grouped(rows[0], "report")
        return {
            report.pk: Staffing(
                posts=tuple(as_dataclass(Post, row) for row in posts.get(report.pk, ())),
                honorary_retirees=report.honorary_retirees,
                retirees=report.retirees,
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Staffing]) -> Staffing:
        used = {post.category for value in values for post in value.posts}
        return Staffing(
            posts=tuple(
                Post(
                    category=category,
                    authorised=sum(value.post(category).authorised for value in values),
                    filled=sum(value.post(category).filled for value in values),
                )
                for category in PostCategory
                if category in used
            ),
            honorary_retirees=sum(value.honorary_retirees for value in values),
            retirees=sum(value.retirees for value in values),
        )

    def rewrite(self, owner: Report, value: Staffing, codes: Codes, *rows: Sequence[Any]) -> None:
        Report.objects.filter(pk=owner.pk).update(**columns(value))
        sync(
            PostRow,
            rows[0],
            {"report": owner},
            (columns(post) for post in value.posts),
            identity="category",
        )

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return [] if dossier.part(Staffing).authorised else ["编制数"]


staffing = StaffingPart()
