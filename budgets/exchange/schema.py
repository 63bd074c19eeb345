"""The JSON Schema of the exchange format, derived from the dossier's dataclasses."""

from __future__ import annotations

from typing import Any

from ..domain.choices import DepartmentKind, ReportKind
from ..domain.fiscal_years import FIRST_YEAR, LAST_YEAR
from ..domain.profile import profile_keys, required_sections
from ..domain.types import KEY
from ..storage.dossier_json import FORMAT
from ..storage.sections import project_parts, report_parts

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def exchange_schema() -> dict[str, Any]:
    """One schema for all profiles, with the parts of every profile."""

    definitions: dict[str, Any] = {}
    whole = {p.key: _schema(p, definitions) for key in profile_keys() for p in report_parts(key)}
    project = {p.key: _schema(p, definitions) for key in profile_keys() for p in project_parts(key)}
    return {
        "$schema": DIALECT,
        "title": "阳光预算编报交换格式",
        "description": '金额一律为字符串形式的元，如 "750000.00"；key 是行的稳定标识，可省略。',
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "kind", "year", "profile", "edition", "district", "department"],
        "properties": {
            "format": {"const": FORMAT},
            "kind": {"enum": [kind.value for kind in ReportKind], "title": "种类"},
            "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "title": "年度"},
            "profile": {"enum": list(profile_keys()), "title": "表样"},
            "edition": {"type": "string", "title": "科目版本"},
            "district": _named("区"),
            "department": _named("部门", kind={"enum": [kind.value for kind in DepartmentKind]}),
            "declared_empty": {
                "type": "array",
                "title": "声明没有内容的部分",
                "uniqueItems": True,
                "items": {
                    "enum": list(dict.fromkeys(s for key in profile_keys() for s in required_sections(key)))
                },
            },
            **whole,
            "projects": {
                "type": "array",
                "title": "项目",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["key"],
                    "properties": {"key": {"type": "string", "pattern": KEY}, **project},
                },
            },
        },
        "$defs": definitions,
    }


def _schema(part: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = part.adapter.json_schema(ref_template="#/$defs/{model}")
    definitions.update(schema.pop("$defs", {}))
    return schema | {"title": part.title}


def _named(title: str, **more: Any) -> dict[str, Any]:
    properties = {"code": {"type": "string"}, "name": {"type": "string"}, **more}
    return {
        "type": "object",
        "title": title,
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
