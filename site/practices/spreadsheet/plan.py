"""What an import would do: for each row the practice, what changes, and what is wrong with which cell."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from practices.models import PracticePage
from practices.spreadsheet.columns import Column


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; without a column, with the whole row or file."""

    row: int | None
    column: str
    message: str


@dataclass
class RowPlan:
    number: int
    title: str
    action: Action
    page: PracticePage
    changed: list[Column] = field(default_factory=list)
    values: dict[Column, Any] = field(default_factory=dict)
    missing: int = 0

    @property
    def changed_labels(self) -> list[str]:
        return [column.label for column in self.changed]


@dataclass
class ImportPlan:
    rows: list[RowPlan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def count(self, action: Action) -> int:
        return sum(row.action is action for row in self.rows)

    @property
    def created(self) -> int:
        return self.count(Action.CREATE)

    @property
    def updated(self) -> int:
        return self.count(Action.UPDATE)

    @property
    def unchanged(self) -> int:
        return self.count(Action.UNCHANGED)

    @property
    def may_run(self) -> bool:
        return not self.faults and bool(self.created or self.updated)


class ImportRefusedError(Exception):
    """The import has faults; nothing was changed."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("; ".join(fault.message for fault in plan.faults))
        self.plan = plan
