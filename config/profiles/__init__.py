"""The localities this installation knows."""

OFFERED = ("dongxihu_2023", "wuchang_2022")
"""Those that a fiscal year may choose and a document may name, in the order in which they are offered."""

PROFILES = (*OFFERED, "dongxihu_final_2024")
"""Every profile. One that is not offered has its tables, and not yet the sections in which to enter them."""
