"""The headline figures of a report as they are frozen with a publication.

Pure. What the public reads first: what the department is for, how much, for what, and how that changed.
"""

from __future__ import annotations

from typing import Any

from .dossier import Dossier
from .facts import Basics
from .figures import headline, is_unknown


def summarise(dossier: Dossier) -> dict[str, Any]:
    """JSON: department, first duties, each headline figure as a string of 元, with last year's or None, and what
    each project that may be named is called."""
    previous = dossier.previous
    return {
        "department": dossier.header.department_name,
        "duties": [duty.text for duty in dossier.part(Basics).duties[:3]],
        "project_names": {p.key: p.identity.name for p in dossier.projects if not p.withheld},
        "figures": {
            figure.key: {
                "title": figure.title,
                "amount": str(figure.of(dossier)),
                "previous": str(figure.of(previous))
                if previous and not is_unknown(dossier, figure)
                else None,
            }
            for figure in headline(dossier.header.kind)
        },
    }
