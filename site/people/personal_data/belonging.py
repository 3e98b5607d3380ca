"""Memberships, their history, LIVC-R, invitations, and the audit log."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import changes, holdings
from people.models import AuditEntry, Invitation, LivcMembership, Membership, MembershipEvent, OrganisationMerger, User
from people.personal_data import Provider, Row, register
from people.services.joining import confirmed_addresses


def _memberships(user: User) -> list[Row]:
    found = Membership.objects.in_full().filter(Q(user=user) | Q(ended_by=user)).order_by("requested_at")
    return [
        {
            "organisation": str(row.organisation),
            "whose": _whose(row, user),
            "roles": row.role_names,
            "state": str(row.get_state_display()),
            "origin": str(row.get_origin_display()),
            "motivation": row.motivation if row.user_id == user.pk else "",
            "asked": row.requested_at,
            "since": row.since,
            "ended": row.ended_on,
            "reason": row.reason if row.user_id == user.pk else "",
        }
        for row in found
    ]


def _whose(membership: Membership, user: User) -> str:
    """What she did to others is hers to know, who they are is not."""
    return gettext("yours") if membership.user_id == user.pk else gettext("of somebody else, ended by you")


def _events(user: User) -> list[Row]:
    found = MembershipEvent.objects.filter(Q(membership__user=user) | Q(by=user))
    rows: list[Row] = []
    for row in found.select_related("membership__organisation", "by"):
        mine = row.membership.user_id == user.pk
        rows.append(
            {
                "when": row.at,
                "organisation": str(row.membership.organisation),
                "whose": _about(mine),
                "what": str(row.get_kind_display()),
                "old": changes.in_words(row.kind, row.old) if mine else "",
                "new": changes.in_words(row.kind, row.new) if mine else "",
                "why": row.why if mine else "",
                "by_you": row.by_id == user.pk,
            }
        )
    return rows


def _about(mine: bool) -> str:
    return gettext("about you") if mine else gettext("about somebody else")


def _forget_memberships(user: User) -> None:
    """The rows stay, as those of a former member; what somebody wrote about her goes."""
    Membership.objects.filter(user=user).update(motivation="", reason="")
    events = MembershipEvent.objects.filter(membership__user=user)
    events.update(why="")
    events.filter(kind=MembershipEvent.Kind.STEWARDSHIP).update(old="")
    # To whom something passed is a name in the history of whoever left before her.
    named = MembershipEvent.objects.filter(kind=MembershipEvent.Kind.STEWARDSHIP, new=str(user))
    named.update(new=gettext("A former member")[:255])


def _livc(user: User) -> list[Row]:
    found = LivcMembership.objects.filter(membership__user=user).select_related("membership__organisation")
    return [
        {
            "organisation": str(row.membership.organisation),
            "word": row.on_word_of,
            "since": row.valid_from,
            "confirmed": row.confirmed_on,
            "until": row.valid_until,
            "ended": row.ended_on,
            "reason": row.end_reason,
        }
        for row in found
    ]


def _forget_livc(user: User) -> None:
    LivcMembership.objects.filter(membership__user=user).update(on_word_of="", end_reason="")


def _invitations(user: User) -> list[Row]:
    addresses = confirmed_addresses(user) | {user.email}
    found = Invitation.objects.filter(Q(email__in=addresses) | Q(invited_by=user) | Q(accepted_by=user))
    return [
        {
            "organisation": str(row.organisation),
            "email": row.email if row.email in addresses else "",
            "roles": row.role_names,
            "by_you": row.invited_by_id == user.pk,
            "invited": row.invited_at,
            "accepted": row.accepted_at,
            "revoked": row.revoked_at,
        }
        for row in found.select_related("organisation")
    ]


def _forget_invitations(user: User) -> None:
    addresses = confirmed_addresses(user) | {user.email}
    hers = Invitation.objects.filter(Q(email__in=addresses) | Q(accepted_by=user))
    hers.pending().update(revoked_at=timezone.now())
    hers.update(email=f"verwijderd-{user.pk}@verwijderd.invalid")


def _mergers(user: User) -> list[Row]:
    found = OrganisationMerger.objects.filter(by=user).select_related("organisation", "successor")
    return [{"organisation": str(row.organisation), "successor": str(row.successor)} for row in found]


def _holdings(user: User) -> list[Row]:
    return [{"title": held.title, "kind": held.kind} for held in holdings.shown_to(user, holdings.held_by(user))]


def _audit(user: User) -> list[Row]:
    found = AuditEntry.objects.filter(Q(actor=user) | Q(subject=user))
    return [
        {
            "when": row.at,
            "what": str(row.get_action_display()),
            "by_you": row.actor_id == user.pk,
            "object": row.object_label,
            "details": row.what,
        }
        for row in found
    ]


ORGANISATION, BY_YOU, ENDED, REASON = _("Organisation"), _("By you"), _("Ended on"), _("Reason")


PROVIDERS = (
    Provider(
        "memberships",
        _("Memberships"),
        ("people.Membership.user", "people.Membership.ended_by"),
        {
            "organisation": ORGANISATION,
            "whose": _("Whose"),
            "roles": _("Roles"),
            "state": _("State"),
            "origin": _("Came about by"),
            "motivation": _("Motivation"),
            "asked": _("Asked on"),
            "since": _("Since"),
            "ended": ENDED,
            "reason": REASON,
        },
        _memberships,
    ),
    Provider(
        "membership_history",
        _("History of memberships"),
        ("people.MembershipEvent.by",),
        {
            "when": _("When"),
            "organisation": ORGANISATION,
            "whose": _("Whose"),
            "what": _("What"),
            "old": _("From"),
            "new": _("To"),
            "why": REASON,
            "by_you": BY_YOU,
        },
        _events,
        _forget_memberships,
    ),
    Provider(
        "livc",
        _("LIVC-R memberships"),
        ("people.LivcMembership.granted_by", "people.LivcMembership.ended_by"),
        {
            "organisation": ORGANISATION,
            "word": _("On the word of"),
            "since": _("Since"),
            "confirmed": _("Last confirmed on"),
            "until": _("Until"),
            "ended": ENDED,
            "reason": REASON,
        },
        _livc,
        _forget_livc,
    ),
    Provider(
        "invitations",
        _("Invitations"),
        ("people.Invitation.invited_by", "people.Invitation.accepted_by"),
        {
            "organisation": ORGANISATION,
            "email": _("E-mail address"),
            "roles": _("Roles"),
            "by_you": BY_YOU,
            "invited": _("Invited on"),
            "accepted": _("Accepted on"),
            "revoked": _("Revoked on"),
        },
        _invitations,
        _forget_invitations,
    ),
    Provider(
        "mergers",
        _("Organisations that you merged"),
        ("people.OrganisationMerger.by",),
        {"organisation": ORGANISATION, "successor": _("Successor")},
        _mergers,
    ),
    Provider("answers_for", _("What you answer for"), (), {"title": _("Title"), "kind": _("Kind")}, _holdings),
    Provider(
        "audit_log",
        _("Log of access"),
        ("people.AuditEntry.actor", "people.AuditEntry.subject"),
        {
            "when": _("When"),
            "what": _("What"),
            "by_you": BY_YOU,
            "object": _("Object"),
            "details": _("Details"),
        },
        _audit,
    ),
)


def connect() -> None:
    register(*PROVIDERS)
