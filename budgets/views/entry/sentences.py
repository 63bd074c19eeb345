"""The sentences of the narrative that tell of one section, for the page on which it is filled in."""

from __future__ import annotations

from django.utils.safestring import SafeString

from ...narrative.places import sections_of
from ...renderers.narrative import render_sentence
from .context import Workspace


def sentences_of(space: Workspace, section: str) -> list[SafeString]:
    """Every sentence with something in it that is typed in the section with that key, as markup."""
    document = space.document
    if document is None:
        return []
    told = (sentence for sentence in document.sentences if section in sections_of(space.dossier, sentence))
    return [render_sentence(sentence, space.links.value) for sentence in told]
