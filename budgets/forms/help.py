"""Help texts of fields: the forms' definitions in our words, and the mark beside a label that shows them.

Texts are Chinese, by field. ``{year}``, ``{last}`` and ``{before_last}`` in them stand for the report's year
and the two before. Sources: 部门预算编制说明, 部门决算报表编制说明, 政府收支分类科目, 预算管理一体化规范.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString

from ..renderers.markup import markup

Texts = Mapping[str, str]

FUND = (
    "这笔钱从哪里来。财政拨款分一般公共预算、政府性基金、国有资本经营三本预算；"
    "学费等上缴专户的是财政专户管理资金；其余是单位自己的收入。"
)
CARRIED = "用的是上年没有用完、结转到今年的钱就勾上。勾上的不算当年申请的拨款，金额应在年初结转以内。"
FUNCTION = "钱用在哪项职能上，按功能分类填到项。可以输入编码或名称查找，如 2010350 或 事业运行。"
ECONOMIC = "钱具体用来买什么，按部门预算支出经济分类填到款。可以输入编码或名称查找，如 30201 或 办公费。"
COUNTERPARTY = (
    "钱来自或拨给本区另一个预算单位时，填那个单位的名称，汇总时两边抵销，不重复计算；其他情况不填。"
)
ADJUSTED = "年初预算加上执行中的追加、减去调减以后的数。全年没有调整的，与年初预算数相同；没有年初预算的，填全年下达的数。"
ACTUAL = "决算数：本年实际支出，与年终账簿一致。年初预算取自已批复的预算，不在这里填。"
AMOUNT = "本年预算安排的金额，按当前页面的单位填。可以从 Excel 粘贴，千分位逗号不用删。"

BASICS: Texts = {
    "preparer": "填写本编报、能回答审核问题的人，会印在申报表上。",
    "composition": "纳入本部门编报的单位：部门本级和下属预算单位各有几个、名称是什么。只有本级的写明“无下属单位”。",
}
DUTY: Texts = {"text": "机构编制部门批准的职能，一项一行。项目应能对应到其中一项。"}
TASK: Texts = {
    "title": "本年要做成的一件事，一件一行。",
    "text": "这件事做到什么程度，最好能数得出来。整体绩效目标应与它对应。",
}
FINAL_TASK: Texts = {
    "title": "年初定下的一件重点工作，一件一行。",
    "text": "年初定的内容和要达到的程度。",
    "result": "到年底做成了什么，与左边的目标逐项对照，没有做到的也要写明。",
}
POST: Texts = {
    "authorised": "机构编制部门批准的人数，以编制批文为准。",
    "filled": "占用编制、在职的实有人数，不含退休和编外人员。超过编制数时应另有批文。",
}
FINAL_POST: Texts = {"filled": "年末占用编制、在职的实有人数，不含退休和编外人员。"}
RETIREES: Texts = {
    "honorary_retirees": "由本部门管理的离休人员，按人数填，没有的填 0。",
    "retirees": "由本部门管理的退休人员，按人数填；养老待遇由社保发放的也计入。",
}
INCOME: Texts = {
    "flow": (
        "本年收入：今年拨给或取得的钱。年初结转：上年没有用完、今年接着用的钱。"
        "使用非财政拨款结余：用以前年度的自有结余弥补今年的缺口。"
    ),
    "fund": FUND,
    "function": "财政拨款按下达时的功能分类填到项；年初结转填原来的科目。单位自有资金分不清时可以空着。",
    "amount": "本年预计取得或带入的金额。结转下年由系统按“收入减支出”算出，不在这里填。",
    "counterparty": COUNTERPARTY,
}
FINAL_INCOME: Texts = {
    "flow": (
        "本年收入：本年实际取得的钱。年初结转：上年末结转下来的钱。"
        "使用非财政拨款结余：用以前年度的自有结余弥补收支缺口。结余分配：按规定提取的基金和缴纳的税。"
    ),
    "function": "按功能分类填到项，与支出同一个科目，各科目的年末结转才算得对。",
    "amount": "决算数，与账簿一致。年末结转由系统按“收入减支出”算出，不在这里填。",
    "adjustment": "年初结转与上年末不同时，把差额另起一行，选出调整的种类，在备注中写明原因；只有这一行可以是负数。",
}
EXPENDITURE: Texts = {
    "use": (
        "基本支出：维持机构运转、完成日常工作的人员和公用经费。"
        "经营支出、上缴上级、对附属单位补助只有事业单位才有。为专门任务安排的钱填到“项目”里。"
    ),
    "fund": FUND,
    "from_carry_over": CARRIED,
    "function": FUNCTION,
    "economic": ECONOMIC + "301、303 类是人员经费，其余是公用经费。",
    "amount": AMOUNT,
    "counterparty": COUNTERPARTY,
}
FINAL_EXPENDITURE: Texts = {"adjusted": ADJUSTED, "amount": ACTUAL}
PROCUREMENT: Texts = {
    "name": "集中采购目录以内的，或金额达到限额标准的货物、工程和服务，一个品目一行。",
    "kind": "货物：各种物品。工程：建造、改建、修缮等。服务：前两类以外的。",
    "quantity": "数量连同计量单位，如 12 台、1 项。",
    "fund": FUND,
    "amount": "采购预算金额，应包含在对应的项目或公用经费里，不另外加钱。",
    "service_category": (
        "政府购买服务：把本由政府提供、适合市场承担的服务交给社会力量并付费。按指导性目录选类别；"
        "买货物、做工程，或不属于购买服务的，不选。"
    ),
}
FINAL_PROCUREMENT: Texts = {
    "amount": "本年实际采购的金额，与合同一致。",
    "sme_amount": "面向中小企业：合同授予中小企业的金额，小微企业的也算在内，不超过采购金额。",
    "micro_amount": "上一栏中授予小型、微型企业的部分，不超过上一栏。",
}
PASSAGE: Texts = {
    "point": "这段话放在说明的哪一部分：概况之后、年度工作之后、绩效部分，或单列一章“其他需要说明的情况”。",
    "text": "由数据写出的文字里没有、又需要向公众说明的内容。一行一段，不要重复系统已经写出的数字。",
}
ASSET: Texts = {"quantity": "{last} 年 12 月 31 日占有使用的数量，与资产台账一致；没有的填 0。"}
FINAL_ASSET: Texts = {"quantity": "{year} 年 12 月 31 日占有使用的数量，与资产台账一致；没有的填 0。"}
THREE_PUBLIC: Texts = {
    "overseas_groups": "一次出访算一个团组。参加外单位组团的，也按一个团组计。",
    "overseas_persons": "每个团组中由本部门出钱的人数，各团组相加。",
    "vehicles_bought": "本年用财政拨款购置、更新的公务用车辆数。",
    "vehicles_held": "年末由财政拨款负担费用的公务用车辆数，与资产台账一致。",
    "receptions": "本年公务接待的次数，来一批人算一批次。",
    "guests": "来访的客人数，各批次相加，不含本单位的陪同人员。",
}
FINAL_THREE_PUBLIC: Texts = {
    "foreign_receptions": "公务接待批次中接待外宾的部分。国内接待由系统用合计减去它得出。",
    "foreign_guests": "公务接待人次中外宾的人数。",
    "accompanying": "本单位陪同的人次，不计入接待人次。",
}
REASON: Texts = {
    "text": "为什么变：人员增减、任务增减、标准调整、上年一次性支出等，说出具体是哪一件。只重复“比上年增加多少”不算原因。"
}
RESTATED: Texts = {
    "amount": "机构或核算范围变了，按今年的口径重新算出的上年数；上年编报没有单列这一项的，填另行公开过的上年数。"
    "公开时与原来公布的数、原因并列。",
    "reason": "口径怎样变了，如某单位并入、某项资金改列；或者上年数取自哪里。",
}
IDENTITY: Texts = {
    "code": "财政项目库给这个项目的编码。刚入库还没有编码的可以先空着。",
    "category": (
        "其他运转类：不属于人员和公用经费，但维持机构运转需要的，如办公楼物业、专用系统运维。"
        "特定目标类：为完成某项任务或事业目标专门安排的。"
    ),
    "attribute": "持续性：以前年度安排过，今年接着做。新增性：今年第一次申请。前两年有预算的项目不能是新增性。",
    "type": "常年性：每年都做、没有终点。延续性：分几年做完，有终止年度。一次性：只在一年内安排，明年建立编报时不会带过去。",
    "programme": "部门预算项目：列入本部门预算的。区级专项：从区里的专项资金中安排的。上级转移支付：上级下达的补助。",
    "start_year": "项目第一次安排资金的年度，以项目库为准。",
    "end_year": "延续性、一次性项目填最后一个安排资金的年度；常年性项目可以空着。",
    "disclosure": "内容依法不能公开的选“不予公开”：公开表中只有“不予公开项目”一行，合计不变。",
}
APPLICATION: Texts = {
    "authority": "对项目负总责、分管它的部门，一般就是本部门。",
    "executing_unit": "具体花这笔钱、做这件事的单位或科室。",
    "leader": "执行单位中对项目负责的人。",
    "basis": "为什么要做：依据的法规、规划、会议纪要、批复，写出名称和文号，并与部门职能对应。",
    "plan": "怎样做：做哪些事、分几步、什么时候做完、由谁做。",
    "purpose": "钱主要用在哪几个方面，各占多少。",
    "costing": "金额怎样算出来：数量、标准或单价、次数，各写依据。",
    "total_budget": "项目从头到尾要用的财政资金。一次性项目就是当年预算；每年都做、没有终点的，勾选“长期”。",
    "change_reason": "与上年不同的具体原因：增减了哪些任务，数量、标准、单价变了多少。",
    "function": "明细行没有填功能分类时用它。填到项。",
    "fund": "新加的明细行先按它填，可以逐行改。",
}
FINAL_APPLICATION: Texts = {
    "change_reason": "与上年决算、年初预算不同的具体原因：做多了或没做成的是哪一件，为什么。"
}
HISTORY: Texts = {
    "measure": "这个数是年初预算、调整后的预算、执行数还是决算数。只选口径、不填金额，表示当年没有立项。",
    "amount": "当年在本系统编报过的会自动取数，不用填；填了就按填的印。",
}
ACTIVITY: Texts = {
    "name": "项目下要做的一件事。一件事有几笔不同科目或来源的钱时，从第二行起空着名称，表示同属上面那件事。",
    "description": "这件事做什么、做多少。",
    "fund": FUND,
    "from_carry_over": CARRIED,
    "function": FUNCTION + "空着就用项目的默认功能分类。",
    "economic": ECONOMIC,
    "amount": AMOUNT,
    "basis": "这一行的金额怎样算出来：数量 × 单价（或标准）× 次数，写出价格或标准的出处。",
}
FINAL_ACTIVITY: Texts = {"adjusted": ADJUSTED, "amount": ACTUAL}


def mark(id: str, label: str, text: str) -> SafeString:
    """A ``?`` that shows ``text`` when it is pressed, without scripts; empty without a text.

    Controls refer to the text by ``id``. ``static/js/help.js`` opens it on F1.
    """
    if not text:
        return SafeString("")
    return markup(
        '<button type="button" class="help" popovertarget="{}" aria-label="“{}”怎样填" title="怎样填（F1）">?'
        '</button><div popover class="help-text" id="{}">{}</div>',
        id,
        label,
        id,
        text,
    )
