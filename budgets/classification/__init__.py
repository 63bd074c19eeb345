"""政府收支分类科目: one folder of CSV files an edition, and how they are read."""
