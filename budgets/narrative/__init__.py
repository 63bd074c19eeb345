"""The generated 公开说明 and 情况说明: `build_narrative(dossier)` makes a `document.Document`.

Pure. What a text has, its order, wording and numbers are the profile's (`spec.NarrativeSpec`). Each builder is one
file with ``build(narrator) -> Iterable[Block]`` and its templates in ``WORDING``; every figure is read from its source.
"""
