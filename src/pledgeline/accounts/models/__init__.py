"""One table for each noun: people, their memberships, their sessions, invitations, failed sign-ins."""

from pledgeline.accounts.models.invitations import Invitation
from pledgeline.accounts.models.memberships import Membership
from pledgeline.accounts.models.sessions import Session
from pledgeline.accounts.models.shared import SharedForAWhile
from pledgeline.accounts.models.sign_ins import FailedSignIn
from pledgeline.accounts.models.users import User

__all__ = ["FailedSignIn", "Invitation", "Membership", "Session", "SharedForAWhile", "User"]
