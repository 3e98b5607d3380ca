"""What the directory holds about people: who acts for an expert, and the referees, who have no account."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from experts.models import ExpertAccount, ExpertPrivate, ExpertReference
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

COLUMNS = {
    "expert": _("Expert"),
    "since": _("Since"),
    "email": _("E-mail address for requests"),
    "mobile": _("Mobile number"),
    "iban": _("Bank account"),
}


def _accounts(user: User) -> list[Row]:
    rows = ExpertAccount.objects.filter(user=user).select_related("expert__private")
    return [{"expert": row.expert.title, "since": row.since, **_private(row)} for row in rows]


def _private(row: ExpertAccount) -> Row:
    """Of the expert for whom she acts."""
    held: ExpertPrivate | None = getattr(row.expert, "private", None)
    return {name: getattr(held, name) for name in ("email", "mobile", "iban")} if held else {}


def _forget(user: User) -> None:
    """Where she was the only one who acted, what is private about that expert is hers, and goes along."""
    for row in ExpertAccount.objects.filter(user=user):
        if not ExpertAccount.objects.filter(expert=row.expert_id).exclude(pk=row.pk).exists():
            ExpertPrivate.objects.filter(expert=row.expert_id).update(email="", mobile="", iban="", notes="")
    ExpertAccount.objects.filter(user=user).delete()


def _old_references() -> QuerySet[ExpertReference]:
    """Nobody confirmed them, or the last confirmation is over for as long."""
    before = retention.cutoff("references")
    year_before = (before - datetime.timedelta(days=365)).date()
    refused = Q(refused_on__lt=before.date())
    silent = Q(confirmed_on=None, asked_at__lt=before)
    over = Q(confirmed_on__lt=year_before)
    return ExpertReference.objects.filter(refused | silent | over)


def _left() -> QuerySet[ExpertPrivate]:
    """Private data of experts who left the pool so long ago."""
    before = timezone.localdate() - datetime.timedelta(days=retention.days("expert_private"))
    filled = ~Q(email="", mobile="", iban="", notes="")
    return ExpertPrivate.objects.filter(filled, expert__pool_until__lt=before)


def connect() -> None:
    personal_data.register(
        Provider(
            "expert_accounts",
            _("Experts for whom you act"),
            ("experts.ExpertAccount.user",),
            COLUMNS,
            _accounts,
            _forget,
        )
    )
    retention.register(
        Rule(
            "expert_references",
            _("References of experts that nobody confirmed, or not any more, with the referee's name and address"),
            _("Deleted"),
            "references",
            lambda: _old_references().count(),
            lambda: _old_references().delete()[0],
            order=60,
        ),
        Rule(
            "expert_private",
            _("Private data of experts who left the pool"),
            _("Deleted"),
            "expert_private",
            lambda: _left().count(),
            lambda: _left().update(email="", mobile="", iban="", notes=""),
            order=61,
        ),
    )
