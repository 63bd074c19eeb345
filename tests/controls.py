"""What a browser without scripts would post from a page: the controls of one form, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from django.http import QueryDict


class _Reader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, not form
        self.templates = 0
        self.found: list[tuple[str, str]] = []
        self.select = self.area = ""
        self.options: list[tuple[str, bool]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and self.form:
            self.inside = given.get("id") == self.form
        if tag == "template":
            self.templates += 1
        if not self.inside or self.templates or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") != "submit":
            is_checkbox = given.get("type") == "checkbox"
            if not is_checkbox or "checked" in given:
                self.found.append((name, given.get("value", "on" if is_checkbox else "")))
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option":
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self.area, self.text = name, []

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "form" and self.form:
            self.inside = False
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [
                v for v, _ in self.options[:1]
            ]
            self.found += [(self.select, value) for value in chosen[-1:]]
            self.select = ""
        elif tag == "textarea" and self.area:
            self.found.append((self.area, "".join(self.text).removeprefix("\n").replace("\n", "\r\n")))
            self.area = ""


def controls(html: str, form: str = "") -> QueryDict:
    """The successful controls of the form with that id, or of all that is given."""
    reader = _Reader(form)
    reader.feed(html)
    data = QueryDict(mutable=True)
    for name, value in reader.found:
        data.appendlist(name, value)
    return data


def named(data: QueryDict, region: str, field: str) -> Iterator[str]:
    """The names of one field's controls in the rows of a region, in order."""
    return (name for name in data if name.startswith(f"{region}-") and name.endswith(f"-{field}"))
