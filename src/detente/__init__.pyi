from detente.articles import Article as Article
from detente.errors import DetenteError as DetenteError
from detente.evidence import Evidence as Evidence
from detente.negotiation.model import Negotiation as Negotiation
from detente.notebook.negotiation import OpenNegotiation as OpenNegotiation
from detente.notebook.negotiation import open_negotiation as open_negotiation
from detente.notebook.record import OpenRecord as OpenRecord
from detente.notebook.record import open_record as open  # noqa: A004  # detente.open
from detente.notebook.record import read as read
from detente.record.model import Record as Record
from detente.settings import Settings as Settings

__version__: str
__all__ = [
    "Article",
    "DetenteError",
    "Evidence",
    "Negotiation",
    "OpenNegotiation",
    "OpenRecord",
    "Record",
    "Settings",
    "__version__",
    "open",
    "open_negotiation",
    "read",
]
