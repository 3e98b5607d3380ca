"""The bodies that take part, the domains of their e-mail addresses, and what they merged into."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from people.querysets import OrganisationQuerySet
from people.validators import bare_kbo, bare_ovo, validate_kbo, validate_mail_domain, validate_ovo


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


class SizeClass(models.TextChoices):
    """Of a municipality, by its inhabitants; set by VVSG. What it may book in a year depends on it."""

    XS = "xs", _("fewer than 10,000 inhabitants")
    S = "s", _("10,000 to 20,000 inhabitants")
    M = "m", _("20,000 to 50,000 inhabitants")
    L = "l", _("50,000 to 100,000 inhabitants")
    XL = "xl", _("more than 100,000 inhabitants")


def _once(field: str, message: Any) -> models.UniqueConstraint:
    """No two organisations have the same; as many as want have none."""
    filled = ~models.Q(**{field: ""})
    name = f"organisation_{field}_unique"
    return models.UniqueConstraint(fields=[field], condition=filled, name=name, violation_error_message=message)


class Organisation(index.Indexed, ClusterableModel):
    """A body that takes part. Municipalities carry the NIS code of Statbel; they merge, so one can have a successor."""

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    nis_code = models.CharField(_("NIS code"), max_length=5, blank=True, help_text=_("Five digits, of Statbel."))
    kbo_number = models.CharField(
        _("KBO number"),
        max_length=16,
        blank=True,
        validators=[validate_kbo],
        help_text=_("Ten digits, of the Crossroads Bank for Enterprises. Dots are left out by themselves."),
    )
    ovo_code = models.CharField(
        _("OVO code"),
        max_length=12,
        blank=True,
        validators=[validate_ovo],
        help_text=_("“OVO” and six digits. Whoever signs in with ACM/IDM is recognised by it, or by the KBO number."),
    )
    province = models.CharField(_("province"), max_length=20, choices=Province, blank=True)
    size_class = models.CharField(
        _("size class"), max_length=10, choices=SizeClass, blank=True, help_text=_("Only of municipalities.")
    )
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
            _once("nis_code", _("Another organisation has this NIS code.")),
            _once("kbo_number", _("Another organisation has this KBO number.")),
            _once("ovo_code", _("Another organisation has this OVO code.")),
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

    def clean(self) -> None:
        super().clean()
        self._bare_codes()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._bare_codes()
        super().save(*args, **kwargs)

    def _bare_codes(self) -> None:
        self.kbo_number, self.ovo_code = bare_kbo(self.kbo_number), bare_ovo(self.ovo_code)

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """What stands after the @ in the addresses of an organisation. Whoever confirms one of those becomes a member."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(
        _("e-mail domain"),
        max_length=253,
        validators=[validate_mail_domain],
        help_text=_("What comes after the @. Whoever confirms an address there becomes a member at once."),
    )

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        ordering = ("domain",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["domain"],
                name="organisation_domain_unique",
                violation_error_message=_("Another organisation has this e-mail domain."),
            ),
        ]

    def __str__(self) -> str:
        return self.domain

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.domain = self.domain.strip().lower().removeprefix("@")
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        self.domain = self.domain.strip().lower().removeprefix("@")
        super().clean_fields(exclude=exclude)


class OrganisationMerger(models.Model):
    """That one organisation went up in another: when, by whom, and how much went along."""

    organisation = models.OneToOneField(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="merger"
    )
    successor = models.ForeignKey(
        Organisation, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="mergers"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved = models.JSONField(_("what moved"), default=dict)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ("-at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("successor")), name="merger_of_two_organisations"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.successor}"
