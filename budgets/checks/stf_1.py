"""STF-1 编制与实有人数: 参公 within 事业, and nobody above the authorised number without a reason."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.address import Address
from budgets.domain.choices import PostCategory, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.schema import Staffing

_COUNTS = (("authorised", "编制数"), ("filled", "在职实有数"))


class Establishment:
    """Error: more 参公 posts than 事业 posts, which include them. Warning: 超编. Counts in persons."""

    id = "STF-1"
    title = "编制与实有人数"
    objects = ("staffing",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        staffing = dossier.part(Staffing)
        managed = staffing.post(PostCategory.CIVIL_SERVICE_MANAGED)
        institution = staffing.post(PostCategory.INSTITUTION)
        for name, title in _COUNTS:
            part, whole = getattr(managed, name), getattr(institution, name)
            if part > whole:
                yield Finding(
                    rule=self.id,
                    severity=settings.severity or Severity.ERROR,
                    place=f"参照公务员法管理{title}",
                    address=Address("staffing", managed.category, name),
                    message=f"参照公务员法管理{title} {part} 人，多于事业{title} {whole} 人；"
                    "参公人员包含在事业编制内，请核对两数。",
                    expected=f"不多于 {whole} 人",
                    actual=f"{part} 人",
                )
        for post in staffing.posts:
            if post.filled > post.authorised:
                label = post.category.label.removeprefix("其中：")
                yield Finding(
                    rule=self.id,
                    severity=settings.severity or Severity.WARNING,
                    place=label,
                    address=Address("staffing", post.category, "filled"),
                    message=f"{label}在职实有 {post.filled} 人，编制 {post.authorised} 人，"
                    f"超编 {post.filled - post.authorised} 人；请核对，属实的请说明原因。",
                    expected=f"不多于 {post.authorised} 人",
                    actual=f"{post.filled} 人",
                )
