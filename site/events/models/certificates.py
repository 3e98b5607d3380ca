"""What a certificate of an intervision group states: kept as it was given, so that its code says the same for ever."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from events.models.intervision import GroupMember
from experts.models.afterwards import certificate_code


class GroupCertificate(models.Model):
    """How much of a group's meetings somebody attended, on the day that she took the paper. It names no group."""

    member = models.ForeignKey(GroupMember, null=True, on_delete=models.SET_NULL, related_name="certificates")
    code = models.CharField(max_length=20, unique=True, default=certificate_code)
    meetings = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    given_on = models.DateField(default=timezone.localdate)

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "meetings", "minutes", "first_on", "last_on"], name="group_certificate_once"
            )
        ]
