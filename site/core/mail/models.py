"""A mail that still has to go out. The row goes once it has: no mail is kept, and no link in one."""

from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """Written in the transaction of what it tells about; there as long as no server took it."""

    to = models.EmailField()
    subject = models.CharField(max_length=255)
    body = models.TextField()
    attachments = models.JSONField(default=list, blank=True, help_text="Lists of name, text and content type.")
    created_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
