"""How long and how much, in intervision."""

import datetime

from django.utils.translation import gettext as _

GLASS = datetime.timedelta(hours=1)
"""How long an administrator stays inside after breaking the glass."""
SHORTEST_REASON = 30
"""Letters of the reason for breaking the glass."""
READABLE_DAYS = 30
"""How long the members still read in the room of a closed group."""
INVITATION_DAYS = 30
ASK_AGAIN_DAYS = 180
"""How long somebody whom a group did not take is not put before it again."""
REMIND_DAYS = 3
MOST_FILES = 60
LARGEST_FILE = 10 * 1024 * 1024


def closing_words() -> str:
    """What happens when a group is closed, for whoever is about to do it."""
    words = _("Meetings to come are cancelled. The members can read in the room for %(days)d days; then it is emptied.")
    return words % {"days": READABLE_DAYS}
