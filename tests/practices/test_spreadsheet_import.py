import io
from typing import Any

import openpyxl
import pytest
from wagtail.models import PageLogEntry

from practices.models import PracticePage
from practices.spreadsheet.exporter import export_csv, export_xlsx
from practices.spreadsheet.importer import plan_import, run_import
from practices.spreadsheet.layout import COLUMNS
from practices.spreadsheet.plan import Action, ImportPlan, ImportRefusedError
from practices.spreadsheet.reader import Row, Table, UnreadableFileError, read
from practices.spreadsheet.template import template_xlsx
from taxonomy import services
from tests.conftest import Cast
from tests.factories import make_concept, make_organisation, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def table(*rows: dict[str, Any]) -> Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Table(names, [Row(at, [row.get(name) for name in names]) for at, row in enumerate(rows, start=2)])


def full_row(**overrides: Any) -> dict[str, Any]:
    return {
        "title": "Praatcafé op het plein",
        "summary": "Jongeren en politie praten.",
        "main_level": "primary",
        "levels": "primary; secondary",
        "problem": "Er is spanning.\n\n• op het plein\n• in het park",
        "objectives": "Minder spanning.",
        "target_groups_final": "jongeren",
        "preconditions": "Een mandaat.",
        "intended_effects": "Vertrouwen.",
        "approach": "Verkennen: praat met beide kanten\nSamen eten: elke maand",
        "lessons_learned": "Begin klein.",
        "themes": "Dialoog",
        "ran_in": "Mechelen; Antwerpen",
        "status": "ongoing",
        "period_start": "01/09/2024",
        "staff_hours_per_week": "7,5",
        "yearly_cost": "12.500",
        "references": "Een studie | J. Onderzoeker | 2020 | https://voorbeeld.be/studie",
        "sources": "Actieplan 2017 | maatregel 5.4",
        "contact_organisation": "VVSG",
        "steward": "redactie@voorbeeld.be",
        "review_date": "31/12/2027",
        "tags": "plein; politie",
        **overrides,
    }


@pytest.fixture
def words(cast: Cast) -> None:
    make_concept("Jongeren", "target_group", slug="jongeren")
    make_concept("Dialoog", other_labels=["gesprek"], slug="dialoog")
    make_organisation("Mechelen")
    make_organisation("Antwerpen")
    make_organisation("VVSG", "vvsg")


def faults(plan: ImportPlan) -> set[tuple[int | None, str]]:
    names = {column.label: column.name for column in COLUMNS}
    return {(fault.row, names.get(fault.column, fault.column)) for fault in plan.faults}


def test_a_new_row_becomes_a_draft_of_the_importer(cast: Cast, words: None) -> None:
    plan = run_import(table(full_row()), by=cast.editor)
    assert (plan.created, plan.updated, plan.unchanged) == (1, 0, 0)
    practice = PracticePage.objects.get()
    assert not practice.live
    assert practice.first_published_at is None
    assert practice.owner == cast.editor
    assert practice.get_latest_revision().user == cast.editor
    assert PageLogEntry.objects.filter(page=practice, action="wagtail.create", user=cast.editor).exists()
    practice.get_latest_revision().publish()  # complete: a moderator can publish it as it is


def test_every_kind_of_cell_arrives(cast: Cast, words: None) -> None:
    run_import(table(full_row()), by=cast.editor)
    practice = PracticePage.objects.get()
    assert [concept.label for concept in practice.themes.all()] == ["Dialoog"]
    assert [place.organisation.name for place in practice.ran_in.all()] == ["Mechelen", "Antwerpen"]
    assert [block.block_type for block in practice.approach] == ["step", "step"]
    assert practice.level_secondary
    assert not practice.level_tertiary
    assert sorted(tag.name for tag in practice.tags.all()) == ["plein", "politie"]
    assert practice.references.get().year == 2020


def test_a_second_run_updates_instead_of_doubling(cast: Cast, words: None) -> None:
    run_import(table(full_row()), by=cast.editor)
    again = run_import(table(full_row()), by=cast.editor)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    changed = run_import(table(full_row(summary="Anders.", themes="gesprek")), by=cast.editor)
    assert changed.updated == 1
    assert changed.rows[0].changed == [next(c for c in COLUMNS if c.name == "summary")]
    practice = PracticePage.objects.get()
    assert practice.get_latest_revision_as_object().summary == "Anders."


def test_a_published_practice_keeps_its_text_until_somebody_publishes(cast: Cast, words: None) -> None:
    practice = make_practice(title="Oud", summary="Oude tekst.")
    run_import(table({"slug": practice.slug, "summary": "Nieuwe tekst."}), by=cast.editor)
    practice = PracticePage.objects.get(pk=practice.pk)
    assert practice.summary == "Oude tekst."
    assert practice.has_unpublished_changes
    assert practice.get_latest_revision_as_object().summary == "Nieuwe tekst."


