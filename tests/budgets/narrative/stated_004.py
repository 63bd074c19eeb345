"""东西湖 2024 决算: the numbers that the published text states, section by section.

Amounts were printed in 万元 and are entered so; a printed sum may differ from the generated one by 尾差.
"""

from .stated import Stated

SUBJECTS = 10
"""Lines that the totals are printed sums of; 基本支出 is one of 28."""

STATEMENTS = [
    Stated("B1", "balance.balance", "2024 1133.86 2023 390.05 25.6", SUBJECTS),
    Stated("B2", "income.income", "2024 1133.86 2023 361.27 24.2 1112.14 98.1 21.72 1.9", SUBJECTS),
    Stated(
        "B3", "expenditure.expenditure", "2024 1112.44 2023 411.44 27.0 913.59 82.1 198.85 17.9", SUBJECTS
    ),
    Stated("B4", "fiscal.fiscal", "2024 1112.14 2023 378.90 25.4", SUBJECTS),
    Stated("B4", "fiscal.fund.general", "2024 1112.14 2023 378.90", SUBJECTS),
    Stated("B5", "general.total", "2024 1112.14 100 2023 378.90 25.4", SUBJECTS),
    Stated("B6", "general.total", "2024 1112.14", SUBJECTS),
    Stated("B6", "structure.201", "842.48 75.75"),
    Stated("B6", "structure.208", "140.92 12.68"),
    Stated("B6", "structure.210", "58.58 5.27"),
    Stated("B6", "structure.221", "70.14 6.31"),
    Stated("B7", "completion.completion", "2024 1438.19 1112.14 77.3 913.59 198.55", SUBJECTS),
    Stated("B7", "completion.projects", "82.38 62.74 26.33 9.15 17.95"),
    Stated("B7", "subject.2010350", "817.17 643.93 78.80"),
    Stated("B7", "subject.2010399", "246.50 198.55 80.55"),
    Stated("B7", "subject.2080502", "27.51 6.51 23.66"),
    Stated("B7", "subject.2080505", "108.24 80.81 74.66"),
    Stated("B7", "subject.2080506", "54.12 53.60 99.04"),
    Stated("B7", "subject.2101101", "34.27 33.84 98.75"),
    Stated("B7", "subject.2101103", "31.91 21.66 67.88"),
    Stated("B7", "subject.2109999", "6.81 3.08 45.23"),
    Stated("B7", "subject.2210201", "111.67 70.14 62.81"),
    Stated("B8", "basic.basic", "2024 913.59", 28),
    Stated("B8", "basic.personnel", "846.76", 11),
    Stated("B8", "basic.operating", "66.83", 17),
    Stated("B10", "three_public.total", "2024 0.36 0.36 100 1.08 75.0"),
    Stated("B11", "three_public.overseas", "0 0"),
    Stated("B12", "three_public.vehicles", "0.36 0.36 100 1.08 75.0"),
    Stated("B12", "three_public.purchase", "0"),
    Stated("B12", "three_public.running", "0.36"),
    Stated("B12", "three_public.held", "2024 1"),
    Stated("B13", "three_public.reception", "0 0"),
    Stated("B15", "procurement.procurement", "2024 8.89 4.93 3.96"),
    Stated("B15", "procurement.small", "8.89 100 8.89 100"),
    Stated("B16", "assets.vehicles", "2024 1"),
    Stated("B17", "evaluation_work.work", "2024 5 198.55 80.67"),
    Stated("B18", "evaluation.department", "1 1112.14", SUBJECTS),
    Stated("B19", "evaluation_work.work", "2024 5"),
    Stated("B19", "project_evaluation.through-train", "65 62.75 96.54"),
    Stated("B19", "project_evaluation.archive-digitisation", "36 26.32 73.11"),
    Stated("B19", "project_evaluation.general-affairs", "95.5 82.38 86.26"),
    Stated("B19", "project_evaluation.auxiliary-staff", "20 17.95 89.75"),
    Stated("B19", "project_evaluation.talent-fund", "30 9.15 30.5"),
    Stated("B21", "tasks.task-1", "2024 4"),
    Stated("B21", "tasks.task-2", "30373 500 5 446"),
    Stated("B21", "tasks.task-4", "965 1176"),
    Stated("B21", "tasks.task-5", "500 561 147 123"),
    Stated("B21", "tasks.task-7", "570"),
    Stated("B21", "tasks.task-8", "2024 10"),
    Stated("B21", "tasks.task-9", "900"),
    Stated("B21", "tasks.task-11", "100"),
]

ONCE = "EXE-2: one amount printed as 62.745, 62.75 and 62.74; 26.325, 26.33 and 26.32; 9.155 and 9.15"

EXCEPTIONS = {
    "B5 general.total 100": "1112.12 of 1112.42 is 99.97 %",
    "B6 structure.208 12.68": "140.92 of 1112.14 is 12.67 %",
    "B7 completion.projects 62.74": ONCE,
    "B7 completion.projects 9.15": ONCE,
    "B17 evaluation_work.work 80.67": "EXE-1: 198.85 of the budget of 246.50; all general project money is evaluated",
    "B18 evaluation.department 1": "a report is of one department: a count of one tells nothing",
    "B19 project_evaluation.through-train 96.54": ONCE,
    "B19 project_evaluation.archive-digitisation 26.32": ONCE,
    "B19 project_evaluation.archive-digitisation 73.11": ONCE,
    "B19 project_evaluation.talent-fund 9.15": ONCE,
    "B19 project_evaluation.talent-fund 30.5": ONCE,
}
