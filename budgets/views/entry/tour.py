"""五分钟入门: the steps of the tour, in the words of the pages that it walks through.

Text in “…” is always the name of a control or heading on the paragraph's page; a test looks each one up there.
`make tour` takes the pictures.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """``page``: login, home, report, project, check, fill, taken (a workbook that was uploaded) or returned."""

    page: str
    text: str


@dataclass(frozen=True)
class Step:
    """``key`` names the picture, ``static/help/<key>.png``; ``alt`` describes it."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    alt: str

    @property
    def picture(self) -> str:
        return f"help/{self.key}.png"


STEPS = (
    Step(
        "home",
        "登录，找到要填的编报",
        (
            Paragraph("login", "填写“用户名”和“密码”，点“登录”。忘记密码的，请财政部门的管理员重设。"),
            Paragraph(
                "home",
                "首页列出本部门的编报：状态、离截止还有几天、还有几处错误。点“继续填报”进入；"
                "旁边的下一步直接通到该做的地方。退回、批复和截止提醒也在这一页。",
            ),
        ),
        "首页：2025 年部门预算正在编制中，离截止还有若干天，下面是各部分的完成情况和“继续填报”按钮",
    ),
    Step(
        "report",
        "看目录，知道做到哪里了",
        (
            Paragraph(
                "report",
                "左边的目录就是将要公开的内容，从上往下填。✓ 是已填写，● 是还缺内容，○ 是没有填；"
                "后面的数字是错误（✕）和提醒（!）各有几处。“概览”写明每个部分还缺什么，下一步做什么。",
            ),
            Paragraph(
                "report", "金额单位在右上角，“万元”和“元”随时可以换，系统里存的是元、角、分，换单位不丢尾数。"
            ),
        ),
        "概览页：左边是目录，右边的表列出各部分的完成情况、还缺什么、错误和待说明的处数",
    ),
    Step(
        "project",
        "像填纸表一样填申报表",
        (
            Paragraph(
                "project",
                "一个项目一页，就是一张申报表：灰格是栏目，白格里填。栏目旁的“?”说明这一栏怎样填，"
                "在格子里按 F1 也会显示。科目可以填编码，也可以填名称，边输边找。",
            ),
            Paragraph(
                "project",
                "合计、占比、与上年的增减都由系统算出，不用填。没点“保存”时，输入的内容也会存成草稿，"
                "断网、关机之后还在；在“历次保存”里可以回到以前任何一次。",
            ),
        ),
        "项目的申报表：在“支出项目类别”旁点了问号，下面显示其他运转类和特定目标类的区别",
    ),
    Step(
        "paste",
        "从 Excel 粘贴",
        (
            Paragraph(
                "project",
                "在 Excel 或 WPS 里选中一块区域，复制，到表格的格子里粘贴；也可以点“粘贴自 Excel”，"
                "贴进去再点“填入”。千分位逗号、全角数字、一格里的多行文字都认得，行不够会自动加。",
            ),
            Paragraph("project", "只加一行时点“＋ 加行”。填入之后核对一遍，再点“保存”。"),
        ),
        "项目支出明细测算：从 Excel 粘贴了三行活动、科目和金额，下面的合计随之变化",
    ),
    Step(
        "check",
        "跟着校验结果改",
        (
            Paragraph(
                "check",
                "“校验与报送”列出全部问题。错误（✕）必须改正；提醒（!）可以改，"
                "情况属实的写明原因，点“保存说明”。",
            ),
            Paragraph("check", "点“去修改”直接到出问题的那一栏，光标已经放在里面。改完保存，这一条就消失。"),
        ),
        "校验与报送页：提醒和错误逐条写明哪里不对、对照数和实际数，每条后面有“去修改”，提醒下面是写说明的框",
    ),
    Step(
        "workbook",
        "也可以整份用 Excel 填",
        (
            Paragraph(
                "fill",
                "在“用 Excel 填报”里下载“带现有内容的工作簿”或“空白工作簿”，里面有下拉列表、科目表和上年数。"
                "填好后选择文件，点“上传并查看改动”。",
            ),
            Paragraph(
                "taken",
                "上传之后先逐条列出改动，点“确认写入”才写进去。有填得不对的，会指出是哪张表的哪一格，"
                "一处也不写入，改好再传。",
            ),
        ),
        "上传工作簿之后：逐条列出将要写入的改动，现在是什么、改为什么，上面是“确认写入”按钮",
    ),
    Step(
        "submit",
        "报送",
        (
            Paragraph(
                "check",
                "报送之前点“预览公开表”，把将要公开的表从头看一遍，点数字能看到它由哪些明细组成。"
                "没有错误、提醒都已说明之后，由报送人点“报送”。",
            ),
            Paragraph("check", "报送之后由财政部门审核，不能再改；发现要改的，请初审人退回。"),
        ),
        "校验与报送页的末尾：提醒已经说明，没有错误，“报送”按钮可以点",
    ),
    Step(
        "returned",
        "被退回了怎么办",
        (
            Paragraph(
                "returned",
                "退回的理由写在概览最上面，逐条的意见在下面的意见一节。点“到所在位置”去改，"
                "改完在“答复”里写明怎样改的，点“发出答复”，然后再报送一次。初审人只看改动过的地方。",
            ),
        ),
        "被退回的编报：概览上方是退回理由，下面是一条待处理的意见和答复框",
    ),
)