def test_publishing_at_once_is_for_moderators_and_complete_rows(cast: Cast, words: None) -> None:
    rows = table(full_row(), full_row(title="Half", summary=""))
    run_import(rows, by=cast.editor, publish=True)
    assert not PracticePage.objects.live().exists()
    PracticePage.objects.all().delete()
    cast.moderator.refresh_from_db()
    run_import(rows, by=cast.moderator, publish=True)
    assert [page.title for page in PracticePage.objects.live()] == ["Praatcafé op het plein"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("main_level", "quaternair"),
        ("levels", "primary; vierde"),
        ("themes", "Onbekend begrip"),
        ("target_groups_final", "jongeren; ouden van dagen"),
        ("ran_in", "Gotham"),
        ("status", "misschien"),
        ("period_start", "gisteren"),
        ("staff_hours_per_week", "veel"),
        ("yearly_cost", "1,5"),
        ("references", "a | b | c | d | e"),
        ("references", "Titel | auteur | tweeduizend"),
        ("sources", "Titel | passage | geen-adres"),
        ("contact_organisation", "Onbekend vzw"),
        ("contact_email", "geen adres"),
        ("steward", "niemand@voorbeeld.be"),
        ("summary", "x" * 601),
        ("slug", "Ongeldige Slug!"),
        ("title", "x" * 256),
    ],
)
def test_a_fault_names_its_row_and_column_and_nothing_is_imported(cast: Cast, words: None, name: str, raw: str) -> None:
    rows = table(full_row(slug=""), full_row(title="Tweede", slug="") | {name: raw})
    plan = plan_import(rows, by=cast.editor)
    assert faults(plan) == {(3, name)}
    with pytest.raises(ImportRefusedError):
        run_import(rows, by=cast.editor)
    assert not PracticePage.objects.exists()


def test_rows_about_the_same_practice_are_refused(cast: Cast, words: None) -> None:
    assert faults(plan_import(table(full_row(), full_row()), by=cast.editor)) == {(3, "title")}
    practice = make_practice(title="Een")
    rows = table({"slug": practice.slug, "title": "Een"}, {"slug": "", "title": "Een"})
    assert faults(plan_import(rows, by=cast.editor)) == {(3, "slug")}


def test_the_end_comes_after_the_start(cast: Cast, words: None) -> None:
    assert plan_import(table(full_row(period_end="01/01/2020")), by=cast.editor).faults


def test_an_empty_cell_changes_nothing_and_a_hyphen_empties(cast: Cast, words: None) -> None:
    practice = make_practice(transferability="<p>Overal.</p>", risks="<p>Groot.</p>")
    run_import(table({"slug": practice.slug, "transferability": "", "risks": "-"}), by=cast.editor)
    draft = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    assert (draft.transferability, draft.risks) == ("<p>Overal.</p>", "")


def test_a_merged_term_leads_to_its_successor_and_a_retired_one_is_refused(cast: Cast, words: None) -> None:
    old, new = make_concept("Praten"), make_concept("Overleg")
    services.merge(concept=old, into=new)
    plan = plan_import(table(full_row(themes="Praten")), by=cast.editor)
    assert not plan.faults
    assert [c.label for c in plan.rows[0].page.themes.all()] == ["Overleg"]
    services.retire(concept=new)
    assert faults(plan_import(table(full_row(themes="Overleg")), by=cast.editor)) == {(2, "themes")}


def test_an_approach_with_more_than_steps_is_not_flattened(cast: Cast, words: None) -> None:
    practice = make_practice(approach=[("checklist", {"title": "Lijst", "items": ["een"]})])
    rows = table({"slug": practice.slug, "approach": "Stap: tekst"})
    assert faults(plan_import(rows, by=cast.editor)) == {(2, "approach")}


def test_what_is_exported_comes_back_unchanged(cast: Cast, words: None) -> None:
    run_import(table(full_row(contact_phone="+32 2 211 55 00")), by=cast.editor)
    make_practice(
        title="=1+1 is geen formule",
        problem='<p>Met <a linktype="page" id="1">een link</a> en <b>vet</b>.</p><ol><li>a</li><li>b &amp; c</li></ol>',
        approach=[
            ("checklist", {"title": "Lijst", "items": ["een", "twee"]}),
            ("text", "<p>Alinea</p><ul><li>punt: dubbel</li></ul>"),
            ("quote", {"text": "Zo is het", "source": "Iemand"}),
        ],
    )
    pages = PracticePage.objects.order_by("pk")
    for name, content in (("a.csv", export_csv(pages, internal=True)), ("a.xlsx", export_xlsx(pages, internal=True))):
        plan = plan_import(read(name, content), by=cast.moderator)
        assert not plan.faults, plan.faults
        assert [(row.action, row.changed_labels) for row in plan.rows] == [(Action.UNCHANGED, [])] * 2
    for name, content in (("a.csv", export_csv(pages)), ("a.xlsx", export_xlsx(pages))):
        assert plan_import(read(name, content), by=cast.moderator).unchanged == 2


def test_an_export_holds_no_formula_and_no_address_of_the_steward(cast: Cast, words: None) -> None:
    practice = make_practice(title="=cmd|'/c calc'!A0", summary="@SUM(1)", steward=cast.editor)
    out = export_csv([practice]).decode("utf-8-sig")
    assert "'=cmd" in out
    assert ";'@SUM" in out
    assert cast.editor.email not in out
    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx([practice]))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["B2"].value == "'=cmd|'/c calc'!A0"


def test_the_number_of_queries_of_an_export_does_not_grow(
    cast: Cast, words: None, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        make_practice()
    pages = list(PracticePage.objects.all())
    with django_assert_max_num_queries(16):
        export_csv(pages)


def test_the_template_can_be_filled_in_and_imported(cast: Cast, words: None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    assert len(book.worksheets) == 3
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    assert len(headings) == len(COLUMNS)
    labels = {column.name: column.label for column in COLUMNS}
    for name, value in full_row().items():
        sheet.cell(2, headings[labels[name]]).value = value
    out = io.BytesIO()
    book.save(out)
    plan = run_import(read("sjabloon.xlsx", out.getvalue()), by=cast.editor)
    assert plan.created == 1
    assert not plan.rows[0].missing


def test_an_empty_template_says_that_it_is_empty() -> None:
    with pytest.raises(UnreadableFileError):
        read("sjabloon.xlsx", template_xlsx())
