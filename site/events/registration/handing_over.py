"""What a merger of organisations moves: the registrations of its people. A place is nobody's to hand over on leaving:
who leaves an organisation cancels or is replaced, and an account that goes frees its places (`personal_data`).
"""

from django.utils.translation import gettext as _

from events.models import Registration
from people.holdings import Provider
from people.models import Organisation, User


class RegistrationProvider(Provider):
    name = "registration"

    def count_of_organisation(self, organisation: Organisation) -> dict[str, int]:
        return {_("Registrations for events"): Registration.objects.filter(organisation=organisation).count()}

    def move_organisation(self, old: Organisation, new: Organisation, *, by: User | None) -> None:
        """Who has a place keeps it, also where both together have more than one organisation may have."""
        Registration.objects.filter(organisation=old).update(organisation=new)
