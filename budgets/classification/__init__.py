"""政府收支分类科目: one folder of CSV files for each edition, and their readers."""
