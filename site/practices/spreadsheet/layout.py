"""Which columns there are, in which order, and by which headings they are known."""

from practices.spreadsheet.columns import (
    ChoiceColumn,
    Column,
    DateColumn,
    EuroColumn,
    NumberColumn,
    OrganisationColumn,
    RichTextColumn,
    SlugColumn,
    StewardColumn,
)
from practices.spreadsheet.lookups import fold
from practices.spreadsheet.many import ConceptColumn, LevelsColumn, PlacesColumn, TagsColumn
from practices.spreadsheet.rows import ApproachColumn, ReferencesColumn, SourcesColumn

COLUMNS: tuple[Column, ...] = (
    SlugColumn("slug"),
    Column("title"),
    Column("summary"),
    ChoiceColumn("main_level"),
    LevelsColumn("levels"),
    RichTextColumn("problem"),
    RichTextColumn("objectives"),
    ConceptColumn("target_groups_final"),
    ConceptColumn("target_groups_intermediate"),
    RichTextColumn("preconditions"),
    RichTextColumn("intended_effects"),
    ApproachColumn("approach"),
    RichTextColumn("core_elements"),
    RichTextColumn("lessons_learned"),
    RichTextColumn("risks"),
    RichTextColumn("transferability"),
    RichTextColumn("local_authority_role"),
    RichTextColumn("partners"),
    ConceptColumn("themes"),
    ConceptColumn("sectors"),
    ConceptColumn("forms"),
    ConceptColumn("livc_phases"),
    ConceptColumn("methods"),
    TagsColumn("tags"),
    PlacesColumn("ran_in"),
    ChoiceColumn("status"),
    DateColumn("period_start"),
    DateColumn("period_end"),
    NumberColumn("staff_hours_per_week"),
    EuroColumn("one_off_cost"),
    EuroColumn("yearly_cost"),
    Column("effort_explanation"),
    ChoiceColumn("evidence_level"),
    DateColumn("evidence_date"),
    Column("evidence_assessors"),
    Column("evidence_explanation"),
    ChoiceColumn("observed_effect"),
    Column("observed_effect_explanation"),
    ReferencesColumn("references"),
    SourcesColumn("sources"),
    Column("contact_role"),
    OrganisationColumn("contact_organisation"),
    Column("contact_name"),
    Column("contact_email"),
    Column("contact_phone"),
    StewardColumn("steward", internal=True),
    DateColumn("confirmed_on"),
    DateColumn("review_date", internal=True),
)


def columns_by_heading() -> dict[str, Column]:
    """Folded heading → column; the name in code is understood as well, so that a file outlives a new wording."""
    found = {column.name: column for column in COLUMNS}
    return found | {fold(column.label): column for column in COLUMNS}
