"""Problems of a document, by JSON path, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

Loc = Sequence[str | int]


@dataclass(frozen=True)
class Problem:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}：{self.message}"


class ImportRefused(Exception):
    """The document was refused and nothing was written; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class PartError(Exception):
    """The data cannot be written; ``message`` is Chinese, ``loc`` the path inside the part."""

    def __init__(self, message: str, loc: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.loc = loc


def json_path(loc: Loc) -> str:
    """``("projects", 0, "identity", "name")`` → ``$.projects[0].identity.name``."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)


MESSAGES = {
    "missing": "缺少本项",
    "missing_argument": "缺少本项",
    "unexpected_keyword_argument": "没有这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_too_long": "最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对",
    "enum": "应为 {expected} 之一",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "tuple_type": "应为数组",
    "list_type": "应为数组",
    "dict_type": "应为对象",
    "dataclass_type": "应为对象",
    "dataclass_exact_type": "应为对象",
}


def problems_of(error: ValidationError, base: Loc = ()) -> list[Problem]:
    """Translate pydantic's errors into our words."""
    return [
        Problem(json_path((*base, *item["loc"])), _message(item)) for item in error.errors(include_url=False)
    ]


def _message(item: Any) -> str:
    if item["type"] == "value_error":
        return str(item["ctx"]["error"])
    template = MESSAGES.get(item["type"], "内容不符合要求")
    ctx = {
        name: str(value).replace(" or ", "、").replace("'", "") for name, value in item.get("ctx", {}).items()
    }
    return template.format(**ctx)


def first(problems: Iterable[Problem], limit: int = 50) -> list[Problem]:
    """The first ``limit`` problems; a last one counts the rest."""
    found = list(problems)
    if len(found) <= limit:
        return found
    return [*found[:limit], Problem("$", f"另有 {len(found) - limit} 个问题")]
