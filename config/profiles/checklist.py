"""审核要点: what a reviewer of the finance bureau judges and no rule can compute. Our own words."""

BUDGET = (
    ("duties", "职能、年度任务与项目相互对应，没有无任务的项目，也没有无经费的任务"),
    ("necessity", "项目确有必要，立项依据现行有效，与其他项目不重复"),
    ("costing", "测算依据充分：数量、标准、单价说得清，金额由它们算得出"),
    ("subjects", "功能分类和经济分类与支出的实际内容相符，基本支出与项目支出没有混列"),
    ("goals", "绩效目标与项目内容一致，指标可以衡量，指标值与预算金额相称"),
    ("changes", "与上年相比的增减合理，变动原因说清了为什么"),
    ("income", "收入和上年结转如实编列，资金来源与用途相符"),
    ("disclosure", "不予公开的项目确属涉密，将要公开的文字不含个人信息和敏感内容"),
)
"""(key, text) of each point of a budget. Keys are stored with the marks: they never change."""

FINAL = (
    ("adjustments", "全年预算数的追加、调减有文件依据"),
    ("carry_over", "年初结转与上年年末一致，调整的种类和原因成立"),
    ("completion", "未完成或超出预算的原因说清了为什么"),
    ("subjects", "功能分类和经济分类与支出的实际内容相符，基本支出与项目支出没有混列"),
    ("results", "自评的完成值有佐证，得分与完成情况相称，改分的理由成立"),
    ("measures", "偏差原因和改进措施具体可行，没有照抄上年"),
    ("assets", "年末资产、“三公”数量和采购金额与台账一致"),
    ("disclosure", "不予公开的项目确属涉密，将要公开的文字不含个人信息和敏感内容"),
)
"""The same of final accounts."""
