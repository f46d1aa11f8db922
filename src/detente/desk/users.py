"""Who may sign in: names, roles, passwords as argon2 hashes, tokens as SHA-256, in one file of this machine.

The file stands in the configuration folder of whoever runs the desk, readable by them alone: not beside the
record, which is copied and sent to colleagues, and never in an export.
"""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, RLock
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import TypeAdapter, ValidationError

from detente.desk.people import Person, Role
from detente.errors import DetenteError

SHORTEST_PASSWORD: Final = 10
# A longer one costs hashing time and keeps nobody out.
_LONGEST_PASSWORD: Final = 1000
_LONGEST_NAME: Final = 64
TOKEN_MARK: Final = "detente_"  # noqa: S105  # how a token begins, so that scanners of secrets know one

_HASHER: Final = PasswordHasher()
# Each check takes 64 MB for some 50 ms: many at once would take the machine.
_CHECKS: Final = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key for programs; the key itself is shown once and not kept.

    Attributes:
        label: What it is for, in the words of whoever made it.
        sha256: Of the key, in hex; 256 random bits need no slow hash.
    """

    label: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in."""

    name: str
    role: Role
    password: str
    tokens: tuple[Token, ...] = ()

    @property
    def person(self) -> Person:
        """As the screens know them."""
        return Person(self.name, self.role)

    @property
    def stamp(self) -> str:
        """Changes with the password, so that sessions from before end."""
        return hashlib.sha256(self.password.encode()).hexdigest()[:16]


_FILE: Final = TypeAdapter(dict[str, User])


class Users:
    """The file of users. Read again when it changes, so that a removed user is out at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._seen: tuple[int, int] | None = None
        self._held: Mapping[str, User] = {}

    def all(self) -> Mapping[str, User]:
        """Users by name.

        Raises:
            DetenteError: The file is damaged.
        """
        with self._lock:
            try:
                status = self._path.stat()
            except FileNotFoundError:
                self._seen, self._held = None, {}
                return self._held
            seen = (status.st_mtime_ns, status.st_size)
            if seen != self._seen:
                try:
                    self._held = _FILE.validate_json(self._path.read_bytes())
                except ValidationError as error:
                    raise DetenteError(
                        f"{self._path}: is not a list of users; restore it, or remove it and add them again."
                    ) from error
                self._seen = seen
            return self._held

    def add(self, name: str, role: Role, password: str) -> None:
        """Let somebody in, or give somebody a new role and password; their tokens stay.

        Raises:
            DetenteError: Not a name, or a password that is too short.
        """
        name = _named(name)
        if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
            raise DetenteError(
                f"A password has {SHORTEST_PASSWORD} to {_LONGEST_PASSWORD:,} characters; "
                "a few words in a row are easy to keep in mind."
            )
        hashed = _HASHER.hash(_form(password))
        self._change(
            lambda held: {
                **held,
                name: User(
                    name=name,
                    role=role,
                    password=hashed,
                    tokens=held[name].tokens if name in held else (),
                ),
            }
        )

    def remove(self, name: str) -> None:
        """Let somebody in no longer; what they decided stays theirs."""
        self._require(name)
        self._change(lambda held: {key: user for key, user in held.items() if key != name})

    def new_token(self, name: str, label: str) -> str:
        """A new key for programs that act for this user: to be shown once."""
        self._require(name)
        key = TOKEN_MARK + secrets.token_urlsafe(32)
        token = Token(label=label, sha256=_sha256(key))
        self._change(lambda held: {**held, name: replace(held[name], tokens=(*held[name].tokens, token))})
        return key

    def drop_tokens(self, name: str, label: str) -> int:
        """Make the keys of this label worthless; says how many there were."""
        user = self._require(name)
        left = tuple(token for token in user.tokens if token.label != label)
        self._change(lambda held: {**held, name: replace(held[name], tokens=left)})
        return len(user.tokens) - len(left)

    def with_password(self, name: str, password: str) -> User | None:
        """The user, if the password is theirs. Takes as long where there is no such user."""
        user = self.all().get(unicodedata.normalize("NFC", name.strip()))
        if len(password) > _LONGEST_PASSWORD:
            return None
        with _CHECKS:
            try:
                _HASHER.verify(user.password if user else _of_nobody(), _form(password))
            except VerificationError:
                return None
        return user

    def with_token(self, key: str) -> User | None:
        """The user whose key this is."""
        shown = _sha256(key)
        for user in self.all().values():
            if any(hmac.compare_digest(token.sha256, shown) for token in user.tokens):
                return user
        return None

    def _require(self, name: str) -> User:
        user = self.all().get(name)
        if user is None:
            raise DetenteError(f"no user {name!r}; `detente user list` tells who there is.")
        return user

    def _change(self, change: Callable[[Mapping[str, User]], Mapping[str, User]]) -> None:
        """Write the file whole, for its owner's eyes alone."""
        with self._lock:
            users = change(self.all())
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps({name: asdict(user) for name, user in users.items()}, indent=1)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".users.")  # made with mode 600
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._path)
            self._seen = None


def users_file() -> Path:
    """Where this machine's users are kept: ``DETENTE_USERS``, or in the user's configuration folder."""
    given = os.environ.get("DETENTE_USERS")
    if given:
        return Path(given)
    home = os.environ.get("XDG_CONFIG_HOME") or (Path.home() / ".config")
    return Path(home) / "detente" / "users.json"


def _named(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise DetenteError(f"{name!r}: a name has 1 to {_LONGEST_NAME} characters that can be seen.")
    return name


def _form(password: str) -> str:
    """One form for what different keyboards type."""
    return unicodedata.normalize("NFKC", password)


def _sha256(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))
