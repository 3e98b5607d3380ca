"""The practice library's models."""

from practices.models.adoptions import Adoption
from practices.models.children import (
    PracticeMaterial,
    PracticeMunicipality,
    PracticeReference,
    PracticeSource,
    PracticeTag,
    RelatedPractice,
)
from practices.models.imports import ImportUpload
from practices.models.index import PracticeIndexPage
from practices.models.practice import PracticePage

__all__ = [
    "Adoption",
    "ImportUpload",
    "PracticeIndexPage",
    "PracticeMaterial",
    "PracticeMunicipality",
    "PracticePage",
    "PracticeReference",
    "PracticeSource",
    "PracticeTag",
    "RelatedPractice",
]
