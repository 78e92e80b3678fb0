"""Another office that is told of what happens: it sees what a role sees in one programme, for its party or for all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Whoever reads at an address that is told of events. It is no account: nothing can be done as it."""

    role: str
    programme: str
    party: str = ""

    def get_username(self) -> str:
        return ""

    @property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Give the role with its programme and party, as an account has them."""
        return ((self.role, self.programme, self.party),)
