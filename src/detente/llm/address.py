"""Where a model answers: ``http://localhost:8080/v1/gemma`` is the model ``gemma`` at ``http://localhost:8080/v1``."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from detente.errors import DetenteError


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A model behind an OpenAI-compatible interface.

    Attributes:
        base: Address of the interface.
        model: Name of the model there.
    """

    base: str
    model: str

    @property
    def host(self) -> str:
        """Who gets the articles."""
        return urlsplit(self.base).hostname or self.base

    @property
    def is_local(self) -> bool:
        """Whether it is this machine itself.

        >>> Address(base="http://127.0.0.1:8080/v1", model="m").is_local
        True
        """
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_address(told: str) -> Address:
    """The address that ``--llm`` names.

    What stands after ``/v1/`` is the model's name, or else what stands after the last slash.

    Raises:
        DetenteError: It is not of the form URL/MODEL.

    >>> read_address("http://localhost:11434/v1/qwen/qwen3:4b").model
    'qwen/qwen3:4b'
    >>> read_address("https://models.example/chat/small").base
    'https://models.example/chat'
    """
    wrong = DetenteError(
        f"--llm {told!r} is not URL/MODEL: write http://localhost:11434/v1/llama3.2, for example."
    )
    try:
        parts = urlsplit(told)
    except ValueError as error:
        raise wrong from error
    base, mark, model = told.partition("/v1/")
    if mark:
        base += "/v1"
    else:
        base, _, model = told.rpartition("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not model or "//" not in base[:8]:
        raise wrong
    if parts.username or parts.password or parts.query:
        raise DetenteError("--llm: leave keys out of the address; put one into DETENTE_LLM_KEY.")
    return Address(base=base, model=model)
