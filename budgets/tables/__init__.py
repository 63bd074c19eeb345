"""Disclosure tables (公开表): pure functions ``build(dossier, spec, unit) -> list[Sheet]``, one file each.

Every figure is the total of a `Filter` over the dossier's ledger, summed in 元 and rounded last. What a
profile may change of a table is read from ``use.options``; each module says which and with what default.
"""
