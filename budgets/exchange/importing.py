"""A JSON document read and checked whole, before anything is written."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ..domain.choices import DepartmentKind, ReportKind
from ..domain.dossier import Classification, Dossier
from ..domain.fiscal_years import FIRST_YEAR, LAST_YEAR
from ..domain.problems import ImportRefused, Problem, first, json_path, problems_of
from ..domain.profile import empty_sections, get_profile, parts_of, profile_keys, required_sections
from ..domain.types import FORBIDDEN
from ..storage.dossier_json import FORMAT, parse_dossier
from ..storage.sections import project_parts, report_parts

MAX_BYTES = 20 * 1024 * 1024
MAX_PROJECTS = 1000
_HALF = re.compile("[\ud800-\udfff]")
HEAD = ("format", "kind", "year", "profile", "edition", "district", "department")


def read_document(raw: bytes) -> Mapping[str, Any]:
    """The bytes as a JSON object; raises `ImportRefused`."""
    if len(raw) > MAX_BYTES:
        raise ImportRefused([Problem("$", f"文件过大，最多 {MAX_BYTES // 1024 // 1024} MB")])
    try:
        data = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ImportRefused([Problem("$", f"不是有效的 JSON（UTF-8）：{_where(error)}")]) from None
    if not isinstance(data, dict):
        raise ImportRefused([Problem("$", "应为一个对象")])
    return data


def check_document(data: Mapping[str, Any]) -> Dossier:
    """The document as a dossier without subjects' names; raises `ImportRefused` with every problem."""
    try:
        problems = first(_halves(data)) or list(_head_problems(data))
        if problems:
            raise ImportRefused(problems)
        problems = first([*_part_problems(data), *_declaration_problems(data), *_key_problems(data)])
    except RecursionError:
        raise ImportRefused([Problem("$", "嵌套过深")]) from None
    if problems:
        raise ImportRefused(problems)
    dossier = parse_dossier(data, Classification())
    problems = list(_contradictions(data, dossier))
    if problems:
        raise ImportRefused(problems)
    return dossier


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a JSON object. Refuses a name that is given twice, since either value could be meant."""
    data = dict(pairs)
    if len(data) < len(pairs):
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ImportRefused([Problem("$", f"同一对象中 {name} 重复")])
    return data


def _halves(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Halves of characters (``"\\ud800"``), which JSON can write and neither a message nor a database can hold."""
    if isinstance(value, str):
        if _HALF.search(value):
            yield Problem(json_path(at), f"“{_HALF.sub('�', value[:40])}”中有不成对的代理字符，不是文字")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            shown = _HALF.sub("�", name)
            if shown != name:
                yield Problem(json_path((*at, shown)), "名称中有不成对的代理字符，不是文字")
            yield from _halves(inner, (*at, shown))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _halves(inner, (*at, place))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"不允许 {name}")


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 列"
    return "编码不是 UTF-8" if isinstance(error, UnicodeDecodeError) else "嵌套过深或含有非法数值"


def _head_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    if data.get("format") != FORMAT:
        yield Problem("$.format", f"应为 {FORMAT}")
        return
    if data.get("kind") not in list(ReportKind):
        yield Problem("$.kind", "应为 budget 或 final")
    year = data.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        yield Problem("$.year", "应为年度，如 2023")
    profile = data.get("profile")
    if profile not in profile_keys():
        yield Problem("$.profile", f"没有这个表样，应为 {'、'.join(profile_keys())} 之一")
    elif get_profile(profile).kind != data.get("kind"):
        yield Problem("$.profile", "表样与种类不符")
    yield from _text_problem(data, "edition", 16)
    for name, keys in (("district", {"code", "name"}), ("department", {"code", "name", "kind"})):
        value = data.get(name)
        if not isinstance(value, dict) or set(value) != keys:
            yield Problem(f"$.{name}", f"应为含 {'、'.join(sorted(keys))} 的对象")
            continue
        for problem in (*_text_problem(value, "code", 20), *_text_problem(value, "name", 100)):
            yield Problem(f"$.{name}" + problem.path[1:], problem.message)
        code = value.get("code")
        if isinstance(code, str) and not all(c.isascii() and (c.isalnum() or c in "_-") for c in code):
            yield Problem(f"$.{name}.code", "编码只能由数字、字母、- 和 _ 组成")
        if "kind" in keys and value.get("kind") not in list(DepartmentKind):
            yield Problem(f"$.{name}.kind", f"应为 {'、'.join(DepartmentKind)} 之一")


