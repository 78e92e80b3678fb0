"""One table for each noun: people, their memberships, their sessions, failed sign-ins."""

from pledgeline.accounts.models.memberships import Membership
from pledgeline.accounts.models.sessions import Session
from pledgeline.accounts.models.sign_ins import FailedSignIn
from pledgeline.accounts.models.users import User

__all__ = ["FailedSignIn", "Membership", "Session", "User"]
