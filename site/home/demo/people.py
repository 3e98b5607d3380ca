"""The logins of the demo. Their addresses cannot receive mail and their names say that they are made up."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from people.models import User

DEMO_PASSWORD = "ankerplaats-demo"  # noqa: S105  # printed on the console: it protects a demo


class DemoPerson(NamedTuple):
    email: str
    first_name: str
    group: str
    role: str


DEMO_PEOPLE = (
    DemoPerson("redacteur@ankerplaats.example", "Demoredacteur", "Redactie", "editor"),
    DemoPerson("eindredacteur@ankerplaats.example", "Demo-eindredacteur", "Eindredactie", "moderator"),
    DemoPerson("ambtenaar@ankerplaats.example", "Demoambtenaar", "Professionals", "practitioner"),
)


def load_people() -> dict[str, User]:
    """The three demo users by group name, each with a confirmed address."""
    users = {}
    for person in DEMO_PEOPLE:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(
                person.email, DEMO_PASSWORD, first_name=person.first_name, last_name="(fictief)"
            )
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        user.groups.add(Group.objects.get(name=person.group))
        users[person.group] = user
    return users