def _text_problem(data: Mapping[str, Any], name: str, limit: int) -> Iterator[Problem]:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > limit or FORBIDDEN.search(value):
        yield Problem(f"$.{name}", f"应为 1 到 {limit} 个字的文字")


def _part_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    known = {*HEAD, "declared_empty", "projects"}
    profile = data["profile"]
    whole = {part.key: part for part in report_parts(profile)}
    for name in sorted(set(data) - known - set(whole)):
        yield Problem(json_path((name,)), "没有这一项")
    for name, part in whole.items():
        yield from _value_problems(part, data.get(name, {}), (name,))
    projects = data.get("projects", [])
    if not isinstance(projects, list) or len(projects) > MAX_PROJECTS:
        yield Problem("$.projects", f"应为最多 {MAX_PROJECTS} 项的数组")
        return
    single = {part.key: part for part in project_parts(profile)}
    for index, project in enumerate(projects):
        base = ("projects", index)
        if not isinstance(project, dict):
            yield Problem(json_path(base), "应为对象")
            continue
        for name in sorted(set(project) - {"key"} - set(single)):
            yield Problem(json_path((*base, name)), "没有这一项")
        key = project.get("key")
        if not isinstance(key, str) or not 1 <= len(key) <= 64 or not _is_key(key):
            yield Problem(json_path((*base, "key")), "应为 1 到 64 位的字母、数字、点、- 或 _")
        for name, own in single.items():
            yield from _value_problems(own, project.get(name, {}), (*base, name))


def _declaration_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    declared, required = data.get("declared_empty", []), required_sections(data["profile"])
    if not isinstance(declared, list):
        yield Problem("$.declared_empty", "应为数组")
        return
    for index, key in enumerate(declared):
        path = json_path(("declared_empty", index))
        if not isinstance(key, str) or key not in required:
            yield Problem(path, f"应为 {'、'.join(required)} 之一")
        elif key in declared[:index]:
            yield Problem(path, f"{key} 重复")


def _contradictions(data: Mapping[str, Any], dossier: Dossier) -> Iterator[Problem]:
    """Problems of sections that are declared to be empty and are not."""
    required, empty = required_sections(data["profile"]), empty_sections(dossier)
    for index, key in enumerate(data.get("declared_empty", ())):
        if key not in empty:
            yield Problem(json_path(("declared_empty", index)), f"“{required[key]}”有内容，不能声明没有")


def _is_key(key: str) -> bool:
    return all(c.isascii() and (c.isalnum() or c in "_.-") for c in key)


def _value_problems(part: Any, value: Any, base: tuple[str | int, ...]) -> Iterator[Problem]:
    try:
        part.parse(value)
    except ValidationError as error:
        yield from problems_of(error, base)
    except RecursionError:
        yield Problem(json_path(base), "嵌套过深")


def _key_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Problems of repeated keys. Keys of one kind of row are unique in the whole report."""
    seen: Counter[tuple[str, str]] = Counter()
    whole, single = parts_of(data["profile"])
    lists = frozenset(name for part in (*whole, *single) for name in part.keyed)
    for row in _keys(data, lists, ()):
        seen[row.kind, row.key] += 1
        if seen[row.kind, row.key] == 2:
            yield Problem(row.path, f"行标识 {row.key} 重复")
    projects = data.get("projects")
    if isinstance(projects, list):
        keys = Counter(
            p.get("key") for p in projects if isinstance(p, dict) and isinstance(p.get("key"), str)
        )
        for project, count in keys.items():
            if count > 1:
                yield Problem("$.projects", f"项目标识 {project} 重复")


@dataclass(frozen=True, slots=True)
class _RowKey:
    """The key of a row of one kind, and where it stands."""

    kind: str
    key: str
    path: str


def _keys(node: Any, lists: Collection[str], loc: tuple[str | int, ...]) -> Iterator[_RowKey]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in lists and isinstance(value, list):
                for index, row in enumerate(value):
                    if isinstance(row, dict) and isinstance(row.get("key"), str):
                        yield _RowKey(name, row["key"], json_path((*loc, name, index, "key")))
            yield from _keys(value, lists, (*loc, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _keys(value, lists, (*loc, index))
