"""The table on the page, to read and to edit."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from budgets.domain.sheets import Cell, Region, Role
from budgets.renderers.html import RegionForms, RegionRow, cell_id, render
from tests.budgets.renderers.sample import amount, form, label, rows, table


def parsed(sheet, **more):
    """The markup as a tree: but for void elements and bare attributes it is XML."""
    markup = re.sub(r"<(col|input)\b([^>]*)>", r"<\1\2/>", render(sheet, **more))
    return ElementTree.fromstring(markup.replace(" data-row ", ' data-row="" '))


def written(element):
    return "".join(element.itertext())


def cell(page, key):
    (found,) = page.findall(f".//*[@id='{cell_id(key)}']")
    return found


def test_it_is_captioned_with_number_title_department_and_unit():
    page = parsed(table(), level=3)
    caption = page.find(".//caption")
    assert caption.find(".//h3").text == "2023年一般公共预算支出表"
    for text in ("表5", "部门：某区某某中心", "单位：万元"):
        assert text in written(caption)
    assert page.get("id") == "sheet-T05"


def test_it_scrolls_by_itself_and_can_be_reached_by_keyboard():
    region = parsed(table()).find("div[@role='region']")
    assert region.get("class") == "sheet-scroll"
    assert region.get("tabindex") == "0"
    assert region.get("aria-label") == "表5 2023年一般公共预算支出表"


def test_headers_say_what_they_head():
    page = parsed(table())
    scopes = {written(th): th.get("scope") for th in page.iter("th")}
    assert scopes["科目编码"] == scopes["占比"] == "col"
    assert scopes["预算数"] == "colgroup"
    assert scopes["事业运行"] == "row"
    tall = page.findall(".//thead//th[@rowspan='2']")
    assert [th.text for th in tall] == ["科目编码", "科目名称", "备注"]


def test_an_empty_cell_heads_nothing():
    assert not list(parsed(rows([label(""), "甲"], widths=(5.0, 5.0))).iter("th"))


@pytest.mark.parametrize(
    ("given", "role", "shown"),
    [
        (Decimal("1234567.80"), Role.AMOUNT, "1,234,567.80"),
        (Decimal("-0.50"), Role.AMOUNT, "-0.50"),
        (Decimal("0.00"), Role.AMOUNT, "0.00"),
        (Decimal("27.65"), Role.PERCENT, "27.65%"),
        (1200, Role.COUNT, "1200"),
        (None, Role.AMOUNT, ""),
    ],
)
def test_values_read_as_printed(given, role, shown):
    page = parsed(rows([Cell(given, role, key="T/r/c")], widths=(5.0,)))
    found = cell(page, "T/r/c")
    assert written(found) == shown
    assert role.value in found.get("class")


def test_zero_may_be_blank():
    page = parsed(rows([amount("0.00", "T/r/c")], widths=(5.0,), blank_zero=True))
    assert written(cell(page, "T/r/c")) == ""


def test_keyed_cells_can_be_linked_to():
    assert cell_id("T05/2010350/personnel") == "c-T05-2010350-personnel"
    found = cell(parsed(table()), "T05/2010350/total")
    assert found.get("data-key") == "T05/2010350/total"


def test_figures_lead_where_the_page_says():
    page = parsed(table(), link=lambda c: f"/rows?key={c.key}&x=1" if c.role is Role.AMOUNT else None)
    assert cell(page, "T05/2010350/total").find("a").get("href") == "/rows?key=T05/2010350/total&x=1"
    assert cell(page, "T05/2010350/share").find("a") is None


def test_figures_can_be_marked():
    page = parsed(table(), mark=lambda c: "has-error" if c.key.endswith("share") else None)
    assert cell(page, "T05/2010350/share").get("class").split() == ["percent", "has-error"]


def test_whatever_was_typed_is_escaped():
    evil = "<script>alert(1)</script>"
    markup = render(rows([evil], widths=(5.0,), title=evil, department=evil, notes=(evil,), number=evil))
    assert "<script>" not in markup
    assert markup.count("&lt;script&gt;") == 7


def test_there_are_no_inline_styles():
    assert "style=" not in render(table())
    assert [col.get("class") for col in parsed(table()).iter("col")] == ["w5", "w16", "w6", "w6", "w10"]


def test_notes_follow_the_table():
    assert [p.text for p in parsed(table()).findall("div[@class='sheet-notes']/p")] == ["本表为空也要打印。"]


class Editing:
    """Widgets for the project's name, and a formset of one procurement row."""

    def field(self, field):
        return mark_safe("<input name='name'>") if field.field == "name" else None

    def region(self, name):
        if name != "procurement":
            return None
        cells = {field: mark_safe(f"<input name='{field}'>") for field in ("name", "kind", "amount")}
        return RegionForms(
            management=mark_safe("<input type='hidden' name='TOTAL'>"),
            rows=[
                RegionRow(
                    cells,
                    hidden=mark_safe("<input type='hidden' name='key'>"),
                    tools=mark_safe("<button>删除</button>"),
                    key="a1",
                    errors=mark_safe("<p>金额不符</p>"),
                )
            ],
            blank=RegionRow(cells, key="__prefix__"),
            footer=mark_safe("<button>加行</button>"),
        )

    def help(self, field, label):
        return format_html("<b title='{}'>?</b>", label) if field.field == "name" else mark_safe("")


