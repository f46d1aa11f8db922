"""The door: signing in by a one-time link or by name and password, and the signed cookie that remembers it.

Law: with users, nobody comes in by a link; what a user may do is looked up at every request, so that a
removed user, a new role or a new password counts at once.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from detente.desk.people import Person, Role
from detente.desk.throttle import Throttle
from detente.desk.users import User, Users

COOKIE: Final = "detente"
# A working day and some; then the link printed at the start is needed again.
_SESSION_SECONDS: Final = 16 * 3600


@dataclass
class Door:
    """Who is let in.

    Attributes:
        owner: The person who started the desk, let in by the one-time link while there are no users.
        users: Who may sign in by name; ``None``: nobody can.
    """

    owner: Person = field(default_factory=lambda: Person("analyst", Role.LEAD))
    users: Users | None = None
    throttle: Throttle = field(default_factory=Throttle, repr=False)
    _signer: URLSafeTimedSerializer = field(
        default_factory=lambda: URLSafeTimedSerializer(secrets.token_urlsafe(32)), repr=False
    )
    _link: str | None = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    _opening: Lock = field(default_factory=Lock, repr=False)
    _left: set[str] = field(default_factory=set, repr=False)

    @property
    def by_name(self) -> bool:
        """Whether people sign in by name."""
        return self.users is not None and bool(self.users.all())

    @property
    def link(self) -> str | None:
        """What the one-time link ends with; ``None`` once it was used, and where people sign in by name."""
        return None if self.by_name else self._link

    def enter_by_link(self, token: str) -> Person | None:
        """The owner, if this is the link; it opens once."""
        with self._opening:
            link = self.link
            if link is None or not hmac.compare_digest(token.encode(), link.encode()):
                return None
            self._link = None
        return self.owner

    def enter_by_name(self, name: str, password: str) -> User | None:
        """The user, if the password is theirs."""
        return self.users.with_password(name, password) if self.users is not None else None

    def cookie_of(self, person: Person, stamp: str = "") -> str:
        """The cookie's value for a person, with the token that every write must show.

        Args:
            stamp: The user's; empty for the owner.
        """
        return self._signer.dumps({"name": person.name, "stamp": stamp, "csrf": secrets.token_urlsafe(16)})

    def visitor(self, cookie: str | None) -> tuple[Person, str] | None:
        """Who a cookie stands for and the token of their writes; ``None`` for a false or old one."""
        held = self._held(cookie)
        if held is None or held["csrf"] in self._left:
            return None
        if not self.by_name:
            return (self.owner, held["csrf"]) if not held["stamp"] else None
        user = self.users.all().get(held["name"]) if self.users is not None else None
        if user is None or not hmac.compare_digest(user.stamp, held["stamp"]):
            return None
        return user.person, held["csrf"]

    def program(self, key: str) -> Person | None:
        """Whom a program acts for, by its key."""
        user = self.users.with_token(key) if self.users is not None else None
        return user.person if user else None

    def leave(self, cookie: str | None) -> None:
        """Make a cookie worthless."""
        held = self._held(cookie)
        if held is not None:
            self._left.add(held["csrf"])

    def _held(self, cookie: str | None) -> dict[str, Any] | None:
        try:
            held: dict[str, Any] = self._signer.loads(cookie or "", max_age=_SESSION_SECONDS)
        except BadSignature:
            return None
        return held
