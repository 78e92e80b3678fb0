"""One table for each noun: people, memberships, sessions, invitations, failed sign-ins, tokens of programs."""

from pledgeline.accounts.models.invitations import Invitation
from pledgeline.accounts.models.memberships import Membership
from pledgeline.accounts.models.sessions import Session
from pledgeline.accounts.models.shared import SharedForAWhile
from pledgeline.accounts.models.sign_ins import FailedSignIn
from pledgeline.accounts.models.tokens import ApiToken, KeptAnswer, Scope
from pledgeline.accounts.models.users import User

__all__ = [
    "ApiToken",
    "FailedSignIn",
    "Invitation",
    "KeptAnswer",
    "Membership",
    "Scope",
    "Session",
    "SharedForAWhile",
    "User",
]
