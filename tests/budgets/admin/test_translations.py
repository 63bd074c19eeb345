"""What the admin theme says is said in Chinese, and the compiled catalogue is that of its source."""

import re
from pathlib import Path

from django.utils.translation import gettext

SOURCE = Path(__file__).parents[3] / "config/locale/zh_Hans/LC_MESSAGES/django.po"
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)


def test_every_entry_is_compiled() -> None:
    entries = ENTRY.findall(SOURCE.read_text(encoding="utf-8"))
    assert len(entries) > 50
    for source, translation in entries:
        source, translation = (text.replace('\\"', '"') for text in (source, translation))
        assert gettext(source) == translation, source


def test_pages_have_no_english(world, report, login) -> None:
    from django.contrib.auth.models import User
    from django.urls import reverse

    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    client = login(world.administrator)
    known = set(User.objects.values_list("username", flat=True)) | {"Preparer", "Administrator", "foreign"}
    known |= {"Word"}  # the program that everybody calls so
    for name, args in (
        ("index", []),
        ("budgets_report_changelist", []),
        ("budgets_report_change", [report.pk]),
        ("budgets_department_changelist", []),
        ("budgets_department_change", [world.department.pk]),
        ("budgets_department_history", [world.department.pk]),
        ("budgets_fiscalyear_add", []),
        ("budgets_fiscalyear_change", [world.year.pk]),
        ("budgets_extension_add", []),
        ("budgets_extension_changelist", []),
        ("budgets_membership_add", []),
        ("auth_user_changelist", []),
        ("auth_user_add", []),
    ):
        found = set(english(client.get(reverse(f"admin:{name}", args=args)).text)) - known
        assert not {word for word in found if not word.lower().startswith(("reviewer", "sister"))}, (
            name,
            found,
        )


def english(page: str) -> list[str]:
    """Words of four and more letters that a person reads or hears."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<span class="[^"]*material-symbols[^"]*"[^>]*>.*?</span>', "", page, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:title|placeholder|aria-label|alt|data-label)="([^"]*)"', page))
    page = re.sub(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""", "\n", page)
    return re.findall(r"[A-Za-z]{4,}", f"{page} {spoken}")
