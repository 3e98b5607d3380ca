"""Who acts for an expert: VVSG decides."""

from django.db import transaction

from experts.models import ExpertAccount, ExpertPage
from people.audit import record
from people.models import AuditAction, User


@transaction.atomic
def let_act(*, expert: ExpertPage, user: User, by: User) -> bool:
    """False where she did already."""
    _account, created = ExpertAccount.objects.get_or_create(expert=expert, user=user)
    if created:
        record(AuditAction.PERMISSIONS, actor=by, subject=user, about=expert, details={"acts for": "yes"})
    return created


@transaction.atomic
def take_away(*, expert: ExpertPage, account_id: int, by: User) -> bool:
    """False where it was gone already."""
    account = ExpertAccount.objects.filter(expert=expert, pk=account_id).select_related("user").first()
    if account is None:
        return False
    account.delete()
    record(AuditAction.PERMISSIONS, actor=by, subject=account.user, about=expert, details={"acts for": "no"})
    return True
