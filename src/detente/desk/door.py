"""The door: signing in by a one-time link, and the signed cookie that remembers it."""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from detente.desk.people import Person, Role

COOKIE: Final = "detente"
# A working day and some; then the link printed at the start is needed again.
_SESSION_SECONDS: Final = 16 * 3600


@dataclass
class Door:
    """Who is let in.

    Attributes:
        owner: The person who started the desk, let in by the one-time link.
    """

    owner: Person = field(default_factory=lambda: Person("analyst", Role.LEAD))
    _signer: URLSafeTimedSerializer = field(
        default_factory=lambda: URLSafeTimedSerializer(secrets.token_urlsafe(32)), repr=False
    )
    _link: str | None = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def link(self) -> str | None:
        """What the one-time link ends with; ``None`` once it was used."""
        return self._link

    def enter_by_link(self, token: str) -> Person | None:
        """The owner, if this is the link; it opens once."""
        if self._link is None or not hmac.compare_digest(token.encode(), self._link.encode()):
            return None
        self._link = None
        return self.owner

    def cookie_of(self, person: Person) -> str:
        """The cookie's value for a person, with the token that every write must show."""
        return self._signer.dumps(
            {"name": person.name, "role": person.role.value, "csrf": secrets.token_urlsafe(16)}
        )

    def visitor(self, cookie: str | None) -> tuple[Person, str] | None:
        """Who a cookie stands for and the token of their writes; ``None`` for a false or old one."""
        try:
            held = self._signer.loads(cookie or "", max_age=_SESSION_SECONDS)
        except BadSignature:
            return None
        return Person(held["name"], Role(held["role"])), held["csrf"]
