"""The localities this installation knows."""

from . import dongxihu_2023, dongxihu_final_2024, wuchang_2022, wuchang_final_2022

PROFILES = (
    dongxihu_2023.PROFILE,
    wuchang_2022.PROFILE,
    dongxihu_final_2024.PROFILE,
    wuchang_final_2022.PROFILE,
)
"""Those that a fiscal year may choose and a document may name, in the order in which they are offered."""
