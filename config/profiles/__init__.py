"""The localities this installation knows, in the order in which they are offered."""

PROFILES = ("dongxihu_2023", "wuchang_2022", "dongxihu_final_2024")
