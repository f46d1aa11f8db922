"""Who may sit at the desk, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role may do what the ones before it may."""

    READER = "reader"
    """Look, search, export."""
    ANALYST = "analyst"
    """Decide on items, add articles, edit the negotiation."""
    LEAD = "lead"
    """Merge and split parties and issues; undo what others decided."""

    def refused(self, needed: "Role", name: str) -> str:
        """What somebody of this role is told where another is needed.

        >>> Role.READER.refused(Role.ANALYST, "rita")
        'This needs an analyst; rita is a reader.'
        """
        return f"This needs {_one(needed)}; {name} is {_one(self)}."

    def may_act_as(self, needed: "Role") -> bool:
        """Whether this role suffices where another is needed.

        >>> Role.LEAD.may_act_as(Role.ANALYST), Role.READER.may_act_as(Role.ANALYST)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in."""

    name: str
    role: Role


def _one(role: Role) -> str:
    return f"an {role}" if role is Role.ANALYST else f"a {role}"
