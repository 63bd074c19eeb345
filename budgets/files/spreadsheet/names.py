"""The names of sheets, each once."""

from __future__ import annotations


class Names:
    def __init__(self) -> None:
        self.known: set[str] = set()

    def unique(self, name: str) -> str:
        """The name, with a number after it where another sheet has it; no name becomes ``工作表``."""
        name = name or "工作表"
        made, number = name, 2
        while made in self.known:
            made, number = f"{name}（{number}）", number + 1
        self.known.add(made)
        return made
