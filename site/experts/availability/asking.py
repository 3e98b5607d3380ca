"""What is asked of whoever acts for an expert: to mend a calendar that has not been readable for a day."""

import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.models import CalendarSource
from people.my_page import Asked
from people.permissions import signed_in

PATIENCE = datetime.timedelta(days=1)  # what fails now and then mends itself


def unread_calendars(request: HttpRequest) -> list[Asked]:
    long_ago = timezone.now() - PATIENCE
    failing = CalendarSource.objects.filter(
        Q(fetched_at=None) | Q(fetched_at__lt=long_ago), expert__accounts__user=signed_in(request)
    ).exclude(error="")
    return [
        Asked(
            _("The calendar of %(expert)s cannot be read. Share it again.") % {"expert": source.expert.title},
            f"{reverse('availability', args=[source.expert_id])}#address",
        )
        for source in failing.select_related("expert")
    ]
