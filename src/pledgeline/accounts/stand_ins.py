"""Stand-ins: people who never were, one for each role, so that the invented programme can be walked as each of them.

They are no accounts. Nobody can sign in as one, and none is a row of a table: the program lets the invented year be
done by them, and whoever sits at the desk may look as one of them (`pledgeline.accounts.desk`). A stand-in may what
its role may in the invented programme, and elsewhere what everybody may.
"""

from dataclasses import dataclass
from typing import Final

from pledgeline.programme.roles import Role

PLACE: Final = "illustration"
"""The slug of the invented programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody invented: a short name, a role, and the party whose part is taken."""

    key: str
    role: Role
    party: str = ""

    def get_username(self) -> str:
        return f"{self.key} (invented)"  # no account can be called that: it holds a blank

    @property
    def account(self) -> str:
        """Stand where the number of an account would: who took one step may be barred from the next."""
        return f"stand-in {self.key}"

    @property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Give the role with its programme and party, as an account has them."""
        return ((self.role, PLACE, self.party),)


STAND_INS: Final = {
    stand_in.key: stand_in
    for stand_in in (
        StandIn(key="administrator", role=Role.ADMINISTRATOR),
        StandIn(key="recipient", role=Role.RECIPIENT),
        StandIn(key="storekeeper", role=Role.RECIPIENT),  # counts what the recipient accepts
        StandIn(key="validator", role=Role.VALIDATOR),
        StandIn(key="coordinator", role=Role.COORDINATOR),
        StandIn(key="partner", role=Role.PARTNER, party="northland"),
        StandIn(key="supplier", role=Role.SUPPLIER, party="harbour-works"),
        StandIn(key="finance", role=Role.FINANCE),
        StandIn(key="auditor", role=Role.AUDITOR),
    )
}
"""All of them, in the order in which they are offered."""


def by_name(name: str) -> StandIn | None:
    """Give the stand-in that goes by a name in rows and events."""
    return next((person for person in STAND_INS.values() if person.get_username() == name), None)
