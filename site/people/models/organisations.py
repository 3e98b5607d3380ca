"""The bodies that take part, the domains of their e-mail addresses, and what they merged into."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from people.querysets import OrganisationQuerySet


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    OCMW = "ocmw", _("public centre for social welfare")
    POLICE_ZONE = "police_zone", _("police zone")
    INTERMUNICIPAL = "intermunicipal", _("inter-municipal body")
    SCHOOL_NETWORK = "school_network", _("school network")
    WELFARE = "welfare", _("welfare organisation")
    YOUTH_WORK = "youth_work", _("youth work")
    FLEMISH = "flemish", _("Flemish service")
    FEDERAL = "federal", _("federal service")
    VVSG = "vvsg", _("VVSG")
    EXPERT = "expert", _("expert organisation")
    OTHER = "other", _("other")


class Province(models.TextChoices):
    ANTWERPEN = "antwerpen", "Antwerpen"
    LIMBURG = "limburg", "Limburg"
    OOST_VLAANDEREN = "oost-vlaanderen", "Oost-Vlaanderen"
    VLAAMS_BRABANT = "vlaams-brabant", "Vlaams-Brabant"
    WEST_VLAANDEREN = "west-vlaanderen", "West-Vlaanderen"


class Organisation(index.Indexed, models.Model):
    """A body that takes part. Municipalities carry the NIS code of Statbel; they merge, so one can have a successor."""

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    nis_code = models.CharField(_("NIS code"), max_length=5, blank=True, help_text=_("Five digits, of Statbel."))
    province = models.CharField(_("province"), max_length=20, choices=Province, blank=True)
    website = models.URLField(_("website"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    search_fields: ClassVar[list[index.BaseField]] = [index.AutocompleteField("name"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["nis_code"],
                condition=~models.Q(nis_code=""),
                name="organisation_nis_code_unique",
                violation_error_message=_("Another organisation has this NIS code."),
            ),
            models.UniqueConstraint(
                fields=["name", "kind"],
                name="organisation_name_and_kind_unique",
                violation_error_message=_("There is an organisation of this kind with this name already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")),
                name="organisation_not_merged_into_itself",
                violation_error_message=_("An organisation cannot merge into itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
