"""概况: duties, composition, staff, the year's tasks or what became of them (A1–A4, B21).

Pure. Options: none.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.address import Address
from ..domain.choices import PostCategory
from ..domain.profile import get_profile
from ..domain.schema import Basics, Staffing
from .document import Block, Pieces, Sentence
from .narrator import Narrator
from .sources import Sum
from .templates import joined

WORDING = {
    "duty": "{text}。",
    "composition": "{department}的单位构成：{text}。",
    "units": "纳入{department}{year}年部门预算编制范围的预算单位共{count}个：{names}。",
    "authorised": "{department}共有编制{total}人，其中：{posts}。",
    "filled": "在职实有{total}人，其中：{posts}。",
    "post": "{name}{count}人[（其中参照公务员法管理{managed}人）]",
    "retired": "离退休人员{total}人，其中：离休{honorary}人，退休{retired}人。",
    "task": "{title}。[{text}。][完成情况：{result}。]",
}


def duties(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    given = narrator.dossier.part(Basics).duties
    items = (
        narrator.say("duty", each.key, text=narrator.typed(Address("duties", each.key, "text")))
        for each in given
    )
    return narrator.listing("duties", items)


def composition(narrator: Narrator) -> Iterable[Block]:
    """What the department typed, else the units whose money this is."""
    narrator = narrator.worded(WORDING)
    units = narrator.dossier.units
    address = Address("header", field="department_name")
    said = narrator.say(
        "composition", text=narrator.typed(Address("basics", field="composition"))
    ) or narrator.say(
        "units",
        "composition",
        count=str(len(units)),
        names=narrator.names([name for name in units.values() if name], address),
    )
    return narrator.paragraph("units", [said])


def staffing(narrator: Narrator) -> Iterable[Block]:
    """Posts by category, 参公 within 事业; retired staff. Nothing while nothing is entered."""
    narrator = narrator.worded(WORDING)
    given = narrator.dossier.part(Staffing)
    if given == Staffing():
        return ()
    return narrator.paragraph(
        "staff",
        [
            *(_posts(narrator, given, name) for name in ("authorised", "filled")),
            _retired(narrator),
        ],
    )


def tasks(narrator: Narrator) -> Iterable[Block]:
    """The tasks of a budget; in final accounts with what became of them."""
    narrator = narrator.worded(WORDING)
    items = (
        narrator.say(
            "task",
            each.key,
            **{
                name: narrator.typed(Address("tasks", each.key, name)) for name in ("title", "text", "result")
            },
        )
        for each in narrator.dossier.part(Basics).tasks
    )
    return narrator.listing("tasks", items)


def _posts(narrator: Narrator, given: Staffing, name: str) -> Sentence | None:
    posts = get_profile(narrator.dossier.header.profile).posts
    own = [category for category in posts if category != PostCategory.CIVIL_SERVICE_MANAGED]
    counted = [post.category for post in given.posts if post.category != PostCategory.CIVIL_SERVICE_MANAGED]
    listed = [*own, *(category for category in counted if category not in own)]
    return narrator.say(
        name,
        total=narrator.count(Sum(tuple(Address("staffing", category, name) for category in counted))),
        posts=joined((_post(narrator, given, category, name) for category in listed), "，"),
    )


def _post(narrator: Narrator, given: Staffing, category: PostCategory, name: str) -> Pieces | None:
    managed = PostCategory.CIVIL_SERVICE_MANAGED
    has_managed = category == PostCategory.INSTITUTION and any(p.category == managed for p in given.posts)
    return narrator.phrase(
        "post",
        name=category.label,
        count=narrator.count(Address("staffing", category, name)) or "0",
        managed=narrator.count(Address("staffing", managed, name)) if has_managed else None,
    )


def _retired(narrator: Narrator) -> Sentence | None:
    honorary = Address("staffing", field="honorary_retirees")
    retired = Address("staffing", field="retirees")
    return narrator.say(
        "retired",
        total=narrator.count(Sum((honorary, retired))),
        honorary=narrator.count(honorary),
        retired=narrator.count(retired),
    )
