"""Importing practices: first a plan that changes nothing, then, without faults, all of it or nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.models import User
from practices.completeness import missing_to_publish
from practices.models import PracticeIndexPage, PracticePage
from practices.spreadsheet.columns import CLEAR, Column
from practices.spreadsheet.facts import facts_of
from practices.spreadsheet.layout import COLUMNS, columns_by_heading
from practices.spreadsheet.lookups import CellError, Lookups, fold
from practices.spreadsheet.plan import Action, Fault, ImportPlan, ImportRefusedError, RowPlan
from practices.spreadsheet.reader import Row, Table
from practices.spreadsheet.values import text_of

FAULTS_AT_MOST = 200


def plan_import(table: Table, *, by: User) -> ImportPlan:
    """What importing this table would do. Reads only."""
    return _Planner(table, by).plan()


@transaction.atomic
def run_import(table: Table, *, by: User, publish: bool = False) -> ImportPlan:
    """Do what the plan says, or nothing at all; raises ImportRefusedError when a cell has a fault.

    New practices become drafts of the user; changes become a new revision on top of the latest draft. With `publish`,
    those that are complete and that the user may publish are published as well.
    """
    index = PracticeIndexPage.objects.select_for_update().first()
    plan = plan_import(table, by=by)
    if plan.faults or index is None:
        raise ImportRefusedError(plan)
    for row in plan.rows:
        if row.action is Action.CREATE:
            _create(row.page, index, by)
        elif row.action is Action.UPDATE:
            row.page.save_revision(user=by, log_action=True, changed=True, clean=False)
        if publish and row.action is not Action.UNCHANGED and not row.missing:
            _publish(row.page, by)
    return plan


def _create(page: PracticePage, index: PracticeIndexPage, by: User) -> None:
    page.owner = by
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=False, clean=False)
    log(instance=page, action="wagtail.create", user=by, content_changed=True)


def _publish(page: PracticePage, by: User) -> None:
    page = PracticePage.objects.get(pk=page.pk)
    if page.permissions_for_user(by).can_publish() and (revision := page.get_latest_revision()) is not None:
        revision.publish(user=by)


class _Planner:
    def __init__(self, table: Table, by: User) -> None:
        self.table, self.by = table, by
        self.result = ImportPlan()
        self.columns: dict[int, Column] = {}
        self.lookups = Lookups.load()
        self.index = PracticeIndexPage.objects.first()
        self.seen: dict[int, int] = {}

    def plan(self) -> ImportPlan:
        self._read_header()
        if not self.result.faults:
            keys = [(row, self._key(row)) for row in self.table.rows]
            self._refuse_doubles(keys)
            self._find_existing(keys)
            for row, (slug, title) in keys:
                if len(self.result.faults) >= FAULTS_AT_MOST:
                    self._fault(None, "", _("There are more faults; mend these first."))
                    break
                self._plan_row(row, slug, title)
        return self.result

    def _fault(self, row: int | None, column: str, message: str) -> None:
        self.result.faults.append(Fault(row, column, message))

    def _read_header(self) -> None:
        if self.index is None or not self.index.permissions_for_user(self.by).can_add_subpage():
            self._fault(None, "", _("You may not add practices here."))
            return
        known = columns_by_heading()
        for position, heading in enumerate(self.table.header):
            column = known.get(fold(heading))
            if column is None:
                if heading:
                    self.result.ignored.append(heading)
            elif column in self.columns.values():
                self._fault(None, column.label, _("This column stands in the file twice."))
            else:
                self.columns[position] = column
        names = {column.name for column in self.columns.values()}
        if not names & {"title", "slug"}:
            self._fault(None, "", _("No column is called “%(title)s”. Use the template.") % {"title": COLUMNS[1].label})

    def _raw(self, row: Row, name: str) -> Any:
        for position, column in self.columns.items():
            if column.name == name:
                return row.cells[position] if position < len(row.cells) else None
        return None

    def _key(self, row: Row) -> tuple[str, str]:
        try:
            return text_of(self._raw(row, "slug")).lower(), " ".join(text_of(self._raw(row, "title")).split())
        except CellError:
            return "", ""

    def _refuse_doubles(self, keys: Iterable[tuple[Row, tuple[str, str]]]) -> None:
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, (slug, title) in keys:
            if slug:
                rows["slug", slug].append(row.number)
            elif title:
                rows["title", fold(title)].append(row.number)
        labels = {column.name: column.label for column in COLUMNS}
        for (name, _key), numbers in rows.items():
            for number in numbers[1:]:
                self._fault(number, labels[name], _("Row %(row)d is about the same practice.") % {"row": numbers[0]})

    def _find_existing(self, keys: Iterable[tuple[Row, tuple[str, str]]]) -> None:
        """The practices there are, with their latest drafts' revisions, by slug and by title."""
        assert self.index is not None  # noqa: S101  # the header was refused otherwise
        pages = list(PracticePage.objects.child_of(self.index).select_related("latest_revision"))
        self.by_slug = {page.slug: page for page in pages}
        self.titles = Counter(fold(title) for page in pages for title in {page.title, page.draft_title or page.title})
        self.by_title = {fold(title): page for page in pages for title in (page.title, page.draft_title) if title}

    def _existing(self, row: Row, slug: str, title: str) -> PracticePage | None:
        if slug:
            return self.by_slug.get(slug)
        if self.titles[fold(title)] > 1:
            self._fault(row.number, COLUMNS[0].label, _("Several practices have this title; fill in the slug."))
        return self.by_title.get(fold(title)) or self.by_slug.get(slugify(title))

    def _plan_row(self, row: Row, slug: str, title: str) -> None:
        existing = self._existing(row, slug, title)
        if existing is not None and not self._may_change(row, existing):
            return
        if existing is None:
            page, action = PracticePage(live=False, slug=slug), Action.CREATE
            if not title:
                self._fault(row.number, COLUMNS[1].label, _("A new practice needs a title."))
        else:
            page, action = existing.get_latest_revision_as_object(), Action.UPDATE
        plan = RowPlan(row.number, title or page.title, action, page)
        faults_before = len(self.result.faults)
        self._fill(row, plan)
        if len(self.result.faults) == faults_before:
            self._validate(plan)
        if action is Action.UPDATE and not plan.changed:
            plan.action = Action.UNCHANGED
        plan.missing = len(missing_to_publish(page))
        self.result.rows.append(plan)

    def _may_change(self, row: Row, existing: PracticePage) -> bool:
        """Once per file, and not while somebody else holds the page."""
        if (first := self.seen.setdefault(existing.pk, row.number)) != row.number:
            self._fault(row.number, COLUMNS[0].label, _("Row %(row)d is about the same practice.") % {"row": first})
            return False
        permissions = existing.permissions_for_user(self.by)
        if not permissions.can_edit() or permissions.page_locked():
            self._fault(row.number, "", _("You may not change this practice now: it is locked or in review."))
            return False
        return True

    def _fill(self, row: Row, plan: RowPlan) -> None:
        facts = facts_of(plan.page)
        for position, column in self.columns.items():
            raw = row.cells[position] if position < len(row.cells) else None
            try:
                text = text_of(raw)
                if not text:
                    continue
                value = column.parse("" if text == CLEAR else raw, self.lookups)
                if column.name != "slug" and column.changes(plan.page, facts, value, self.lookups):
                    column.put(plan.page, value, self.lookups)
                    plan.changed.append(column)
            except CellError as error:
                self._fault(row.number, column.label, str(error))

    def _validate(self, plan: RowPlan) -> None:
        """The rules of the model, for what is filled in: drafts may be incomplete, but never wrong."""
        page = plan.page
        if page.main_level:
            setattr(page, f"level_{page.main_level}", True)
        empty = [f.name for f in page._meta.fields if getattr(page, f.attname) in (None, "", [])]
        skipped = {"path", "depth", "content_type", "translation_key", "locale", "slug", "approach", *empty}
        checks: tuple[Callable[[], None], ...] = (
            lambda: page.clean_fields(exclude=skipped),
            lambda: page.validate_constraints(),  # noqa: PLW0108  # gives the method a type
            lambda: self._rows(page),
        )
        for check in checks:
            try:
                check()
            except ValidationError as error:
                self._faults_of(plan, error)

    @staticmethod
    def _rows(page: PracticePage) -> None:
        """The fields of what hangs below: lengths and addresses."""
        for name in ("references", "sources"):
            for child in getattr(page, name).all():
                try:
                    child.clean_fields(exclude=["practice"])
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from error

    def _faults_of(self, plan: RowPlan, error: ValidationError) -> None:
        labels = {column.name: column.label for column in COLUMNS}
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else labels.get(name, name)
            for message in messages:
                self._fault(plan.number, label, message)
