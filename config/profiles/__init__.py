"""The localities this installation knows."""

PROFILES = ("dongxihu_2023", "wuchang_2022", "dongxihu_final_2024", "wuchang_final_2022")
"""Those that a fiscal year may choose and a document may name, in the order in which they are offered."""
