"""The logins of the demo. Their addresses cannot receive mail and their names say that they are made up."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from people.models import User

DEMO_PASSWORD = "ankerplaats-demo"  # noqa: S105  # printed on the console: it protects a demo


class DemoPerson(NamedTuple):
    email: str
    first_name: str
    groups: tuple[str, ...]
    role: str


DEMO_PEOPLE = (
    DemoPerson("redacteur@ankerplaats.example", "Demoredacteur", ("Redactie",), "editor"),
    DemoPerson(
        "eindredacteur@ankerplaats.example",
        "Demo-eindredacteur",
        ("Eindredactie", "Ledenbeheer", "Expertenpool", "Vormingsteam"),
        "moderator",
    ),
    DemoPerson("ambtenaar@ankerplaats.example", "Demoambtenaar", (), "practitioner"),
    DemoPerson("beheerder@ankerplaats.example", "Demobeheerder", (), "manager"),
    DemoPerson("livc@ankerplaats.example", "Demo-livc", (), "LIVC-R"),
    DemoPerson("nieuw@ankerplaats.example", "Demonieuweling", (), "newcomer"),
    DemoPerson("expert@ankerplaats.example", "Demo-expert", (), "expert"),
    DemoPerson("expertenteam@ankerplaats.example", "Demo-expertenteam", (), "expert team"),
)


def load_people() -> dict[str, User]:
    """The demo users by e-mail address, each with that address confirmed. What they may read is theirs as members."""
    users = {}
    for person in DEMO_PEOPLE:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(
                person.email, DEMO_PASSWORD, first_name=person.first_name, last_name="(fictief)"
            )
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        user.groups.add(*Group.objects.filter(name__in=person.groups))
        users[person.email] = user
    return users
