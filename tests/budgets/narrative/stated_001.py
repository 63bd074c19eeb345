"""武昌 2022 预算: the numbers that the published text states, section by section."""

from .stated import Stated

CHANGE = "2021 159.08 2.35 31.39 83.30 47.00"

STATEMENTS = [
    Stated("A2", "composition.composition", "2022 0"),
    Stated("A3", "staffing.authorised", "18 0 0 18 0"),
    Stated("A3", "staffing.filled", "13 0 0 13 0"),
    Stated("A3", "staffing.retired", "0 0 0"),
    Stated("A5", "income.income", f"2022 6931.33 6931.33 0 0 {CHANGE}"),
    Stated("A5", "expenditure.expenditure", f"2022 6931.33 306.43 6624.90 {CHANGE}"),
    Stated("A6", "by_class.function", "6842.37 16.69 25.18 47.09 0"),
    Stated("A6", "by_class.economic", "280.39 1317.64 0 333.30 5000.00 0"),
    Stated("A9", "general.total", f"2022 6931.33 6931.33 0 {CHANGE}"),
    Stated("A10", "basic.basic", "306.43 2021 31.42 11.43"),
    Stated("A10", "basic.personnel", "280.39"),
    Stated("A10", "basic.wages", "280.39"),
    Stated("A10", "basic.benefits", "0"),
    Stated("A10", "basic.operating", "26.04"),
    Stated("A10", "basic.operating_parts", "25.56 0.48 0 0"),
    Stated("A11", "project.projects", "6624.9 2021 127.66 1.96 83.3 47 2.64"),
    Stated("A11", "project.enterprise-service", "89.60 2021"),
    Stated("A11", "project.intelligent-system", "283.30 2021 83.30 41.65"),
    Stated("A11", "project.service-base", "1252 2021 47.00 3.90"),
    Stated("A11", "project.regional-development", "5000 2021"),
    Stated("A12", "three_public_scope.scope", "0"),
    Stated("A12", "three_public.total", "2022 0.48 2021 0.03 6.67"),
    Stated("A12", "three_public.overseas", "0 2021 0"),
    Stated("A12", "three_public.vehicles", "0 2021 0"),
    Stated("A12", "three_public.purchase", "0 2021 0"),
    Stated("A12", "three_public.running", "0 2021 0"),
    Stated("A12", "three_public.reception", "0.48 2021 0.03"),
    Stated("A13", "government_fund.total", "2022 0"),
    Stated("A14", "operating_cost.operating_cost", "2022 0 0"),
    Stated("A15", "procurement.procurement", "2022 937.9 60 50 827.9"),
    Stated("A16", "service_purchase.service_purchase", "2022 589.3 236 0 0 353.3 0 0"),
    Stated("A17", "assets.vehicles", "2021 0 0 0 0 0 0"),
    Stated("A18", "goals.goals", "2022 6624.9"),
    Stated("A13", "state_capital.total", "2022"),
]

EXCEPTIONS = {
    "A10 basic.operating_parts 0": "业务补助经费 0: no economic class is called that, so nobody enters it",
    "A14 operating_cost.operating_cost 0": "下属 0 家: how many units are 参公 is part of no report",
}
