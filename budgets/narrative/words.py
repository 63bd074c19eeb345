"""Words of a narrative: typed texts made fit for a sentence, names that may be published.

Pure.
"""

from __future__ import annotations

import re

from ..domain.dossier import ProjectDossier
from ..tables.wording import WITHHELD

_LEAD = re.compile(r"^(?:其中的?)?(?:主要|变动|增减|增加|减少)?的?原因(?:[是为系][：:，,]?|[：:，,])\s*")
_END = "。．.；;，,、：: 　"
_BREAK = re.compile(r"[\r\n]+")
_STOPS = "。；，：！？、"


def clause(text: str) -> str:
    """A typed text as the end of a clause: on one line, without the words and stops that the sentence brings itself."""
    return _LEAD.sub("", on_one_line(text)).strip(_END)


def on_one_line(text: str) -> str:
    """The lines of a typed text one behind the other, with a stop between them where there is none."""
    lines = [line.strip() for line in _BREAK.split(text) if line.strip()]
    return "".join(
        line if last or line[-1] in _STOPS else f"{line}；"
        for last, line in ((place == len(lines), line) for place, line in enumerate(lines, 1))
    )


def project_name(project: ProjectDossier) -> str:
    """The published name of a project; empty while it has none."""
    return WITHHELD if project.withheld else project.identity.name.strip()
