"""DIS-2 不予公开不外露: no published text names a withheld project or something in one."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.analysis.redaction import redact
from budgets.analysis.secrecy import Secret, bare, given_away, secrets_of
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding

from .texts import free_texts


class NothingGivenAway:
    """Error: a text has the name of a withheld project, or of one of its activities, procurement items or indicators.

    Blanks and punctuation are ignored. Short words that may mean something else (`secrecy.CERTAIN`) are a warning; the
    department explains why they reveal nothing. Not caught: a project that is described in other words.
    """

    id = "DIS-2"
    title = "不予公开不外露"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        secrets = secrets_of(dossier)
        if not secrets:
            return
        for text in free_texts(redact(dossier)):
            found = given_away([text.text], secrets)
            if found:
                first = max(found, key=lambda secret: (secret.is_certain, len(bare(secret.word))))
                yield text.spot.finding(
                    self.id,
                    settings.severity or (Severity.ERROR if first.is_certain else Severity.WARNING),
                    _message(text.title, first),
                    expected="不出现",
                    actual=first.said,
                )


def _message(title: str, secret: Secret) -> str:
    if secret.is_certain:
        return f"{title}会公开，却写有{secret.what}；请改写。"
    return f"{title}会公开，其中有“{secret.said}”，与{secret.what}相同；请改写，或说明它为什么不会泄露。"
