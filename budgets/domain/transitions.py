"""The table of verbs: which states each starts from, which state it leads to, and which roles may use it."""

from __future__ import annotations

from dataclasses import dataclass

from .choices import UNDER_REVIEW, Choices, Role, Status


class Verb(Choices):
    """The acts on a report that are logged. Those after 载入 do not change the state."""

    SUBMIT = "submit", "报送"
    RETURN = "return", "退回"
    PASS = "pass", "初审通过"
    APPROVE = "approve", "批复"
    REVOKE = "revoke", "撤销"
    PUBLISH = "publish", "公开"
    CORRECT = "correct", "更正"
    OPEN = "open", "建立"
    ADOPT = "adopt", "载入"
    WAIVE = "waive", "豁免规则"
    LIFT = "lift", "撤销豁免"
    RESOLVE = "resolve", "解决意见"
    REOPEN = "reopen", "重新打开意见"
    ATTACH = "attach", "上传附件"
    DETACH = "detach", "移除附件"
    DECLARE = "declare", "声明没有内容"
    TAKE_BACK = "take_back", "撤销声明"
    WITHDRAW = "withdraw", "撤下"
    ADD_PROJECT = "add_project", "新增项目"
    REMOVE_PROJECT = "remove_project", "移除项目"
    EXPLAIN = "explain", "说明提醒"
    JUDGE = "judge", "审核要点"
    IMPORT = "import", "导入工作簿"
    UNDO_IMPORT = "undo_import", "撤销导入"


@dataclass(frozen=True, slots=True)
class Move:
    """``sources`` are the states a verb starts from, ``target`` the state it leads to, ``roles`` who may use it."""

    verb: Verb
    sources: tuple[Status, ...]
    target: Status
    roles: tuple[Role, ...]


MOVES = (
    Move(
        Verb.SUBMIT, (Status.DRAFT, Status.RETURNED, Status.CORRECTING), Status.SUBMITTED, (Role.SUBMITTER,)
    ),
    Move(Verb.RETURN, UNDER_REVIEW, Status.RETURNED, (Role.REVIEWER, Role.APPROVER)),
    Move(Verb.PASS, (Status.SUBMITTED,), Status.REVIEWED, (Role.REVIEWER,)),
    Move(Verb.APPROVE, (Status.REVIEWED,), Status.APPROVED, (Role.APPROVER,)),
    Move(Verb.REVOKE, (Status.APPROVED,), Status.RETURNED, (Role.APPROVER,)),
    Move(Verb.PUBLISH, (Status.APPROVED,), Status.PUBLISHED, (Role.SUBMITTER, Role.APPROVER)),
    Move(Verb.CORRECT, (Status.PUBLISHED,), Status.CORRECTING, (Role.APPROVER,)),
)


def move(verb: Verb) -> Move:
    return next(m for m in MOVES if m.verb == verb)


def available(status: str, roles: frozenset[Role]) -> list[Move]:
    """The moves that somebody with ``roles`` may make on a report in ``status``."""
    return [m for m in MOVES if status in m.sources and roles & set(m.roles)]
