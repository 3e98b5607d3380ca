"""Why a change of who belongs where cannot be made. Each message is for the person who tried."""


class MembershipError(Exception):
    """A step that cannot be taken; the message says why."""


class LastManagerError(MembershipError):
    """The organisation would be left without anybody who manages its members."""


class SuccessorNeededError(MembershipError):
    """Something would be left that nobody answers for."""


class InvitationError(MembershipError):
    """An invitation that does not work (any more); `reason` is used, revoked, expired or other_address."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason
