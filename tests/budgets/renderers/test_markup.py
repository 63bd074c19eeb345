"""Markup is what Django makes of the same values, in less time."""

from decimal import Decimal

from django.forms.utils import flatatt
from django.utils.functional import lazy
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from budgets.renderers.markup import attributes, escaped, joined, markup, markup_of_each

texts = st.text("甲a<>&\"' \n{}", max_size=8)
values = st.one_of(
    texts,
    texts.map(mark_safe),
    texts.map(lazy(lambda text: text, str)),
    st.integers(),
    st.none(),
    st.booleans(),
    st.decimals(0, 9, places=2).map(Decimal),
)
names = st.sampled_from(["id", "name", "class", "aria-label", "value", "checked"])


@given(values)
def test_a_value_is_escaped_unless_it_is_markup(value):
    assert escaped(value) == str(conditional_escape(value))


@given(st.lists(values, min_size=2, max_size=2))
def test_templates_are_filled_in_alike(pair):
    assert markup("<b>{}</b>{}", *pair) == format_html("<b>{}</b>{}", *pair)
    assert markup_of_each("<i>{}</i>{}", [pair, pair]) == format_html_join("", "<i>{}</i>{}", [pair, pair])
    assert joined(pair) == format_html_join("", "{}", ((value,) for value in pair))
    assert all(isinstance(made, SafeString) for made in (markup("{}{}", *pair), joined(pair)))


@given(st.dictionaries(names, values))
def test_attributes_are_those_of_a_widget(given):
    assert attributes(given) == flatatt(given)