class Reading:
    def field(self, field):
        return None

    def region(self, name):
        return None

    def help(self, field, label):
        return mark_safe("")


def test_a_field_is_edited_in_its_cell():
    found = cell(parsed(form(), binder=Editing()), "T13/name/value")
    assert found.tag == "td"
    assert found.find("input").get("name") == "name"
    assert "综合业务" not in written(found)


def test_what_a_field_asks_for_stands_beside_its_label_once():
    page = parsed(form(), binder=Editing())
    asked = {
        th.text: [b.get("title") for b in th.findall("b")]
        for th in page.iter("th")
        if th.find("b") is not None
    }
    assert asked == {"项目名称": ["项目名称"]}
    assert parsed(form()).find(".//th/b") is None


def test_a_region_is_a_formset_in_its_own_tbody():
    page = parsed(form(), binder=Editing())
    (region,) = page.findall(".//tbody[@data-region='procurement']")
    head, row, errors, footer = region.findall("tr")
    assert [th.text for th in head] == ["品名", "金额"]
    assert row.get("data-key") == "a1"
    assert [td.get("data-field") for td in row] == ["name", "kind", "amount"]
    tools = row[-1].find("div[@class='row-tools']")
    assert tools.find("button").text == "删除"
    assert tools.find("input").get("name") == "key"
    assert written(errors) == "金额不符"
    assert footer.find(".//input").get("name") == "TOTAL"
    assert written(footer) == "加行"
    assert "打印机" not in written(region)
    (blank,) = region.findall("template[@data-blank='procurement']/tr")
    assert blank.get("data-key") == "__prefix__"


def test_edit_headers_take_the_place_of_printed_ones():
    sheet = form()
    region = sheet.body[1]
    sheet = replace(sheet, body=(replace(region, edit_headers=("采购品名", "采购类别", "采购金额")),))
    headers = parsed(sheet, binder=Editing()).findall(".//tbody[@data-region]/tr[1]/th")
    assert [th.text for th in headers] == ["采购品名", "采购类别", "采购金额"]


def test_without_widgets_a_form_is_printed_as_it_is():
    markup = render(form(), binder=Reading())
    assert markup.replace(" sheet-editing", "") == render(form())
    assert "打印机" in markup


def test_a_region_that_is_only_edited_is_not_printed():
    assert "tbody" not in render(table(head=(), body=(Region("history", (), ("year",), (5,)),)))
