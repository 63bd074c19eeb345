"""常用指标 on the page: a list below the goals from which indicators are added as unsaved rows.

The list is open while the page has its controls, and reads the district's indicators only then. Without scripts, its
buttons submit the page like those of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.domain.choices import ProjectCategory
from budgets.forms.context import EditContext

from ..domain.goals import LEVELS, Horizon
from ..storage.common_indicators import WHOLE, Common, Group, common_indicators, grouped

TARGET, SCOPE, PICK = "common-target", "common-scope", "common-pick"
FOCUS = "common-focus"
"""Set on a page that answers one of the list's buttons."""

OPEN, SHOW, ADD, CLOSE = "common-open", "common-show", "common-add", "common-close"

ALL = "all"

ENOUGH = 10
"""The number of indicators in the own scope from which other scopes are hidden at first."""

MOST = 30
"""The most indicators of one 二级指标."""


@dataclass(frozen=True)
class GoalChoice:
    """A goal on the page; ``horizon`` as chosen there."""

    key: str
    title: str
    horizon: str


@dataclass(frozen=True)
class Target:
    """A goal that indicators can be taken over to, as the list of them offers it."""

    value: str
    title: str
    is_chosen: bool


class IndicatorPicker:
    """``goals`` are the page's goals, ``present`` its indicators (二级, 三级) by horizon."""

    def __init__(
        self,
        data: QueryDict | None,
        context: EditContext,
        goals: Iterable[GoalChoice],
        horizons: Sequence[Horizon],
        present: Mapping[Horizon, set[tuple[str, str]]],
    ) -> None:
        self.context, self.present = context, present
        self.goals, self.horizons = list(goals), horizons
        given = data if data is not None else QueryDict()
        self.is_open = context.editable and TARGET in given
        self.is_asked = FOCUS in given
        self.picked = set(given.getlist(PICK))
        self._target, self._scope = given.get(TARGET, ""), given.get(SCOPE, "")

    # --- what is chosen ---

    @property
    def horizon(self) -> Horizon:
        """The horizon of the goal to which indicators are added."""
        name = self._target.partition("/")[0]
        return next((h for h in self.horizons if h.value == name), self.horizons[-1])

    @property
    def goal(self) -> str:
        """The key of the goal; empty if the page has none of that horizon."""
        key = self._target.partition("/")[2]
        return key if key in self._keys(self.horizon) else next(iter(self._keys(self.horizon)), "")

    def _keys(self, horizon: Horizon) -> list[str]:
        return [goal.key for goal in self.goals if goal.horizon == horizon]

    @property
    def chosen(self) -> list[Common]:
        """The picked indicators in the order of the list, without those that the page has already."""
        return [one for one in self._common if one.key in self.picked and not self._is_present(one)]

    # --- what is offered ---

    @cached_property
    def _common(self) -> list[Common]:
        return common_indicators(self.context.report, self.horizon) if self.is_open else []

    def _is_present(self, one: Common) -> bool:
        return (one.level2, one.name) in self.present[self.horizon]

    @property
    def own_scope(self) -> str:
        project = self.context.project
        return project.identity.category.value if project else WHOLE

    @property
    def scope(self) -> str:
        """The shown scope: the chosen one, else the own scope if it has enough indicators."""
        if self._scope in (ALL, self.own_scope):
            return self._scope
        own = sum(self.own_scope in one.scopes for one in self._common)
        return self.own_scope if own >= ENOUGH else ALL

    @property
    def scopes(self) -> list[tuple[str, str]]:
        own = (
            "部门整体用过的" if self.own_scope == WHOLE else f"{ProjectCategory(self.own_scope).label}用过的"
        )
        return [(self.own_scope, own), (ALL, "全部")]

    @property
    def targets(self) -> list[Target]:
        chosen = f"{self.horizon.value}/{self.goal}"
        found = [
            (f"{horizon.value}/{key}", title)
            for horizon in self.horizons
            for key, title in self._titles(horizon)
        ]
        return [Target(value, title, value == chosen) for value, title in found]

    def _titles(self, horizon: Horizon) -> list[tuple[str, str]]:
        own = [(goal.key, goal.title) for goal in self.goals if goal.horizon == horizon]
        return own or [("", horizon.label)]

    @property
    def groups(self) -> list[Group]:
        shown = self._common
        if self.scope != ALL:
            shown = sorted(
                (one for one in shown if self.scope in one.scopes), key=lambda one: -one.scopes[self.scope]
            )
        levels = self.context.profile.options.get("indicator_levels", LEVELS)
        return grouped(shown, levels, MOST)

    @property
    def offers(self) -> Iterator[tuple[Group, list[Offer]]]:
        """Each group with its members."""
        for group in self.groups:
            yield (
                group,
                [
                    Offer(one, self._is_present(one), one.key in self.picked, self.scope)
                    for one in group.members
                ],
            )


@dataclass(frozen=True)
class Offer:
    """One indicator as the list shows it in ``scope``."""

    common: Common
    is_present: bool
    is_picked: bool
    scope: str

    @property
    def said(self) -> str:
        """The usage in words: by projects of a category, by whole departments, or by both."""
        if self.is_present:
            return "表中已有"
        if self.scope == WHOLE:
            return f"{self.common.scopes[WHOLE]} 个部门"
        used = f"{self.common.owners} 处" if self.scope == ALL else f"{self.common.scopes[self.scope]} 个项目"
        return f"{used}，{self.common.departments} 个部门" if self.common.departments > 1 else used


def opened(data: QueryDict, command: str) -> QueryDict | None:
    """``data`` after a button that opens, refreshes or closes the list; None for any other command."""
    changed = data.copy()
    if command == CLOSE:
        for name in (TARGET, SCOPE, PICK):
            changed.pop(name, None)
        return changed
    name, _, horizon = command.partition(":")
    if name != OPEN and command != SHOW:
        return None
    if name == OPEN:
        changed[TARGET] = f"{horizon}/"
    changed[FOCUS] = "on"
    return changed


def open_button(horizon: Horizon) -> SafeString:
    return format_html(
        '<button type="submit" class="row-add" name="command" value="{}:{}" formnovalidate>常用指标</button>',
        OPEN,
        horizon.value,
    )
