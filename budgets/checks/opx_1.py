"""OPX-1 机关运行经费: the printed amount agrees with the posts of the unit."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.analysis.operating_cost import WORD, agency_operating_cost, operating_cost
from budgets.domain.address import Address
from budgets.domain.choices import PostCategory, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import ZERO, stated
from budgets.domain.options import Option
from budgets.domain.schema import Staffing

WORD_OPTION = "operating_cost_word"


class AgencyOperatingCost:
    """Warning: the kind of unit, from which the amount is derived, does not agree with the posts.

    Finds 机关运行经费 in a unit without 行政 or 参公 posts, and its absence in a 事业单位 that has filled ones. Option
    ``operating_cost_word`` is the term that the locality prints. Not judged while no post is entered.
    """

    id = "OPX-1"
    title = "机关运行经费"
    objects = ("staffing",)
    options = (
        Option(
            name=WORD_OPTION,
            title="机关运行经费的名称",
            meaning="机关运行经费在说明中的名称；名称中有“事业”的不核对人员。",
            default=WORD,
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        word = str(settings.options.get(WORD_OPTION, WORD))
        staffing = dossier.part(Staffing)
        cost = operating_cost(dossier)
        if "事业" in word or not cost or not (staffing.authorised or staffing.filled):
            return
        posts = [
            staffing.post(category)
            for category in (PostCategory.ADMINISTRATIVE, PostCategory.CIVIL_SERVICE_MANAGED)
        ]
        printed = agency_operating_cost(dossier, word)
        kind = dossier.header.department_kind.label
        filled = sum(post.filled for post in posts)
        if printed and not filled and not any(post.authorised for post in posts):
            message = (
                f"{word} {stated(printed)}，本单位却没有行政编制或参照公务员法管理的人员；"
                f"请核对人员情况，不是{kind}的请由管理员更正单位性质。"
            )
            expected = ZERO
        elif not printed and filled:
            message = (
                f"有行政编制或参照公务员法管理的人员 {filled} 人，{word}却因单位性质是{kind}而为 {stated(ZERO)}，"
                f"公用经费有 {stated(cost)}；请核对人员情况，或由管理员更正单位性质。"
            )
            expected = cost
        else:
            return
        yield Finding(
            rule=self.id,
            severity=settings.severity or Severity.WARNING,
            place=word,
            address=Address("staffing", PostCategory.CIVIL_SERVICE_MANAGED, "filled"),
            message=message,
            expected=expected,
            actual=printed,
            difference=printed - expected,
        )
