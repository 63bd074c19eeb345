"""What an attached docx may carry: text, styles, pictures and links. Everybody who opens it loads it as it is."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from .office import DAMAGED, PackageRefused

_PLACES = re.compile(r"\[Content_Types\]\.xml|(?:_rels|docProps|word|customXml)/[^\\:]+")
_KINDS = re.compile(
    r".*\.(?:xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|wdp|odttf)", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE | re.DOTALL)
_DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

EMBEDDED = "文件中嵌有其他文件（如 Excel 对象），会连同没有显示的内容一起公开；请改为粘贴成表格或文字"
LINKED = "文件打开时会从别处读取内容（如链接的模板、图片），请断开链接并嵌入图片后再上传"
ODD = "文件的结构不正常，请用 Word 或 WPS 打开后另存为 docx 再上传"


def check_parts(content: bytes) -> None:
    """Refuse a docx (`budgets.files.office.check_package`) that carries other files, loads something from elsewhere or
    can be read in two ways. Raises `PackageRefused`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = Counter(archive.namelist())
            if any(name.startswith("word/embeddings/") for name in names):
                raise PackageRefused(EMBEDDED)
            for name, count in names.items():
                if count > 1 or not (name.endswith("/") or _is_usual(name)):
                    raise PackageRefused(ODD)
                if _MARKUP.fullmatch(name):
                    _check_markup(name, archive.read(name))
    except (*DAMAGED, ElementTree.ParseError) as error:
        raise PackageRefused(ODD) from error


def _is_usual(name: str) -> bool:
    steps = name.split("/")
    return bool(_PLACES.fullmatch(name) and _KINDS.fullmatch(name)) and not {"", ".", ".."} & set(steps)


def _check_markup(name: str, content: bytes) -> None:
    if _DTD.search(content):
        raise PackageRefused(ODD)
    if name.lower().endswith(".rels") and any(_loaded(content)):
        raise PackageRefused(LINKED)


def _loaded(content: bytes) -> Iterator[str]:
    """The addresses that a program reads when it opens the file; a link waits for a click."""
    for relation in ElementTree.fromstring(content).iter(_RELATION):  # noqa: S314 - has no DTD, as was checked
        is_external = relation.get("TargetMode", "").lower() == "external"
        if is_external and not relation.get("Type", "").endswith("/hyperlink"):
            yield relation.get("Target", "")
