"""公开清单: every file of a publication with its checksum, and a digest of its frozen content.

It is made with the approval, from what is approved alone, and published as a file of its own. The date of publication
is not known then and not in it. `budgets.disclosure.verification` compares it with what is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from ..domain.choices import ReportKind
from ..exchange.exporting import ExportedFile, dump_json

Json = dict[str, Any]

MANIFEST = "manifest"
"""`PublishedFile.format` of the manifest, which is JSON."""

LAYOUT = "yangguang-manifest/1"

DIGESTED = ("dossier", "sheets", "summary", "difference", "narrative", "reason")
"""What of a `FrozenContent` the digest covers: all that is public. ``full_dossier`` is not: a digest of it would let
people try out what is withheld."""

HEAD = {
    "format": "格式",
    "department": "部门",
    "year": "年度",
    "kind": "种类",
    "revision": "版次",
    "approval": "批复文号或批复日期",
}
"""What a manifest says of the report, by key."""


class Listed(Protocol):
    """A file as a manifest lists it. ``size`` in bytes."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


class UnreadableManifest(ValueError):
    """The bytes are not those of a manifest."""


def make_manifest(frozen: Mapping[str, Any], revision: int, files: Iterable[Listed]) -> ExportedFile:
    """The manifest as a file. ``frozen`` has what is `DIGESTED`, as JSON; ``files`` are all others."""
    said = manifest_of(frozen, revision, files)
    stem = f"{said['department']['code']}-{said['year']}-{said['kind']}"
    title = f"{said['department']['name']} {said['year']} 年{ReportKind(said['kind']).label}公开清单"
    return ExportedFile(f"{stem}-manifest.json", title, MANIFEST, "application/json", dump_json(said))


def manifest_of(frozen: Mapping[str, Any], revision: int, files: Iterable[Listed]) -> Json:
    """The manifest that belongs to a frozen content and its files, in an order that no database decides."""
    dossier = frozen["dossier"]
    approval = dossier.get("approval") or {}
    return {
        "format": LAYOUT,
        "department": {name: dossier["department"][name] for name in ("code", "name")},
        "year": dossier["year"],
        "kind": dossier["kind"],
        "revision": revision,
        "approval": {name: approval.get(name) for name in ("number", "date")},
        "content": content_digest(frozen),
        "files": [
            {"name": file.name, "title": file.title, "size": file.size, "sha256": file.sha256}
            for file in files
        ],
    }


def content_digest(frozen: Mapping[str, Any]) -> str:
    """SHA-256 of what is `DIGESTED`, as JSON with sorted keys and without blanks.

    It is the same before the content is stored and after a database has given it back: keys are texts in both.
    """
    said = json.loads(json.dumps({name: frozen[name] for name in DIGESTED}))
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_manifest(content: bytes) -> Json:
    """Read the bytes of a manifest. Raises `UnreadableManifest`."""
    try:
        said = json.loads(content)
        if said["format"] == LAYOUT and all(file["name"] for file in said["files"]):
            return dict(said)
    except (ValueError, TypeError, KeyError):
        pass
    raise UnreadableManifest


def disagreements(said: Json, wanted: Json) -> Iterator[str]:
    """In what a manifest as it was read differs from the one that `manifest_of` makes, in Chinese."""
    for key, label in HEAD.items():
        if said.get(key) != wanted[key]:
            yield f"清单中的{label}与公开的内容不符"
    if said.get("content") != wanted["content"]:
        yield "公开的内容与清单中的校验值不符"
    listed, found = ({file["name"]: file for file in each["files"]} for each in (said, wanted))
    for name, file in found.items():
        if name not in listed:
            yield f"{name}：不在清单中"
        elif listed[name] != file:
            yield f"{name}：与清单不符"
    for name in listed:
        if name not in found:
            yield f"{name}：清单中有，没有登记"
