"""Who uses the site, and the organisations they work for."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from people.querysets import OrganisationQuerySet


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make an active user; raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a login. The e-mail address is the name to log in with, in lower case and unique."""

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("last_name", "first_name", "email")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("There is a user with this e-mail address already."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


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
